/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hold.c - places of secrets, sorted twice: by secret, to find those that
 * belong together, then by age, to let them out.  Where an object comes from
 * is asked of the source, once for all of them.
 */
#include "run/hold.h"

#include <stdlib.h>

#include "base/error.h"

/* One place of one finding. */
struct spot {
	const struct stanch_finding *f;
	const struct origin *origin;	/* NULL: no git object */
	const char *place;	/* that of the origin, and of a member in it */
	size_t came;		/* the how-manieth finding it was */
};

struct spots {
	struct spot *v;
	size_t n, cap;
	struct arena *arena;	/* of places */
};

/* The spots of one secret, sorted by age. */
struct group {
	const struct spot *v;
	size_t n;
};

void
hold_init(struct hold *h)
{
	h->first = NULL;
	h->end = &h->first;
	h->cost = 0;
}

void
hold_free(struct hold *h)
{
	event_free(h->first);
	hold_init(h);
}

void
hold_add(struct hold *h, struct event *e)
{
	e->next = NULL;
	*h->end = e;
	h->end = &e->next;
	h->cost += e->cost;
}

bool
hold_full(const struct hold *h)
{
	return h->cost >= HOLD_MOST;
}

uint32_t
hold_next(const struct hold *h)
{
	return h->first ? h->first->repo : 0;
}

/* Takes the repository's events out; in order. */
static struct event *
take(struct hold *h, uint32_t repo)
{
	struct event *list = NULL, **end = &list, **at = &h->first, *e;

	while ((e = *at)) {
		if (e->repo != repo) {
			at = &e->next;
			continue;
		}
		*at = e->next;
		h->cost -= e->cost;
		e->next = NULL;
		*end = e;
		end = &e->next;
	}
	h->end = at;
	return list;
}

/* ---- where the objects come from ---- */

/* All ids of a repository have one length; a name of none sorts first. */
static int
compare_ids(const void *a, const void *b)
{
	return memcmp(*(const uint8_t *const *)a, *(const uint8_t *const *)b,
		FINDING_OBJECT);
}

struct ids {
	const uint8_t **v;
	size_t n;
};

static bool
ids_of(struct ids *ids, const struct event *e)
{
	size_t n = 0, kept = 0;

	for (const struct event *i = e; i; i = i->next)
		n += i->finding->object_len > 0;
	ids->v = calloc(n ? n : 1, sizeof *ids->v);
	if (!ids->v)
		return false;
	for (; e; e = e->next)
		if (e->finding->object_len)
			ids->v[ids->n++] = e->finding->object;
	qsort(ids->v, ids->n, sizeof *ids->v, compare_ids);
	for (size_t i = 0; i < ids->n; i++)
		if (!kept || compare_ids(&ids->v[kept - 1], &ids->v[i]))
			ids->v[kept++] = ids->v[i];
	ids->n = kept;
	return true;
}

static bool
push(struct spots *s, const struct spot *spot)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 64;
		struct spot *p = reallocarray(s->v, cap, sizeof *p);

		if (!p)
			return false;
		s->v = p;
		s->cap = cap;
	}
	s->v[s->n++] = *spot;
	return true;
}

/* False: out of memory. */
static bool
set_place(struct spots *s, struct spot *spot)
{
	const char *outer = spot->origin->place, *inner;
	size_t n = strlen(outer), m;
	char *p;

	spot->place = outer;
	if (!spot->f->inner)
		return true;
	inner = spot->f->place + spot->f->inner;
	m = strlen(inner) + 1;
	p = arena_alloc(s->arena, n + m);
	if (!p)
		return false;
	memcpy(p, outer, n);
	memcpy(p + n, inner, m);
	spot->place = p;
	return true;
}

/* Every place of every finding. */
static bool
spread(struct spots *s, const struct event *e, const struct ids *ids,
	const struct source_trace *trace)
{
	for (size_t came = 0; e; e = e->next, came++) {
		struct spot spot = { .f = e->finding, .came = came,
			.place = e->finding->place };
		const uint8_t *id = e->finding->object;
		const uint8_t **at = e->finding->object_len ? bsearch(&id,
			ids->v, ids->n, sizeof *ids->v, compare_ids) : NULL;
		const struct source_traced *t = at ?
			&trace->of[at - ids->v] : NULL;

		if (!t && !push(s, &spot))
			return false;
		for (size_t i = 0; t && i < t->n; i++) {
			spot.origin = &t->v[i];
			if (!set_place(s, &spot) || !push(s, &spot))
				return false;
		}
	}
	return true;
}

/* ---- which belong together ---- */

static int
compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* 0: the same secret.  One that cannot be compared is like none but itself. */
static int
compare_secrets(const struct spot *a, const struct spot *b)
{
	int c = strcmp(a->f->rule->id, b->f->rule->id);

	if (!c)
		c = (int)b->f->comparable - (int)a->f->comparable;
	if (!c && a->f->comparable)
		return memcmp(a->f->same, b->f->same, FINDING_SAME);
	return c ? c : compare_numbers(a->came, b->came);
}

static bool
is_dated(const struct spot *s)
{
	return s->origin && s->origin->dated;
}

