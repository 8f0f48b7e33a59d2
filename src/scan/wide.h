/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wide.h - UTF-16 text anywhere in the bytes: a run of ASCII characters with
 * a NUL between each two is squeezed into a view of its own.  It needs no
 * byte order mark and finds the strings inside a binary as well.
 *
 *	bytes   .. p 00 a 00 s 00 s 00 .. .. k 00 e 00 y 00 ..
 *	views      p a s s                   k e y
 *
 * A run has at least WIDE_MIN characters; shorter ones can hold no secret.
 */
#ifndef SCAN_WIDE_H
#define SCAN_WIDE_H

#include "base/buf.h"
#include "base/span.h"

enum { WIDE_MIN = 8 };

enum wide_event {
	WIDE_NONE,	/* all bytes are taken */
	WIDE_RUN_ENDED,	/* the view holds the last of a run */
	WIDE_NOMEM
};

struct wide {
	struct buf view;	/* the run's characters from view_base on */
	uint64_t view_base;
	uint64_t from;		/* where in the bytes its first one is */
	bool big;		/* a NUL stood before it: big-endian */
	bool active;		/* there is a run, and it may go on */
	uint64_t pos;		/* bytes before it are taken */
	uint64_t held;		/* bytes from it on may become a run */
};

void wide_init(struct wide *w, size_t view_max);
void wide_free(struct wide *w);
void wide_begin(struct wide *w);
/*
 * Takes bytes from w->pos on, until a run ends or all are taken; data covers
 * [base, ...), base <= w->pos.  A run that ended is forgotten by the next
 * call.
 */
enum wide_event wide_take(struct wide *w, struct span data, uint64_t base,
	bool final);
/* Drops the view before `view`. */
void wide_drop(struct wide *w, uint64_t view);
/* Where in the bytes the character at an offset of the view begins. */
uint64_t wide_place(const struct wide *w, uint64_t view);

#endif
