/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.h - does a form of a value begin here, and where does it end?  The
 * places that can be reached are followed element by element, all at once,
 * so there is nothing to go back to and no text makes it slow.
 */
#ifndef KNOWN_WALK_H
#define KNOWN_WALK_H

#include "known/form.h"

enum {
	WALK_MOST = 8 * 1024,	/* bytes of text that a form may take */
	PLACES_MOST = 48
};

enum walk_result {
	WALK_NO,
	WALK_MATCH,
	WALK_MORE	/* all that is here fits; the rest must come */
};

/* Offsets in the data. */
struct walked {
	size_t start, end;	/* of what is to be masked; of WALK_MORE start
				   only */
	size_t passed;		/* elements that were there in a row */
};

/* f from data[at] on. */
enum walk_result walk(const struct form *f, struct span data, size_t at,
	bool final, struct walked *w);
/*
 * The same for a raw value that is interrupted in its head.  It is masked from
 * behind the head: those letters may be out already.
 */
enum walk_result walk_late(const struct form *f, struct span data, size_t at,
	bool final, struct walked *w);

/* Where a walk may be after an element. */
struct places {
	uint32_t at[PLACES_MOST];
	unsigned n;
	bool more;		/* text ended before this could be decided */
};

/* ---- walk_take.c: from one place to the next ---- */

/* None; the array is left as it is. */
static inline void
places_none(struct places *p)
{
	p->n = 0;
	p->more = false;
}

void places_add(struct places *p, size_t at);
/* What may come before an element: all places behind it, and at itself. */
void walk_gap(struct places *out, struct span data, size_t at, enum gap gap);
/* The element itself. */
void walk_take(struct places *out, struct span data, size_t at,
	const struct element *e);
/* The character that is the value's in part, if it shares one, and = signs. */
size_t walk_tail(struct span data, size_t at, bool shares, bool *more);

#endif
