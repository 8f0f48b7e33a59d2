/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iso.c - files of an ISO 9660 image (ECMA-119), with the names of Rock Ridge
 * or Joliet.  Extents are taken in the order in which they lie there, so
 * nothing is held: directories stand before files.  What belongs to none,
 * or to one that a directory behind it tells of, is given out as it is.
 */
#include <stdlib.h>

#include "unwrap/iso_names.h"
#include "unwrap/le.h"

enum {
	SECTOR = 2048, FIRST = 16, DESCRIPTORS = 64,
	ENTRIES = 1 << 20, NAMES = 32 * 1024 * 1024,
	DIRECTORY = 2, MORE = 0x80,		/* flags of a record */
	RECORD = 34
};

struct extent {
	uint64_t at, size;
	uint32_t name, name_len;	/* in names */
	uint8_t rank;			/* of its name; 0 is the best */
	bool directory, joliet;
};

struct iso {
	struct unwrap *u;
	struct tap *t;
	uint64_t base;		/* of the image in t */
	uint64_t end;		/* of the volume, in the image */
	unsigned block;
	unsigned depth;
	struct headers headers;
	struct buf names, name;
	struct extent *heap;
	size_t n, cap;
	bool full;
};

/* ---- extents yet to come, the first on top ---- */

static bool
before(const struct extent *a, const struct extent *b)
{
	return a->at != b->at ? a->at < b->at : a->rank < b->rank;
}

static void
swap(struct extent *a, struct extent *b)
{
	struct extent c = *a;

	*a = *b;
	*b = c;
}

static bool
grow(struct iso *i)
{
	size_t cap = i->cap ? 2 * i->cap : 256;
	struct extent *heap;

	if (cap > ENTRIES)
		return false;
	heap = realloc(i->heap, cap * sizeof *heap);
	if (!heap) {
		i->u->nomem = i->u->stopped = true;
		return false;
	}
	i->heap = heap;
	i->cap = cap;
	return true;
}

