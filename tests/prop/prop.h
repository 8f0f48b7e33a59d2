/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prop.h - the promises as properties: inputs are made up (make.c), go
 * through scanner and filter in any pieces (drive.c), and what comes out is
 * held against what must hold for every input.
 *
 * All is drawn from one seed, so that a failure can be had again:
 *	PROP_SEED	the first input's seed (default 1)
 *	PROP_ROUNDS	random inputs a property (default 1500)
 *	PROP_STREAM	MiB of each endless stream (default 256)
 *	PROP_SAVE	a directory for inputs that fail, cut down
 */
#ifndef TESTS_PROP_H
#define TESTS_PROP_H

#include "base/buf.h"
#include "base/span.h"
#include "stanch.h"

enum { PROP_INPUT_MAX = 512 * 1024 };

struct rng { uint64_t state; };

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
size_t rng_below(struct rng *r, size_t n);	/* [0, n) */
bool rng_once_in(struct rng *r, size_t n);

struct world {
	const struct stanch_rules *rules;
	struct stanch_engine *engine;
	uint64_t seed;
	size_t rounds, stream_mib;
	const char *save;	/* NULL: nowhere */
	size_t passed, failed;
	char why[4096];		/* what the last property that failed says */
};

/* Notes why a property does not hold; returns false. */
bool fails(struct world *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Prints what is no error but was not tried. */
void skips(const char *what);
/*
 * An engine of rules in TOML text, laid over base (may be NULL); NULL with
 * w->why when there can be none.
 */
struct stanch_engine *engine_of(struct world *w,
	const struct stanch_rules *base, const char *toml,
	struct stanch_rules **rules);

/* ---- make.c: inputs ---- */

typedef void make_fn(struct buf *out, const struct stanch_rules *rules,
	struct rng *r);

make_fn make_input;	/* anything, glued together */
make_fn make_lines;	/* text and JSON, a line each; json.c */
make_fn make_long;	/* the same, longer than windows are; delta.c */
make_fn make_commands;	/* of a log that names values; command.c */
make_fn make_acting;	/* with what commands; neutral.c */
make_fn make_apart;	/* whole secrets and text, apart from each other */
/* One short input, for exhaustive splits; at most `most` bytes. */
void make_short(struct buf *out, const struct stanch_rules *rules,
	struct rng *r, size_t most);
/* A positive example of any rule that finds something by itself; its secret's
   place in out. */
void make_example(struct buf *out, const struct stanch_rules *rules,
	struct rng *r, size_t *start, size_t *end);

/* ---- encode.c ---- */

/* The bytes as they may be met encoded, once or more. */
void encode(struct buf *out, struct span in, struct rng *r);

/* ---- drive.c: inputs through the library ---- */

/* Sizes of the pieces in which bytes are handed over. */
struct split {
	size_t most;		/* random sizes from 0 on; 0: all at once */
	size_t one, two;	/* most == SIZE_MAX: cut here and there */
	struct rng rng;
};

struct split split_whole(void);
struct split split_random(size_t most, uint64_t seed);
struct split split_at(size_t one, size_t two);

/* One finding, as both scanner and filter tell it. */
struct found {
	uint64_t start, end;
	const struct stanch_rule *rule;
	size_t secret;		/* offset in got.secrets ... */
	size_t secret_len;	/* ... of what was there to show; scanner */
};

struct got {
	struct buf out;		/* the filter's */
	struct buf text;	/* findings, a line each */
	struct buf found;	/* of struct found */
	struct buf secrets;
	struct stanch_filter_stats stats;
	enum stanch_result result;
};

void got_init(struct got *g);
void got_free(struct got *g);
void got_forget(struct got *g);	/* what was found so far */
size_t got_count(const struct got *g);
const struct found *got_at(const struct got *g, size_t i);

/* A scanner that tells g; NULL with g->result. */
struct stanch_scanner *drive_open(struct got *g,
	const struct stanch_engine *e, enum stanch_comments comments);
void drive_scanner(struct got *g, const struct stanch_engine *e,
	struct span in, struct split s);
/* tag: NULL for the default. */
void drive_filter(struct got *g, const struct stanch_engine *e,
	struct span in, struct split s, const char *tag);
/* way: what of the options is not a callback. */
void drive_filter_way(struct got *g, const struct stanch_engine *e,
	struct span in, struct split s,
	const struct stanch_filter_options *way);

/* ---- properties: false and w->why when one does not hold ---- */

/* Of an input; seed for what is drawn besides. */
typedef bool input_property(struct world *w, struct span in, uint64_t seed);

input_property scanner_does_not_see_pieces;
input_property filter_does_not_see_pieces;
input_property scan_and_filter_find_the_same;
input_property all_but_covers_comes_out;
input_property no_secret_comes_out;
input_property filtering_again_changes_nothing;
input_property any_tag_is_left_alone;
input_property tags_do_not_see_pieces;
input_property a_fill_keeps_every_place;
input_property json_does_not_see_pieces;
input_property commands_do_not_see_pieces;
input_property what_a_command_names_does_not_come_out;
input_property a_log_of_commands_filtered_again_names_nothing;
input_property nothing_that_comes_out_acts;
input_property what_acts_does_not_see_pieces;
input_property little_is_held;
input_property a_delta_finds_what_its_object_has;

/* Of the library. */
typedef bool property(struct world *w);

property every_split_of_short_inputs;
property json_stays_json;
property clean_bytes_pass;
property a_secret_at_any_offset;
property prompts_come_out_at_once;
property endless_streams_are_bounded;
property near_misses_cost_linear_time;
property hostile_rules_are_bounded;
property more_rules_mask_no_less;
property a_key_cut_anywhere_tells_nothing;
property threads_share_an_engine;

#endif
