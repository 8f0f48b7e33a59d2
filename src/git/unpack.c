/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack.c - one object, loose or packed, with all the deltas it is made of.
 * Many at once are unit.c's.  No length that a file states is believed: what
 * is larger than the limit is not unpacked.
 */
#include "git/unpack.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CHAIN_MOST = 10000,	/* deltas on top of each other; git: 4095 */
	PACKS_DEEP = 16,	/* ... from pack to pack: git makes none */
	AROUND = 64 * 1024,	/* bytes that the system maps for one */
	TOUCHED_MOST = 64 * 1024 * 1024	/* bytes of packs, between let-gos */
};

struct git_reader *
git_reader_new(const struct git_repo *r)
{
	struct git_reader *rd = calloc(1, sizeof *rd);

	if (!rd)
		return NULL;
	rd->repo = r;
	rd->z = inflate_new();
	rd->copies.v = calloc(DELTA_COPIES_MOST, sizeof *rd->copies.v);
	if (rd->z && rd->copies.v)
		return rd;
	git_reader_free(rd);
	return NULL;
}

void
git_reader_free(struct git_reader *rd)
{
	if (!rd)
		return;
	inflate_free(rd->z);
	unpack_drop(rd, &rd->out);
	bases_free(rd);
	unpack_spares_free(rd);
	large_end(rd);
	free(rd->stream.block);
	free(rd->copies.v);
	free(rd);
}

struct gap
unpack_gap(enum stanch_gap why, const char *detail)
{
	return (struct gap){ .place = "", .why = why, .detail = detail,
		.bytes = GAP_BYTES_UNKNOWN };
}

static const char too_large[] = "larger than the largest object";
static const char no_memory[] = "no memory for it";
static const char damaged_delta[] = "its delta is damaged";

static bool
refuse(struct gap *gap, const char *why, uint64_t bytes)
{
	*gap = unpack_gap(why == too_large ? STANCH_GAP_OVER_LIMIT :
		why == no_memory ? STANCH_GAP_UNREADABLE : STANCH_GAP_CORRUPT,
		why);
	if (why == too_large)
		gap->bytes = bytes;
	return false;
}

/* What is mapped of all packs, not of the last one only, must not add up. */
static void
touch(struct git_reader *rd, uint64_t at, size_t n)
{
	const struct git_repo *r = rd->repo;

	rd->touched += at - rd->end < AROUND ? at - rd->end + n : AROUND + n;
	if (rd->touched <= TOUCHED_MOST)
		return;
	for (size_t i = 0; i < r->npacks; i++)
		pack_let_go(&r->packs[i]);
	rd->touched = 0;
}

const char *
unpack_stream(struct git_reader *rd, const struct pack *p, uint64_t at,
	uint64_t n, struct unpack_bytes *out)
{
	struct span in = span_skip(p->data, (size_t)at);
	size_t used;

	if (n > rd->repo->most)
		return too_large;
	in.len -= in.len < p->id_len ? in.len : p->id_len;
	if (!unpack_take(rd, (size_t)n, out))
		return no_memory;
	used = inflate_exact(rd->z, in, out->ptr, out->len);
	touch(rd, at, used);
	rd->end = at + used;
	if (used)
		return NULL;
	unpack_drop(rd, out);
	return "its packed bytes are damaged";
}

bool
unpack_check(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, struct gap *gap)
{
	struct unpack_bytes out;
	const char *why = unpack_stream(rd, p, e->at, e->size, &out);

	if (why)
		return refuse(gap, why, e->size);
	unpack_drop(rd, &out);
	return true;
}

/* NULL, or what is wrong with the delta. */
static const char *
apply(struct git_reader *rd, const struct git_delta *d,
	const struct unpack_bytes *base, struct unpack_bytes *out)
{
	if (d->out_len > rd->repo->most)
		return too_large;
	if (!unpack_take(rd, (size_t)d->out_len, out))
		return no_memory;
	rd->copies.n = 0;
	if (delta_apply(span_of(base->ptr, base->len), d->all, out->ptr,
		out->len, &rd->copies))
		return NULL;
	unpack_drop(rd, out);
	return damaged_delta;
}

bool
unpack_delta(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, const struct unpack_bytes *base,
	struct unpack_bytes *out, struct gap *gap)
{
	struct unpack_bytes delta;
	struct git_delta d;
	const char *why = unpack_stream(rd, p, e->at, e->size, &delta);

	if (why)
		return refuse(gap, why, e->size);
	why = damaged_delta;
	if (git_delta_begin(&d, span_of(delta.ptr, delta.len)))
		why = apply(rd, &d, base, out);
	unpack_drop(rd, &delta);
	return !why || refuse(gap, why, d.out_len);
}

/* ---- packed, alone ---- */

struct chain {
	struct pack_entry *v;
	size_t n, cap;
};

