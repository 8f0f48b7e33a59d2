/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole.c - streams of a compound file ([MS-CFB]): installers, documents and
 * messages of Microsoft's programs before they became zip files.  The sectors
 * of a stream may lie anywhere; those of none are given out as they are.
 */
#include "unwrap/ole.h"

#include "unwrap/le.h"

enum {
	ENTRY = 128, TYPE = 66, STREAM = 2, ROOT = 5, FIRST = 116, SIZE = 120,
	DIRECTORY_MOST = 64 * 1024 * 1024
};

static bool
is_sane(struct span head)
{
	unsigned shift = head.len < OLE_HEADER ? 0 : le_16(head.ptr + 30);

	return (shift == 9 || shift == 12) && le_16(head.ptr + 32) == 6;
}

bool
ole_is(struct span head)
{
	return head.len >= 8 &&
		!memcmp(head.ptr, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
}

/* ---- streams ---- */

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct ole_stream *s = t->of;
	struct span piece = span_first(ole_stream_look(s), n);

	if (piece.len)
		memcpy(to, piece.ptr, piece.len);
	ole_stream_take(s, piece.len);
	if (s->broken) {
		t->broken = "it goes on in a sector that is not there";
		t->why = STANCH_GAP_CORRUPT;
	}
	if (!unwrap_decoded(s->ole->u, piece.len))
		t->broken = "";
	return piece.len;
}

static void
give_entry(struct ole *o, const uint8_t *entry)
{
	uint64_t size = le_64(entry + SIZE);
	struct ole_stream s;
	struct buf name;

	/* The upper half means nothing where sectors are small. */
	if (o->big.shift == 9)
		size = (uint32_t)size;
	if (entry[TYPE] != STREAM || !size || !unwrap_member(o->u))
		return;
	buf_init(&name, UNWRAP_NAME);
	ole_name(&name, entry);
	buf_byte(&name, 0);
	ole_stream_begin(&s, o, le_32(entry + FIRST), size, size < o->cutoff);
	if (name.failed)
		o->u->nomem = o->u->stopped = true;
	else
		sift_made(o->u, (const char *)name.ptr, fill, &s, o->depth);
	buf_free(&name);
}

/* Sectors of no stream may have what was deleted. */
static void
give_rest(struct ole *o, uint64_t from)
{
	size_t size = (size_t)1 << o->big.shift;
	struct span s;

	for (uint32_t i = 0; i < o->big.sectors && !o->u->stopped; i++) {
		uint64_t at = from + (uint64_t)i * size;

		if (o->taken[i / 8] >> i % 8 & 1)
			continue;
		s = reach_at(&o->reach, at, size);
		if (s.len && (s.ptr[0] || memcmp(s.ptr, s.ptr + 1, s.len - 1)))
			headers_add(&o->headers, o->reach.base + at, s);
	}
}

static void
corrupt(struct ole *o, const char *why)
{
	if (!o->u->stopped && !o->reach.from->broken)
		unwrap_gap(o->u, STANCH_GAP_CORRUPT, why, GAP_BYTES_UNKNOWN);
}

/* The directory is a stream, and is given out as one. */
static void
give_entries(struct ole *o, uint32_t first)
{
	struct buf directory;
	uint64_t at = ((uint64_t)first + 1) << o->big.shift;

	buf_init(&directory, DIRECTORY_MOST);
	if (!ole_read(o, &directory, first) || directory.len < ENTRY)
		corrupt(o, "its directory is damaged: streams may be missing");
	else if (!ole_map_small(o, le_32(directory.ptr + FIRST)))
		corrupt(o, "damaged: small streams may be missing");
	for (size_t i = 0; i + ENTRY <= directory.len && !o->u->stopped &&
		!o->u->spent; i += ENTRY) {
		headers_add(&o->headers, o->reach.base + at + i,
			span_of(directory.ptr + i, ENTRY));
		give_entry(o, directory.ptr + i);
	}
	buf_free(&directory);
}

static void
give_file(struct ole *o, struct span head)
{
	uint32_t first = le_32(head.ptr + 48);

	headers_add(&o->headers, o->reach.base, span_first(head, OLE_HEADER));
	if (ole_open(o, head)) {
		give_entries(o, first);
		give_rest(o, 1ULL << o->big.shift);
	} else if (!o->u->stopped) {
		corrupt(o, "damaged, or too large: it was scanned as it is");
		reach_raw(&o->reach);
	}
	ole_close(o);
	if (o->u->spent && !o->u->stopped)
		reach_raw(&o->reach);
}

/* It cannot be looked into: as it is. */
static void
give_whole(struct unwrap *u, struct tap *t, enum stanch_gap gap,
	const char *why)
{
	unwrap_gap(u, gap, why, GAP_BYTES_UNKNOWN);
	sift_raw(u, t);
}

void
ole_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct span head = tap_look(t, OLE_HEADER);
	struct ole o = { .u = u, .depth = depth };
	uint64_t sectors;

	if (!is_sane(head)) {
		give_whole(u, t, STANCH_GAP_CORRUPT, "damaged, or truncated: "
			"it was scanned as it is");
		return;
	}
	o.big.shift = le_16(head.ptr + 30);
	o.mini.shift = le_16(head.ptr + 32);
	sectors = ((uint64_t)le_32(head.ptr + 44) << o.big.shift) / 4;
	if (!reach_open(&o.reach, u, t, (sectors + 1) << o.big.shift)) {
		if (!u->stopped)
			give_whole(u, t, STANCH_GAP_OVER_LIMIT, "too large to "
				"be held: it was scanned as it is");
		return;
	}
	headers_init(&o.headers, u);
	head = reach_at(&o.reach, 0, OLE_HEADER);
	if (head.len == OLE_HEADER)
		give_file(&o, head);
	headers_end(&o.headers);
	reach_close(&o.reach);
}
