/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit.c - all objects in parts: roots of delta trees with all that hangs on
 * them, the base before what is made of it, so that each is unpacked once.
 * What waits to be a base is bounded; what was let go is unpacked again.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "base/hash.h"
#include "git/heldpack.h"
#include "git/unpack.h"

enum {
	ROOTS = 128,		/* roots in a unit, at most ... */
	PACKED = 1024 * 1024,	/* ... and bytes of the pack from the first */
	LOOSE = 128,
	DIGEST_MOST = 16 * 1024 * 1024,	/* bytes of a loose file */
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
			p->offsets[p->roots[i]] -
			p->offsets[p->roots[first]] < PACKED)
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
	uint32_t rank;
	uint32_t next;		/* the child whose turn it is */
	struct unpack_bytes data;	/* none: let go, broken, or a tree */
	struct kin_note note;	/* what who was told of it keeps of it */
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
	git_known_fn *known;	/* of loose objects; or NULL */
	bool stopped, nomem;
};

static void
free_note(struct kin_note *note)
{
	if (note->ptr)
		note->free(note->ptr);
	*note = (struct kin_note){ 0 };
}

static void
drop_data(struct walk *w, struct frame *f)
{
	w->live -= f->data.len;
	unpack_drop(w->rd, &f->data);
}

static void
drop_note(struct walk *w, struct frame *f)
{
	w->live -= f->note.bytes;
	free_note(&f->note);
}

