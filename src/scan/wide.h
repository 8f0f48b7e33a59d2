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

#include "scan/view.h"

enum { WIDE_MIN = 8 };

struct wide {
	struct view v;
	uint64_t from;		/* where in the bytes its first one is */
	bool big;		/* a NUL stood before it: big-endian */
};

void wide_init(struct wide *w, size_t view_max);
void wide_free(struct wide *w);
void wide_begin(struct wide *w);
/* As struct view_kind has it. */
enum view_event wide_take(struct wide *w, struct span data, uint64_t base,
	bool final);
/* Where in the bytes the character at an offset of the view begins. */
uint64_t wide_place(const struct wide *w, uint64_t view);

#endif
