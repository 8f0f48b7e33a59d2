/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unwrap.c - an item from its first byte to its last: the bytes in, places
 * out, and the limits in between.  What lies where is left to sift.c.
 */
#include "unwrap/unwrap.h"

#include <stdlib.h>
#include <time.h>

#include "unwrap/starts.h"
#include "unwrap/unwrap_private.h"

enum {
	PLACE_MOST = 32 * 1024 * 1024,
	CHECK_EACH = 16 * 1024 * 1024	/* decoded bytes between two looks */
};

/* ---- life ---- */

static uint64_t
or_else(uint64_t given, uint64_t usual)
{
	return given ? given : usual;
}

struct unwrap *
unwrap_new(const struct unwrap_options *opt, const struct unwrap_out *out)
{
	struct unwrap *u = calloc(1, sizeof *u);

	if (!u)
		return NULL;
	u->out = *out;
	u->opt = *opt;
	u->opt.depth = (unsigned)or_else(opt->depth, UNWRAP_DEPTH);
	u->opt.decoded = or_else(opt->decoded, UNWRAP_DECODED);
	u->opt.ratio = or_else(opt->ratio, UNWRAP_RATIO);
	u->opt.members = or_else(opt->members, UNWRAP_MEMBERS);
	format_choose(opt->formats, &u->left_out, NULL);
	u->opt.seconds = (unsigned)or_else(opt->seconds, UNWRAP_SECONDS);
	buf_init(&u->place, PLACE_MOST);
	return u;
}

static void
room_free(uint8_t *room)
{
	explicit_bzero(room, TAP_ROOM);
	free(room);
}

void
unwrap_free(struct unwrap *u)
{
	if (!u)
		return;
	while (u->nrooms)
		room_free(u->rooms[--u->nrooms]);
	buf_free(&u->place);
	free(u->memo);
	free(u);
}

uint8_t *
unwrap_room(struct unwrap *u)
{
	uint8_t *room = u->nrooms ? u->rooms[--u->nrooms] : malloc(TAP_ROOM);

	if (!room)
		u->nomem = u->stopped = true;
	return room;
}

void
unwrap_room_back(struct unwrap *u, uint8_t *room)
{
	if (u->nrooms < UNWRAP_ROOMS)
		u->rooms[u->nrooms++] = room;
	else
		room_free(room);
}

/* ---- out ---- */

static const char *
place_of(struct unwrap *u)
{
	if (!buf_byte(&u->place, 0)) {
		u->nomem = u->stopped = true;
		return "";
	}
	u->place.len--;
	return (const char *)u->place.ptr;
}

void
unwrap_begin(struct unwrap *u)
{
	const char *place = place_of(u);

	u->stopped = u->stopped || !u->out.begin(place, u->out.payload);
}

void
unwrap_bytes(struct unwrap *u, struct span s)
{
	u->stopped = u->stopped ||
		!u->out.bytes(s.ptr, s.len, u->out.payload);
}

void
unwrap_end(struct unwrap *u)
{
	u->stopped = u->stopped || !u->out.end(u->out.payload);
}

void
unwrap_gap(struct unwrap *u, enum stanch_gap why, const char *detail,
	uint64_t bytes)
{
	const struct gap gap = { .place = place_of(u), .why = why,
		.detail = detail, .bytes = bytes };

	u->gaps++;
	u->stopped = u->stopped || !u->out.gap(&gap, u->out.payload);
}

size_t
unwrap_enter(struct unwrap *u, struct span name)
{
	size_t before = u->place.len;

	name = span_first(name, UNWRAP_NAME);
	/* A place is a text: a NUL would end it. */
	for (size_t i = 0; i < name.len; i++)
		if (!name.ptr[i])
			name.len = i;
	if (!buf_byte(&u->place, '!') ||
		!buf_append(&u->place, name.ptr, name.len))
		u->nomem = u->stopped = true;
	return before;
}

size_t
unwrap_enter_at(struct unwrap *u, const char *what, uint64_t at)
{
	size_t before = u->place.len;

	if (!buf_printf(&u->place, "!%s@%llu", what, (unsigned long long)at))
		u->nomem = u->stopped = true;
	return before;
}

