/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry.c - which candidates an object has from its base, which of them are
 * still dead, and a Hyperscan pass over the rest.
 *
 * Why a dead candidate stays dead: whether a match begins at an offset follows
 * from the bytes round it and from nothing else, not even from the other
 * matches of its rule, and dead says that none begins anywhere in the window.
 * Those bytes are the window and ENGINE_CONTEXT before it; as part of the
 * window may have been tried for another candidate whose literal ends before,
 * a literal's length more on each side.  The begin and the end of the object
 * count as bytes.
 */
#include "scan/carry.h"

#include <stdlib.h>

enum { NEW_MOST = 256 * 1024 };	/* bytes for Hyperscan; more: all of them */

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static struct carry_reach
reach_of(const struct re_facts *f, uint32_t longest)
{
	uint32_t width = least(f->width, ENGINE_WIDTH_MAX) +
		least(f->ahead, ENGINE_CONTEXT);
	uint32_t back = least(f->anchor.before_min, width);

	return (struct carry_reach){
		.left = f->anchor.before + ENGINE_CONTEXT + longest,
		.right = width - back + 2 * longest,
	};
}

bool
carry_init(struct carry *c, const struct stanch_engine *e,
	struct engine_worker *w)
{
	const struct stanch_rules *rules = engine_rules(e);

	*c = (struct carry){ .worker = w, .edge = engine_longest(e) + 1 };
	buf_init(&c->room, NEW_MOST);
	c->reach = calloc(rules->n, sizeof *c->reach);
	if (!c->reach)
		return false;
	for (size_t i = 0; i < rules->n; i++) {
		struct carry_reach r = reach_of(&rules->rules[i].facts,
			engine_longest(e));

		c->reach[i] = r;
		c->most.left = r.left > c->most.left ? r.left : c->most.left;
		c->most.right = r.right > c->most.right ? r.right :
			c->most.right;
	}
	return true;
}

void
carry_free(struct carry *c)
{
	free(c->reach);
	free(c->given.v);
	free(c->dead.v);
	free(c->parts.v);
	free(c->pieces);
	buf_free(&c->room);
}

/* ---- copies ---- */

/* A copy; an edge that is one of both objects is none. */
struct stretch {
	size_t from, to, len;
	bool first, last;	/* it begins, it ends, with both objects */
};

static struct stretch
stretch_of(const struct kin *kin, const struct kin_copy *c, size_t len)
{
	return (struct stretch){ .from = c->from, .to = c->to, .len = c->len,
		.first = c->from == 0 && c->to == 0,
		.last = c->from + c->len == kin->base_len &&
			c->to + c->len == len };
}

/*
 * Whether [at - left, end + right) lies in the copy, which begins at `begin`:
 * .from in the base, .to in the object.
 */
static bool
is_inside(const struct stretch *s, uint64_t begin, uint64_t at, uint64_t end,
	size_t left, size_t right)
{
	return at >= begin && end <= begin + s->len &&
		(s->first || at - begin >= left) &&
		(s->last || begin + s->len - end >= right);
}

/* Its literal and the bytes next to it. */
static bool
is_carried(const struct stretch *s, uint64_t begin, const struct candidate *c)
{
	return is_inside(s, begin, c->at, c->at + c->len, 1, 1);
}

static bool
is_dead(const struct carry *c, const struct stretch *s,
	const struct candidate *one)
{
	const struct carry_reach *r = &c->reach[one->rule];

	return is_inside(s, s->from, one->at, one->at, r->left, r->right);
}

/* The first of n candidates whose literal ends behind `end`. */
static size_t
first_behind(const struct candidate *v, size_t n, uint64_t end)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;

		if (v[mid].at + v[mid].len <= end)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

static bool
add(struct candidates *out, const struct stretch *s,
	const struct candidate *one, bool dead)
{
	struct candidate c = *one;

	c.at += s->to - s->from;
	c.dead = dead;
	return out->n < LANE_NOTED && candidates_add(out, &c);
}

static bool
carry_live(struct carry *c, const struct stretch *s, const struct learnt *k)
{
	size_t i = first_behind(k->v, k->nlive, s->from);
	size_t end = first_behind(k->v, k->nlive, s->from + s->len);

	for (; i < end; i++)
		if (is_carried(s, s->from, &k->v[i]) &&
			!add(&c->given, s, &k->v[i], false))
			return false;
	return true;
}

/*
 * The dead that stay so are of use to what is made of the object only; for
 * one that nothing is made of, those in the middle are not even looked at.
 */
static bool
carry_dead(struct carry *c, const struct stretch *s, const struct learnt *k,
	bool keep)
{
	const struct candidate *v = k->v + k->nlive;
	size_t stop = s->from + s->len, far = c->most.right + c->edge;
	size_t i = first_behind(v, k->ndead, s->from), skip = 0, rest = 0;
	size_t end = first_behind(v, k->ndead, stop);

	if (!keep && s->len > far) {
		skip = first_behind(v, k->ndead, s->first ? s->from :
			s->from + c->most.left + c->edge);
		rest = first_behind(v, k->ndead, s->last ? stop : stop - far);
	}
	for (; i < end; i++) {
		bool dead;

		if (i >= skip && i < rest) {
			i = rest - 1;
			continue;
		}
		dead = is_dead(c, s, &v[i]);
		if (is_carried(s, s->from, &v[i]) && (!dead || keep) &&
			!add(dead ? &c->dead : &c->given, s, &v[i], dead))
			return false;
	}
	return true;
}

/* ---- new bytes ---- */