/* Notes are small and cannot be had again: they go last. */
static void
let_go(struct walk *w)
{
	for (size_t i = 0; i + 1 < w->n && w->live > LIVE_MOST; i++)
		drop_data(w, &w->v[i]);
	for (size_t i = 0; i + 1 < w->n && w->live > LIVE_MOST; i++)
		drop_note(w, &w->v[i]);
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
	w->live += f->data.len + f->note.bytes;
	let_go(w);
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

/* A made index does not know ids of what is made of other packs' objects. */
static void
name(const struct walk *w, uint32_t pos, const struct unpack_bytes *data,
	enum git_type type, struct git_id *id)
{
	if (w->pack->made && type != GIT_NONE && type != GIT_TREE)
		heldpack_id(w->pack->id_len, type, span_of(data->ptr,
			data->len), id);
	else
		memcpy(id->v, pack_id(w->pack, pos), w->pack->id_len);
}

/* Of one in a pack, which was the last that the reader unpacked. */
static void
tell(struct walk *w, uint32_t rank, const struct unpack_bytes *data,
	const struct kin *kin, const struct gap *gap, struct git_reader *more)
{
	uint32_t pos = w->pack->order[rank];
	struct git_object o = { .type = w->type, .kin = kin, .gap = gap,
		.more = more, .number = w->pack->first + pos };

	name(w, pos, data, gap || more ? GIT_NONE : w->type, &o.id);
	if (!store_tells(w->rd->repo, w->pack->dir, &o.id))
		return;
	if (!gap && !more)
		o.data = span_of(data->ptr, data->len);
	w->stopped = !w->fn(&o, w->payload);
	if (!gap && (!more || more->stream.ended))
		tell_rest(w, &o.id, pack_end_of(w->pack, rank) - w->rd->end);
}

/* Tells of it, and keeps it when others are made of it. */
static void
settle(struct walk *w, struct frame *f, struct kin *kin,
	const struct gap *gap)
{
	f->broken = gap != NULL;
	f->next = w->pack->child[f->rank];
	kin->own = f->next == PACK_NONE ? NULL : &f->note;
	tell(w, f->rank, &f->data, kin, gap, NULL);
	if (w->stopped || f->next == PACK_NONE || !push(w, f)) {
		unpack_drop(w->rd, &f->data);
		free_note(&f->note);
	}
}

/* One that is not unpacked whole; what is made of it is not read. */
static void
begin_large(struct walk *w, struct frame *f, uint64_t offset,
	const struct gap *gap)
{
	bool streams = large_packed(w->rd, w->pack, offset);

	w->type = streams ? GIT_BLOB : GIT_NONE;
	tell(w, f->rank, NULL, NULL, streams ? NULL : gap,
		streams ? w->rd : NULL);
	large_end(w->rd);
	f->broken = f->large = true;
	f->next = w->pack->child[f->rank];
	w->type = GIT_NONE;
	if (!w->stopped && f->next != PACK_NONE)
		push(w, f);
}

static void
begin(struct walk *w, uint32_t rank)
{
	uint64_t at = w->pack->offsets[rank];
	struct frame f = { .rank = rank };
	struct kin kin = { 0 };
	struct pack_entry e;
	struct gap gap;
	bool ok;

	pack_soon(w->pack, rank);
	w->type = GIT_TREE;
	if (!w->rd->repo->trees && pack_entry(w->pack, at, &e) &&
		e.kind == GIT_TREE)
		ok = unpack_check(w->rd, w->pack, &e, &gap);
	else
		ok = unpack_at(w->rd, w->pack, at, &f.data, &w->type, &gap);
	if (!ok && gap.why == STANCH_GAP_OVER_LIMIT) {
		begin_large(w, &f, at, &gap);
		return;
	}
	if (!ok)
		w->type = GIT_NONE;
	else if (w->type == GIT_TREE && !w->rd->repo->trees)
		unpack_drop(w->rd, &f.data);
	settle(w, &f, &kin, ok ? NULL : &gap);
}

/* Makes f of the base `up`, whose data may have been let go. */
static bool
make(struct walk *w, struct frame *up, struct frame *f, struct gap *gap)
{
	struct pack_entry e;

	pack_soon(w->pack, f->rank);
	*gap = up->large ? unpack_gap(STANCH_GAP_OVER_LIMIT,
		"what it is a delta of is larger than the largest object") :
		unpack_gap(STANCH_GAP_CORRUPT,
		"what it is a delta of cannot be read");
	w->rd->copies.n = 0;
	if (up->broken || !pack_entry(w->pack, w->pack->offsets[f->rank],
		&e))
		return false;
	if (w->type == GIT_TREE && !w->rd->repo->trees)
		return unpack_check(w->rd, w->pack, &e, gap);
	if (!up->data.ptr) {
		if (!unpack_at(w->rd, w->pack, w->pack->offsets[up->rank],
			&up->data, &w->type, gap))
			return false;
		w->live += up->data.len;
	}
	return unpack_delta(w->rd, w->pack, &e, &up->data, &f->data, gap);
}

static void
grow(struct walk *w)
{
	struct frame *up = &w->v[w->n - 1], f = { .rank = up->next };
	struct kin_note note;
	struct gap gap;
	bool ok = make(w, up, &f, &gap), last;
	struct kin kin = { .copies = w->rd->copies.v,
		.ncopies = w->rd->copies.n, .base_len = up->data.len,
		.base = &note };

	f.large = up->large;
	note = up->note;
	up->next = w->pack->sibling[f.rank];
	last = up->next == PACK_NONE;
	if (last) {	/* its note goes when it has been told of */
		drop_data(w, up);
		w->live -= note.bytes;
		w->n--;
	}
	settle(w, &f, &kin, ok ? NULL : &gap);
	if (last)
		free_note(&note);
}

static void
walk_root(struct walk *w, uint32_t rank)
{
	begin(w, rank);
	while (w->n && !w->stopped && !w->nomem)
		grow(w);
	while (w->n) {
		drop_data(w, &w->v[w->n - 1]);
		drop_note(w, &w->v[--w->n]);
	}
}

/* ---- units ---- */

/* What was unpacked, or why it was not. */
static void
tell_unpacked(struct walk *w, const struct store_loose *l,
	struct unpack_bytes *out, struct git_object *o, const struct gap *gap)
{
	o->id = l->id;
	o->number = SIZE_MAX;
	if (!gap) {
		o->data = span_of(out->ptr, out->len);
	} else if (gap->why == STANCH_GAP_OVER_LIMIT &&
		large_loose(w->rd, l)) {
		o->type = GIT_BLOB;
		o->more = w->rd;
	} else {
		o->gap = gap;
	}
	if (gap || w->rd->rest)
		o->digest = NULL;
	w->stopped = !w->fn(o, w->payload);
	if (!o->gap && (!o->more || w->rd->stream.ended))
		tell_rest(w, &o->id, w->rd->rest);
	large_end(w->rd);
	unpack_drop(w->rd, out);
}

static void
tell_loose(struct walk *w, const struct store_loose *l)
{
	struct unpack_bytes out = { 0 };
	struct git_object o = { 0 };
	struct gap gap;
	bool ok = unpack_loose(w->rd, l, &out, &o.type, &gap);

	tell_unpacked(w, l, &out, &o, ok ? NULL : &gap);
}

/* Of its file a copy is made first: digest and object are of the same bytes. */
static void
tell_unknown(struct walk *w, const struct store_loose *l)
{
	struct unpack_bytes out = { 0 }, file;
	struct git_object o = { 0 };
	uint8_t digest[32];
	struct span map;
	struct gap gap;
	bool ok;

	if (!unpack_map(w->rd, l, &map, &gap)) {
		tell_unpacked(w, l, &out, &o, &gap);
		return;
	}
	w->nomem = map.len <= DIGEST_MOST && !unpack_take(w->rd, map.len,
		&file);
	if (!w->nomem && map.len <= DIGEST_MOST)
		memcpy(file.ptr, map.ptr, map.len);
	munmap((void *)map.ptr, map.len);
	if (w->nomem)
		return;
	if (map.len > DIGEST_MOST) {
		tell_loose(w, l);
		return;
	}
	hash_sha256_of(span_of(file.ptr, file.len), digest);
	o.digest = digest;
	if (!w->known(digest, w->payload)) {
		ok = unpack_file(w->rd, span_of(file.ptr, file.len), &out,
			&o.type, &gap);
		tell_unpacked(w, l, &out, &o, ok ? NULL : &gap);
	}
	unpack_drop(w->rd, &file);
}

static void
walk_loose(struct walk *w, const struct store_unit *u)
{
	const struct git_repo *r = w->rd->repo;

	for (uint32_t i = u->first; i < u->end && !w->stopped && !w->nomem;
		i++)
		if (store_tells(r, r->loose[i].dir, &r->loose[i].id))
			(w->known ? tell_unknown : tell_loose)(w,
				&r->loose[i]);
}

bool
git_unit_is_loose(const struct git_repo *r, size_t unit)
{
	return r->units[unit].pack == PACK_NONE;
}

bool
git_loose_unit(struct git_reader *rd, size_t unit, git_known_fn *known,
	git_object_fn *fn, void *payload, bool *nomem)
{
	struct walk w = { .rd = rd, .fn = fn, .payload = payload,
		.known = known };

	walk_loose(&w, &rd->repo->units[unit]);
	*nomem = w.nomem;
	return !w.stopped && !w.nomem;
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
				tell(&w, w.pack->roots[i], NULL, NULL,
					&ring, NULL);
		}
	}
	free(w.v);
	*nomem = w.nomem;
	return !w.stopped && !w.nomem;
}
