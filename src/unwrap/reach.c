/* SPDX-License-Identifier: Apache-2.0 */
/* reach.c - bytes out of turn: in sight, from a file, or held in memory. */
#include "unwrap/reach.h"

#include <stdlib.h>

enum { PAGE = 64 * 1024 };	/* read at once, at least */

/* False: they are too many, or there is no memory. */
static bool
hold(struct reach *r)
{
	struct unwrap *u = r->u;

	if (r->n > REACH_SPOOL || r->n > u->memory)
		return false;
	r->size = (size_t)r->n;
	r->spool = malloc(r->size + 1);
	if (!r->spool) {
		u->nomem = u->stopped = true;
		return false;
	}
	u->memory -= r->size;
	r->n = 0;
	while (r->n < r->size) {
		struct span s = span_first(tap_look(r->from, 1),
			r->size - (size_t)r->n);

		if (!s.len)
			break;
		memcpy(r->spool + r->n, s.ptr, s.len);
		tap_inside(r->from, s.len);
		r->n += s.len;
	}
	r->all = r->spool;
	return true;
}

/* The bytes stand in memory: so does their tap. */
static void
tap_memory(struct reach *r)
{
	tap_init(&r->tap, NULL, NULL, NULL);
	r->tap.ptr = r->all;
	r->tap.len = (size_t)r->n;
	r->tap.ended = true;
	r->tap.broken = r->from->broken;
	r->tap.why = r->from->why;
}

bool
reach_open(struct reach *r, struct unwrap *u, struct tap *t, uint64_t n)
{
	struct span s = tap_look(t, n < TAP_ROOM ? (size_t)n : TAP_ROOM);

	*r = (struct reach){ .u = u, .from = t, .base = t->at,
		.want = n, .n = n };
	if (s.len >= n || t->ended) {
		r->n = s.len < n ? s.len : n;
		r->all = s.ptr;
		tap_memory(r);
		return true;
	}
	if (!t->far) {
		if (!hold(r))
			return false;
		tap_memory(r);
		return true;
	}
	/* What lies behind the tap's end is another's. */
	if (r->n > tap_most(t))
		r->n = tap_most(t);
	r->room = unwrap_room(u);
	r->page = unwrap_room(u);
	if (r->room && r->page) {
		tap_part(&r->tap, t, n, r->room);
		return true;
	}
	return false;
}

static struct span
from_far(struct reach *r, uint64_t at, size_t n)
{
	if (at < r->page_at || at + n > r->page_at + r->page_n) {
		size_t most = n < PAGE ? PAGE : n;

		if (most > r->n - at)
			most = (size_t)(r->n - at);
		r->page_at = at;
		r->page_n = r->from->far(r->from->far_of, r->page, most,
			r->tap.origin + at);
	}
	return span_first(span_of(r->page + (at - r->page_at),
		r->page_n - (size_t)(at - r->page_at)), n);
}

struct span
reach_at(struct reach *r, uint64_t at, size_t n)
{
	if (at >= r->n)
		return span_of(NULL, 0);
	if (n > r->n - at)
		n = (size_t)(r->n - at);
	return r->all ? span_of(r->all + at, n) : from_far(r, at, n);
}

bool
reach_is_whole(struct reach *r)
{
	return r->want && reach_at(r, r->want - 1, 1).len;
}

void
reach_raw(struct reach *r)
{
	uint64_t from = r->tap.at;
	size_t before = unwrap_enter_at(r->u, "raw", r->base + from);
	struct span s;

	unwrap_begin(r->u);
	while (!r->u->stopped && (s = tap_look(&r->tap, 1)).len) {
		unwrap_bytes(r->u, s);
		tap_raw(&r->tap, s.len);
	}
	unwrap_end(r->u);
	unwrap_leave(r->u, before);
	r->apart += r->tap.at - from;
	unwrap_apart(r->u, r->from, r->base + from, r->tap.at - from);
}

static uint64_t
close_far(struct reach *r)
{
	uint64_t lacks;
	struct span s;

	while (!r->u->stopped && (s = tap_look(&r->tap, 1)).len)
		tap_inside(&r->tap, s.len);
	lacks = tap_part_end(&r->tap);
	unwrap_room_back(r->u, r->room);
	unwrap_room_back(r->u, r->page);
	return lacks;
}

static void
close_spool(struct reach *r)
{
	explicit_bzero(r->spool, r->size);
	r->u->memory += r->size;
	free(r->spool);
}

uint64_t
reach_close(struct reach *r)
{
	uint64_t lacks = r->all ? r->want - r->n : close_far(r);

	if (r->spool)
		close_spool(r);
	else if (r->all)
		tap_inside(r->from, (size_t)r->n);
	tap_was_raw(r->from, r->tap.raw);
	if (r->from == r->u->item)
		r->u->count.headers += r->tap.raw - r->apart;
	return lacks;
}
