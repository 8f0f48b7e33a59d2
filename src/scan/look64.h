/* SPDX-License-Identifier: Apache-2.0 */
/*
 * look64.h - what may be in a run of base64, by its characters and by what
 * came of them.  A no is always right; finding the run is view_base64.c's.
 */
#ifndef SCAN_LOOK64_H
#define SCAN_LOOK64_H

#include "base/span.h"
#include "scan/longruns.h"

/* Characters of which a run may hold anything, and no more begins anew. */
enum { LOOK64_LONG = 64 };

static inline bool
look64_separates(uint8_t c)
{
	return c == '/' || c == '-' || c == '_';
}

/* Whether the last bytes of a text are text, or UTF-16 of it. */
bool look64_ends_in_text(struct span text);
/* Whether there can be anything to find in the text of a short run. */
bool look64_holds_something(struct span text);
/* Whether n characters at p, a group or less, may be of a text. */
bool look64_may_be_text(const uint8_t *p, size_t n);
/* Whether the four bytes at p are a group of text, or of NULs as UTF-16 has. */
bool look64_is_text_group(const uint8_t *p);
/*
 * Whether the run that s begins with is not long, whole, and nothing can be in
 * it; *len: its characters.  Most of those in a program are such, and this is
 * much cheaper than to decode them.
 */
bool look64_is_idle(struct span s, size_t *len);

#endif
