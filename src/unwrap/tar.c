/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tar.c - members of a tar archive: v7, ustar, pax and GNU's.  Written here,
 * because it must be known which bytes belong to no member, and whether the
 * end is there.
 */
#include <stdlib.h>

#include "unwrap/unwrap_private.h"

enum {
	BLOCK = 512,
	NAME = 0, NAME_LEN = 100, SIZE = 124, SIZE_LEN = 12,
	SUM = 148, SUM_LEN = 8, TYPE = 156, MAGIC = 257,
	PREFIX = 345, PREFIX_LEN = 155, EXTENDED = 482, EXTENDED_NEXT = 504,
	DIGITS_MOST = 18
};

struct tarball {
	struct unwrap *u;
	struct tap *t;
	struct headers headers;
	struct buf name;	/* of the next member, told ahead; or empty */
	struct buf record;	/* of a header before a header */
	uint64_t size;		/* the same */
	bool has_size;
	bool ended;
	unsigned depth;
};

/* Digits of base 8, or, with the first bit set, a number of base 256. */
static bool
number(const uint8_t *p, size_t n, uint64_t *value)
{
	uint64_t v = 0;
	size_t i = 0;

	if (p[0] & 0x80) {
		for (i = 0; i < n; i++) {
			if (v >> 55)
				return false;
			v = v << 8 | (i ? p[i] : p[i] & 0x7f);
		}
		*value = v;
		return true;
	}
	while (i < n && p[i] == ' ')
		i++;
	for (; i < n && p[i] >= '0' && p[i] <= '7'; i++)
		v = v << 3 | (uint64_t)(p[i] - '0');
	*value = v;
	return i == n || p[i] == ' ' || p[i] == 0;
}

/* The sum is of all bytes, its own taken as blanks; some added signed ones. */
bool
tar_is(struct span head)
{
	uint64_t want, sum = SUM_LEN * ' ';
	int64_t with_sign = SUM_LEN * ' ';

	if (head.len < BLOCK || head.ptr[SUM + 2] == 0 ||
		!number(head.ptr + SUM, SUM_LEN, &want) || want == 0)
		return false;
	for (size_t i = 0; i < BLOCK; i++) {
		if (i >= SUM && i < SUM + SUM_LEN)
			continue;
		sum += head.ptr[i];
		with_sign += (int8_t)head.ptr[i];
	}
	return sum == want || with_sign == (int64_t)want;
}

static bool
is_zero(const uint8_t *p)
{
	return p[0] == 0 && !memcmp(p, p + 1, BLOCK - 1);
}

static void
keep(struct tarball *a, struct buf *b, const void *p, size_t n)
{
	if (n > b->max - b->len)
		n = b->max - b->len;	/* only shown */
	if (!buf_append(b, p, n))
		a->u->nomem = a->u->stopped = true;
}

/* The field up to its first NUL. */
static void
keep_text(struct tarball *a, struct buf *b, const uint8_t *p, size_t n)
{
	const uint8_t *end = memchr(p, 0, n);

	keep(a, b, p, end ? (size_t)(end - p) : n);
}

static void
name_of(struct tarball *a, const uint8_t *p)
{
	if (a->name.len)
		return;
	if (!memcmp(p + MAGIC, "ustar", 6) && p[PREFIX]) {
		keep_text(a, &a->name, p + PREFIX, PREFIX_LEN);
		keep(a, &a->name, "/", 1);
	}
	keep_text(a, &a->name, p + NAME, NAME_LEN);
}

/* n bytes, and what fills the block, go to the headers; kept in record. */
static void
take_record(struct tarball *a, uint64_t n)
{
	uint64_t left = n + (BLOCK - n % BLOCK) % BLOCK, at = 0;

	a->record.len = 0;
	while (left && !a->u->stopped) {
		struct span s = tap_look(a->t, BLOCK);

		if (!s.len)
			return;
		if (s.len > left)
			s.len = (size_t)left;
		if (s.len > BLOCK)
			s.len = BLOCK;
		if (at < n)
			keep(a, &a->record, s.ptr, n - at < s.len ?
				(size_t)(n - at) : s.len);
		at += s.len;
		left -= s.len;
		headers_take(&a->headers, a->t, s.len);
	}
}

static void
read_size(struct tarball *a, struct span value)
{
	a->size = 0;
	a->has_size = true;
	for (size_t i = 0; i < value.len && i < DIGITS_MOST; i++) {
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return;
		a->size = a->size * 10 + value.ptr[i] - '0';
	}
}

static void
read_pair(struct tarball *a, struct span key, struct span value)
{
	if (span_equal(key, span_str("path")) ||
		span_equal(key, span_str("GNU.sparse.name"))) {
		a->name.len = 0;
		keep(a, &a->name, value.ptr, value.len);
	} else if (span_equal(key, span_str("size"))) {
		read_size(a, value);
	}
}

