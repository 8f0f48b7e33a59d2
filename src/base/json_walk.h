/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_walk.h - the tokens of a JSON text (RFC 8259), in place and without
 * memory of its own: for who wants to change a text and not what it says.
 * Whether strings are UTF-8, and whether names come twice, is not asked.
 */
#ifndef BASE_JSON_WALK_H
#define BASE_JSON_WALK_H

#include "base/span.h"

enum { JSON_WALK_DEPTH = 512 };		/* the most arrays and objects open */

enum json_token {
	JSON_TOKEN_BAD,		/* not JSON, or too deep */
	JSON_TOKEN_END,		/* the text was one value and blanks */
	JSON_TOKEN_MARK,	/* { } [ ] : , */
	JSON_TOKEN_STRING,	/* with its quotes */
	JSON_TOKEN_BARE		/* a number, true, false, null */
};

struct json_walk {
	struct span text;
	size_t at;			/* of what was not looked at yet */
	unsigned expect, depth;
	uint8_t nest[JSON_WALK_DEPTH / 8];	/* a bit set: an object */
};

void json_walk_begin(struct json_walk *w, struct span text);
/* The next token and its place, [*start, *start + *len). */
enum json_token json_walk_next(struct json_walk *w, size_t *start,
	size_t *len);
/* Whether all of it is JSON. */
bool json_walk_valid(struct span text);

/*
 * What the first character, or escape, of a string's inside stands for: its
 * bytes in UTF-8 to out, their number to *n.  Returns how many bytes of s it
 * takes; a half of a surrogate pair becomes U+FFFD.  s is not empty, and part
 * of a valid text.
 */
size_t json_walk_char(struct span s, uint8_t out[4], size_t *n);

#endif
