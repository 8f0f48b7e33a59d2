/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldpack.c - makes the index that a pack in memory lacks, and hands both to
 * unit.c.  Ids are known when objects have been read.  Deltas name their bases
 * by offset, as packs and bundles do; where one names an id, the index is made
 * again with the ids that are known by then.
 */
#include "git/heldpack.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "git/unpack.h"

enum {
	IDX_HEAD = 8, FANOUT = 256 * 4,
	BLOCK = 64 * 1024,
	WORK_MOST = 1 << 28,	/* bytes unpacked behind a damaged entry */
	ROUNDS = 8	/* deltas by id on top of each other */
};

struct entry {
	uint64_t at;
	struct git_id id;	/* true once it is told; else made of `at` */
	bool told;
	bool refused;		/* why says why */
	struct gap why;
};

struct held {
	struct span data;
	size_t id_len;
	struct entry *v;	/* in the order they lie */
	size_t n, cap;
	uint8_t *idx;
	size_t idx_len;
	struct inflate *z;
	size_t damaged;		/* where the first damaged entry is; 0 */
	uint64_t work;		/* bytes unpacked since, at most */
	bool by_id;		/* a delta names its base by its id */
	bool first;		/* round */
	size_t told;
	git_object_fn *fn;
	void *payload;
	const struct pack *pack;
	size_t mapped;		/* bytes of data; 0: it is not mapped */
	bool stopped, nomem;
};

/* ---- entries ---- */

static uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

static void
put32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static bool
add_entry(struct held *h, uint64_t at)
{
	if (h->n == h->cap) {
		size_t cap = h->cap ? 2 * h->cap : 256;
		struct entry *v = reallocarray(h->v, cap, sizeof *v);

		if (!v) {
			h->nomem = true;
			return false;
		}
		h->v = v;
		h->cap = cap;
	}
	h->v[h->n] = (struct entry){ .at = at };
	put32(h->v[h->n++].id.v, (uint32_t)at);
	return true;
}

/* Bytes of the stream at s that unpacks to n bytes; 0: it does not. */
static size_t
stream_length(struct inflate *z, struct span s, uint64_t n)
{
	uint8_t block[BLOCK];
	uint64_t all = 0;
	bool end = false;
	size_t got = 1;

	inflate_begin(z, s);
	while (!end && got && all <= n) {
		got = inflate_more(z, block, sizeof block, &end);
		all += got;
	}
	explicit_bzero(block, sizeof block);
	return end && all == n ? inflate_used(z) : 0;
}

/* Where the entry at `at` ends; 0: there is none, or it is damaged. */
static size_t
entry_end(struct held *h, const struct pack *p, size_t at,
	struct pack_entry *e)
{
	size_t end = h->data.len - h->id_len, used;
	const uint8_t *s;

	if (!pack_entry(p, at, e) || end - (size_t)e->at < 2)
		return 0;
	s = h->data.ptr + e->at;
	if ((s[0] & 0x8f) != 8 || (s[0] << 8 | s[1]) % 31 != 0)
		return 0;	/* no zlib stream: cheaper told here */
	h->work += e->size;
	used = stream_length(h->z, span_of(s, end - (size_t)e->at), e->size);
	return used ? (size_t)e->at + used : 0;
}

/* All entries; behind a damaged one they are looked for.  Where they end. */
static size_t
walk(struct held *h, const struct pack *p)
{
	uint32_t n = be32(h->data.ptr + 8);
	size_t at = PACK_HEAD, end = PACK_HEAD, next;
	uint64_t since = 0;
	struct pack_entry e;

	while (h->n < n && at < h->data.len - h->id_len) {
		pack_passes(p, at, &since);
		next = entry_end(h, p, at, &e);
		if (!next && !h->damaged)
			h->damaged = at;
		if (h->damaged && (h->work > WORK_MOST))
			break;
		if (!next) {
			at++;
			continue;
		}
		if (!add_entry(h, at))
			break;
		h->by_id = h->by_id || e.kind == PACK_REF_DELTA;
		if (!h->damaged)
			h->work = 0;
		at = end = next;
	}
	return end;
}

