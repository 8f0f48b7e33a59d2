/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.h - one place's bytes to findings, as scan and redact both use it:
 * the caller owns the window, the scanner says what of it it still needs.
 * The public stanch_scanner_*() in scan_public.c keep the window themselves.
 */
#ifndef SCAN_SCANNER_H
#define SCAN_SCANNER_H

#include "engine/engine.h"
#include "finding/finding.h"

/* What is to be masked for one finding; covers never overlap. */
struct scan_cover {
	uint64_t start, end;	/* the secret and what overlapped it */
	uint8_t wide;		/* 0: bytes, 1: UTF-16LE, 2: UTF-16BE */
	bool quiet;		/* no finding (the judge said no), but the
				   inside of an open secret: masked already */
	const struct stanch_finding *finding;
};

typedef enum stanch_result scan_cover_fn(const struct scan_cover *c,
	void *payload);

struct scanner;

enum scanner_flags {
	SCANNER_LINES = 1,	/* else finding->line and column stay 0 */
	SCANNER_SAFE = 2,	/* scanner_safe() will be asked */
	SCANNER_PSEUDONYM = 4	/* finding->pseudonym; needs options' key */
};

enum stanch_result scanner_new(struct scanner **out,
	const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, unsigned flags,
	scan_cover_fn *on_cover, void *payload, struct stanch_error *err);
void scanner_free(struct scanner *s);

/* How many matches comments let pass so far. */
uint64_t scanner_let_pass(const struct scanner *s);

/* place is borrowed until the next begin. */
void scanner_begin(struct scanner *s, const char *place);

/*
 * data covers [base, base + data.len) of the place, base <= scanner_keep();
 * what was pushed before is pushed the same again.  Calls on_cover in order.
 */
enum stanch_result scanner_push(struct scanner *s, struct span data,
	uint64_t base, bool final);
/* Bytes before it are not needed again. */
uint64_t scanner_keep(const struct scanner *s);
/* All before it is in covers that came, or in none. */
uint64_t scanner_safe(const struct scanner *s);
/* A secret without end that is still going on. */
struct scan_open {
	uint64_t start;		/* where it began */
	uint64_t sure;		/* all up to here belongs to it */
	uint8_t wide;		/* as in struct scan_cover */
	unsigned depth;		/* of decoding */
	const struct stanch_rule *rule;
};

/* Whether there is one.  Its cover comes when it ends. */
bool scanner_open(const struct scanner *s, struct scan_open *open);

#endif
