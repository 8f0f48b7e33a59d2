/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wide.h - UTF-16 text anywhere in the bytes: runs of ASCII characters with a
 * NUL between each two are squeezed into a view of their own.  It needs no
 * byte order mark and finds the strings inside a binary as well.
 *
 *	bytes   .. p 00 a 00 s 00 s 00 .. .. k 00 e 00 y 00 ..
 *	view       p a s s \n k e y
 *
 * A run has at least WIDE_MIN characters; shorter ones can hold no secret.
 */
#ifndef SCAN_WIDE_H
#define SCAN_WIDE_H

#include "base/buf.h"
#include "base/span.h"

enum { WIDE_MIN = 8 };

struct wide_run {
	uint64_t view;		/* where its first character is in the view */
	uint64_t from;		/* and in the bytes; character i at + 2 i */
	bool big;		/* a NUL stood before it: big-endian */
};

struct wide {
	struct buf view;	/* characters from view_base on */
	uint64_t view_base;
	struct wide_run *runs;	/* those the view still needs */
	size_t nruns, cap;
	bool active;		/* the last run touches the end so far */
	uint64_t pos;		/* bytes before it are done with */
	uint64_t held;		/* bytes from it on may become a run */
};

void wide_init(struct wide *w, size_t view_max);
void wide_free(struct wide *w);
void wide_begin(struct wide *w, uint64_t at);
/*
 * Takes the bytes from w->pos on; data covers [base, ...), base <= w->pos - 1
 * (or 0).  false: out of memory.
 */
bool wide_take(struct wide *w, struct span data, uint64_t base, bool final);
/* Drops the view before `view`. */
void wide_drop(struct wide *w, uint64_t view);
/* The run that holds view offset `view`; NULL: none does. */
const struct wide_run *wide_find(const struct wide *w, uint64_t view);
/* The byte offset of a view offset; past the last run: the end of it. */
uint64_t wide_source(const struct wide *w, uint64_t view);

#endif