/* ---- the index ---- */

static int
compare(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return memcmp((*x)->id.v, (*y)->id.v, GIT_ID);
}

static void
write_idx(struct held *h, struct entry **sorted)
{
	static const uint8_t magic[] = { 0xff, 't', 'O', 'c', 0, 0, 0, 2 };
	uint8_t *fanout = h->idx + IDX_HEAD, *ids = fanout + FANOUT;
	uint8_t *offsets = ids + h->n * (h->id_len + 4);
	size_t k = 0;

	memcpy(h->idx, magic, sizeof magic);
	for (unsigned i = 0; i < 256; i++) {
		while (k < h->n && sorted[k]->id.v[0] <= i)
			k++;
		put32(fanout + (size_t)4 * i, (uint32_t)k);
	}
	for (size_t i = 0; i < h->n; i++) {
		memcpy(ids + i * h->id_len, sorted[i]->id.v, h->id_len);
		put32(offsets + 4 * i, (uint32_t)sorted[i]->at);
	}
}

static bool
make_idx(struct held *h)
{
	struct entry **sorted = calloc(h->n + 1, sizeof *sorted);

	h->idx_len = IDX_HEAD + FANOUT + h->n * (h->id_len + 8) +
		2 * h->id_len;
	if (!h->idx)
		h->idx = calloc(1, h->idx_len);
	if (!sorted || !h->idx) {
		free(sorted);
		return false;
	}
	for (size_t i = 0; i < h->n; i++)
		sorted[i] = &h->v[i];
	qsort(sorted, h->n, sizeof *sorted, compare);
	write_idx(h, sorted);
	free(sorted);
	return true;
}

/* ---- objects ---- */

