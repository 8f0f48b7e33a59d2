/* SPDX-License-Identifier: Apache-2.0 */
/*
 * foreign.c - members of archives that libarchive reads: by turn out of a tap
 * (RAR, cabinet, LHA, xar, none of which is looked into unless it is named),
 * or out of a reach, for who has its directory at the end.
 */
#include "unwrap/foreign.h"

#include <archive_entry.h>
#include <stdio.h>

#include "unwrap/le.h"

enum {
	NAMES = 4 * 1024 * 1024,
	PIECE = 32 * 1024,	/* given at once */
	BEHIND = 160 * 1024	/* kept in sight, as it may not be used */
};

/* ---- what libarchive asks ---- */

static la_ssize_t
on_reach(struct archive *a, void *of, const void **bytes)
{
	struct foreign *f = of;
	struct span s = reach_at(f->reach, f->at, PIECE);

	*bytes = s.ptr;
	f->at += s.len;
	return (la_ssize_t)s.len;
}

static la_int64_t
on_skip(struct archive *a, void *of, la_int64_t n)
{
	struct foreign *f = of;
	uint64_t left = f->reach->n - f->at;

	if (n < 0)
		return 0;
	if ((uint64_t)n > left)
		n = (la_int64_t)left;
	f->at += (uint64_t)n;
	return n;
}

static la_int64_t
on_seek(struct archive *a, void *of, la_int64_t by, int from)
{
	struct foreign *f = of;
	int64_t end = (int64_t)f->reach->n;
	int64_t base = from == SEEK_SET ? 0 :
		from == SEEK_CUR ? (int64_t)f->at : end;

	if (by < -base || by > end - base)
		return ARCHIVE_FATAL;
	f->at = (uint64_t)(base + by);
	return base + by;
}

/* Where f->at is in what can be seen. */
static la_ssize_t
on_turn(struct archive *a, void *of, const void **bytes)
{
	struct foreign *f = of;
	size_t ahead = (size_t)(f->at - f->t->at);
	struct span s;

	if (ahead > BEHIND) {
		tap_inside(f->t, ahead - BEHIND / 2);
		ahead = BEHIND / 2;
	}
	s = span_first(span_skip(tap_look(f->t, ahead + 1), ahead), PIECE);
	*bytes = s.ptr;
	f->at += s.len;
	return (la_ssize_t)s.len;
}

/* ---- members ---- */

static size_t
fill_entry(struct tap *t, uint8_t *to, size_t n)
{
	struct foreign *f = t->of;
	la_ssize_t got = archive_read_data(f->from, to, n);

	if (got < 0) {
		t->broken = "damaged, or by a method that is not known";
		t->why = STANCH_GAP_CORRUPT;
		return 0;
	}
	if (!unwrap_decoded(f->u, (size_t)got))
		t->broken = "";
	return (size_t)got;
}

static void
give_entry(struct foreign *f, struct archive_entry *e)
{
	struct unwrap *u = f->u;
	const char *name = archive_entry_pathname_utf8(e);
	size_t before = unwrap_enter(u, span_str(name ? name : "?"));
	uint8_t *room = unwrap_room(u);
	struct tap t;

	if (name && buf_str(&f->names, name))
		buf_byte(&f->names, '\n');
	if (room && archive_entry_is_encrypted(e)) {
		unwrap_gap(u, STANCH_GAP_ENCRYPTED, "it needs a key",
			GAP_BYTES_UNKNOWN);
	} else if (room && unwrap_member(u)) {
		tap_init(&t, room, fill_entry, f);
		sift(u, &t, f->depth + 1);
		if (t.broken && t.broken[0] && !u->stopped)
			unwrap_gap(u, t.why, t.broken, GAP_BYTES_UNKNOWN);
	}
	if (room)
		unwrap_room_back(u, room);
	unwrap_leave(u, before);
}

static void
give_names(struct foreign *f)
{
	size_t before = unwrap_enter_at(f->u, "headers", 0);

	unwrap_begin(f->u);
	unwrap_bytes(f->u, buf_span(&f->names));
	unwrap_end(f->u);
	unwrap_leave(f->u, before);
}

bool
foreign_open(struct foreign *f, struct unwrap *u, unsigned depth)
{
	*f = (struct foreign){ .u = u, .depth = depth,
		.from = archive_read_new() };
	buf_init(&f->names, NAMES);
	if (!f->from)
		u->nomem = u->stopped = true;
	return f->from;
}

static int
open_archive(struct foreign *f)
{
	if (!f->reach) {
		f->at = f->t->at;
		return archive_read_open2(f->from, f, NULL, on_turn, NULL,
			NULL);
	}
	archive_read_set_seek_callback(f->from, on_seek);
	return archive_read_open2(f->from, f, NULL, on_reach, on_skip, NULL);
}