/* The oldest first; what has no date is the newest. */
static int
compare_age(const struct spot *a, const struct spot *b)
{
	int c = (int)is_dated(b) - (int)is_dated(a);

	if (!c && is_dated(a) && a->origin->time != b->origin->time)
		return a->origin->time < b->origin->time ? -1 : 1;
	if (!c && a->origin && b->origin) {
		c = strcmp(a->place, b->place);
		c = c ? c : compare_numbers(a->f->start, b->f->start);
	}
	if (!c)
		c = (int)!a->origin - (int)!b->origin;
	return c ? c : compare_numbers(a->came, b->came);
}

static int
compare_spots(const void *a, const void *b)
{
	int c = compare_secrets(a, b);

	return c ? c : compare_age(a, b);
}

/* Secrets: undated ones as they came, before the dated ones by age. */
static int
compare_groups(const void *a, const void *b)
{
	const struct spot *x = ((const struct group *)a)->v;
	const struct spot *y = ((const struct group *)b)->v;
	int c = (int)is_dated(x) - (int)is_dated(y);

	if (!c && !is_dated(x))
		return compare_numbers(x->came, y->came);
	if (!c)
		c = compare_age(x, y);
	return c ? c : compare_secrets(x, y);
}

static struct group *
group(const struct spots *s, size_t *n)
{
	struct group *v = calloc(s->n ? s->n : 1, sizeof *v);

	*n = 0;
	for (size_t i = 0; v && i < s->n; i++) {
		if (i && !compare_secrets(&s->v[i - 1], &s->v[i]))
			v[*n - 1].n++;
		else
			v[(*n)++] = (struct group){ &s->v[i], 1 };
	}
	if (v)
		qsort(v, *n, sizeof *v, compare_groups);
	return v;
}

/* ---- out ---- */

/* As sure and as bad as the surest and the worst of its places. */
static enum stanch_result
let_out(const struct group *g, hold_fn *fn, void *payload,
	struct stanch_error *err)
{
	struct stanch_finding f = *g->v[0].f;
	struct finding_place *others = calloc(g->n, sizeof *others);
	struct origin first;
	enum stanch_result r;

	if (!others)
		return error_nomem(err);
	f.place = g->v[0].place;
	if (g->v[0].origin) {
		first = *g->v[0].origin;
		f.origin = &first;
	}
	f.others = others;
	f.nothers = g->n - 1;
	for (size_t i = 1; i < g->n; i++) {
		const struct stanch_finding *o = g->v[i].f;

		others[i - 1] = (struct finding_place){
			.place = g->v[i].place, .start = o->start,
			.end = o->end, .line = o->line, .column = o->column,
			.origin = g->v[i].origin };
		if (o->confidence > f.confidence)
			f.confidence = o->confidence;
		if (o->severity > f.severity)
			f.severity = o->severity;
		/* HEAD has the secret when it has one of its places. */
		if (f.origin && g->v[i].origin)
			first.in_head |= g->v[i].origin->in_head;
	}
	r = fn(&f, payload, err);
	free(others);
	return r;
}

/* A place that was met twice: two packs hold the object. */
static bool
is_again(const struct spot *a, const struct spot *b)
{
	return a->origin && b->origin && a->f->start == b->f->start &&
		a->f->end == b->f->end && !compare_secrets(a, b) &&
		!strcmp(a->place, b->place);
}

static void
keep_once(struct spots *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!kept || !is_again(&s->v[kept - 1], &s->v[i]))
			s->v[kept++] = s->v[i];
	s->n = kept;
}

static enum stanch_result
let_all_out(struct spots *s, hold_fn *fn, void *payload,
	struct stanch_error *err)
{
	enum stanch_result r = STANCH_OK;
	struct group *groups;
	size_t n;

	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, compare_spots);
	keep_once(s);
	groups = group(s, &n);
	if (!groups)
		return error_nomem(err);
	for (size_t i = 0; i < n && r == STANCH_OK; i++)
		r = let_out(&groups[i], fn, payload, err);
	free(groups);
	return r;
}

enum stanch_result
hold_release(struct hold *h, uint32_t repo, struct stanch_source *source,
	unsigned jobs, hold_fn *fn, void *payload, struct stanch_error *err)
{
	struct event *events = take(h, repo);
	struct source_trace trace = { 0 };
	struct ids ids = { 0 };
	struct spots spots = { 0 };
	enum stanch_result r = STANCH_OK;

	if (!events)
		return STANCH_OK;
	spots.arena = arena_new();
	if (!spots.arena || !ids_of(&ids, events))
		r = error_nomem(err);
	if (r == STANCH_OK && ids.n)
		r = source_trace(&trace, source, repo, ids.v, ids.n, jobs,
			err);
	if (r == STANCH_OK && !spread(&spots, events, &ids, &trace))
		r = error_nomem(err);
	if (r == STANCH_OK)
		r = let_all_out(&spots, fn, payload, err);
	arena_free(spots.arena);
	free(spots.v);
	free(ids.v);
	source_trace_free(&trace);
	event_free(events);
	return r;
}
