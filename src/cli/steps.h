/* SPDX-License-Identifier: Apache-2.0 */
/*
 * steps.h - what a scan did with a stretch of bytes, kept while it runs and
 * shown when it has ended.
 */
#ifndef CLI_STEPS_H
#define CLI_STEPS_H

#include "base/buf.h"
#include "cli/cli.h"

enum {
	STEPS_MOST = 10000,	/* kept; what comes then is counted only */
	STEPS_LINES = 64 * 1024,	/* the last ones: their places */
	STEPS_SECRETS = 1024 * 1024	/* bytes of secrets kept */
};

/* A step with what it borrowed; the secret is in steps->secrets. */
struct step {
	struct stanch_step s;
	uint64_t line, column;	/* of its start; 0: too long ago */
	char preview[96], decoded[96];
	size_t secret_at;
};

struct steps {
	/* What is asked for: [from, to), a line or a byte of it; 0: of all. */
	uint64_t from, to, line, column;
	struct step *v;
	size_t n, cap;
	uint64_t more;		/* that were not kept */
	bool follows;		/* steps of a candidate that is kept */
	struct step near[2];	/* candidates before and after [from, to) */
	struct buf secrets;
	uint64_t *ends;		/* of the last lines; a ring */
	uint64_t lines;		/* how many ended so far */
	bool failed;		/* out of memory */
};

/* False: out of memory. */
bool steps_init(struct steps *st, uint64_t line, uint64_t column);
void steps_free(struct steps *st);
/* A line ended: the next one begins at `next`. */
void steps_line(struct steps *st, uint64_t next);
/* Whether what is asked for was there. */
bool steps_reached(const struct steps *st);
/* For stanch_scan_options; the payload is a struct steps. */
stanch_step_fn steps_take;

/* Whether a finding was reported. */
bool steps_found(const struct steps *st);
void steps_text(const struct steps *st, struct buf *out, const char *place);
void steps_json(const struct steps *st, struct buf *out, const char *place);

#endif
