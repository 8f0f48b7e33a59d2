/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seven.c - members of a 7z archive, by libarchive.  Its directory stands at
 * the end, so the archive is held in memory whole, up to SPOOL bytes.
 */
#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "unwrap/le.h"
#include "unwrap/unwrap_private.h"

enum { HEADER = 32, SPOOL = 64 * 1024 * 1024, NAMES = 4 * 1024 * 1024 };

struct spool {
	struct unwrap *u;
	uint8_t *bytes;
	size_t n;
	int64_t at;
	struct archive *from;
	struct buf names;
};

/* Its length follows from the first header, which has a checksum. */
static uint64_t
length(struct span head)
{
	uint64_t at, n;

	if (head.len < HEADER || le_32(head.ptr + 8) !=
		hash_crc32(span_of(head.ptr + 12, HEADER - 12)))
		return 0;
	at = le_64(head.ptr + 12);
	n = le_64(head.ptr + 20);
	return at > INT64_MAX / 2 || n > INT64_MAX / 2 ? 0 : HEADER + at + n;
}

/* ---- what libarchive asks ---- */

static la_ssize_t
on_read(struct archive *a, void *of, const void **bytes)
{
	struct spool *s = of;
	int64_t left = (int64_t)s->n - s->at;

	*bytes = s->bytes + s->at;
	s->at += left;
	return (la_ssize_t)left;
}

static la_int64_t
on_skip(struct archive *a, void *of, la_int64_t n)
{
	struct spool *s = of;
	int64_t left = (int64_t)s->n - s->at;

	n = n < left ? n : left;
	s->at += n;
	return n;
}

static la_int64_t
on_seek(struct archive *a, void *of, la_int64_t by, int from)
{
	struct spool *s = of;
	int64_t base = from == SEEK_SET ? 0 : from == SEEK_CUR ? s->at :
		(int64_t)s->n;

	if (by < -base || by > (int64_t)s->n - base)
		return ARCHIVE_FATAL;
	return s->at = base + by;
}

/* ---- members ---- */

static size_t
fill_entry(struct tap *t, uint8_t *to, size_t n)
{
	struct spool *s = t->of;
	la_ssize_t got = archive_read_data(s->from, to, n);

	if (got < 0) {
		t->broken = "damaged, or by a method that is not known";
		t->why = STANCH_GAP_CORRUPT;
		return 0;
	}
	if (!unwrap_decoded(s->u, (size_t)got))
		t->broken = "";
	return (size_t)got;
}

static void
give_entry(struct spool *s, struct archive_entry *e, unsigned depth)
{
	struct unwrap *u = s->u;
	const char *name = archive_entry_pathname_utf8(e);
	size_t before = unwrap_enter(u, span_str(name ? name : "?"));
	uint8_t *room = unwrap_room(u);
	struct tap t;

	if (name && buf_str(&s->names, name))
		buf_byte(&s->names, '\n');
	if (room && archive_entry_is_encrypted(e)) {
		unwrap_gap(u, STANCH_GAP_ENCRYPTED, "it needs a key",
			GAP_BYTES_UNKNOWN);
	} else if (room && unwrap_member(u)) {
		tap_init(&t, room, fill_entry, s);
		sift(u, &t, depth + 1);
		if (t.broken && t.broken[0] && !u->stopped)
			unwrap_gap(u, t.why, t.broken, GAP_BYTES_UNKNOWN);
	}
	if (room)
		unwrap_room_back(u, room);
	unwrap_leave(u, before);
}

static void
give_bytes(struct unwrap *u, const char *what, struct span bytes)
{
	size_t before = unwrap_enter_at(u, what, 0);

	unwrap_begin(u);
	unwrap_bytes(u, bytes);
	unwrap_end(u);
	unwrap_leave(u, before);
}

/* What could not be read to its end is scanned as it is, too. */
static void
give_failure(struct spool *s)
{
	bool locked = archive_read_has_encrypted_entries(s->from) == 1;

	unwrap_gap(s->u, locked ? STANCH_GAP_ENCRYPTED : STANCH_GAP_CORRUPT,
		locked ? "it needs a key: it was scanned as it is" :
		"damaged: it was scanned as it is", s->n);
	give_bytes(s->u, "raw", span_of(s->bytes, s->n));
}

static void
give_entries(struct spool *s, unsigned depth)
{
	struct archive_entry *e;
	int r;

	archive_read_support_format_7zip(s->from);
	archive_read_set_seek_callback(s->from, on_seek);
	r = archive_read_open2(s->from, s, NULL, on_read, on_skip, NULL);
	while (r >= ARCHIVE_WARN && !s->u->stopped && !s->u->spent) {
		r = archive_read_next_header(s->from, &e);
		if (r == ARCHIVE_EOF)
			break;
		if (r >= ARCHIVE_WARN)
			give_entry(s, e, depth);
	}
	if (r < ARCHIVE_WARN && !s->u->stopped)
		give_failure(s);
	if (s->names.len && !s->u->stopped)
		give_bytes(s->u, "headers", buf_span(&s->names));
}

static bool
take(struct spool *s, struct tap *t)
{
	struct span part;

	for (size_t done = 0; done < s->n; done += part.len) {
		part = span_first(tap_look(t, 1), s->n - done);
		if (!part.len) {
			s->n = done;
			return false;
		}
		memcpy(s->bytes + done, part.ptr, part.len);
		tap_inside(t, part.len);
	}
	return true;
}

static void
open_spool(struct spool *s, struct tap *t, unsigned depth)
{
	if (take(s, t)) {
		give_entries(s, depth);
		return;
	}
	if (!t->broken)
		unwrap_gap(s->u, STANCH_GAP_CORRUPT, "truncated: it was "
			"scanned as it is", GAP_BYTES_UNKNOWN);
	give_bytes(s->u, "raw", span_of(s->bytes, s->n));
}

/* It is too large, or not sane: as it is. */
static void
give_whole(struct unwrap *u, struct tap *t, uint64_t n)
{
	uint8_t *room = unwrap_room(u);
	struct tap part;

	if (!room)
		return;
	unwrap_gap(u, n ? STANCH_GAP_OVER_LIMIT : STANCH_GAP_CORRUPT,
		n ? "a 7z archive too large to be held: it was scanned as it "
		"is" : "damaged: it was scanned as it is", n ? n :
		GAP_BYTES_UNKNOWN);
	tap_part(&part, t, n ? n : HEADER, room);
	sift_raw(u, &part);
	tap_part_end(&part);
	unwrap_room_back(u, room);
}

void
seven_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	uint64_t n = length(tap_look(t, HEADER));
	struct spool s = { .u = u, .n = (size_t)n };

	if (n == 0 || n > SPOOL || n > u->memory) {
		give_whole(u, t, n);
		return;
	}
	buf_init(&s.names, NAMES);
	s.bytes = malloc(s.n);
	s.from = archive_read_new();
	u->memory -= (size_t)n;
	if (s.bytes && s.from)
		open_spool(&s, t, depth);
	else
		u->nomem = u->stopped = true;
	u->memory += (size_t)n;
	archive_read_free(s.from);
	if (s.bytes)
		explicit_bzero(s.bytes, (size_t)n);
	free(s.bytes);
	buf_free(&s.names);
}