/* Copies that are too short for that count as new. */
static bool
next_copy(const struct carry *c, const struct kin *kin, size_t *i, size_t len,
	struct stretch *s)
{
	while (*i < kin->ncopies) {
		const struct kin_copy *one = &kin->copies[(*i)++];

		if (one->len < 2 * (size_t)c->edge)
			continue;
		*s = stretch_of(kin, one, len);
		return true;
	}
	return false;
}

/* Bytes [from, to) between two copies, either of which may be missing: */
struct piece {
	size_t at;		/* where they are in the room */
	size_t from, to;
	struct stretch before, behind;
	bool is_before, is_behind;
};

static bool
add_piece(struct carry *c, struct span data, const struct piece *one)
{
	struct piece *v;
	size_t cap = c->cap_pieces ? 2 * c->cap_pieces : 64;

	if (one->from >= one->to)
		return true;
	if (c->npieces == c->cap_pieces) {
		v = reallocarray(c->pieces, cap, sizeof *v);
		if (!v)
			return false;
		c->pieces = v;
		c->cap_pieces = cap;
	}
	c->pieces[c->npieces] = *one;
	c->pieces[c->npieces++].at = c->room.len;
	return buf_append(&c->room, data.ptr + one->from,
		one->to - one->from);
}

/* All that no literal in a copy is. */
static bool
gather(struct carry *c, struct span data, const struct kin *kin)
{
	struct piece p = { .is_behind = true };
	size_t i = 0;

	c->npieces = c->room.len = 0;
	while (p.is_behind) {
		p.is_behind = next_copy(c, kin, &i, data.len, &p.behind);
		p.to = !p.is_behind ? data.len : p.behind.first ? 0 :
			p.behind.to + c->edge;
		if (!add_piece(c, data, &p))
			return false;
		p.before = p.behind;
		p.is_before = p.is_behind;
		if (p.is_before)
			p.from = p.before.last ? data.len :
				p.before.to + p.before.len - c->edge;
	}
	return true;
}

/* Whether what was found in the room is of the piece; one's place becomes
   that in the object. */
static bool
is_of_piece(const struct piece *p, struct candidate *one)
{
	one->at += p->from - p->at;
	return one->at + one->len <= p->to &&
		!(p->is_before && is_carried(&p->before, p->before.to, one)) &&
		!(p->is_behind && is_carried(&p->behind, p->behind.to, one));
}

static const struct piece *
piece_at(const struct carry *c, uint64_t at)
{
	size_t low = 0, high = c->npieces;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (c->pieces[mid].at <= at)
			low = mid;
		else
			high = mid;
	}
	return &c->pieces[low];
}

/*
 * Hyperscan's share, in one pass.  Pieces that were put side by side make no
 * literal that is missed: one at a piece's edge lies in a copy.
 */
static bool
look(struct carry *c, struct span data, const struct kin *kin)
{
	struct candidates *given = &c->given;
	size_t kept = 0;

	if (!gather(c, data, kin) || engine_candidates(c->worker,
		buf_span(&c->room), 0, 0, given) != STANCH_OK)
		return false;
	for (size_t i = 0; i < given->n; i++) {
		struct candidate one = given->v[i];

		if (is_of_piece(piece_at(c, one.at), &one))
			given->v[kept++] = one;
	}
	given->n = kept;
	return kept < LANE_NOTED;
}

static bool
carry(struct carry *c, struct span data, const struct kin *kin,
	const struct learnt *base)
{
	struct stretch s;
	size_t i = 0;

	while (next_copy(c, kin, &i, data.len, &s))
		if (!carry_live(c, &s, base) ||
			!carry_dead(c, &s, base, kin->own != NULL))
			return false;
	return true;
}

bool
carry_over(struct carry *c, struct span data, const struct kin *kin,
	const struct learnt *base)
{
	bool ok;

	c->given.n = c->dead.n = 0;
	ok = base && kin->ncopies && look(c, data, kin) &&
		carry(c, data, kin, base);
	if (ok)
		parts_of_object(&c->parts, kin, data.len, base->runs,
			base->nruns);
	ok = ok && !c->parts.failed;
	if (ok)
		candidates_sort(&c->given, 0);
	else
		c->dead.n = 0;
	return ok;
}

/* ---- what is known then ---- */

size_t
learnt_bytes(const struct learnt *k)
{
	return sizeof *k + (k->nlive + k->ndead) * sizeof *k->v +
		k->nruns * sizeof *k->runs;
}

struct learnt *
carry_learnt(struct carry *c, struct candidates *noted, struct parts *told)
{
	size_t n = noted->n + c->dead.n, i = 0;
	struct learnt *k;

	if (noted->n >= LANE_NOTED || n >= LANE_NOTED || told->failed)
		return NULL;
	parts_settle(told);
	k = malloc(sizeof *k + n * sizeof *k->v + told->n * sizeof *told->v);
	if (!k)
		return NULL;
	k->runs = (struct part *)(void *)&k->v[n];
	k->nruns = told->n;
	if (told->n)
		memcpy(k->runs, told->v, told->n * sizeof *told->v);
	candidates_sort(noted, 0);
	k->nlive = k->ndead = 0;
	for (size_t l = 0; l < noted->n; l++)
		if (!noted->v[l].dead)
			k->v[k->nlive++] = noted->v[l];
	for (size_t l = 0; l < noted->n; l++) {
		const struct candidate *one = &noted->v[l];

		if (!one->dead)
			continue;
		while (i < c->dead.n && c->dead.v[i].at + c->dead.v[i].len <=
			one->at + one->len)
			k->v[k->nlive + k->ndead++] = c->dead.v[i++];
		k->v[k->nlive + k->ndead++] = *one;
	}
	while (i < c->dead.n)
		k->v[k->nlive + k->ndead++] = c->dead.v[i++];
	return k;
}