/* "LENGTH KEY=VALUE\n", again and again. */
static void
read_pax(struct tarball *a)
{
	struct span s = buf_span(&a->record), pair;
	const uint8_t *eq;

	while (s.len) {
		size_t n = 0, i = 0;

		for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
			n = n > UNWRAP_NAME ? n : n * 10 + s.ptr[i] - '0';
		if (i == s.len || s.ptr[i] != ' ' || n <= i + 1 || n > s.len)
			return;
		pair = span_of(s.ptr + i + 1, n - i - 2);
		eq = pair.len ? memchr(pair.ptr, '=', pair.len) : NULL;
		if (eq) {
			size_t key = (size_t)(eq - pair.ptr);

			read_pair(a, span_first(pair, key),
				span_skip(pair, key + 1));
		}
		s = span_skip(s, n);
	}
}

/* A header before a header; false: it is one of a member. */
static bool
take_ahead(struct tarball *a, char type, uint64_t size)
{
	if (!strchr("LKxXg", type) || !type)
		return false;
	take_record(a, size);
	if (type == 'L') {
		a->name.len = 0;
		keep_text(a, &a->name, a->record.ptr, a->record.len);
	} else if (type != 'K' && type != 'g') {
		read_pax(a);
	}
	return true;
}

/* Whether bytes follow: some writers state a size where none do. */
static bool
has_data(struct tarball *a, char type)
{
	if (type && strchr("23456", type))
		return false;
	return type != '1' || !tar_is(tap_look(a->t, BLOCK));
}

static void
take_member(struct tarball *a, char type, bool extended, uint64_t size)
{
	uint64_t pad;

	while (extended && tap_look(a->t, BLOCK).len >= BLOCK) {
		extended = type == 'S' && a->t->ptr[EXTENDED_NEXT];
		headers_take(&a->headers, a->t, BLOCK);
	}
	if (a->has_size)
		size = a->size;
	if (size && has_data(a, type)) {
		sift_member(a->u, a->t, size, buf_span(&a->name), a->depth);
		pad = (BLOCK - size % BLOCK) % BLOCK;
		if (pad > tap_look(a->t, (size_t)pad).len)
			pad = a->t->len;
		if (pad && !a->u->spent)
			headers_take(&a->headers, a->t, (size_t)pad);
	}
	a->name.len = 0;
	a->has_size = false;
}

static void
take_header(struct tarball *a)
{
	const uint8_t *p = tap_look(a->t, BLOCK).ptr;
	char type = (char)p[TYPE];
	bool extended = type == 'S' && p[EXTENDED];
	uint64_t size;

	if (!number(p + SIZE, SIZE_LEN, &size)) {
		unwrap_gap(a->u, STANCH_GAP_CORRUPT, "damaged: a member has "
			"no size", GAP_BYTES_UNKNOWN);
		size = 0;
	}
	if (!type || !strchr("LKxXg", type))
		name_of(a, p);
	headers_take(&a->headers, a->t, BLOCK);
	if (!take_ahead(a, type, size))
		take_member(a, type, extended, size);
}

/* Blocks that are no header, up to one that is. */
static void
take_damaged(struct tarball *a)
{
	uint64_t from = a->t->at;
	size_t before;

	unwrap_gap(a->u, STANCH_GAP_CORRUPT, "damaged: blocks that belong to "
		"no member were scanned as they are", GAP_BYTES_UNKNOWN);
	before = unwrap_enter_at(a->u, "raw", a->t->at);
	unwrap_begin(a->u);
	while (!a->u->stopped && tap_look(a->t, BLOCK).len >= BLOCK &&
		!tar_is(tap_look(a->t, BLOCK))) {
		unwrap_bytes(a->u, span_of(a->t->ptr, BLOCK));
		tap_raw(a->t, BLOCK);
	}
	unwrap_end(a->u);
	unwrap_leave(a->u, before);
	unwrap_apart(a->u, a->t, from, a->t->at - from);
}

/* Two blocks of zeros are the end; more archives may follow. */
static void
take_zeros(struct tarball *a)
{
	struct span s = tap_look(a->t, 2 * BLOCK);

	a->ended = a->ended ||
		(s.len >= 2 * BLOCK && is_zero(s.ptr + BLOCK));
	headers_take(&a->headers, a->t, BLOCK);
}

/* Behind the end: is this an archive, too? */
static bool
goes_on(struct tarball *a, struct span s)
{
	return !a->ended || is_zero(s.ptr) || tar_is(s);
}

void
tar_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct tarball a = { .u = u, .t = t, .depth = depth };
	struct span s;

	headers_init(&a.headers, u);
	buf_init(&a.name, UNWRAP_NAME);
	buf_init(&a.record, UNWRAP_NAME);
	while (!u->stopped && !u->spent &&
		(s = tap_look(t, BLOCK)).len >= BLOCK && goes_on(&a, s)) {
		if (is_zero(s.ptr)) {
			take_zeros(&a);
		} else if (tar_is(s)) {
			a.ended = false;
			take_header(&a);
		} else {
			take_damaged(&a);
		}
	}
	if (!a.ended && !t->broken && !u->stopped && !u->spent)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "without its end: members "
			"may be missing", GAP_BYTES_UNKNOWN);
	buf_free(&a.name);
	buf_free(&a.record);
	headers_end(&a.headers);
}
