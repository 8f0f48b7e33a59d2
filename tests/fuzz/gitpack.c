/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitpack.c - packs and their indexes: any bytes as such, or entries that the
 * input describes, with zlib streams that are whole, so that what is behind
 * them is reached.  Every entry is told of once, and an object that is read
 * alone is the one that is read with all others.
 */
#include <stdlib.h>

#include "git/pack.h"
#include "gitdir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	RAW = 1, SHA256 = 2, TWO = 4,	/* the first byte */
	ENTRIES = 24, PACK_MOST = 1 << 20, OBJECT_MOST = 1 << 14,
	/* What is wrong with an entry; the low three bits are its kind. */
	FIT = 8, LONGER = 16, ELSEWHERE = 32, BEHIND = 64, AGAIN = 128
};

struct made {
	uint64_t at;		/* its offset */
	size_t len;		/* unpacked */
	uint8_t id[GIT_ID];
};

struct making {
	struct span in;
	size_t id_len, n;
	struct made v[ENTRIES];
	struct buf pack;
};

static uint8_t
take(struct making *m)
{
	uint8_t c = m->in.len ? m->in.ptr[0] : 0;

	m->in = span_skip(m->in, 1);
	return c;
}

static void
put(struct buf *b, uint64_t n, unsigned bytes)
{
	while (bytes-- > 0)
		must(buf_byte(b, (uint8_t)(n >> 8 * bytes)));
}

/* A number in groups of 7 bits, the least first. */
static void
put_length(struct buf *b, uint64_t n)
{
	for (; n > 0x7f; n >>= 7)
		must(buf_byte(b, (uint8_t)(n | 0x80)));
	must(buf_byte(b, (uint8_t)n));
}

static void
put_distance(struct buf *b, uint64_t n)
{
	uint8_t v[10];
	size_t at = sizeof v;

	v[--at] = n & 0x7f;
	while (n >>= 7)
		v[--at] = (uint8_t)(0x80 | (--n & 0x7f));
	must(buf_append(b, v + at, sizeof v - at));
}

static void
put_head(struct buf *b, unsigned kind, uint64_t size)
{
	uint64_t rest = size >> 4;

	must(buf_byte(b, (uint8_t)((rest ? 0x80 : 0) | kind << 4 |
		(size & 15))));
	if (rest)
		put_length(b, rest);
}

/* The operations, behind lengths that fit. */
static size_t
put_delta(struct buf *b, struct span ops, size_t base)
{
	struct git_delta d = { .rest = ops, .all = ops, .base_len = base };
	struct git_op op;
	size_t sum = 0;

	while (git_delta_next(&d, &op) > 0)
		sum += op.len;
	put_length(b, base);
	put_length(b, sum);
	must(buf_append(b, ops.ptr, ops.len));
	return sum;
}

static void
make_id(struct making *m, struct made *e, bool again)
{
	uint8_t seed = (uint8_t)(m->n * 37);

	if (again && m->n)
		seed = m->v[m->n - 1].id[0];
	memset(e->id, 0, sizeof e->id);
	memset(e->id, seed, m->id_len);
}

static void
put_base(struct making *m, struct made *e, unsigned kind, uint8_t which)
{
	uint8_t id[GIT_ID];

	if (kind == PACK_OFS_DELTA) {
		put_distance(&m->pack, which < m->n ?
			e->at - m->v[which].at : which);
	} else if (kind == PACK_REF_DELTA) {
		memset(id, (uint8_t)(which * 37), sizeof id);
		must(buf_append(&m->pack, id, m->id_len));
	}
}

static void
make_entry(struct making *m)
{
	uint8_t how = take(m), which = take(m), len = take(m);
	struct made *e = &m->v[m->n];
	unsigned kind = how & 7;
	struct span text = span_first(m->in, len);
	struct buf body;

	m->in = span_skip(m->in, len);
	buf_init(&body, SIZE_MAX);
	e->len = text.len;
	if (how & FIT && kind >= PACK_OFS_DELTA)
		e->len = put_delta(&body, text, which < m->n ?
			m->v[which].len : which);
	else
		must(buf_append(&body, text.ptr, text.len));
	e->at = m->pack.len;
	put_head(&m->pack, kind, body.len + (how & LONGER ? which : 0));
	put_base(m, e, kind, which);
	gitdir_pack(&m->pack, buf_span(&body));
	if (how & BEHIND)
		must(buf_str(&m->pack, "behind"));
	if (how & ELSEWHERE)
		e->at += which;
	make_id(m, e, how & AGAIN);
	m->n++;
	buf_free(&body);
}

static int
compare(const void *a, const void *b)
{
	return memcmp(((const struct made *)a)->id,
		((const struct made *)b)->id, GIT_ID);
}

static void
put_index(struct making *m, struct buf *b)
{
	uint8_t end[GIT_ID] = { 0 };
	size_t at = 0;

	qsort(m->v, m->n, sizeof *m->v, compare);
	must(buf_append(b, "\377tOc\0\0\0\2", 8));
	for (unsigned i = 0; i < 256; i++) {
		while (at < m->n && m->v[at].id[0] <= i)
			at++;
		put(b, at, 4);
	}
	for (size_t i = 0; i < m->n; i++)
		must(buf_append(b, m->v[i].id, m->id_len));
	for (size_t i = 0; i < m->n; i++)
		put(b, 0, 4);
	for (size_t i = 0; i < m->n; i++)
		put(b, m->v[i].at, 4);
	must(buf_append(b, end, m->id_len) && buf_append(b, end, m->id_len));
}

