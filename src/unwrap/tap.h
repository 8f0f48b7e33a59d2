/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tap.h - a stream of bytes that can be looked at before they are taken.
 * Taps stand on each other: the bytes of a member come from those of its
 * container, those of the container out of a decoder, and so on.
 */
#ifndef UNWRAP_TAP_H
#define UNWRAP_TAP_H

#include "base/gap.h"
#include "base/span.h"

enum { TAP_ROOM = 256 * 1024 };		/* most bytes that can be seen */

struct tap;

/* Puts at most n bytes at `to`: how many, 0 at the end. */
typedef size_t tap_fn(struct tap *t, uint8_t *to, size_t n);

/* Puts at most n bytes from an offset on at `to`: how many. */
typedef size_t tap_far_fn(void *of, uint8_t *to, size_t n, uint64_t at);

struct tap {
	tap_fn *fill;
	void *of;		/* fill's own */
	uint8_t *room;		/* NULL: the bytes are those of `from` */
	const uint8_t *ptr;	/* what can be seen */
	size_t len;
	uint64_t at;		/* bytes taken so far */
	bool ended;		/* there is no more than can be seen */
	/* When the end came too early, why; NULL: it did not. */
	const char *broken;
	enum stanch_gap why;
	uint64_t raw, inside;	/* of the bytes taken; see tap_inside() */
	/* Of a part: */
	struct tap *from;
	uint64_t left;		/* not asked of it yet */
	/* Bytes out of turn, where they can be had; NULL: they cannot.  The
	   first of this tap is at `origin`. */
	tap_far_fn *far;
	void *far_of;
	uint64_t origin;
};

/* room: TAP_ROOM bytes, the caller's. */
void tap_init(struct tap *t, uint8_t *room, tap_fn *fill, void *of);

/*
 * All that can be seen: n bytes or more (n <= TAP_ROOM), unless there are
 * fewer.  It stays where it is until the next look.
 */
struct span tap_look(struct tap *t, size_t n);
/*
 * Takes n bytes of what can be seen: given out as they are, or handed to a
 * decoder or a member.  Together they are all that was taken.
 */
void tap_raw(struct tap *t, size_t n);
void tap_inside(struct tap *t, size_t n);
/* The last n bytes that were handed on are given out as they are after all. */
void tap_was_raw(struct tap *t, size_t n);

/*
 * The next n bytes of `from`, which must not be used before tap_part_end().
 * They are not copied when all of them can be seen; room is for when they
 * cannot.
 */
void tap_part(struct tap *t, struct tap *from, uint64_t n, uint8_t *room);
/* How many bytes it has yet, at most; INT64_MAX: it is not known. */
uint64_t tap_most(const struct tap *t);
/* Takes what it had of its `from`, and says how many bytes that lacked. */
uint64_t tap_part_end(struct tap *t);

#endif
