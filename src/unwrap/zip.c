/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zip.c - members of a zip file by their local headers, as they come (APPNOTE
 * 6.3.10).  The central directory has no say: a member that it hides is found.
 * That it is not there, or names more, is told.
 */
#include "base/hash.h"
#include "unwrap/decoder.h"
#include "unwrap/le.h"

enum {
	HEADER = 30, NAME_LOOK = 64, DESCRIPTOR_MOST = 24,
	ENCRYPTED = 1, DESCRIPTOR = 8,		/* flags */
	STORED = 0, DEFLATED = 8, LZMA = 14, AES = 99,
	METHOD_OLD = 19, METHOD_NEW = 92,	/* none is between */
	VERSION_MOST = 63, NAME_MOST = 4096,
	LZMA_HEAD = 9		/* version, size of properties, properties */
};

struct entry {
	unsigned flags, method;
	uint32_t crc;
	uint64_t packed, size;
	bool known;		/* how long it is */
	struct span name;
};

static const struct method {
	unsigned number;
	const struct codec *codec;
} methods[] = {
	{ DEFLATED, &decoder_deflate },
	{ 12, &decoder_bzip2 },
	{ LZMA, &decoder_lzma },
	{ 93, &decoder_zstd },
	{ 95, &decoder_xz },
};

static const struct codec *
codec_of(unsigned method)
{
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (methods[i].number == method)
			return methods[i].codec;
	return NULL;
}

/* No name of a file has control characters, or is empty; no date has month
   13 or day 0. */
static bool
is_sane(const uint8_t *p, struct span name)
{
	unsigned month = le_16(p + 12) >> 5 & 15, day = p[12] & 31;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] < ' ' || name.ptr[i] == 127)
			return false;
	return le_16(p + 12) == 0 || (month >= 1 && month <= 12 && day >= 1);
}

bool
zip_is(struct span head)
{
	const uint8_t *p = head.ptr;

	return head.len >= HEADER && span_starts(head, "PK\x03\x04") &&
		p[4] <= VERSION_MOST && p[9] == 0 && p[8] <= AES &&
		(p[8] <= METHOD_OLD || p[8] >= METHOD_NEW) &&
		!(le_16(p + 6) & 0xd000) && le_16(p + 26) > 0 &&
		le_16(p + 26) <= NAME_MOST &&
		is_sane(p, span_first(span_skip(head, HEADER),
			le_16(p + 26)));
}

/* Sizes of 64 bits are in extra field 1, where 32 bits are all set. */
static void
take_zip64(struct entry *e, struct span extra)
{
	while (extra.len >= 4) {
		size_t n = le_16(extra.ptr + 2);
		struct span field = span_first(span_skip(extra, 4), n);

		if (le_16(extra.ptr) == 1 && field.len >= 8) {
			if (e->size == UINT32_MAX) {
				e->size = le_64(field.ptr);
				field = span_skip(field, 8);
			}
			if (e->packed == UINT32_MAX && field.len >= 8)
				e->packed = le_64(field.ptr);
			return;
		}
		extra = span_skip(extra, 4 + n);
	}
}

/* Its header goes to h; the name into its buffer.  False: not all there. */
static bool
take_header(struct entry *e, struct tap *t, struct headers *h,
	struct buf *name)
{
	const uint8_t *p = tap_look(t, HEADER).ptr;
	size_t nname = le_16(p + 26), nextra = le_16(p + 28);
	size_t n = HEADER + nname + nextra;

	if (tap_look(t, n).len < n)
		return false;
	p = t->ptr;
	*e = (struct entry){ .flags = le_16(p + 6), .method = le_16(p + 8),
		.crc = le_32(p + 14), .packed = le_32(p + 18),
		.size = le_32(p + 22) };
	take_zip64(e, span_of(p + HEADER + nname, nextra));
	e->known = !(e->flags & DESCRIPTOR) || e->packed;
	name->len = 0;
	if (!buf_append(name, p + HEADER, nname))
		h->u->nomem = h->u->stopped = true;
	e->name = buf_span(name);
	headers_take(h, t, n);
	return true;
}

/* What follows a member whose size was not known; false: it does not. */
static bool
take_descriptor(struct entry *e, struct tap *t, struct headers *h,
	uint32_t crc)
{
	struct span s = tap_look(t, DESCRIPTOR_MOST);
	size_t sign = span_starts(s, "PK\x07\x08") ? 4 : 0, n;

	if (s.len < sign + 12 || le_32(s.ptr + sign) != crc)
		return false;
	n = sign + 12;
	/* The sizes have 64 bits when a header of ours follows only then. */
	if (s.len >= n + 8 && memcmp(s.ptr + n, "PK", 2) != 0)
		n += 8;
	headers_take(h, t, n);
	return true;
}

/* ---- stored, without its length: up to a descriptor that fits ---- */

struct stored {
	struct tap *from;
	uint32_t crc;
	uint64_t size;
};