static struct entry *
entry_of(struct held *h, size_t number)
{
	uint64_t at = pack_offset(h->pack, (uint32_t)number);
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (h->v[mid].at < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < h->n ? &h->v[low] : NULL;
}

void
heldpack_id(size_t id_len, enum git_type type, struct span data,
	struct git_id *id)
{
	static const char *const names[] = { "", "commit", "tree", "blob",
		"tag" };
	char head[UNPACK_HEAD];
	int n = snprintf(head, sizeof head, "%s %zu", names[type], data.len);

	*id = (struct git_id){ { 0 } };
	hash_object(id_len, span_of(head, (size_t)n + 1), data, id->v);
}

static bool
give(struct held *h, const struct git_object *o)
{
	h->stopped = h->fn && !h->fn(o, h->payload);
	return !h->stopped;
}

static bool
on_object(const struct git_object *o, void *payload)
{
	struct held *h = payload;
	struct git_object own = *o;
	struct entry *e = o->number == SIZE_MAX ? NULL :
		entry_of(h, o->number);

	if (!e)
		return !h->first || give(h, o);
	if (e->told)
		return true;
	e->refused = o->gap || o->more;
	if (e->refused) {
		e->why = o->gap ? *o->gap : unpack_gap(
			STANCH_GAP_OVER_LIMIT,
			"larger than the largest object");
		return true;
	}
	e->told = true;
	h->told++;
	if (o->type == GIT_TREE && h->fn)
		return true;
	heldpack_id(h->id_len, o->type, o->data, &e->id);
	own.id = e->id;
	own.number = SIZE_MAX;
	return give(h, &own);
}

/* Those that nothing could be made of. */
static void
tell_refused(struct held *h)
{
	for (size_t i = 0; i < h->n && !h->stopped; i++) {
		struct git_object o = { .gap = &h->v[i].why,
			.number = SIZE_MAX };

		if (h->v[i].refused && !h->v[i].told)
			give(h, &o);
	}
}

static void
read_units(struct held *h, struct git_repo *r)
{
	struct git_reader *rd = git_plan(r) ? git_reader_new(r) : NULL;

	h->nomem = !rd;
	for (size_t i = 0; rd && i < git_units(r) && !h->stopped &&
		!h->nomem; i++)
		git_unit(rd, i, on_object, h, &h->nomem);
	git_reader_free(rd);
}

/* The memory of data and index is not the pack's. */
static void
read_round(struct held *h)
{
	struct git_repo *r = calloc(1, sizeof *r);

	h->nomem = !r || !make_idx(h);
	if (r)
		r->packs = calloc(1, sizeof *r->packs);
	if (h->nomem || !r->packs) {
		h->nomem = true;
		free(r);
		return;
	}
	r->id_len = h->id_len;
	r->most = HELDPACK_OBJECT_MOST;
	r->trees = !h->fn;
	r->fd = r->common = -1;
	r->npacks = 1;
	r->count = h->n;
	r->packs[0] = (struct pack){ .data = h->data, .id_len = h->id_len,
		.idx = span_of(h->idx, h->idx_len), .n = (uint32_t)h->n,
		.place = strdup(""), .held = true, .mapped = h->mapped };
	r->problems_end = &r->problems;
	h->pack = &r->packs[0];
	h->nomem = !h->pack->place;
	if (!h->nomem)
		read_units(h, r);
	git_free(r);
}

static void
read_all(struct held *h)
{
	size_t before;

	h->first = true;
	for (int i = 0; i < ROUNDS && !h->stopped && !h->nomem; i++) {
		before = h->told;
		read_round(h);
		h->first = false;
		if (!h->by_id || h->told == before || h->told == h->n)
			break;
	}
	tell_refused(h);
}

static const char *
doubt(const struct held *h, size_t end)
{
	uint8_t sum[GIT_ID];

	if (h->damaged || h->n < be32(h->data.ptr + 8))
		return "damaged, or cut: what follows was scanned as it is, "
			"too";
	hash_object(h->id_len, span_first(h->data, end), span_of(NULL, 0),
		sum);
	return memcmp(sum, h->data.ptr + end, h->id_len) ?
		"its checksum is not that of the pack" : NULL;
}

static void
read_pack(struct held *h, struct heldpack *out)
{
	struct span pack = h->data;
	const struct pack p = { .data = pack, .id_len = h->id_len,
		.mapped = h->mapped };
	size_t end;

	*out = (struct heldpack){ .wrong = "truncated" };
	h->z = inflate_new();
	h->nomem = !h->z;
	if (h->z && pack.len >= PACK_HEAD + h->id_len &&
		pack.len <= HELDPACK_MOST) {
		end = walk(h, &p);
		out->wrong = doubt(h, end);
		out->used = h->damaged ? h->damaged : end +
			(h->n < be32(pack.ptr + 8) ? 0 : h->id_len);
		h->data = span_first(pack, end + h->id_len);
		if (h->n && !h->nomem)
			read_all(h);
	}
	inflate_free(h->z);
}

bool
heldpack_objects(struct heldpack *out, struct span pack, size_t id_len,
	git_object_fn *fn, void *payload, bool *nomem)
{
	struct held h = { .data = pack, .id_len = id_len, .fn = fn,
		.payload = payload };

	read_pack(&h, out);
	*nomem = h.nomem;
	if (h.idx)
		explicit_bzero(h.idx, h.idx_len);
	free(h.idx);
	free(h.v);
	return !h.stopped && !*nomem;
}

bool
heldpack_index(struct heldpack *out, struct span pack, size_t id_len,
	struct span *idx)
{
	struct held h = { .data = pack, .id_len = id_len,
		.mapped = pack.len };

	read_pack(&h, out);
	out->end = h.data.len;
	h.nomem = h.nomem || (h.n && !make_idx(&h));
	free(h.v);
	if (h.nomem || !h.n) {
		free(h.idx);
		h.idx = NULL;
	}
	*idx = span_of(h.idx, h.idx ? h.idx_len : 0);
	return !h.nomem;
}
