/* SPDX-License-Identifier: Apache-2.0 */
/*
 * choose.h - one secret, one finding: among findings that overlap the surest
 * and most specific wins, and covers what the others said as well.
 */
#ifndef SCAN_CHOOSE_H
#define SCAN_CHOOSE_H

#include "scan/scanner.h"

enum rival_state { RIVAL_OPEN, RIVAL_WINS, RIVAL_LOST };

/* A finding that may still lose against another. */
struct rival {
	struct stanch_finding f;
	uint8_t wide;		/* as in struct scan_cover */
	bool quiet;		/* likewise */
	enum rival_state state;
};

struct rivals {
	struct rival *v;	/* sorted by start */
	size_t n, cap;
};

/* Takes r over, its secret included; false: out of memory (r is wiped). */
bool rivals_add(struct rivals *rs, const struct rival *r);
/* Takes out all that overlap [start, end); wipes. */
void rivals_oust(struct rivals *rs, uint64_t start, uint64_t end);
/*
 * How many of the first ones overlap each other, and nothing that can still
 * come when no finding to come begins before `safe`; 0: they must wait.
 */
size_t rivals_group(const struct rivals *rs, uint64_t safe);
/* Marks the winners among the first n. */
void rivals_judge(struct rivals *rs, size_t n);
void rivals_drop(struct rivals *rs, size_t n);	/* the first n; wipes */
void rivals_free(struct rivals *rs);

#endif
