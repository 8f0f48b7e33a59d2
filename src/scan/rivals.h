/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rivals.h - one secret, one finding: among findings that overlap the surest
 * and most specific wins, and covers what the others said as well.
 */
#ifndef SCAN_RIVALS_H
#define SCAN_RIVALS_H

#include "rule/watch.h"
#include "scan/scanner.h"

enum rival_state { RIVAL_OPEN, RIVAL_WINS, RIVAL_LOST };

/* A finding that may still lose against another. */
struct rival {
	struct stanch_finding f;
	uint8_t wide;		/* as in struct scan_cover */
	bool quiet;		/* likewise */
	unsigned depth;		/* of decoding */
	bool changed;		/* it is not what stands there: decoded */
	bool rest;		/* of what reached out of a block: it is none */
	bool tail;		/* ... of a block, too: one tag for both */
	bool unminded;		/* a comment in its line may let it pass */
	/* pairs.h: */
	bool weak;		/* counts with its parts only, or little */
	bool waits, settled;	/* for its parts; what they are is decided */
	bool absorbed;		/* told as a part of another */
	enum stanch_confidence raised;	/* what it is told as, at least */
	enum rival_state state;
};

/* A block, or what is there of one that is open. */
struct rivals_claim { uint64_t start, end; unsigned depth; };

struct rivals {
	struct rival *v;
	size_t n, cap;
	bool unsorted;
	struct rivals_claim told;	/* the last block that was dropped:
					   what lies in it may come later */
	const struct watch *watch;	/* NULL: nobody asks why */
};

/* Takes r over, its secret included; false: out of memory (r is wiped). */
bool rivals_add(struct rivals *rs, const struct rival *r);
/*
 * Sorts by start, and takes out what begins in a block: one among them, or
 * the one that is open.  What reaches into one ends where it begins.
 */
void rivals_sort(struct rivals *rs, const struct scan_open *open);
/*
 * How many from v[first] on overlap each other, and nothing that can still
 * come when no finding to come begins before `safe`; 0: they must wait.
 */
size_t rivals_group(const struct rivals *rs, size_t first, uint64_t safe);
/* Marks the winners among the n from v[first] on. */
void rivals_judge(struct rivals *rs, size_t first, size_t n);
/* Takes r out of the running, for a reason; rivals_sweep() those that are. */
void rivals_lose(struct rivals *rs, struct rival *r, const char *why);
void rivals_sweep(struct rivals *rs);
void rivals_drop(struct rivals *rs, size_t n);	/* the first n; wipes */
void rivals_begin(struct rivals *rs);		/* drops all: another place */
void rivals_free(struct rivals *rs);

#endif