static void
push(struct iso *i, struct extent e, struct span name)
{
	size_t at = i->n;

	e.name = (uint32_t)i->names.len;
	e.name_len = (uint32_t)name.len;
	if ((i->n == i->cap && !grow(i)) ||
		!buf_append(&i->names, name.ptr, name.len)) {
		i->full = true;
		return;
	}
	i->heap[i->n++] = e;
	while (at && before(&i->heap[at], &i->heap[(at - 1) / 2])) {
		swap(&i->heap[at], &i->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static struct extent
pop(struct iso *i)
{
	struct extent first = i->heap[0];
	size_t at = 0, next;

	i->heap[0] = i->heap[--i->n];
	while ((next = 2 * at + 1) < i->n) {
		next += next + 1 < i->n &&
			before(&i->heap[next + 1], &i->heap[next]);
		if (!before(&i->heap[next], &i->heap[at]))
			break;
		swap(&i->heap[next], &i->heap[at]);
		at = next;
	}
	return first;
}

/* ---- what lies where ---- */

static uint64_t
here(const struct iso *i)
{
	return i->t->at - i->base;
}

/* Bytes that belong to no file, up to an offset of the image; another image
   among them is a step deeper. */
static void
give_between(struct iso *i, uint64_t to)
{
	size_t before_it = unwrap_enter_at(i->u, "raw", i->t->at);
	uint8_t *room = unwrap_room(i->u);
	struct tap part;

	if (room) {
		tap_part(&part, i->t, to - here(i), room);
		sift(i->u, &part, i->depth + 1);
		tap_part_end(&part);
		unwrap_room_back(i->u, room);
	}
	unwrap_leave(i->u, before_it);
}

/* "." and ".." have names of one byte, 0 and 1. */
static void
take_record(struct iso *i, const struct extent *dir, struct span r)
{
	struct extent e = { .rank = 2, .joliet = dir->joliet };
	struct span name = span_of(r.ptr + 33, r.ptr[32]);
	size_t path;

	if (33 + (size_t)r.ptr[32] > r.len ||
		(name.len == 1 && name.ptr[0] < 2))
		return;
	e.at = (uint64_t)le_32(r.ptr + 2) * i->block + r.ptr[1] * SECTOR;
	e.size = le_32(r.ptr + 10);
	e.directory = r.ptr[25] & DIRECTORY;
	i->name.len = 0;
	buf_append(&i->name, i->names.ptr + dir->name, dir->name_len);
	if (i->name.len)
		buf_byte(&i->name, '/');
	path = i->name.len;
	if (dir->joliet)
		iso_names_joliet(&i->name, name);
	else if (!iso_names_rock(&i->name, r))
		iso_names_plain(&i->name, name);
	else
		e.rank = 0;
	if (dir->joliet)
		e.rank = 1;
	if (e.size && i->name.len > path && i->name.len <= UNWRAP_NAME)
		push(i, e, buf_span(&i->name));
}

/* No record reaches into the next sector. */
static void
take_records(struct iso *i, const struct extent *dir, struct span sector)
{
	while (sector.len && sector.ptr[0] >= RECORD) {
		struct span r = span_first(sector, sector.ptr[0]);

		if (r.len < sector.ptr[0])
			return;
		take_record(i, dir, r);
		sector = span_skip(sector, r.len);
	}
}

static void
take_directory(struct iso *i, const struct extent *dir)
{
	uint64_t left = dir->size;

	while (left && !i->u->stopped) {
		struct span s = span_first(tap_look(i->t, SECTOR), SECTOR);

		if (s.len > left)
			s.len = (size_t)left;
		if (!s.len)
			return;
		take_records(i, dir, s);
		left -= s.len;
		headers_take(&i->headers, i->t, s.len);
	}
}

static void
take_extent(struct iso *i, const struct extent *e)
{
	struct span name = span_of(i->names.ptr + e->name, e->name_len);

	if (e->at < here(i))
		return;		/* it was passed, and given out */
	if (e->at > here(i))
		give_between(i, e->at);
	if (e->at != here(i) || i->u->stopped)
		return;
	if (e->directory)
		take_directory(i, e);
	else
		sift_member(i->u, i->t, e->size, name, i->depth);
}

/* A file of 4 GiB and more has extents that follow each other. */
static void
join(struct iso *i, struct extent *e)
{
	while (i->n && !e->directory && !i->heap[0].directory &&
		i->heap[0].at == e->at + e->size &&
		i->heap[0].name_len == e->name_len &&
		!memcmp(i->names.ptr + i->heap[0].name,
			i->names.ptr + e->name, e->name_len))
		e->size += pop(i).size;
}

/* ---- volumes ---- */

static bool
is_joliet(const uint8_t *p)
{
	return p[88] == '%' && p[89] == '/' &&
		(p[90] == '@' || p[90] == 'C' || p[90] == 'E');
}

/* False: it is the last one, or none. */
static bool
take_descriptor(struct iso *i)
{
	struct span s = tap_look(i->t, SECTOR);
	const uint8_t *root = s.ptr + 156;
	struct extent e = { .directory = true };
	uint8_t type;

	if (s.len < SECTOR || memcmp(s.ptr + 1, "CD001", 5) != 0)
		return false;
	type = s.ptr[0];
	if (type == 1 || (type == 2 && is_joliet(s.ptr))) {
		i->block = le_16(s.ptr + 128) ? le_16(s.ptr + 128) : SECTOR;
		e.joliet = type == 2;
		e.at = (uint64_t)le_32(root + 2) * i->block +
			root[1] * SECTOR;
		e.size = le_32(root + 10);
		if (i->end < (uint64_t)le_32(s.ptr + 80) * i->block)
			i->end = (uint64_t)le_32(s.ptr + 80) * i->block;
		push(i, e, span_of("", 0));
	}
	headers_take(&i->headers, i->t, SECTOR);
	return type != 255;
}

static void
take_extents(struct iso *i)
{
	uint64_t last = UINT64_MAX;

	while (i->n && !i->u->stopped && !i->u->spent) {
		struct extent e = pop(i);

		join(i, &e);
		if (e.at >= i->end || e.at == last)
			continue;
		last = e.at;
		take_extent(i, &e);
	}
	if (i->full && !i->u->stopped)
		unwrap_gap(i->u, STANCH_GAP_OVER_LIMIT, "too many files: some "
			"were scanned as they are", GAP_BYTES_UNKNOWN);
	if (!i->u->stopped && !i->u->spent && here(i) < i->end)
		give_between(i, i->end);
	if (here(i) < i->end && !i->u->stopped && !i->u->spent &&
		!i->t->broken)
		unwrap_gap(i->u, STANCH_GAP_CORRUPT, "truncated", i->end -
			here(i));
}

void
iso_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct iso i = { .u = u, .t = t, .base = t->at, .block = SECTOR,
		.depth = depth };
	int most = DESCRIPTORS;

	headers_init(&i.headers, u);
	buf_init(&i.names, NAMES);
	buf_init(&i.name, 2 * UNWRAP_NAME);
	if (!buf_byte(&i.names, '/'))	/* what the root is called */
		u->nomem = u->stopped = true;
	give_between(&i, FIRST * SECTOR);
	while (most-- && !u->stopped && take_descriptor(&i))
		;
	take_extents(&i);
	free(i.heap);
	buf_free(&i.names);
	buf_free(&i.name);
	headers_end(&i.headers);
}
