/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitpack.c - objects of a git pack, and of a bundle, which is a pack with
 * lines before it (gitformat-bundle(5)).  The room git reads them; a pack
 * without its index is held in memory for that, up to SPOOL bytes.
 */
#include <stdio.h>
#include <stdlib.h>

#include "git/heldpack.h"
#include "unwrap/unwrap_private.h"

enum {
	SPOOL = 64 * 1024 * 1024,
	SPOOL_FIRST = 1024 * 1024,
	LINE_MOST = 64 * 1024,
	HEX_SHOWN = 6		/* bytes of an id, two digits each */
};

struct packed {
	struct unwrap *u;
	struct tap *t;
	uint64_t begin;
	uint8_t *bytes;
	size_t n, cap;
	size_t id_len;
	unsigned depth;
};

static void
give_data(struct packed *p, struct span data, bool raw)
{
	struct tap t;

	tap_init(&t, NULL, NULL, NULL);
	t.ptr = data.ptr;
	t.len = data.len;
	t.ended = true;
	if (raw)
		sift_raw(p->u, &t);
	else
		sift(p->u, &t, p->depth + 1);
}

static bool
on_object(const struct git_object *o, void *payload)
{
	struct packed *p = payload;
	struct unwrap *u = p->u;
	char name[2 * HEX_SHOWN + 1];
	size_t before = u->place.len;

	for (size_t i = 0; i < HEX_SHOWN; i++)
		snprintf(name + 2 * i, 3, "%02x", o->id.v[i]);
	if (!git_id_is_zero(&o->id))
		unwrap_enter(u, span_str(name));
	if (o->gap)
		unwrap_gap(u, o->gap->why, o->gap->detail, o->gap->bytes);
	else if (unwrap_member(u) && unwrap_decoded(u, o->data.len))
		give_data(p, o->data, false);
	unwrap_leave(u, before);
	return !u->stopped && !u->spent;
}

/* What is not of the pack, or cannot be read: looked through like any bytes,
   but for what begins as it did. */
static void
give_rest(struct packed *p, size_t from)
{
	size_t before;

	if (from == p->n || p->u->stopped)
		return;
	before = unwrap_enter_at(p->u, "raw", p->begin + from);
	give_data(p, span_of(p->bytes + from, p->n - from), from == 0);
	unwrap_leave(p->u, before);
}

static void
read_objects(struct packed *p)
{
	struct heldpack h;
	bool nomem;

	heldpack_objects(&h, span_of(p->bytes, p->n), p->id_len, on_object, p,
		&nomem);
	if (nomem)
		p->u->nomem = p->u->stopped = true;
	if (h.wrong && !p->t->broken && !p->u->stopped)
		unwrap_gap(p->u, STANCH_GAP_CORRUPT, h.wrong,
			GAP_BYTES_UNKNOWN);
	give_rest(p, p->u->spent ? 0 : h.used);
}

/* More memory, for as much as is there now again. */
static bool
grow(struct packed *p)
{
	size_t cap = p->cap ? 2 * p->cap : SPOOL_FIRST;
	uint8_t *bytes = cap - p->cap <= p->u->memory && cap <= SPOOL ?
		malloc(cap) : NULL;

	if (!bytes)
		return false;
	memcpy(bytes, p->bytes ? p->bytes : bytes, p->n);
	if (p->bytes)
		explicit_bzero(p->bytes, p->n);
	free(p->bytes);
	p->u->memory -= cap - p->cap;
	p->bytes = bytes;
	p->cap = cap;
	return true;
}

/* All there is.  False: it is too much. */
static bool
take_all(struct packed *p)
{
	struct span s;

	while ((s = tap_look(p->t, 1)).len) {
		if (p->n == p->cap && !grow(p))
			return false;
		s = span_first(s, p->cap - p->n);
		memcpy(p->bytes + p->n, s.ptr, s.len);
		p->n += s.len;
		tap_inside(p->t, s.len);
	}
	return true;
}

static void
read_pack(struct unwrap *u, struct tap *t, size_t id_len, unsigned depth)
{
	struct packed p = { .u = u, .t = t, .begin = t->at, .depth = depth,
		.id_len = id_len };

	if (take_all(&p)) {
		read_objects(&p);
	} else {
		unwrap_gap(u, STANCH_GAP_OVER_LIMIT, "a git pack too large to "
			"be held: it was scanned as it is", GAP_BYTES_UNKNOWN);
		give_rest(&p, 0);
		sift_raw(u, t);
	}
	if (p.bytes)
		explicit_bzero(p.bytes, p.n);
	free(p.bytes);
	u->memory += p.cap;
}

void
gitpack_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	read_pack(u, t, 20, depth);
}

bool
gitpack_bundle_is(struct span head)
{
	return span_starts(head, "# v2 git bundle\n") ||
		span_starts(head, "# v3 git bundle\n");
}

/* Lines up to an empty one; the length of ids, or 0: they do not end. */
static size_t
take_lines(struct tap *t, struct headers *h)
{
	static const char sha256[] = "@object-format=sha256\n";
	size_t id_len = 20, n = 0;

	while (n != 1) {
		struct span s = tap_look(t, LINE_MOST);
		const uint8_t *end = s.len ? memchr(s.ptr, '\n', s.len) : NULL;

		if (!end)
			return 0;
		n = (size_t)(end - s.ptr) + 1;
		if (span_starts(s, sha256))
			id_len = 32;
		headers_take(h, t, n);
	}
	return id_len;
}

void
gitpack_bundle_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct headers h;
	size_t id_len;

	headers_init(&h, u);
	id_len = take_lines(t, &h);
	headers_end(&h);
	if (u->stopped)
		return;
	if (id_len && span_starts(tap_look(t, 8), "PACK"))
		read_pack(u, t, id_len, depth);
	else if (!t->broken)
		unwrap_gap(u, STANCH_GAP_CORRUPT, "a git bundle without its "
			"pack: it was scanned as it is", GAP_BYTES_UNKNOWN);
}
