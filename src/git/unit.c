/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit.c - all objects in parts: roots of delta trees with all that hangs on
 * them, the base before what is made of it, so that each is unpacked once.
 * What waits to be a base is bounded; what was let go is unpacked again.
 */
#include <stdlib.h>

#include "git/unpack.h"

enum {
	ROOTS = 128,		/* roots in a unit, at most ... */
	PACKED = 1024 * 1024,	/* ... and bytes of the pack from the first */
	LOOSE = 128,
	LIVE_MOST = 128 * 1024 * 1024	/* bytes of bases, beyond two */
};

static bool
add_unit(struct git_repo *r, uint32_t pack, uint32_t first, uint32_t end)
{
	struct store_unit *v = reallocarray(r->units, r->nunits + 1,
		sizeof *v);

	if (!v)
		return false;
	r->units = v;
	v[r->nunits++] = (struct store_unit){ pack, first, end };
	return true;
}

static bool
cut_pack(struct git_repo *r, uint32_t at)
{
	struct pack *p = &r->packs[at];
	uint32_t n, first = 0;

	if (r->new_only && p->dir)
		return true;
	if (!pack_plan(p))
		return false;
	if (pack_end(p, 0) != PACK_HEAD && !store_problem(r,
		STANCH_GAP_CORRUPT, p->place,
		"bytes before its first object belong to none"))
		return false;
	n = p->nroots + p->nrings;
	for (uint32_t i = 1; i <= n; i++) {
		if (i < n && i - first < ROOTS &&
			pack_offset(p, p->roots[i]) -
			pack_offset(p, p->roots[first]) < PACKED)
			continue;
		if (!add_unit(r, at, first, i))
			return false;
		first = i;
	}
	return true;
}

bool
git_plan(struct git_repo *r)
{
	size_t n = r->nloose;

	for (size_t i = 0; i < r->npacks; i++)
		if (!cut_pack(r, (uint32_t)i))
			return false;
	for (size_t i = 0; i < n; i += LOOSE)
		if (!add_unit(r, PACK_NONE, (uint32_t)i,
			(uint32_t)(i + LOOSE < n ? i + LOOSE : n)))
			return false;
	return true;
}

size_t
git_units(const struct git_repo *r)
{
	return r->nunits;
}

/* ---- a delta tree ---- */

struct frame {
	uint32_t pos;		/* in the index */
	uint32_t next;		/* the child whose turn it is */
	struct unpack_bytes data;	/* none: let go, or broken */
	bool broken, large;
};

struct walk {
	struct git_reader *rd;
	struct pack *pack;
	git_object_fn *fn;
	void *payload;
	struct frame *v;
	size_t n, cap, live;
	enum git_type type;	/* of all of the tree */
	bool stopped, nomem;
};

static void
drop(struct walk *w, struct frame *f)
{
	w->live -= f->data.len;
	unpack_wipe(&f->data);
}

static bool
push(struct walk *w, const struct frame *f)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 64;
		struct frame *v = reallocarray(w->v, cap, sizeof *v);

		if (!v) {
			w->nomem = true;
			return false;
		}
		w->v = v;
		w->cap = cap;
	}
	w->v[w->n++] = *f;
	w->live += f->data.len;
	for (size_t i = 0; i + 1 < w->n && w->live > LIVE_MOST; i++)
		drop(w, &w->v[i]);
	return true;
}

/* Bytes behind an object that are of no other one are not looked at. */
static void
tell_rest(struct walk *w, const struct git_id *id, uint64_t n)
{
	struct gap gap = unpack_gap(STANCH_GAP_CORRUPT,
		"bytes behind it belong to no object");
	struct git_object o = { .id = *id, .gap = &gap, .number = SIZE_MAX };

	gap.bytes = n;
	if (n && !w->stopped)
		w->stopped = !w->fn(&o, w->payload);
}

/* Of one in a pack, which was the last that the reader unpacked. */
static void
tell(struct walk *w, uint32_t pos, const struct unpack_bytes *data,
	struct span delta, struct span base, const struct gap *gap,
	struct git_reader *more)
{
	struct git_object o = { .type = w->type, .delta = delta,
		.base = base, .gap = gap, .more = more,
		.number = w->pack->first + pos };

	memcpy(o.id.v, pack_id(w->pack, pos), w->pack->id_len);
	if (!store_tells(w->rd->repo, w->pack->dir, &o.id))
		return;
	if (!gap && !more)
		o.data = span_of(data->ptr, data->len);
	w->stopped = !w->fn(&o, w->payload);
	if (!gap && (!more || more->stream.ended))
		tell_rest(w, &o.id, pack_end(w->pack, pack_offset(w->pack,
			pos)) - w->rd->end);
}

/* Tells of it, and keeps it when others are made of it. */
static void
settle(struct walk *w, struct frame *f, struct span delta, struct span base,
	const struct gap *gap)
{
	f->broken = gap != NULL;
	f->next = w->pack->child[f->pos];
	tell(w, f->pos, &f->data, delta, base, gap, NULL);
	if (w->stopped || f->next == PACK_NONE || !push(w, f))
		unpack_wipe(&f->data);
}

