/* SPDX-License-Identifier: Apache-2.0 */
/*
 * find.c - one search: runs and breaks point at forms, walks decide, matches
 * are put in order.  See known.h.
 */
#include <stdlib.h>

#include "known/seek.h"
#include "known/walk.h"

/* ---- walks ---- */

static void
add_match(struct seek *s, uint32_t value, size_t start, size_t end)
{
	struct known_matches *m = s->out;
	size_t cap = m->cap ? m->cap * 2 : 64;
	struct known_match *v;

	if (m->n == m->cap) {
		v = realloc(m->v, cap * sizeof *v);
		if (!v) {
			s->failed = true;
			return;
		}
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = (struct known_match){ start, end, value };
}

/* A break is seen by several runs, which all say the same. */
static struct tried *
tried_before(struct seek *s, uint32_t form, size_t at)
{
	for (unsigned i = 0; i < TRIED; i++)
		if (s->tried[i].at == at + 1 && s->tried[i].form == form)
			return &s->tried[i];
	return NULL;
}

static bool
note(struct seek *s, uint32_t value, enum walk_result r, struct walked w)
{
	if (r == WALK_NO)
		return false;
	if (w.start < s->from)
		w.start = s->from;	/* the rest was decided before */
	if (r == WALK_MORE)
		s->safe = w.start < s->safe ? w.start : s->safe;
	else if (w.end > w.start)
		add_match(s, value, w.start, w.end);
	return true;
}

/* One that is cut short there may go on behind an interruption. */
static bool
walk_and_note(struct seek *s, uint32_t form, size_t at)
{
	const struct form *f = &s->ix->forms[form];
	struct walked w, late;
	enum walk_result r = walk(f, s->data, at, s->final, &w);
	bool found = note(s, f->value, r, w);

	/* Not if it did not begin, or its head was not what broke it. */
	if (r == WALK_MORE || !w.passed || w.passed >= f->head)
		return found;
	r = walk_late(f, s->data, at, s->final, &late);
	return note(s, f->value, r, late) || found;
}

bool
seek_try(struct seek *s, uint32_t form, size_t at)
{
	const struct tried *before = tried_before(s, form, at);
	struct tried t = { form, at + 1, false };

	if (at >= s->data.len)
		return false;
	if (before)
		return before->fits;
	t.fits = walk_and_note(s, form, at);
	s->tried[s->ntried] = t;
	s->ntried = (s->ntried + 1) % TRIED;
	return t.fits;
}

void
seek_key(struct seek *s, const struct grams *g, uint32_t key, size_t at)
{
	const struct gram *v;
	size_t n;

	v = grams_find(g, key, &n);
	for (size_t i = 0; i < n; i++)
		if (v[i].key == key && at >= v[i].offset)
			seek_try(s, v[i].form, at - v[i].offset);
}

/* ---- matches ---- */

static int
by_value(const void *x, const void *y)
{
	const struct known_match *a = x, *b = y;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

static int
by_start(const void *x, const void *y)
{
	const struct known_match *a = x, *b = y;

	return a->start != b->start ? (a->start < b->start ? -1 : 1) :
		by_value(x, y);
}

/* Those of one value that overlap become one. */
static void
merge(struct known_matches *m)
{
	size_t kept = 0;

	if (m->n > 1)
		qsort(m->v, m->n, sizeof *m->v, by_value);
	for (size_t i = 0; i < m->n; i++) {
		struct known_match *last = kept ? &m->v[kept - 1] : NULL;
		const struct known_match *v = &m->v[i];

		if (last && last->value == v->value && v->start < last->end)
			last->end = v->end > last->end ? v->end : last->end;
		else
			m->v[kept++] = *v;
	}
	m->n = kept;
	if (m->n > 1)
		qsort(m->v, m->n, sizeof *m->v, by_start);
}

/* What begins where all is not decided yet is found again. */
static void
drop_undecided(struct known_matches *m, size_t safe)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].start < safe)
			m->v[kept++] = m->v[i];
	m->n = kept;
}

static void
move(struct known_matches *m, uint64_t base)
{
	for (size_t i = 0; i < m->n; i++) {
		m->v[i].start += base;
		m->v[i].end += base;
	}
}

bool
known_find(const struct stanch_values *values, struct span data,
	uint64_t base, uint64_t from, bool final, struct known_matches *out,
	uint64_t *safe)
{
	struct seek s = { .ix = values->index, .data = data, .final = final,
		.from = from > base ? (size_t)(from - base) : 0,
		.safe = data.len, .out = out, .mask_at = SIZE_MAX,
		.clean_from = SIZE_MAX, .vain_form = UINT32_MAX };

	out->n = 0;
	*safe = base + data.len;
	if (!s.ix || s.from >= data.len)
		return true;
	if (s.ix->full) {
		seek_runs(&s);
		if (s.ix->broken)
			seek_broken(&s);
	}
	if (s.ix->words.n)
		seek_words(&s);
	seek_tail(&s);
	drop_undecided(out, s.safe);
	merge(out);
	move(out, base);
	*safe = base + s.safe;
	return !s.failed;
}