void
unwrap_leave(struct unwrap *u, size_t before)
{
	u->place.len = before;
}

void
unwrap_apart(struct unwrap *u, const struct tap *t, uint64_t from, uint64_t n)
{
	struct unwrap_count *c = &u->count;

	if (t != u->item || !n)
		return;
	c->apart += n;
	if (c->napart < UNWRAP_APART) {
		c->first[c->napart].at = from;
		c->first[c->napart].n = n;
	}
	c->napart++;
}

/* ---- limits ---- */

static bool
spend(struct unwrap *u, const char *detail)
{
	if (!u->spent)
		unwrap_gap(u, STANCH_GAP_OVER_LIMIT, detail,
			GAP_BYTES_UNKNOWN);
	u->spent = true;
	return false;
}

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool
unwrap_decoded(struct unwrap *u, size_t n)
{
	uint64_t all = u->count.decoded += n;

	if (u->spent)
		return false;
	if (all > u->opt.decoded)
		return spend(u, "more was decoded than --max-decoded: the rest "
			"was scanned as it is");
	if (all > UNWRAP_GRACE &&
		all / u->opt.ratio > u->item->at + u->item->len)
		return spend(u, "it grows by more than --max-ratio: the rest "
			"was scanned as it is");
	if (all - u->checked < CHECK_EACH)
		return true;
	u->checked = all;
	return cpu_seconds() - u->began < u->opt.seconds || spend(u,
		"it takes too long: the rest was scanned as it is");
}

bool
unwrap_member(struct unwrap *u)
{
	return ++u->count.members <= u->opt.members || spend(u,
		"more members than --max-members: the rest was scanned as it "
		"is");
}

/* ---- an item ---- */

/* Why there is no more is told by who reads. */
static size_t
fill_item(struct tap *t, uint8_t *to, size_t n)
{
	struct unwrap_rest *r = t->of;
	ssize_t got;

	if (r->seen.len) {
		n = r->seen.len < n ? r->seen.len : n;
		memcpy(to, r->seen.ptr, n);
		r->seen = span_skip(r->seen, n);
		return n;
	}
	got = r->read ? r->read(r->of, to, n) : 0;
	if (got >= 0)
		return (size_t)got;
	t->broken = "";
	return 0;
}