/* A ring leads back to where it was when n was last a power of two. */
struct ring {
	uint64_t at;
	size_t n;
};

static bool
is_ring(struct ring *r, uint64_t offset)
{
	if (r->n && offset == r->at)
		return true;
	if (!(r->n & (r->n - 1)))
		r->at = offset;
	r->n++;
	return false;
}

static struct pack_entry *
chain_add(struct chain *c)
{
	struct pack_entry *v;
	size_t cap = c->cap ? 2 * c->cap : 16;

	if (c->n == c->cap) {
		v = reallocarray(c->v, cap, sizeof *v);
		if (!v)
			return NULL;
		c->v = v;
		c->cap = cap;
	}
	return &c->v[c->n++];
}

/* The base of all, by its id, when the chain leaves the pack; or here. */
static bool
read_root(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, struct unpack_bytes *out,
	enum git_type *type, struct gap *gap)
{
	struct git_object o;
	const char *why;
	bool ok;

	if (e->kind == PACK_REF_DELTA) {	/* of a thin pack */
		if (rd->deep == PACKS_DEEP)
			return refuse(gap, "deltas go from pack to pack, or in"
				" a ring", 0);
		rd->deep++;
		ok = git_read(rd, &e->base, &o, gap);
		rd->deep--;
		if (!ok)
			return false;
		*out = rd->out;
		rd->out = (struct unpack_bytes){ 0 };
		rd->out_of = NULL;
		*type = o.type;
		return true;
	}
	why = unpack_stream(rd, p, e->at, e->size, out);
	*type = (enum git_type)e->kind;
	return !why || refuse(gap, why, e->size);
}

/* From an entry down to its root, or to one that is kept; false: *gap. */
static bool
follow(struct git_reader *rd, const struct pack *p, uint64_t offset,
	struct chain *c, struct gap *gap)
{
	struct ring ring = { 0, 0 };

	while (c->n < CHAIN_MOST && !is_ring(&ring, offset)) {
		struct pack_entry *e = chain_add(c);
		uint32_t pos;

		if (!e)
			return refuse(gap, no_memory, 0);
		if (!pack_entry(p, offset, e))
			return refuse(gap, "its entry in the pack is damaged",
				0);
		if (bases_have(rd, p, e->offset))
			return true;
		if (e->kind == PACK_OFS_DELTA) {
			offset = e->base_at;
		} else if (e->kind == PACK_REF_DELTA) {
			pos = pack_find(p, &e->base);
			if (pos == PACK_NONE)
				return true;
			offset = pack_offset(p, pos);
		} else {
			return true;
		}
	}
	return refuse(gap, "too many deltas, or a ring of them", 0);
}

/* What the chain begins with; *n entries of it are to be applied then. */
static bool
read_first(struct git_reader *rd, const struct pack *p, const struct chain *c,
	size_t *n, struct unpack_bytes *out, enum git_type *type,
	struct gap *gap)
{
	const struct pack_entry *last = &c->v[c->n - 1];

	*n = c->n - 1;
	if (bases_have(rd, p, last->offset)) {
		bases_take(rd, last->offset, out, type);
		return true;
	}
	if (last->kind == PACK_REF_DELTA)
		*n = c->n;
	return read_root(rd, p, last, out, type, gap);
}

bool
unpack_at(struct git_reader *rd, const struct pack *p, uint64_t offset,
	struct unpack_bytes *out, enum git_type *type, struct gap *gap)
{
	struct unpack_bytes base = { 0 };
	struct chain c = { NULL, 0, 0 };
	size_t i = 0;
	bool ok = follow(rd, p, offset, &c, gap) &&
		read_first(rd, p, &c, &i, &base, type, gap);

	while (ok && i-- > 0) {
		ok = unpack_delta(rd, p, &c.v[i], &base, out, gap);
		if (i + 1 < c.n)
			bases_keep(rd, p, c.v[i + 1].offset, *type, &base);
		else
			unpack_drop(rd, &base);
		if (ok)
			base = *out;
	}
	free(c.v);
	*out = base;
	return ok;
}

/* ---- loose ---- */

static enum git_type
type_of(const char *name)
{
	static const char *const names[] = { "", "commit", "tree", "blob",
		"tag" };

	for (int i = GIT_COMMIT; i <= GIT_TAG; i++)
		if (!strcmp(names[i], name))
			return (enum git_type)i;
	return GIT_NONE;
}

