/* SPDX-License-Identifier: Apache-2.0 */
/*
 * java_class.c - the constants of a Java class file (JVMS 4.4), each a line,
 * so that the number of a line is that of the constant.  What follows them is
 * given out as it is.
 */
#include "base/utf8.h"
#include "unwrap/le.h"
#include "unwrap/unwrap_private.h"

enum {
	HEADER = 10, MAJOR_FIRST = 45, MAJOR_MOST = 200,
	UTF8 = 1, TAGS = 21,
	SURROGATES = 6		/* bytes of two of them */
};

/* Bytes behind the tag of a constant; 0: there is no such tag. */
static const uint8_t sizes[TAGS] = { [UTF8] = 2, [3] = 4, [4] = 4, [5] = 8,
	[6] = 8, [7] = 2, [8] = 2, [9] = 4, [10] = 4, [11] = 4, [12] = 4,
	[15] = 3, [16] = 2, [17] = 4, [18] = 4, [19] = 2, [20] = 2 };

struct constants {
	struct unwrap *u;
	struct tap *from;
	unsigned slots;		/* not read yet */
	unsigned left;		/* bytes of a text */
	unsigned lines;		/* to be ended */
};

static unsigned
be_16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

/* The class of Mach-O that begins so has few architectures, not versions. */
bool
java_class_is(struct span head)
{
	return head.len >= HEADER && be_32(head.ptr) == 0xcafebabe &&
		be_16(head.ptr + 6) >= MAJOR_FIRST &&
		be_16(head.ptr + 6) <= MAJOR_MOST && be_16(head.ptr + 8) > 0;
}

/* Half of a pair, as three bytes; 0: it is none. */
static unsigned
surrogate(const uint8_t *p)
{
	return p[0] == 0xed && p[1] >= 0xa0 ? 0xd000U |
		(p[1] & 0x3fU) << 6 | (p[2] & 0x3fU) : 0;
}

/* A character that UTF-8 has otherwise: U+0000, and those beyond U+FFFF.  How
   many bytes of s it was, and of `to` it is. */
static size_t
convert(struct span s, uint8_t *to, size_t *n)
{
	unsigned high, low;

	*n = 1;
	*to = s.ptr[0];
	if (s.len >= 2 && s.ptr[0] == 0xc0 && s.ptr[1] == 0x80) {
		*to = 0;
		return 2;
	}
	if (s.len < SURROGATES)
		return 1;
	high = surrogate(s.ptr);
	low = surrogate(s.ptr + 3);
	if (high < 0xd800 || high >= 0xdc00 || low < 0xdc00)
		return 1;
	*n = utf8_put(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), to);
	return SURROGATES;
}

static size_t
give_text(struct constants *c, struct tap *t, uint8_t *to, size_t n)
{
	struct span s = span_first(tap_look(c->from, c->left < SURROGATES ?
		c->left : SURROGATES), c->left);
	size_t got = 0, used = 0, more;

	while (used < s.len && got + 4 <= n && (s.len - used >= SURROGATES ||
		s.len == c->left)) {
		used += convert(span_skip(s, used), to + got, &more);
		got += more;
	}
	if (!used) {
		used = got = s.len < n ? s.len : n;
		memcpy(to, s.ptr, used);
	}
	c->left -= (unsigned)used;
	tap_inside(c->from, used);
	if (!used) {
		t->broken = c->from->broken ? "" : "truncated";
		t->why = STANCH_GAP_CORRUPT;
		c->slots = c->left = 0;
	}
	return got;
}

/* The next constant.  False: that is none. */
static bool
open_constant(struct constants *c)
{
	struct span s = tap_look(c->from, 1 + 8);
	uint8_t tag = s.len ? s.ptr[0] : 0;
	size_t n = tag < TAGS ? sizes[tag] : 0;

	if (!n || s.len < 1 + n)
		return false;
	if (tag == UTF8)
		c->left = be_16(s.ptr + 1);
	c->lines = tag == 5 || tag == 6 ? 2 : 1;
	c->slots -= c->slots < c->lines ? c->slots : c->lines;
	tap_inside(c->from, 1 + n);
	return true;
}

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct constants *c = t->of;
	size_t got = 0;

	while (!got && (c->slots || c->left || c->lines)) {
		if (c->left) {
			got = give_text(c, t, to, n);
		} else if (c->lines) {
			*to = '\n';
			got = 1;
			c->lines--;
		} else if (!open_constant(c)) {
			t->broken = c->from->broken ? "" : "damaged: what "
				"follows was scanned as it is";
			t->why = STANCH_GAP_CORRUPT;
			c->slots = 0;
		}
	}
	if (!unwrap_decoded(c->u, got))
		t->broken = "";
	return got;
}

void
java_class_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct constants c = { .u = u, .from = t };

	c.slots = be_16(tap_look(t, HEADER).ptr + 8) - 1;
	tap_inside(t, HEADER);
	sift_made(u, "constants", fill, &c, depth);
}
