/* SPDX-License-Identifier: Apache-2.0 */
/* ar.c - members of an ar archive: .deb, .a; names as GNU and BSD write. */
#include "unwrap/unwrap_private.h"

enum { MAGIC = 8, HEADER = 60, SIZE = 48, SIZE_LEN = 10, NAME_LEN = 16 };

/* Some writers fill up the last block of a tape. */
static bool
is_filler(struct span s)
{
	s = span_first(s, HEADER);
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i])
			return false;
	return true;
}

static uint64_t
decimal(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n && p[i] >= '0' && p[i] <= '9'; i++)
		v = v * 10 + p[i] - '0';
	return v;
}

static bool
is_header(struct span s)
{
	return s.len >= HEADER && s.ptr[58] == '`' && s.ptr[59] == '\n' &&
		s.ptr[SIZE] >= '0' && s.ptr[SIZE] <= '9';
}

struct names {
	struct buf table;	/* of long names */
	struct buf name;
};

/* "name/", "name   ", "/123" in the table; "#1/20" is taken from the data. */
static void
name_of(struct names *n, const uint8_t *p)
{
	size_t len = NAME_LEN;

	n->name.len = 0;
	while (len && p[len - 1] == ' ')
		len--;
	if (len > 1 && p[0] == '/' && p[1] >= '0' && p[1] <= '9') {
		struct span s = span_skip(buf_span(&n->table),
			(size_t)decimal(p + 1, len - 1));
		const uint8_t *end = s.len ? memchr(s.ptr, '\n', s.len) : NULL;

		len = end ? (size_t)(end - s.ptr) : s.len;
		p = s.ptr;
	}
	if (len > 1 && p[len - 1] == '/')
		len--;
	buf_append(&n->name, p, len < UNWRAP_NAME ? len : UNWRAP_NAME);
}

/* The table of long names is data that only we read. */
static void
take_table(struct names *n, struct tap *t, struct headers *h, uint64_t *size)
{
	while (*size && !h->u->stopped) {
		struct span s = tap_look(t, 1);

		if (!s.len)
			return;
		if (s.len > *size)
			s.len = (size_t)*size;
		if (s.len > UNWRAP_HEADERS)
			s.len = UNWRAP_HEADERS;
		buf_append(&n->table, s.ptr, s.len);
		*size -= s.len;
		headers_take(h, t, s.len);
	}
}

static void
take_long_name(struct names *n, struct tap *t, struct headers *h,
	uint64_t *size)
{
	uint64_t len = decimal(n->name.ptr + 3, n->name.len - 3);
	struct span s;

	if (len > *size || len > UNWRAP_NAME)
		return;
	s = tap_look(t, (size_t)len);
	if (s.len < len)
		return;
	n->name.len = 0;
	buf_append(&n->name, s.ptr, (size_t)len);
	headers_take(h, t, (size_t)len);
	*size -= len;
}

static void
take_member(struct unwrap *u, struct tap *t, struct names *n,
	struct headers *h, unsigned depth)
{
	const uint8_t *p = tap_look(t, HEADER).ptr;
	uint64_t size = decimal(p + SIZE, SIZE_LEN);
	bool odd = size & 1, table = !memcmp(p, "// ", 3);
	struct span s;

	name_of(n, p);
	headers_take(h, t, HEADER);
	if (table)
		take_table(n, t, h, &size);
	else if (span_starts(buf_span(&n->name), "#1/"))
		take_long_name(n, t, h, &size);
	if (size)
		sift_member(u, t, size, buf_span(&n->name), depth);
	s = tap_look(t, 1);
	if (odd && s.len && s.ptr[0] == '\n')
		headers_take(h, t, 1);
}

void
ar_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct headers h;
	struct names n;

	headers_init(&h, u);
	buf_init(&n.table, 16 * UNWRAP_NAME);
	buf_init(&n.name, UNWRAP_NAME);
	headers_take(&h, t, MAGIC);
	while (!u->stopped && !u->spent && is_header(tap_look(t, HEADER)))
		take_member(u, t, &n, &h, depth);
	if (!is_filler(tap_look(t, HEADER)) && !u->spent && !u->stopped)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "damaged: what follows was "
			"scanned as it is", t->len);
	buf_free(&n.table);
	buf_free(&n.name);
	headers_end(&h);
}
