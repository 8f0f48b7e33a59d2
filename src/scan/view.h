/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view.h - encoded runs in bytes, decoded, with the way back: what all views
 * share.  A kind of view finds its runs and decodes them as bytes come; each
 * run is a place of its own.  What is looked for in it is layer.c's.
 *
 *	bytes   .. a: Z h p X 4 k q .. .. Z h ..
 *	text           g    h  p ..       g ..
 *	map            ^from    ^to
 */
#ifndef SCAN_VIEW_H
#define SCAN_VIEW_H

#include "base/buf.h"
#include "base/span.h"
#include "stanch.h"

enum {
	VIEW_STEP = 64 * 1024,		/* bytes decoded in one go */
	VIEW_MAX = 1024 * 1024		/* bytes of a text at a time */
};

enum view_event {
	VIEW_NONE,	/* all bytes are taken */
	VIEW_FULL,	/* there is enough in the text; take again */
	VIEW_RUN_ENDED,	/* the text holds the last of a run */
	VIEW_NOMEM
};

struct view {
	struct buf text;	/* the run, decoded, from base on */
	uint64_t base;
	struct buf map;		/* of struct view_from, one a byte of text;
				   empty where the kind can work it out */
	bool active;		/* there is a run, and it may go on */
	uint64_t pos;		/* bytes before it are taken */
	uint64_t held;		/* bytes from it on may become of a run */
	bool loose;		/* the text is of bytes that are no run yet */
	uint64_t run;		/* where it began; layer.c's */
};

/* Where a byte of text comes from: the low bits of two offsets. */
struct view_from { uint32_t from, to; };

struct view_kind {
	unsigned decodes;		/* bits of enum stanch_decode */
	bool inner;			/* of what was decoded only */
	/* which: those of its bits that are wanted.  NULL: out of memory. */
	struct view *(*make)(unsigned which);
	void (*release)(struct view *v);	/* what is its own, or NULL */
	/*
	 * Takes bytes from v->pos on; data covers [base, ...), base <=
	 * v->pos.  A run that ended is forgotten by the next call.
	 */
	enum view_event (*take)(struct view *v, struct span data,
		uint64_t base, bool final);
	void (*begin)(struct view *v);	/* another place */
	/*
	 * Whether runs are parted by the byte, wherever it stands: none holds
	 * it, and what is a run before it, or behind it, does not depend on
	 * what is on its other side.  NULL: it cannot be told by a byte.
	 */
	bool (*parts)(uint8_t c);
	/* Where a byte of the text begins, and where the one before `end`
	   ends; NULL: as the map has it. */
	uint64_t (*from)(const struct view *v, uint64_t at);
	uint64_t (*to)(const struct view *v, uint64_t end);
	/* What was decoded to get bytes between two offsets of the text, in
	   bits; the rest are as they were.  NULL: all of them were decoded. */
	unsigned (*decoded)(const struct view *v, uint64_t from, uint64_t to);
	/* Whether nothing in the text before an offset shows for sure that it
	   was encoded; NULL: all is sure. */
	bool (*doubtful)(const struct view *v, uint64_t end);
};

extern const struct view_kind view_wide, view_base64, view_hex, view_gzip,
	view_escapes;

void view_free(const struct view_kind *kind, struct view *v);
/* Appends a byte that stands at [from, to).  False: out of memory. */
bool view_put(struct view *v, uint8_t byte, uint64_t from, uint64_t to);
/* Forgets the text. */
void view_clear(struct view *v);
/* Drops the text before an offset of it. */
void view_drop(struct view *v, uint64_t at);

uint64_t view_from(const struct view_kind *kind, const struct view *v,
	uint64_t at);
uint64_t view_to(const struct view_kind *kind, const struct view *v,
	uint64_t end);

/* A byte as a text may have it. */
static inline bool
view_is_text(uint8_t c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

#endif
