/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape.h - one escape: a few bytes that stand for one character.
 *
 *	%2F	percent-encoding (RFC 3986)
 *	\/ \n \x2f \057 \u002f \ud83d\ude00 \u{2f} \U0000002f
 *				JSON, C and their like
 *	&#47; &#x2f; &#47 &sol;	entities of HTML and XML
 *	=2F, = and a line end	quoted-printable (RFC 2045)
 *
 * Where they are looked for, and how far, is view_escapes.c's.
 */
#ifndef SCAN_ESCAPE_H
#define SCAN_ESCAPE_H

#include "base/span.h"

/* Kinds, in the order of their bits in enum stanch_decode. */
enum {
	ESCAPE_PERCENT = 1,
	ESCAPE_BACKSLASH = 2,
	ESCAPE_ENTITY = 4,
	ESCAPE_QUOTED = 8,
	ESCAPE_KINDS = 4
};

enum { ESCAPE_LONGEST = 12 };	/* bytes that one is written with */

enum escape_answer { ESCAPE_NO, ESCAPE_YES, ESCAPE_MORE };

struct escape {
	uint8_t kind;
	uint8_t takes;		/* bytes that it is written with */
	uint8_t len;		/* bytes that it stands for: 0 to 4 */
	uint8_t text[4];
	bool strong;		/* a text that another writer had left as it
				   is: something was encoded here */
};

/*
 * The escape that s begins with, and s is not empty; MORE: it cannot be told
 * from so few bytes, unless they are the last ones.
 */
enum escape_answer escape_read(struct span s, bool final, struct escape *out);

#endif