size_t
unpack_head(const uint8_t *head, size_t n, enum git_type *type,
	uint64_t *size)
{
	const uint8_t *nul = memchr(head, 0, n);
	const uint8_t *blank = nul ? memchr(head, ' ', (size_t)(nul - head)) :
		NULL;
	char name[16];

	if (!blank || blank - head >= (ptrdiff_t)sizeof name)
		return 0;
	memcpy(name, head, (size_t)(blank - head));
	name[blank - head] = '\0';
	*type = type_of(name);
	*size = 0;
	for (const uint8_t *c = blank + 1; c < nul; c++) {
		if (*c < '0' || *c > '9' || *size > UINT64_MAX / 16)
			return 0;
		*size = *size * 10 + (uint64_t)(*c - '0');
	}
	return *type && nul > blank + 1 ? (size_t)(nul - head) + 1 : 0;
}

static const char *
inflate_loose(struct git_reader *rd, struct span file,
	struct unpack_bytes *out, enum git_type *type, uint64_t *size)
{
	uint8_t head[UNPACK_HEAD];
	size_t n = inflate_first(rd->z, file, head, sizeof head);
	size_t at = unpack_head(head, n, type, size);

	if (!at)
		return "its head is damaged";
	if (*size > rd->repo->most)
		return too_large;
	if (!unpack_take(rd, (size_t)*size + at, out))
		return no_memory;
	n = inflate_exact(rd->z, file, out->ptr, out->len);
	rd->rest = file.len - n;
	if (!n) {
		unpack_drop(rd, out);
		return "its packed bytes are damaged";
	}
	memmove(out->ptr, out->ptr + at, (size_t)*size);
	out->len = (size_t)*size;
	return NULL;
}

bool
unpack_map(struct git_reader *rd, const struct store_loose *l,
	struct span *out, struct gap *gap)
{
	char hex[GIT_HEX], name[GIT_HEX + 1];
	struct stat st;
	void *p;
	int fd;

	git_hex(rd->repo, &l->id, hex);
	snprintf(name, sizeof name, "%.2s/%s", hex, hex + 2);
	fd = openat(rd->repo->dirs[l->dir].fd, name, O_RDONLY | O_CLOEXEC |
		O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		*gap = unpack_gap(STANCH_GAP_VANISHED,
			"gone, or it cannot be opened");
		return false;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0) {
		close(fd);
		return refuse(gap, "is no file, or empty", 0);
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return refuse(gap, no_memory, 0);
	*out = span_of(p, (size_t)st.st_size);
	return true;
}

bool
unpack_file(struct git_reader *rd, struct span file, struct unpack_bytes *out,
	enum git_type *type, struct gap *gap)
{
	uint64_t size = 0;
	const char *why = inflate_loose(rd, file, out, type, &size);

	return !why || refuse(gap, why, size);
}

bool
unpack_loose(struct git_reader *rd, const struct store_loose *l,
	struct unpack_bytes *out, enum git_type *type, struct gap *gap)
{
	struct span file;
	bool ok;

	if (!unpack_map(rd, l, &file, gap))
		return false;
	ok = unpack_file(rd, file, out, type, gap);
	munmap((void *)file.ptr, file.len);
	return ok;
}

/* ---- by id ---- */

bool
git_stream(struct git_reader *rd, const struct git_id *id)
{
	const struct git_repo *r = rd->repo;
	size_t n = git_number(r, id);

	for (size_t i = 0; i < r->npacks; i++) {
		const struct pack *p = &r->packs[i];

		if (n - p->first < p->n)
			return large_packed(rd, p, pack_offset(p,
				(uint32_t)(n - p->first)));
	}
	return n != SIZE_MAX &&
		large_loose(rd, &r->loose[n - (r->count - r->nloose)]);
}

/* Headers tell it, but for a delta of what lies elsewhere. */
static enum git_type
type_at(struct git_reader *rd, const struct pack *p, uint64_t offset)
{
	struct ring ring = { 0, 0 };
	struct pack_entry e;
	struct git_object o;
	struct gap gap;

	while (ring.n < CHAIN_MOST && !is_ring(&ring, offset) &&
		pack_entry(p, offset, &e)) {
		uint32_t pos;

		if (e.kind <= GIT_TAG)
			return (enum git_type)e.kind;
		if (e.kind == PACK_OFS_DELTA) {
			offset = e.base_at;
			continue;
		}
		pos = pack_find(p, &e.base);
		if (pos == PACK_NONE)
			return git_read(rd, &e.base, &o, &gap) ? o.type :
				GIT_NONE;
		offset = pack_offset(p, pos);
	}
	return GIT_NONE;
}

enum git_type
git_nth_type(struct git_reader *rd, size_t n)
{
	const struct git_repo *r = rd->repo;
	struct git_id id;
	struct git_object o;
	struct gap gap;

	for (size_t i = 0; i < r->npacks; i++) {
		const struct pack *p = &r->packs[i];

		if (n - p->first < p->n)
			return type_at(rd, p, pack_offset(p,
				(uint32_t)(n - p->first)));
	}
	git_nth(r, n, &id);
	return git_read(rd, &id, &o, &gap) ? o.type : GIT_NONE;
}
