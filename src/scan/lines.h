/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - line and column of an offset, while the bytes pass by. */
#ifndef SCAN_LINES_H
#define SCAN_LINES_H

#include "base/span.h"

struct lines_mark { uint64_t pos, line, line_start; };

struct lines {
	struct lines_mark floor;	/* counted for good up to here */
	struct lines_mark last;		/* the last one asked for */
};

void lines_begin(struct lines *l);
/*
 * data covers the offset and the floor.  Of one before the floor (a value that
 * was not known when it came in) the column may be that in data alone.
 */
struct lines_mark lines_at(struct lines *l, struct span data, uint64_t base,
	uint64_t pos);
/* Offsets before pos will hardly be asked for again. */
void lines_advance(struct lines *l, struct span data, uint64_t base,
	uint64_t pos);

#endif