static size_t
fill_item_at(void *of, uint8_t *to, size_t n, uint64_t at)
{
	const struct unwrap_rest *r = of;
	size_t done = 0;

	while (done < n) {
		ssize_t got = r->far(r->of, to + done, n - done, at + done);

		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static void
far_open(struct tap *t, struct unwrap_rest *r)
{
	if (!r->far)
		return;
	t->far = fill_item_at;
	t->far_of = r;
}

static bool
begin(struct unwrap *u, const char *place)
{
	u->count = (struct unwrap_count){ 0 };
	u->stopped = u->nomem = u->spent = false;
	u->false_starts = 0;
	u->checked = u->gaps = u->opened = u->told = 0;
	u->nmemo = 0;
	u->memory = UNWRAP_MEMORY;
	u->began = cpu_seconds();
	u->place.len = 0;
	return buf_str(&u->place, place);
}

static ssize_t
read_on(void *of, void *to, size_t n)
{
	struct tap *t = of;
	size_t got = t->ended ? 0 : t->fill(t, to, n);

	t->ended = got == 0;
	return got || !t->broken ? (ssize_t)got : -1;
}

/* In memory all of it is in sight. */
static ssize_t
far_on(void *of, void *to, size_t n, uint64_t at)
{
	const struct tap *t = of;
	size_t all = (size_t)t->at + t->len;

	if (t->far)
		return (ssize_t)t->far(t->far_of, to, n, at);
	if (at >= all)
		return 0;
	n = n < all - at ? n : all - (size_t)at;
	memcpy(to, t->ptr - t->at + at, n);
	return (ssize_t)n;
}

/* What t still has is somebody else's. */
static void
leave(struct unwrap *u, struct tap *t, bool open)
{
	struct unwrap_rest rest = { .place = place_of(u), .at = t->at,
		.open = open,
		.seen = span_of(t->ptr, t->len), .read = read_on,
		.far = t->far || !t->room ? far_on : NULL, .of = t };

	u->stopped = !u->out.rest(&rest, u->out.payload) || u->stopped;
	u->nomem = u->nomem || rest.nomem;
	u->count = rest.count;
}

static bool
all_of(struct unwrap *u, struct tap *t, struct unwrap_count *count,
	bool *nomem)
{
	bool elsewhere = false, open = false;

	u->item = t;
	if (u->opt.off)
		sift_raw(u, t);
	else if (u->out.rest)
		elsewhere = sift_plain(u, t, &open);
	else
		sift(u, t, 0);
	u->count.bytes = t->at;
	u->count.raw = t->raw;
	u->count.inside = t->inside;
	if (elsewhere)
		leave(u, t, open);
	*count = u->count;
	*nomem = u->nomem;
	return !u->stopped;
}

bool
unwrap_item_at(struct unwrap *u, const char *place, unwrap_read_fn *read,
	unwrap_read_at_fn *at, void *of, struct unwrap_count *count,
	bool *nomem)
{
	struct unwrap_rest all = { .read = read, .far = at, .of = of };
	uint8_t *room;
	struct tap t;
	bool ok;

	*nomem = !begin(u, place);
	room = *nomem ? NULL : unwrap_room(u);
	if (!room) {
		*nomem = true;
		return false;
	}
	tap_init(&t, room, fill_item, &all);
	far_open(&t, &all);
	ok = all_of(u, &t, count, nomem);
	unwrap_room_back(u, room);
	return ok;
}

bool
unwrap_item(struct unwrap *u, const char *place, unwrap_read_fn *read,
	void *of, struct unwrap_count *count, bool *nomem)
{
	return unwrap_item_at(u, place, read, NULL, of, count, nomem);
}

bool
unwrap_memory(struct unwrap *u, const char *place, struct span bytes,
	struct unwrap_count *count, bool *nomem)
{
	struct tap t;

	*nomem = !begin(u, place);
	if (*nomem)
		return false;
	tap_init(&t, NULL, NULL, NULL);
	t.ptr = bytes.ptr;
	t.len = bytes.len;
	t.ended = true;
	return all_of(u, &t, count, nomem);
}

bool
unwrap_rest(struct unwrap *u, struct unwrap_rest *rest)
{
	uint8_t *room;
	struct tap t;

	rest->nomem = !begin(u, rest->place);
	room = rest->nomem ? NULL : unwrap_room(u);
	if (!room)
		return false;
	tap_init(&t, room, fill_item, rest);
	far_open(&t, rest);
	t.at = t.raw = rest->at;
	u->item = &t;
	if (rest->open)
		sift_on(u, &t);
	else
		sift(u, &t, 0);
	rest->count = u->count;
	rest->count.bytes = t.at;
	rest->count.raw = t.raw;
	rest->count.inside = t.inside;
	rest->nomem = u->nomem;
	unwrap_room_back(u, room);
	return !u->stopped;
}

/* Whether a format may begin in [from, to), or over an edge of it. */
static bool
may_begin(struct span bytes, size_t from, size_t to)
{
	from -= from < STARTS_MAGIC ? from : STARTS_MAGIC;
	to += bytes.len - to < STARTS_MAGIC ? bytes.len - to : STARTS_MAGIC;
	return starts_find(span_first(bytes, to), from) < to;
}

bool
unwrap_is_plain(const struct unwrap *u, struct span bytes,
	const struct kin *kin)
{
	size_t from = 0;

	if (u->opt.off)
		return true;
	if (format_maybe(span_first(bytes, UNWRAP_LOOK)))
		return false;
	if (!kin)
		return starts_find(bytes, 0) == bytes.len;
	for (size_t i = 0; i < kin->ncopies; i++) {
		const struct kin_copy *c = &kin->copies[i];

		if (may_begin(bytes, from, c->to))
			return false;
		from = c->to + c->len;
	}
	return !may_begin(bytes, from, bytes.len);
}
