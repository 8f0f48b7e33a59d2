/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane.h - one view of a place's bytes, from windows to matches: candidates
 * by Hyperscan, confirmed by PCRE2 in windows whose bounds follow from the
 * candidate's offset alone, so that how the bytes are split into feeds has no
 * say in what is found.  Judging and choosing among matches is scanner.c's.
 *
 *	           keep          resume  at        until        window end
 *	-----|-------|-------------|------[anchor]---|---------------|----
 *	             context       starts of matches               scanned
 */
#ifndef SCAN_LANE_H
#define SCAN_LANE_H

#include "engine/engine.h"
#include "judge/judge.h"
#include "known/known.h"
#include "rule/watch.h"
#include "scan/block.h"
#include "scan/table.h"

/* A confirmed match, in the lane's coordinates; valid in the callback. */
struct lane_match {
	uint32_t rule;			/* behind the last: a known value */
	uint64_t start, end;		/* of the whole match */
	uint64_t secret_start, secret_end;
	struct span match, secret, before, line;
	bool undecided;	/* a match limit was hit: to be taken for a match */
};

typedef enum stanch_result lane_match_fn(const struct lane_match *m,
	void *payload);

/*
 * What is known of a rule's matches: none begins before .resume (the last
 * one's end), nor in [tried_from, tried_to).
 */
struct lane_rule {
	uint64_t epoch;		/* of another place: all is forgotten */
	uint64_t resume, tried_from, tried_to;
	uint64_t stamp;		/* the pass in which it was left waiting */
	uint64_t limit_end;	/* not to be tried before this has come: with
				   less of it a match limit was hit ... */
	bool limit_whole;	/* ... with all of it, too, and it may yet
				   begin a block */
};

enum { LANE_NOTED = 32 * 1024 };	/* candidates of a place, at most */

struct lane {
	const struct stanch_engine *engine;
	const struct judge *judge;
	struct engine_worker *worker;	/* shared by a scanner's lanes */
	const bool *enabled;		/* by rule; owned by the scanner */
	lane_match_fn *on_match;
	void *payload;
	struct watch watch;	/* its steps are in the lane's coordinates */
	uint64_t scanned;	/* all before it went through Hyperscan */
	uint64_t keep;		/* all before it is not needed again */
	uint64_t safe;		/* no secret of what waits begins before it */
	struct lane_rule *rules;
	uint64_t pass, epoch;
	struct candidates waiting;
	const struct stanch_values *values;	/* NULL: none are given */
	uint64_t given_from;	/* before it all of them were found ... */
	size_t given_known;	/* ... of the first so many */
	struct known_matches given;
	/* For object.c: candidates known without Hyperscan, in order, and how
	   many of them have been taken; where those that were tried go. */
	const struct candidates *carried;	/* NULL: not known */
	size_t taken;
	struct candidates *noted;	/* NULL: nowhere */
	/* A block that goes on: */
	bool open;
	uint64_t open_start;
	uint32_t open_rule;
	struct block block;
	uint8_t before[JUDGE_BEFORE];	/* what stood before it */
	size_t nbefore;
	uint8_t *kept;			/* BLOCK_KEPT bytes */
	size_t nkept;
	/* A table whose rows go on: */
	bool in_table;
	struct table table;
};

enum stanch_result lane_init(struct lane *l, const struct stanch_engine *e,
	const struct judge *j, struct engine_worker *w,
	const struct stanch_values *values, const bool *enabled,
	lane_match_fn *on_match, void *payload, struct stanch_error *err);
void lane_free(struct lane *l);
void lane_begin(struct lane *l);	/* a new place or piece */

/*
 * data covers [base, base + data.len) of the view; base <= l->keep, and what
 * was fed before is fed the same again.  final: the view ends there.
 */
enum stanch_result lane_feed(struct lane *l, struct span data, uint64_t base,
	bool final);
/*
 * After a feed of the same data that was not final: no secret to come begins
 * before this offset, be its anchor complete or not.
 */
uint64_t lane_safe(const struct lane *l, struct span data, uint64_t base);

#endif
