/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sift.c - the bytes of a tap, one after the other: what is of a format goes
 * to it, all else is given out as it is, looking for where the next one
 * begins.  So what lies before, between and behind is never lost.
 */
#include "unwrap/decoder.h"
#include "unwrap/starts.h"

enum { BEGIN = 128 };	/* bytes of a stream that are waited for */

static bool
is_text(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.ptr[i] < ' ' && s.ptr[i] != '\n' && s.ptr[i] != '\r' &&
			s.ptr[i] != '\t' && s.ptr[i] != '\033') ||
			s.ptr[i] == 127)
			return false;
	return true;
}

/*
 * More of a stream that begins as text is not waited for: a tar has NUL bytes
 * by then.  How the bytes come has no say in it.
 */
static struct span
first_bytes(struct tap *t)
{
	struct span s = span_first(tap_look(t, BEGIN), BEGIN);

	return is_text(s) ? s : tap_look(t, UNWRAP_LOOK);
}

static void
give(struct unwrap *u, struct tap *t, size_t n)
{
	unwrap_bytes(u, span_of(t->ptr, n));
	tap_raw(t, n);
}

/* What tells the format that begins at t, or NULL. */
typedef const struct format *begins_fn(struct unwrap *u, struct tap *t);

/* Up to where a format begins, which is returned, or the end; from the byte
   at `from` on they are looked for. */
static const struct format *
give_up_to(struct unwrap *u, struct tap *t, begins_fn *begins, uint64_t from)
{
	const struct format *f = NULL;
	struct span s;

	while (!u->stopped && (s = tap_look(t, 1)).len) {
		size_t n = s.len;

		if (begins)
			n = starts_find_head(s, t->at < from);
		if (n == 0 && (f = begins(u, t)))
			break;
		give(u, t, n ? n : 1);
	}
	return f;
}

/* The same as a place of its own; a byte at least. */
static const struct format *
give_raw(struct unwrap *u, struct tap *t, bool look)
{
	size_t before = t->at ? unwrap_enter_at(u, "raw", t->at) :
		u->place.len;
	const struct format *f;
	uint64_t from = t->at;

	unwrap_begin(u);
	f = give_up_to(u, t, look ? format_within : NULL, from + 1);
	unwrap_end(u);
	unwrap_leave(u, before);
	unwrap_apart(u, t, from, t->at - from);
	return f;
}

void
sift_raw(struct unwrap *u, struct tap *t)
{
	if (tap_look(t, 1).len)
		give_raw(u, t, false);
}

/* The bytes at t are of f.  False: it is not looked into. */
static bool
look_into(struct unwrap *u, struct tap *t, const struct format *f,
	unsigned depth, bool apart)
{
	size_t before = u->place.len;
	const char *closed = format_closed(u, f);

	if (closed) {
		unwrap_gap(u, STANCH_GAP_FORMAT, closed, GAP_BYTES_UNKNOWN);
		return false;
	}
	if (depth >= u->opt.depth) {
		unwrap_gap(u, STANCH_GAP_OVER_LIMIT, "deeper than --max-depth: "
			"it was scanned as it is", GAP_BYTES_UNKNOWN);
		return false;
	}
	u->opened++;
	if (f->codec && apart)
		unwrap_enter_at(u, "raw", t->at);
	if (f->codec)
		decoder_run(u, t, f->codec, depth);
	else
		f->run(u, t, depth);
	unwrap_leave(u, before);
	return true;
}

static void
sift_all(struct unwrap *u, struct tap *t, const struct format *f,
	unsigned depth, bool apart)
{
	bool look = true;

	while (!u->stopped && tap_look(t, 1).len) {
		if (t->at && !f)
			f = format_within(u, t);
		if (f && !u->spent && look_into(u, t, f, depth, apart)) {
			f = NULL;
			apart = false;
			continue;
		}
		look = !f || format_closed(u, f);
		f = give_raw(u, t, look && !u->spent &&
			u->false_starts < FORMAT_FALSE_STARTS);
		apart = true;
	}
}

void
sift(struct unwrap *u, struct tap *t, unsigned depth)
{
	const struct format *f = u->spent ? NULL :
		format_of(first_bytes(t));
	struct memo_mark mark = { .added = false };
	struct span all;

	/* Only copies inside of copies multiply. */
	if (f && depth > 0 && !f->unread) {
		all = tap_look(t, TAP_ROOM);
		if (t->ended && !t->broken &&
			memo_begin(&mark, u, all, 0)) {
			tap_inside(t, t->len);
			return;
		}
	}
	sift_all(u, t, f, depth, false);
	memo_end(&mark, u);
}

void
sift_on(struct unwrap *u, struct tap *t)
{
	const struct format *f = give_up_to(u, t, format_within, 0);

	unwrap_end(u);
	unwrap_apart(u, t, 0, t->at);
	sift_all(u, t, f, 0, true);
}

bool
sift_plain(struct unwrap *u, struct tap *t, bool *open)
{
	const struct format *f = format_maybe(first_bytes(t));
	const char *closed = f ? format_closed(u, f) : NULL;

	if (closed)
		unwrap_gap(u, STANCH_GAP_FORMAT, closed, GAP_BYTES_UNKNOWN);
	else if (f)
		return true;
	if (!tap_look(t, 1).len)
		return false;
	unwrap_begin(u);
	*open = give_up_to(u, t, format_maybe_within, 1);
	if (*open)
		return true;
	unwrap_end(u);
	unwrap_apart(u, t, 0, t->at);
	return false;
}

void
sift_member(struct unwrap *u, struct tap *t, uint64_t n, struct span name,
	unsigned depth)
{
	size_t before = unwrap_enter(u, name);
	uint8_t *room = unwrap_room(u);
	struct tap part;
	uint64_t lacks;

	if (room && unwrap_member(u)) {
		tap_part(&part, t, n, room);
		sift(u, &part, depth + 1);
		lacks = tap_part_end(&part);
		if (lacks && !part.broken && !u->stopped)
			unwrap_gap(u, STANCH_GAP_CORRUPT, "truncated", lacks);
	}
	if (room)
		unwrap_room_back(u, room);
	unwrap_leave(u, before);
}

void
sift_made(struct unwrap *u, const char *name, tap_fn *fill, void *of,
	unsigned depth)
{
	size_t before = unwrap_enter(u, span_str(name));
	uint8_t *room = unwrap_room(u);
	struct tap t;

	if (room) {
		tap_init(&t, room, fill, of);
		sift(u, &t, depth + 1);
		if (t.broken && t.broken[0] && !u->stopped)
			unwrap_gap(u, t.why, t.broken, GAP_BYTES_UNKNOWN);
		unwrap_room_back(u, room);
	}
	unwrap_leave(u, before);
}
