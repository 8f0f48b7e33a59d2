/* SPDX-License-Identifier: Apache-2.0 */
/*
 * android.c - the strings of Android's compiled XML and resource tables, each
 * a line: the pool that stands at their beginning (ResourceTypes.h).  What
 * follows it is given out as it is.
 */
#include "base/utf8.h"
#include "unwrap/le.h"
#include "unwrap/unwrap_private.h"

enum {
	TABLE = 2, XML = 3, POOL = 1,		/* kinds of chunks */
	POOL_HEADER = 28, UTF8 = 1 << 8,
	LONGER = 4			/* bytes of a length, at most */
};

struct pool {
	struct unwrap *u;
	struct tap *from;
	uint64_t area;		/* bytes of strings yet */
	uint32_t left;		/* of one, bytes or pairs of them */
	bool wide, open;
};

/* Where the pool begins; 0: it is none of both. */
static size_t
pool_at(struct span head)
{
	unsigned kind = head.len < 8 ? 0 : le_16(head.ptr);
	size_t at = kind == XML ? 8 : kind == TABLE ? 12 : 0;

	if (!at || le_16(head.ptr + 2) != at || head.len < at + POOL_HEADER ||
		le_16(head.ptr + at) != POOL ||
		le_16(head.ptr + at + 2) != POOL_HEADER)
		return 0;
	return at;
}

bool
android_is(struct span head)
{
	return pool_at(head) != 0;
}

/* The upper bit says that there is more of it.  Its bytes. */
static size_t
read_length(const struct pool *p, const uint8_t *s, uint32_t *n)
{
	if (p->wide) {
		*n = le_16(s);
		if (!(*n & 0x8000))
			return 2;
		*n = (*n & 0x7fff) << 16 | le_16(s + 2);
		return 4;
	}
	*n = s[0];
	if (!(*n & 0x80))
		return 1;
	*n = (*n & 0x7f) << 8 | s[1];
	return 2;
}

static void
take(struct pool *p, size_t n)
{
	tap_inside(p->from, n);
	p->area = p->area > n ? p->area - n : 0;
}

/* Of a narrow string the length is told twice, in characters and bytes. */
static bool
open_string(struct pool *p)
{
	struct span s = tap_look(p->from, 2 * LONGER);
	uint8_t head[2 * LONGER] = { 0 };
	size_t n;

	s = span_first(s, p->area < sizeof head ? (size_t)p->area :
		sizeof head);
	if (!s.len)
		return false;
	memcpy(head, s.ptr, s.len);
	n = read_length(p, head, &p->left);
	if (!p->wide)
		n += read_length(p, head + n, &p->left);
	take(p, n < s.len ? n : s.len);
	p->open = true;
	return true;
}

/* Some of the string, or its end and the zero behind it. */
static size_t
give(struct pool *p, uint8_t *to, size_t n)
{
	size_t unit = p->wide ? 2 : 1;
	struct span s = span_first(tap_look(p->from, unit), p->area < unit ?
		(size_t)p->area : unit);
	unsigned c;

	if (!p->left || s.len < unit) {
		take(p, s.len);
		p->open = false;
		*to = '\n';
		return 1;
	}
	p->left--;
	c = p->wide ? le_16(s.ptr) : s.ptr[0];
	take(p, unit);
	if (!p->wide) {
		*to = (uint8_t)c;
		return 1;
	}
	return utf8_put(c >= 0xd800 && c < 0xe000 ? 0xfffd : c, to);
}

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct pool *p = t->of;
	size_t got = 0;

	while (got + 4 <= n && p->area && (p->open || open_string(p)))
		got += give(p, to + got, n - got);
	if (!got && p->area) {
		t->broken = p->from->broken ? "" : "truncated";
		t->why = STANCH_GAP_CORRUPT;
	}
	if (!unwrap_decoded(p->u, got))
		t->broken = "";
	return got;
}

/* The offsets of the strings, up to the first. */
static void
skip(struct tap *t, uint64_t n)
{
	struct span s;

	while (n && (s = tap_look(t, 1)).len) {
		s = span_first(s, n < s.len ? (size_t)n : s.len);
		tap_inside(t, s.len);
		n -= s.len;
	}
}

void
android_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct span head = tap_look(t, 12 + POOL_HEADER);
	size_t at = pool_at(head);
	const uint8_t *p = head.ptr + at;
	uint32_t size = le_32(p + 4), strings = le_32(p + 20);
	uint32_t styles = le_32(p + 24), end = styles ? styles : size;
	uint64_t table = 4 * ((uint64_t)le_32(p + 8) + le_32(p + 12));
	struct pool pool = { .u = u, .from = t,
		.wide = !(le_32(p + 16) & UTF8) };

	/* Strings stand right behind their offsets. */
	if (!le_32(p + 8) || strings != POOL_HEADER + table || end > size ||
		end < strings) {
		unwrap_gap(u, STANCH_GAP_CORRUPT, "damaged: what follows was "
			"scanned as it is", GAP_BYTES_UNKNOWN);
		tap_inside(t, at);
		return;
	}
	pool.area = end - strings;
	skip(t, at + POOL_HEADER + table);
	sift_made(u, "strings", fill, &pool, depth);
}