const char *
foreign_members(struct foreign *f, enum stanch_gap *why)
{
	struct archive_entry *e;
	int r = open_archive(f);

	while (r >= ARCHIVE_WARN && !f->u->stopped && !f->u->spent) {
		r = archive_read_next_header(f->from, &e);
		if (r == ARCHIVE_EOF)
			break;
		if (r >= ARCHIVE_WARN)
			give_entry(f, e);
	}
	if (f->names.len && !f->u->stopped)
		give_names(f);
	if (r >= ARCHIVE_WARN || f->u->stopped)
		return NULL;
	*why = STANCH_GAP_CORRUPT;
	/* It must not be asked before it knows the format. */
	if (!archive_format(f->from) ||
		archive_read_has_encrypted_entries(f->from) != 1)
		return "damaged: what follows was scanned as it is";
	*why = STANCH_GAP_ENCRYPTED;
	return "it needs a key: what follows was scanned as it is";
}

void
foreign_close(struct foreign *f)
{
	archive_read_free(f->from);
	buf_free(&f->names);
}

/* ---- formats whose bytes come in turn ---- */

struct kind {
	int (*support[2])(struct archive *);
	/* Whether the bytes end as such an archive does; NULL: libarchive
	   tells when it is cut. */
	bool (*ends)(struct span used);
};

/* How many of the bytes in sight libarchive has used: one at least of all,
   as it may have used none. */
static size_t
used(const struct foreign *f, uint64_t begin)
{
	la_int64_t all = archive_filter_bytes(f->from, 0);
	uint64_t end = begin + (all > 0 ? (uint64_t)all : 1);
	size_t sight = tap_look(f->t, 1).len;

	if (end <= f->t->at)
		return 0;
	return end - f->t->at < sight ? (size_t)(end - f->t->at) : sight;
}

static void
run(struct unwrap *u, struct tap *t, unsigned depth, const struct kind *kind)
{
	uint64_t begin = t->at;
	enum stanch_gap why = STANCH_GAP_CORRUPT;
	const char *wrong;
	struct foreign f;
	size_t n;

	if (foreign_open(&f, u, depth)) {
		f.t = t;
		for (int i = 0; i < 2 && kind->support[i]; i++)
			kind->support[i](f.from);
		wrong = foreign_members(&f, &why);
		n = used(&f, begin);
		if (!wrong && kind->ends &&
			!kind->ends(span_first(tap_look(t, 1), n)))
			wrong = "without its end: members may be missing";
		tap_inside(t, n);
		if (wrong && !u->stopped && !u->spent && !t->broken)
			unwrap_gap(u, why, wrong, GAP_BYTES_UNKNOWN);
	}
	foreign_close(&f);
}

/* The last block of RAR 4, of any length it may have, or that of RAR 5. */
static bool
rar_ends(struct span s)
{
	const uint8_t *end = s.ptr + s.len;

	for (size_t n = 7; n <= 20 && n <= s.len; n++)
		if (end[2 - (ptrdiff_t)n] == 0x7b &&
			le_16(end - n + 5) == n)
			return true;
	return s.len >= 8 && end[-4] == 3 && end[-3] == 5;
}

/* A header without a length. */
static bool
lha_ends(struct span s)
{
	return s.len && s.ptr[s.len - 1] == 0;
}

void
foreign_rar(struct unwrap *u, struct tap *t, unsigned depth)
{
	static const struct kind rar = { { archive_read_support_format_rar,
		archive_read_support_format_rar5 }, rar_ends };

	run(u, t, depth, &rar);
}

void
foreign_cab(struct unwrap *u, struct tap *t, unsigned depth)
{
	static const struct kind cab = { {
		archive_read_support_format_cab }, NULL };

	run(u, t, depth, &cab);
}

/* A method, its letters as they are; a header of a level there is. */
bool
foreign_lha_is(struct span head)
{
	const uint8_t *p = head.ptr;

	return head.len > 21 && p[2] == '-' && p[3] == 'l' &&
		(p[4] == 'h' || p[4] == 'z') && p[6] == '-' && p[20] <= 3 &&
		((p[5] >= '0' && p[5] <= '9') || p[5] == 'd' || p[5] == 's');
}

void
foreign_lha(struct unwrap *u, struct tap *t, unsigned depth)
{
	static const struct kind lha = { {
		archive_read_support_format_lha }, lha_ends };

	run(u, t, depth, &lha);
}

void
foreign_xar(struct unwrap *u, struct tap *t, unsigned depth)
{
	static const struct kind xar = { {
		archive_read_support_format_xar }, NULL };

	run(u, t, depth, &xar);
}
