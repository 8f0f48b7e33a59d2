/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts.h - what the filters of a call found, counted: by rule, by how it was
 * encoded, and where.  For --stats and --report.
 */
#ifndef CLI_COUNTS_H
#define CLI_COUNTS_H

#include "stanch.h"

enum { COUNTS_STREAMS = 2, COUNTS_WAYS = 32 };

struct counts {
	const struct stanch_rules *rules;
	const struct stanch_values *values;	/* NULL: none; may grow */
	uint64_t *by_rule;		/* NULL: nobody asks */
	size_t last;			/* the rule found last */
	struct {
		char name[64];		/* "base64+utf-16"; "": as it is */
		uint64_t n;
	} ways[COUNTS_WAYS];
	size_t nways;			/* the last one takes all others */
	uint64_t limits;		/* masked where an expression gave up */
	struct {
		bool any;
		uint64_t first, last;	/* offsets in the input */
	} places[COUNTS_STREAMS];
};

/* False: no memory. */
bool counts_open(struct counts *c, const struct stanch_rules *rules,
	const struct stanch_values *values);
void counts_free(struct counts *c);
void counts_add(struct counts *c, enum stanch_stream stream,
	const struct stanch_finding *f);
/* The next rule's id that was found, from *i on, and how often; NULL: none. */
const char *counts_next(const struct counts *c, size_t *i, uint64_t *n);

#endif