/* As many entries as the next byte says, as a pack. */
static size_t
make_pack(struct making *m, const char *pack, const char *idx)
{
	uint8_t end[GIT_ID] = { 0 };
	size_t n = take(m) % (ENTRIES + 1);
	struct buf index;

	m->n = 0;
	buf_init(&m->pack, PACK_MOST);
	buf_init(&index, PACK_MOST);
	must(buf_append(&m->pack, "PACK\0\0\0\2", 8));
	put(&m->pack, n, 4);
	while (m->n < n)
		make_entry(m);
	must(buf_append(&m->pack, end, m->id_len));
	put_index(m, &index);
	gitdir_write(pack, buf_span(&m->pack));
	gitdir_write(idx, buf_span(&index));
	buf_free(&m->pack);
	buf_free(&index);
	return n;
}

/* The first two bytes are how long the index is. */
static void
write_raw(struct making *m)
{
	size_t n = take(m);

	n |= (size_t)take(m) << 8;
	gitdir_write("objects/pack/a.idx", span_first(m->in, n));
	gitdir_write("objects/pack/a.pack", span_skip(m->in, n));
}

/* ---- what must hold ---- */

struct seen {
	struct git_repo *repo;
	struct git_reader *rd;
	size_t told;
	bool twice;		/* an id may stand for several objects */
};

static void
drop(void *ptr)
{
	buf_free(ptr);
	free(ptr);
}

/* A copy of the object, for what is made of it. */
static void
keep(const struct git_object *o)
{
	struct buf *b = calloc(1, sizeof *b);

	must(b != NULL);
	buf_init(b, SIZE_MAX);
	must(buf_append(b, o->data.ptr, o->data.len));
	*o->kin->own = (struct kin_note){ b, b->len, drop };
}

/* What is said to be copied from the base is. */
static void
check_copies(const struct git_object *o, const struct buf *base)
{
	size_t at = 0;

	must(base->len == o->kin->base_len);
	for (size_t i = 0; i < o->kin->ncopies; i++) {
		const struct kin_copy *c = &o->kin->copies[i];

		must(c->to >= at && c->len <= o->data.len - c->to &&
			c->from <= base->len && c->len <= base->len - c->from);
		must(!memcmp(base->ptr + c->from, o->data.ptr + c->to,
			c->len));
		at = c->to + c->len;
	}
}

static void
check_kin(const struct git_object *o)
{
	if (o->kin->base && o->kin->base->ptr)
		check_copies(o, o->kin->base->ptr);
	if (o->kin->own)
		keep(o);
}

static bool
on_object(const struct git_object *o, void *payload)
{
	struct seen *s = payload;
	struct git_object alone;
	struct gap gap;

	if (o->gap && !o->type && !strncmp(o->gap->detail, "bytes behind", 12))
		return true;
	s->told++;
	if (o->type == GIT_TREE) {
		must(!o->data.ptr);
		return true;
	}
	must((o->gap != NULL) == (o->data.ptr == NULL));
	if (!o->gap && o->kin)
		check_kin(o);
	/* A chain is longer alone than where its bases wait. */
	if (git_read(s->rd, &o->id, &alone, &gap) && !o->gap && !s->twice)
		must(alone.type == o->type &&
			span_equal(alone.data, o->data));
	return true;
}

static void
walk(struct seen *s)
{
	struct git_reader *rd = git_reader_new(s->repo);
	bool nomem;

	must(rd && git_plan(s->repo));
	for (size_t i = 0; i < git_units(s->repo); i++)
		must(git_unit(rd, i, on_object, s, &nomem));
	must(s->told == git_count(s->repo));
	git_reader_free(rd);
}

static void
look_up(struct seen *s)
{
	for (size_t i = 0; i < git_count(s->repo); i++) {
		struct git_id id, found;
		struct git_object o;
		char hex[GIT_HEX];
		struct gap gap;
		enum git_type type = git_nth_type(s->rd, i);

		git_nth(s->repo, i, &id);
		git_hex(s->repo, &id, hex);
		git_prefix(s->repo, span_of(hex, 5), &found);
		if (git_read(s->rd, &id, &o, &gap) && !s->twice)
			must(o.type == type);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char sha256[] = "[extensions]\nobjectformat=sha256\n";
	struct git_options opt = { .most = OBJECT_MOST };
	struct making m = { .in = span_of(data, size) };
	struct seen s = { .twice = true };
	uint8_t how = take(&m);

	m.id_len = how & SHA256 ? 32 : 20;
	gitdir_write("config", span_str(how & SHA256 ? sha256 : ""));
	if (how & RAW) {
		write_raw(&m);
	} else {
		make_pack(&m, "objects/pack/a.pack", "objects/pack/a.idx");
		if (how & TWO)
			make_pack(&m, "objects/pack/b.pack",
				"objects/pack/b.idx");
		else
			s.twice = false;
	}
	for (size_t i = 1; !s.twice && i < m.n; i++)
		s.twice = !compare(&m.v[i - 1], &m.v[i]);
	if (git_open(&s.repo, gitdir_path(), &opt, NULL) == STANCH_OK) {
		s.rd = git_reader_new(s.repo);
		must(s.rd != NULL);
		walk(&s);
		look_up(&s);
		git_reader_free(s.rd);
		git_free(s.repo);
	}
	gitdir_empty();
	return 0;
}
