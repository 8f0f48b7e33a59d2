/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form.h - the forms in which a log may hold a known value, as rows of
 * elements that are worked out from the value when they are asked for: no
 * form is ever written down.
 *
 *	value -> core (trimmed, unquoted) -> parts -> forms -> elements
 *
 * A part is the value, or a line of it, or a piece of a long line.
 */
#ifndef KNOWN_FORM_H
#define KNOWN_FORM_H

#include "base/span.h"

enum {
	FORM_HEAD = 5,		/* elements at the front that may not be
				   interrupted: a stream must not wait for
				   each line end to go on */
	FORM_PART = 512,	/* longest part, in bytes */
	FORM_LEAST = 8		/* bytes of a part, but for a word */
};

enum form_kind {
	FORM_RAW,	/* any case, any escapes, interrupted */
	FORM_REVERSED,
	FORM_BASE64,	/* variant: bytes before it in the same text, mod 3,
			   and 3 when it is of the alphabet for addresses */
	FORM_SPACED,
	FORM_NUMBERS,	/* each byte as a number; variant: in which way */
	FORM_WORD	/* a weak value, as it is */
};

struct form {
	const uint8_t *bytes;	/* of the part; borrowed of the value */
	uint16_t len;
	uint16_t head;		/* not interrupted before it (FORM_RAW) */
	uint16_t half;		/* so much of it is masked alone; 0: all */
	uint8_t kind, variant;
	bool whole;		/* neither escaped nor interrupted */
	uint32_t value;		/* whose it is */
	uint64_t firm;		/* eight bytes it is found by, folded ... */
	uint8_t firm_at;	/* ... and where they are */
};

enum gap {
	GAP_NONE,
	GAP_BREAK,	/* a line end, colour, backspace may come before it */
	GAP_WRAP	/* a line end and blanks may */
};

enum element_kind {
	ELEMENT_NONE,		/* nothing at all */
	ELEMENT_EXACT,
	ELEMENT_FOLD,		/* in any case */
	ELEMENT_ESCAPED,	/* in any case, escaped in any way */
	ELEMENT_LINE_END,	/* of any system, escaped, or a blank */
	ELEMENT_BASE64,		/* of either alphabet */
	ELEMENT_BETWEEN		/* of a dump, between two groups of bytes */
};

struct element {
	enum element_kind kind;
	enum gap gap;		/* what may come before it */
	uint8_t c;		/* ELEMENT_BETWEEN: which (enum between) */
};

/* Between two groups of bytes. */
enum between {
	BETWEEN_COMMA,		/* ", " */
	BETWEEN_LIST,		/* a comma, blanks and line ends */
	BETWEEN_GROUPS		/* a blank, or what a dump has at a line end */
};

/* The i-th form of a part, from 0; false: there is none. */
bool form_make(struct form *f, struct span part, size_t i, unsigned without);
/* How many elements it has. */
size_t form_elements(const struct form *f);
struct element form_element(const struct form *f, size_t i);
/*
 * How many elements from the i-th on stand in a row at the front of text as
 * one byte each that can be nothing else: letters, digits, blanks between.
 */
size_t form_plain(const struct form *f, size_t i, struct span text);
/* How it begins when it is neither escaped nor interrupted.  Returns bytes. */
size_t form_text(const struct form *f, uint8_t *out, size_t size);
/* Whether the next character of base64 has bits of the value, too. */
bool form_shares_last(const struct form *f);

#endif