static bool
ends_here(const struct stored *d, const uint8_t *p, uint32_t crc,
	uint64_t size)
{
	return le_32(p + 4) == crc && (le_32(p + 8) == (uint32_t)size);
}

static size_t
fill_stored(struct tap *t, uint8_t *to, size_t n)
{
	struct stored *d = t->of;
	struct span s = tap_look(d->from, DESCRIPTOR_MOST);
	const uint8_t *p = memchr(s.ptr, 'P', s.len);
	size_t take = p ? (size_t)(p - s.ptr) : s.len;
	uint32_t crc;

	if (n < take)
		take = n;
	if (p == s.ptr && s.len >= 16 && !memcmp(p, "PK\x07\x08", 4) &&
		ends_here(d, p, d->crc, d->size))
		return 0;
	if (!take && s.len)
		take = 1;
	if (!take) {
		t->broken = d->from->broken ? "" : "truncated";
		t->why = STANCH_GAP_CORRUPT;
		return 0;
	}
	crc = hash_crc32_more(d->crc, span_first(s, take));
	memcpy(to, s.ptr, take);
	tap_inside(d->from, take);
	d->crc = crc;
	d->size += take;
	return take;
}

static void
give_stored(struct unwrap *u, struct tap *t, struct entry *e,
	struct headers *h, unsigned depth)
{
	struct stored d = { .from = t };
	size_t before = unwrap_enter(u, e->name);
	uint8_t *room = unwrap_room(u);
	struct tap out;

	if (!room)
		return;
	tap_init(&out, room, fill_stored, &d);
	sift(u, &out, depth + 1);
	unwrap_room_back(u, room);
	if (out.broken && out.broken[0])
		unwrap_gap(u, out.why, out.broken, GAP_BYTES_UNKNOWN);
	else if (!u->stopped)
		take_descriptor(e, t, h, d.crc);
	unwrap_leave(u, before);
}

/* ---- compressed ---- */

/* LZMA in a zip has a header of its own: made one that the decoder knows. */
struct alone {
	struct tap *from;
	uint8_t head[13];
	size_t given;
};

static size_t
fill_alone(struct tap *t, uint8_t *to, size_t n)
{
	struct alone *a = t->of;
	struct span s;

	if (a->given < sizeof a->head) {
		*to = a->head[a->given++];
		return 1;
	}
	s = span_first(tap_look(a->from, 1), n);
	memcpy(to, s.ptr, s.len);
	tap_inside(a->from, s.len);
	t->broken = s.len ? NULL : a->from->broken;
	return s.len;
}

static bool
begin_alone(struct alone *a, struct tap *t, const struct entry *e,
	struct headers *h)
{
	struct span s = tap_look(t, LZMA_HEAD);

	if (s.len < LZMA_HEAD || le_16(s.ptr + 2) != 5)
		return false;
	a->from = t;
	memcpy(a->head, s.ptr + 4, 5);
	/* Flag 2: it says itself where it ends. */
	for (int i = 0; i < 8; i++)
		a->head[5 + i] = e->flags & 2 ? 0xff :
			(uint8_t)(e->size >> 8 * i);
	headers_take(h, t, LZMA_HEAD);
	return true;
}

/* The content of the member that begins at t. */
static void
decode(struct unwrap *u, struct tap *t, struct entry *e, struct headers *h,
	unsigned depth)
{
	const struct codec *codec = codec_of(e->method);
	struct decoder d;
	struct tap out;

	if (!decoder_open(&d, &out, u, codec, t))
		return;
	d.one = d.sums = true;
	sift(u, &out, depth + 1);
	/* Where its length is not known its checksum stands behind it. */
	if (!out.broken && !u->stopped && (e->known ? d.crc != e->crc :
		!take_descriptor(e, t, h, d.crc))) {
		out.broken = "its checksum is not that of what was decoded";
		out.why = STANCH_GAP_CORRUPT;
	}
	decoder_close(&d, &out);
}

static void
decode_lzma(struct unwrap *u, struct tap *t, struct entry *e,
	struct headers *h, unsigned depth)
{
	struct alone a = { .given = 0 };
	uint8_t *room = unwrap_room(u);
	struct tap out;

	if (!room)
		return;
	if (begin_alone(&a, t, e, h)) {
		tap_init(&out, room, fill_alone, &a);
		decode(u, &out, e, h, depth);
	} else {
		unwrap_gap(u, STANCH_GAP_CORRUPT, "damaged: it was scanned as "
			"it is", GAP_BYTES_UNKNOWN);
	}
	unwrap_room_back(u, room);
}

static void
decode_any(struct unwrap *u, struct tap *t, struct entry *e,
	struct headers *h, unsigned depth)
{
	if (u->spent)
		return;
	if (e->method == LZMA)
		decode_lzma(u, t, e, h, depth);
	else
		decode(u, t, e, h, depth);
}

/* ---- members ---- */

static const char *
locked(const struct entry *e)
{
	if (e->flags & ENCRYPTED || e->method == AES)
		return "it needs a key: it was scanned as it is";
	return e->method == STORED || codec_of(e->method) ? NULL :
		"of a method that is not known: it was scanned as it is";
}