/* One that is not unpacked whole; what is made of it is not read. */
static void
begin_large(struct walk *w, struct frame *f, uint64_t offset,
	const struct gap *gap)
{
	struct span none = span_of(NULL, 0);
	bool streams = large_packed(w->rd, w->pack, offset);

	w->type = streams ? GIT_BLOB : GIT_NONE;
	tell(w, f->pos, NULL, none, none, streams ? NULL : gap,
		streams ? w->rd : NULL);
	large_end(w->rd);
	f->broken = f->large = true;
	f->next = w->pack->child[f->pos];
	w->type = GIT_NONE;
	if (!w->stopped && f->next != PACK_NONE)
		push(w, f);
}

static void
begin(struct walk *w, uint32_t pos)
{
	struct frame f = { .pos = pos };
	struct span none = span_of(NULL, 0);
	uint64_t offset = pack_offset(w->pack, pos);
	struct gap gap;
	bool ok = unpack_at(w->rd, w->pack, offset, &f.data, &w->type, &gap);

	if (!ok && gap.why == STANCH_GAP_OVER_LIMIT) {
		begin_large(w, &f, offset, &gap);
		return;
	}
	if (!ok)
		w->type = GIT_NONE;
	settle(w, &f, none, none, ok ? NULL : &gap);
}

static void
grow(struct walk *w)
{
	struct frame *up = &w->v[w->n - 1], f = { .pos = up->next };
	struct gap gap = up->large ? unpack_gap(STANCH_GAP_OVER_LIMIT,
		"what it is a delta of is larger than the largest object") :
		unpack_gap(STANCH_GAP_CORRUPT,
		"what it is a delta of cannot be read");
	struct unpack_bytes delta = { NULL, 0 }, base;
	struct pack_entry e;
	bool ok = !up->broken, last;
	size_t at;

	if (ok && !up->data.ptr) {
		ok = unpack_at(w->rd, w->pack, pack_offset(w->pack, up->pos),
			&up->data, &w->type, &gap);
		w->live += up->data.len;
	}
	ok = ok && pack_entry(w->pack, pack_offset(w->pack, f.pos), &e) &&
		unpack_delta(w->rd, w->pack, &e, &up->data, &delta, &f.data,
			&gap);
	f.large = up->large;
	up->next = w->pack->sibling[f.pos];
	/* While it is told of, its base is nobody else's. */
	base = up->data;
	w->live -= base.len;
	up->data = (struct unpack_bytes){ NULL, 0 };
	last = up->next == PACK_NONE;
	if (last)
		w->n--;
	at = w->n - !last;
	settle(w, &f, span_of(delta.ptr, delta.len),
		span_of(base.ptr, base.len), ok ? NULL : &gap);
	unpack_wipe(&delta);
	if (last || w->live + base.len > LIVE_MOST) {
		unpack_wipe(&base);
	} else {
		w->v[at].data = base;
		w->live += base.len;
	}
}

static void
walk_root(struct walk *w, uint32_t pos)
{
	begin(w, pos);
	while (w->n && !w->stopped && !w->nomem)
		grow(w);
	while (w->n)
		drop(w, &w->v[--w->n]);
}

/* ---- units ---- */

static void
tell_loose(struct walk *w, const struct store_loose *l)
{
	struct unpack_bytes out = { NULL, 0 };
	struct git_object o = { .id = l->id, .number = SIZE_MAX };
	struct gap gap;

	if (unpack_loose(w->rd, l, &out, &o.type, &gap)) {
		o.data = span_of(out.ptr, out.len);
	} else if (gap.why == STANCH_GAP_OVER_LIMIT &&
		large_loose(w->rd, l)) {
		o.type = GIT_BLOB;
		o.more = w->rd;
	} else {
		o.gap = &gap;
	}
	w->stopped = !w->fn(&o, w->payload);
	if (!o.gap && (!o.more || w->rd->stream.ended))
		tell_rest(w, &o.id, w->rd->rest);
	large_end(w->rd);
	unpack_wipe(&out);
}

static void
walk_loose(struct walk *w, const struct store_unit *u)
{
	const struct git_repo *r = w->rd->repo;

	for (uint32_t i = u->first; i < u->end && !w->stopped; i++)
		if (store_tells(r, r->loose[i].dir, &r->loose[i].id))
			tell_loose(w, &r->loose[i]);
}

bool
git_unit(struct git_reader *rd, size_t unit, git_object_fn *fn,
	void *payload, bool *nomem)
{
	const struct git_repo *r = rd->repo;
	const struct store_unit *u = &r->units[unit];
	struct walk w = { .rd = rd, .fn = fn, .payload = payload };
	struct gap ring = unpack_gap(STANCH_GAP_CORRUPT,
		"a ring of deltas without a first one");

	if (u->pack == PACK_NONE) {
		walk_loose(&w, u);
	} else {
		w.pack = &r->packs[u->pack];
		for (uint32_t i = u->first; i < u->end && !w.stopped &&
			!w.nomem; i++) {
			if (i < w.pack->nroots)
				walk_root(&w, w.pack->roots[i]);
			else
				tell(&w, w.pack->roots[i], NULL,
					span_of(NULL, 0), span_of(NULL, 0),
					&ring, NULL);
		}
	}
	free(w.v);
	*nomem = w.nomem;
	return !w.stopped && !w.nomem;
}
