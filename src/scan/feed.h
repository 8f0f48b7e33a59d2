/* SPDX-License-Identifier: Apache-2.0 */
/* feed.h - what the files of a lane share of one lane_feed(). */
#ifndef SCAN_FEED_H
#define SCAN_FEED_H

#include "scan/lane.h"

/* How one candidate was left.  NO_BLOCK: settled, it begins no block. */
enum outcome { SETTLED, WAITS, NO_BLOCK };

/* The bytes of one lane_feed(). */
struct feed {
	struct lane *lane;
	struct span data;
	uint64_t base, end;
	bool final;
	enum stanch_result result;
	uint64_t secret_from;	/* set with WAITS: no secret begins before */
};

static inline const struct stanch_rule *
rule_at(const struct lane *l, uint32_t i)
{
	return &engine_rules(l->engine)->rules[i];
}

static inline uint64_t
less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static inline uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static inline struct span
bytes(const struct feed *f, uint64_t from, uint64_t to)
{
	return span_of(f->data.ptr + (from - f->base), (size_t)(to - from));
}

/* Up to `most` bytes before `at`. */
static inline struct span
bytes_before(const struct feed *f, uint64_t at, uint64_t most)
{
	uint64_t from = less(at, most);

	return bytes(f, from > f->base ? from : f->base, at);
}

/* What is known of a rule here; of the place before, nothing. */
static inline struct lane_rule *
known(struct lane *l, uint32_t rule)
{
	struct lane_rule *k = &l->rules[rule];

	if (k->epoch != l->epoch)
		*k = (struct lane_rule){ .epoch = l->epoch };
	return k;
}

/* Hands a match to the lane's owner; notes the first failure. */
void feed_emit(struct feed *f, const struct lane_match *m);
/* The line round [start, end), at most JUDGE_LINE more on each side. */
struct span feed_line(const struct feed *f, uint64_t start, uint64_t end);
/* Takes what has come in of the open block. */
void feed_go_on(struct feed *f);

/* ---- lane_told.c ---- */

/* Tells a watcher that the rule's expression did not make a match there. */
void feed_tell_no(const struct feed *f, uint32_t rule, uint64_t start,
	uint64_t end, const char *why);
/* ... of the candidate, once, also when it is tried again.  why: not at all;
   NULL: it is tried. */
void feed_tell_once(const struct feed *f, struct candidate *c,
	const char *why);

/* ---- lane_table.c ---- */

/* A name of a secret: begins a table if it stands in a row of names. */
enum outcome feed_try_table(struct feed *f, uint32_t rule, uint64_t start,
	uint64_t end);
/* Reads the rows that have come in of the table, if there is one. */
void feed_read_table(struct feed *f);

/* ---- lane_given.c ---- */

/* Known values in what has come. */
void feed_given(struct feed *f);

/* ---- lane_block.c ---- */

/* A BEGIN line was confirmed at [start, end): is there a key behind it? */
enum outcome feed_try_block(struct feed *f, uint32_t rule, uint64_t start,
	uint64_t end);

/* ---- lane_carried.c ---- */

/* Takes the carried candidates whose literals have come in. */
enum stanch_result feed_carried(struct feed *f);
/* What became of a candidate, for what will be made of these bytes. */
void feed_note(struct feed *f, const struct candidate *c);

#endif