/*
 * The member has e->packed bytes: what its decoder leaves is sifted, too.  It
 * is a step deeper: members may claim each other without end.
 */
static void
give_known(struct unwrap *u, struct tap *t, struct entry *e,
	struct headers *h, unsigned depth)
{
	size_t before = unwrap_enter(u, e->name);
	uint8_t *room = unwrap_room(u);
	const char *why = locked(e);
	struct memo_mark mark = { .added = false };
	uint64_t lacks;
	struct tap part;

	if (!room)
		return;
	if (why)
		unwrap_gap(u, e->flags & ENCRYPTED ? STANCH_GAP_ENCRYPTED :
			STANCH_GAP_FORMAT, why, e->packed);
	tap_part(&part, t, e->packed, room);
	if (why)
		sift_raw(u, &part);
	else if (!part.room && memo_begin(&mark, u,
		span_of(part.ptr, part.len), (uint8_t)e->method))
		tap_inside(&part, part.len);
	else
		decode_any(u, &part, e, h, depth);
	memo_end(&mark, u);
	sift(u, &part, depth + 1);
	lacks = tap_part_end(&part);
	if (lacks && why && !part.broken && !u->stopped)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "truncated", lacks);
	unwrap_room_back(u, room);
	unwrap_leave(u, before);
}

static void
give_unknown(struct unwrap *u, struct tap *t, struct entry *e,
	struct headers *h, unsigned depth)
{
	size_t before;
	const char *why = locked(e);

	if (!why && e->method == STORED) {
		give_stored(u, t, e, h, depth);
		return;
	}
	before = unwrap_enter(u, e->name);
	if (why)
		unwrap_gap(u, e->flags & ENCRYPTED ? STANCH_GAP_ENCRYPTED :
			STANCH_GAP_FORMAT, why, GAP_BYTES_UNKNOWN);
	else
		decode_any(u, t, e, h, depth);
	unwrap_leave(u, before);
}

static void
give(struct unwrap *u, struct tap *t, struct entry *e, struct headers *h,
	unsigned depth)
{
	if (e->known && e->method == STORED && !locked(e)) {
		sift_member(u, t, e->packed, e->name, depth);
		return;
	}
	if (!unwrap_member(u))
		return;
	if (e->known)
		give_known(u, t, e, h, depth);
	else
		give_unknown(u, t, e, h, depth);
}

/* ---- the central directory, and the end ---- */

static const struct record {
	const char *magic;
	size_t least;		/* bytes */
	size_t sizes[3];	/* where 16 bits of what follows stand; 0 */
	bool end;
} records[] = {
	{ "PK\1\2", 46, { 28, 30, 32 }, false },
	{ "PK\5\6", 22, { 20 }, true },
	{ "PK\6\7", 20, { 0 }, false },
	{ "PK\6\6", 56, { 0 }, false },	/* zip64 */
	{ "PK\6\10", 8, { 0 }, false },
};

static const struct record *
record_at(struct tap *t)
{
	struct span s = tap_look(t, 4);

	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		if (span_starts(s, records[i].magic))
			return &records[i];
	return NULL;
}

/* False: it is not all there. */
static bool
take_record(struct tap *t, struct headers *h, const struct record *r)
{
	struct span s = tap_look(t, r->least);
	size_t n = r->least;

	for (size_t i = 0; s.len >= r->least && i < 3 && r->sizes[i]; i++)
		n += le_16(s.ptr + r->sizes[i]);
	if (tap_look(t, n).len < n)
		return false;
	headers_take(h, t, n);
	return true;
}

/* members: how many there were.  What is wrong, or NULL. */
static const char *
take_directory(struct unwrap *u, struct tap *t, struct headers *h,
	uint64_t members)
{
	const struct record *r;
	uint64_t named = 0;

	while (!u->stopped && (r = record_at(t))) {
		if (!take_record(t, h, r))
			return "truncated";
		named += r == &records[0];
		if (!r->end)
			continue;
		u->count.hidden += named < members ? members - named : 0;
		return named <= members ? NULL : "its directory names "
			"members that are not there";
	}
	return "without its end: members may be missing";
}

void
zip_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct headers h;
	const char *wrong = NULL;
	uint64_t members = 0;
	struct buf name;
	struct entry e;

	headers_init(&h, u);
	buf_init(&name, UNWRAP_NAME);
	while (!u->stopped && !u->spent &&
		zip_is(tap_look(t, HEADER + NAME_LOOK))) {
		if (!take_header(&e, t, &h, &name)) {
			wrong = "truncated";
			headers_take(&h, t, t->len);
			break;
		}
		give(u, t, &e, &h, depth);
		members++;
	}
	if (!wrong && !u->spent)
		wrong = take_directory(u, t, &h, members);
	if (wrong && !t->broken && !u->stopped)
		unwrap_gap(u, STANCH_GAP_CORRUPT, wrong, GAP_BYTES_UNKNOWN);
	buf_free(&name);
	headers_end(&h);
}
