/* SPDX-License-Identifier: Apache-2.0 */
/* filter_private.h - what the files that make up the filter share. */
#ifndef REDACT_FILTER_PRIVATE_H
#define REDACT_FILTER_PRIVATE_H

#include "redact/in_band.h"
#include "redact/json_view.h"
#include "redact/neutral.h"
#include "redact/standin.h"
#include "scan/scanner.h"

struct cover {
	uint64_t start, end;
	const struct stanch_rule *rule;
	uint8_t wide;
	char hash[FINDING_PSEUDONYM + 1];
	char fingerprint[FINDING_FINGERPRINT];
};

/* In order; those before `next` are done with. */
struct covers {
	struct cover *v;
	size_t next, n, cap;
};

/* What is being masked. */
struct masking {
	bool on;
	bool tagged;		/* its tag was given out */
	bool json;		/* inside a string of it */
	uint8_t wide;
	uint64_t start;		/* of the secret ... */
	uint64_t first;		/* ... and of what of it is masked */
	uint64_t at;		/* where in the output its place is */
};

/* A line of the input, for JSON. */
enum line_kind { LINE_UNKNOWN, LINE_TEXT, LINE_JSON };
struct line {
	enum line_kind kind;
	uint64_t start, end;	/* end: UINT64_MAX while it is not known */
	uint64_t searched;	/* no line end before it */
	uint64_t number;	/* from 1 */
};

struct stanch_filter {
	struct scanner *scanner;
	stanch_output_fn *on_output;
	stanch_finding_fn *on_finding;
	stanch_redaction_fn *on_redaction;
	stanch_command_fn *on_command;
	void *payload;
	struct standin standin;
	struct stanch_values *values;	/* borrowed; with in_band never NULL */
	struct span key;		/* borrowed */
	struct neutral neutral;
	struct in_band in_band;
	struct covers commands;	/* places of some, not among the covers yet */
	bool keyed;		/* findings have keyed fingerprints */
	bool late;		/* a tag waits for the end of its secret */
	uint8_t *buffer;
	size_t len;		/* bytes in it */
	uint64_t base, out;	/* absolute: of buffer[0]; given out so far */
	struct covers covers;
	struct scan_open open;	/* a secret that goes on ... */
	bool is_open;		/* ... if there is one */
	struct masking masking;
	bool json;
	struct line line;
	struct json_view view;	/* of the line, escapes undone */
	bool failed, finished;
	struct stanch_filter_stats stats;
};

/* ---- give.c; false: no more can be given out ---- */

bool covers_add(struct covers *cs, const struct scan_cover *c, bool keyed);
bool covers_put(struct covers *cs, const struct cover *c);
void covers_free(struct covers *cs);

/* The bytes from f->out up to `to`, as they are. */
bool give_clean(struct stanch_filter *f, uint64_t to);
/* The same, with tags where covers are: text. */
bool give_text(struct stanch_filter *f, uint64_t to);
/* Masks [f->out, to) as a part of c.  json: inside a string of it. */
bool give_masked(struct stanch_filter *f, const struct cover *c, uint64_t to,
	bool json);
/* The tag of what is being masked and goes on, when it has none yet. */
bool give_pending_tag(struct stanch_filter *f, uint64_t before);
bool give_bytes(struct stanch_filter *f, const void *data, size_t len);
/* What is certain now: clean bytes, tags, and the inside of an open secret. */
bool give_all(struct stanch_filter *f, bool final);

/* ---- command.c ---- */

/* What has come of a command in band: its place is masked, its value is looked
   for from now on. */
enum stanch_result command_take(struct stanch_filter *f,
	const struct in_band_piece *piece);
/*
 * Before *decided all is decided but for commands: puts those among the covers
 * that are, and *decided where none is on its way.  False: no memory.
 */
bool command_settle(struct stanch_filter *f, uint64_t *decided);

/* ---- json_lines.c: the same where lines may be JSON ---- */

bool json_lines_give(struct stanch_filter *f, uint64_t decided, bool final);

/* ---- json_line.c ---- */

/* The line, from f->out on, with what must be masked in it masked. */
bool json_line_give(struct stanch_filter *f);

#endif
