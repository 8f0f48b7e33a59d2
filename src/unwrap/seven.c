/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seven.c - members of a 7z archive, by libarchive.  Its directory stands at
 * the end, so its bytes must be within reach.
 */
#include "base/hash.h"
#include "unwrap/foreign.h"
#include "unwrap/le.h"

enum { HEADER = 32 };

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

/* What could not be read to its end is scanned as it is, too. */
static void
give_members(struct reach *r, unsigned depth)
{
	struct unwrap *u = r->u;
	enum stanch_gap why;
	const char *wrong = NULL;
	struct foreign f;

	if (foreign_open(&f, u, depth)) {
		f.reach = r;
		archive_read_support_format_7zip(f.from);
		wrong = foreign_members(&f, &why);
	}
	foreign_close(&f);
	if (wrong && !u->stopped)
		unwrap_gap(u, why, why == STANCH_GAP_ENCRYPTED ?
			"it needs a key: it was scanned as it is" :
			"damaged: it was scanned as it is", r->want);
	if ((wrong || u->spent) && !u->stopped)
		reach_raw(r);
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
	struct reach r;

	if (n == 0 || !reach_open(&r, u, t, n)) {
		if (!u->stopped)
			give_whole(u, t, n);
		return;
	}
	if (reach_is_whole(&r)) {
		give_members(&r, depth);
	} else {
		if (!t->broken)
			unwrap_gap(u, STANCH_GAP_CORRUPT, "truncated: it was "
				"scanned as it is", GAP_BYTES_UNKNOWN);
		reach_raw(&r);
	}
	reach_close(&r);
}
