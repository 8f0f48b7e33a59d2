/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layer.h - bytes at one depth of decoding: their lane, and the views of
 * them, each with a layer of its own that decodes on, LAYER_DEEP at most.
 *
 *	place ---- lane
 *	   `- UTF-16 ---- lane
 *	   |     `- base64 ---- lane ..
 *	   `- base64 ---- lane ..
 *
 * A view is fed as its bytes come, so what is held back is what the last
 * layer says, mapped back.  Layers below the first are made when there is
 * something for them.
 */
#ifndef SCAN_LAYER_H
#define SCAN_LAYER_H

#include "scan/lane.h"
#include "scan/lines.h"
#include "scan/parts.h"
#include "scan/view.h"

enum {
	LAYER_DEEP = 3,		/* decodings inside each other */
	LAYER_VIEWS = 5		/* kinds of them */
};

struct layer;

/* m is in the layer's coordinates. */
typedef enum stanch_result layer_match_fn(struct layer *l,
	const struct lane_match *m, void *payload);

/* What all layers of a scanner share; outlives them. */
struct layer_use {
	const struct stanch_engine *engine;
	const struct judge *judge;
	struct engine_worker *worker;
	const struct stanch_values *values;	/* NULL: none are given */
	const bool *enabled;
	layer_match_fn *on_match;
	void *payload;
	const struct watch *watch;	/* told steps in the place's offsets */
	unsigned leave;		/* bits of enum stanch_decode: not wanted */
};

struct layer {
	const struct layer_use *use;
	struct layer *parent;		/* NULL: these are the place's bytes */
	unsigned kind, depth;		/* of the view they come from */
	struct lane lane;
	struct span data;		/* what was pushed last */
	uint64_t base;
	bool open;			/* the lane's block is known of here: */
	uint64_t open_at, open_place;	/* its start, here and in the place */
	/* What its bytes before open_upto were decoded from, here and in the
	   layers above: of those that are dropped it cannot be asked. */
	unsigned open_ways[LAYER_DEEP];
	uint64_t open_upto;
	struct lines_mark line;		/* ... and its line, once marked */
	bool marked;
	/* For object.c: views need take these bytes only; where they are told
	   of runs.  Of kinds that can tell what parts runs. */
	const struct parts *parts;	/* NULL: all bytes */
	struct parts *told;		/* NULL: nobody asks */
	struct layer_view {
		struct view *view;	/* NULL: not wanted */
		struct layer *under;	/* NULL: nothing to look at yet */
		bool fresh;		/* nothing of its run was pushed */
		size_t part;		/* of them, those before it are done */
		size_t run;		/* of told: the run that goes on */
	} views[LAYER_VIEWS];
};

enum stanch_result layer_new(struct layer **out, const struct layer_use *use,
	struct stanch_error *err);
void layer_free(struct layer *l);
void layer_begin(struct layer *l);	/* another place */
/* As scanner_push(). */
enum stanch_result layer_push(struct layer *l, struct span data,
	uint64_t base, bool final);
/*
 * Bytes before it are not needed again.  places: nor are places before it,
 * which the lines of findings are counted from.
 */
uint64_t layer_keep(const struct layer *l, bool places);
/* In the place: no secret to come begins before it. */
uint64_t layer_safe(const struct layer *l);
/* Where in the place the byte at an offset begins. */
uint64_t layer_from(const struct layer *l, uint64_t at);
/* Where in the place the byte before an offset ends. */
uint64_t layer_to(const struct layer *l, uint64_t end);
/* The first one, of l and what is under it, with an open block, or NULL. */
const struct layer *layer_open(const struct layer *l);
/* Marks the lines of open blocks while they can be counted. */
void layer_mark_open(struct layer *l, struct lines *lines, struct span data,
	uint64_t base);
/* The view of its parent that l's bytes come from, and of which kind it is. */
struct view *layer_view_of(const struct layer *l);
const struct view_kind *layer_kind(const struct layer *l);

/* ---- layer_way.c ---- */

/* Of a bit of enum stanch_decode; NULL after the last. */
const char *layer_name(size_t bit);
/* 0: l's bytes are the place's, or no UTF-16 there; 1: LE, 2: BE. */
uint8_t layer_wide(const struct layer *l);
/*
 * How bytes of l were decoded, the outermost first: "utf-16+base64"; "": they,
 * and those next to them, are as they stand somewhere above.
 */
void layer_way(const struct layer *l, uint64_t from, uint64_t to, char *out,
	size_t size);
/* The bits of it: adds those of l's view to the first, then of those above. */
void layer_add_ways(const struct layer *l, uint64_t from, uint64_t to,
	unsigned *ways);
/* Whether they are others than those they were decoded from. */
bool layer_changed(const struct layer *l, uint64_t from, uint64_t to);
/* Whether it is likely only that they were encoded as they were decoded. */
bool layer_doubtful(const struct layer *l, uint64_t from, uint64_t to);

#endif
