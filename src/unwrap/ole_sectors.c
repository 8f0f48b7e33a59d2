/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_sectors.c - the sectors of a compound file: which follows which, for
 * large streams in the file, for small ones in a stream of their own.
 */
#include <stdlib.h>

#include "unwrap/le.h"
#include "unwrap/ole.h"

enum {
	DIFAT = 76, DIFAT_N = 109,	/* in the header: where the table is */
	TABLE_MOST = 32 * 1024 * 1024
};

static uint64_t
place_of(const struct ole *o, uint32_t sector)
{
	return ((uint64_t)sector + 1) << o->big.shift;
}

static struct span
sector_at(struct ole *o, uint32_t sector)
{
	return reach_at(&o->reach, place_of(o, sector),
		(size_t)1 << o->big.shift);
}

static void
note_taken(struct ole *o, uint32_t sector)
{
	if (sector < o->big.sectors)
		o->taken[sector / 8] |= (uint8_t)(1 << sector % 8);
}

/* ---- tables ---- */

/* A sector of the table.  False: it is not there. */
static bool
add_table(struct ole *o, uint32_t sector)
{
	struct span s = sector_at(o, sector);

	return s.len == (size_t)1 << o->big.shift &&
		buf_append(&o->fat, s.ptr, s.len);
}

/* Where the table's sectors are: 109 in the header, the rest in a chain. */
static bool
read_table(struct ole *o, struct span head, uint32_t n)
{
	uint32_t next = le_32(head.ptr + 68), more = n;
	size_t each = ((size_t)1 << o->big.shift) / 4 - 1;
	uint8_t *copy;
	bool ok = true;

	for (unsigned i = 0; i < DIFAT_N && n && ok; i++, n--)
		ok = add_table(o, le_32(head.ptr + DIFAT + 4 * (size_t)i));
	copy = malloc(4 * each + 4);
	while (copy && n && ok && next <= (uint32_t)OLE_LAST && more--) {
		struct span s = sector_at(o, next);

		ok = s.len == 4 * each + 4;
		if (!ok)
			break;
		memcpy(copy, s.ptr, s.len);
		note_taken(o, next);
		for (size_t i = 0; i < each && n && ok; i++, n--)
			ok = add_table(o, le_32(copy + 4 * i));
		next = le_32(copy + 4 * each);
	}
	free(copy);
	return ok && !n;
}

bool
ole_read(struct ole *o, struct buf *b, uint32_t sector)
{
	struct ole_stream s;
	struct span piece;

	ole_stream_begin(&s, o, sector, UINT64_MAX, false);
	while ((piece = ole_stream_look(&s)).len) {
		if (!buf_append(b, piece.ptr, piece.len))
			return false;
		ole_stream_take(&s, piece.len);
	}
	return !s.broken;
}

bool
ole_map_small(struct ole *o, uint32_t sector)
{
	while (sector < o->big.sectors && o->mini_map.len <= o->fat.len) {
		if (!buf_append(&o->mini_map, &sector, sizeof sector))
			return false;
		note_taken(o, sector);
		sector = le_32(o->big.next + 4 * (size_t)sector);
	}
	return o->mini_map.len <= o->fat.len;
}

bool
ole_open(struct ole *o, struct span head)
{
	uint32_t n = le_32(head.ptr + 44);
	uint8_t copy[OLE_HEADER];

	memcpy(copy, head.ptr, sizeof copy);
	buf_init(&o->fat, TABLE_MOST);
	buf_init(&o->minifat, TABLE_MOST);
	buf_init(&o->mini_map, TABLE_MOST);
	o->big.sectors = (uint32_t)(((uint64_t)n << o->big.shift) / 4);
	if ((uint64_t)n << o->big.shift > TABLE_MOST)
		return false;
	o->taken = calloc(1, o->big.sectors / 8 + 1);
	if (!o->taken || !read_table(o, span_of(copy, sizeof copy), n))
		return false;
	o->big.next = o->fat.ptr;
	for (uint32_t i = 0; i < o->big.sectors; i++)
		if (le_32(o->fat.ptr + 4 * (size_t)i) == 0xfffffffd)
			note_taken(o, i);
	o->cutoff = le_32(copy + 56);
	if (le_32(copy + 64) && !ole_read(o, &o->minifat, le_32(copy + 60)))
		return false;
	o->mini.next = o->minifat.ptr;
	o->mini.sectors = (uint32_t)(o->minifat.len / 4);
	return true;
}

void
ole_close(struct ole *o)
{
	buf_free(&o->fat);
	buf_free(&o->minifat);
	buf_free(&o->mini_map);
	free(o->taken);
}

/* ---- streams ---- */

void
ole_stream_begin(struct ole_stream *s, struct ole *o, uint32_t sector,
	uint64_t size, bool mini)
{
	const struct ole_chain *c = mini ? &o->mini : &o->big;

	*s = (struct ole_stream){ .ole = o, .mini = mini, .sector = sector,
		.left = size, .most = c->sectors };
}

/* A small sector lies in one of the file's. */
static struct span
small_at(struct ole *o, uint32_t sector)
{
	uint64_t at = (uint64_t)sector << o->mini.shift;
	size_t i = (size_t)(at >> o->big.shift) * sizeof(uint32_t);
	uint32_t in;

	if (i + sizeof in > o->mini_map.len)
		return span_of(NULL, 0);
	memcpy(&in, o->mini_map.ptr + i, sizeof in);
	return reach_at(&o->reach, place_of(o, in) +
		(at & ((1ULL << o->big.shift) - 1)),
		(size_t)1 << o->mini.shift);
}

struct span
ole_stream_look(struct ole_stream *s)
{
	struct ole *o = s->ole;
	const struct ole_chain *c = s->mini ? &o->mini : &o->big;

	if (s->piece.len || !s->left)
		return s->piece;
	if (s->sector >= c->sectors || !s->most) {
		/* A table says where it ends, a stream how long it is. */
		s->broken = s->left != UINT64_MAX || !s->most ||
			s->sector <= (uint32_t)OLE_LAST;
		return span_of(NULL, 0);
	}
	if (!s->mini)
		note_taken(o, s->sector);
	s->piece = s->mini ? small_at(o, s->sector) : sector_at(o, s->sector);
	s->broken = !s->piece.len;
	s->sector = le_32(c->next + 4 * (size_t)s->sector);
	s->most--;
	if (s->piece.len > s->left)
		s->piece.len = (size_t)s->left;
	return s->piece;
}

void
ole_stream_take(struct ole_stream *s, size_t n)
{
	s->piece = span_skip(s->piece, n);
	if (s->left != UINT64_MAX)
		s->left -= n;
}
