/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.c - which parts stand near a secret.  The decision follows from where
 * they stand alone: it is made when nothing nearer can come any more.
 */
#include "scan/pairs.h"

#include <stdlib.h>

_Static_assert((int)FINDING_PARTS >= (int)RULE_WITHS_MAX, "a part each");

static bool
has_pairs(const struct stanch_rules *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->rules[i].nwith)
			return true;
	return false;
}

static void
reach(struct pairs_rule *r, uint32_t within)
{
	r->reach = within > r->reach ? within : r->reach;
}

bool
pairs_init(struct pairs *ps, const struct stanch_rules *set,
	enum stanch_confidence least, bool masks)
{
	*ps = (struct pairs){ .set = set, .least = least, .masks = masks };
	if (!has_pairs(set))
		return true;
	ps->of = calloc(set->n, sizeof *ps->of);
	for (size_t i = 0; ps->of && i < set->n; i++) {
		for (size_t k = 0; k < set->rules[i].nwith; k++) {
			const struct rule_with *w = &set->rules[i].with[k];
			const struct stanch_rule *part =
				stanch_rules_find(set, w->rule);

			reach(&ps->of[i], w->within);
			if (!part)
				continue;
			ps->of[i].known[k] = true;
			ps->of[i].with[k] = (uint32_t)(part - set->rules);
			ps->of[part - set->rules].part = true;
			reach(&ps->of[part - set->rules], w->within);
		}
	}
	return ps->of;
}

void
pairs_free(struct pairs *ps)
{
	free(ps->of);
	free(ps->v);
	*ps = (struct pairs){ .of = NULL };
}

void
pairs_begin(struct pairs *ps)
{
	ps->n = 0;
	ps->unsorted = false;
}

/* Rules of known values are of no set, and of no pair. */
static const struct pairs_rule *
of(const struct pairs *ps, const struct stanch_finding *f)
{
	static const struct pairs_rule none;
	const struct stanch_rule *first = ps->set->rules;

	return f->rule >= first && f->rule < first + ps->set->n ?
		&ps->of[f->rule - first] : &none;
}

bool
pairs_concern(const struct pairs *ps, const struct stanch_finding *f)
{
	return pairs_may_raise(ps, f) || (ps->of && of(ps, f)->part);
}

bool
pairs_may_raise(const struct pairs *ps, const struct stanch_finding *f)
{
	for (size_t i = 0; ps->of && i < f->rule->nwith; i++)
		if (f->rule->with[i].confidence >= ps->least)
			return true;
	return false;
}

bool
pairs_must_wait(const struct pairs *ps, const struct stanch_finding *f)
{
	for (size_t i = 0; i < f->rule->nwith; i++)
		if (f->rule->with[i].needed)
			return true;
	return f->rule->nwith && (f->confidence < ps->least ||
		f->confidence == STANCH_HEURISTIC);
}

static int
compare(const void *x, const void *y)
{
	const struct pairs_part *a = x, *b = y;

	if (a->p.start != b->p.start)
		return a->p.start < b->p.start ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

bool
pairs_note(struct pairs *ps, const struct stanch_finding *f)
{
	struct pairs_part *v, *to;
	size_t cap;

	if (!ps->of || !of(ps, f)->part)
		return true;
	if (ps->n == ps->cap) {
		cap = ps->cap ? ps->cap * 2 : 16;
		v = realloc(ps->v, cap * sizeof *v);
		if (!v)
			return false;
		ps->v = v;
		ps->cap = cap;
	}
	to = &ps->v[ps->n++];
	*to = (struct pairs_part){ (uint32_t)(f->rule - ps->set->rules),
		{ f->rule, f->start, f->end, f->line, f->column, "" } };
	memcpy(to->p.preview, f->preview, sizeof to->p.preview);
	ps->unsorted |= ps->n > 1 && compare(to - 1, to) > 0;
	return true;
}

/* ---- what stands near ---- */

/* Bytes between the two; 0 when they touch or overlap. */
static uint64_t
distance(const struct finding_part *p, const struct stanch_finding *f)
{
	if (p->end <= f->start)
		return f->start - p->end;
	return p->start >= f->end ? p->start - f->end : 0;
}

/* The first part that begins at `at` or later. */
static size_t
first_from(const struct pairs *ps, uint64_t at)
{
	size_t low = 0, high = ps->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (ps->v[mid].p.start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Whether a is to be told, not b: ids are written before their secrets. */
static bool
fits_better(const struct finding_part *a, const struct finding_part *b,
	const struct stanch_finding *f)
{
	bool a_before = a->start < f->start, b_before = b->start < f->start;

	if (a_before != b_before)
		return a_before;
	return distance(a, f) < distance(b, f);
}

/* The one of the rule's that fits best; NULL: none is near enough. */
static const struct finding_part *
nearest(const struct pairs *ps, const struct stanch_finding *f, uint32_t rule,
	uint32_t within)
{
	const struct finding_part *best = NULL;
	uint64_t back = (uint64_t)within + RULE_WIDTH_MAX;
	size_t i = first_from(ps, f->start > back ? f->start - back : 0);

	for (; i < ps->n && ps->v[i].p.start <= f->end + within; i++) {
		const struct finding_part *p = &ps->v[i].p;

		if (ps->v[i].rule == rule && distance(p, f) <= within &&
			(!best || fits_better(p, best, f)))
			best = p;
	}
	return best;
}

/* What is known of a secret's parts so far. */
struct parts {
	const struct finding_part *v[RULE_WITHS_MAX];
	enum stanch_confidence raised, before;	/* by all; by what begins
						   before the secret's end */
	bool whole;	/* none that is needed is missing */
	bool all;	/* none at all */
};

static struct parts
find_parts(const struct pairs *ps, const struct stanch_finding *f)
{
	const struct pairs_rule *r = of(ps, f);
	struct parts out = { .raised = f->confidence, .whole = true,
		.before = f->confidence, .all = true };

	for (size_t i = 0; i < f->rule->nwith; i++) {
		const struct rule_with *w = &f->rule->with[i];

		out.v[i] = r->known[i] ? nearest(ps, f, r->with[i],
			w->within) : NULL;
		if (out.v[i] && w->confidence > out.raised)
			out.raised = w->confidence;
		if (out.v[i] && out.v[i]->start < f->end &&
			w->confidence > out.before)
			out.before = w->confidence;
		out.whole &= out.v[i] || !w->needed;
		out.all &= out.v[i] != NULL;
	}
	return out;
}

/* ---- the decision ---- */

/* A part that is a finding, too, is told with the secret only. */
static void
absorb(struct rivals *rs, const struct finding_part *p)
{
	size_t low = 0, high = rs->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (rs->v[mid].f.start < p->start)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < rs->n && rs->v[low].f.start == p->start; low++)
		if (rs->v[low].f.rule == p->rule && !p->rule->nwith)
			rs->v[low].absorbed = true;
}

static void
join(struct pairs *ps, struct rivals *rs, struct rival *r,
	const struct parts *parts)
{
	struct stanch_finding *f = &r->f;

	r->raised = parts->raised;
	for (size_t i = 0; i < f->rule->nwith; i++) {
		if (!parts->v[i])
			continue;
		f->parts[f->nparts++] = *parts->v[i];
		if (!ps->masks)
			absorb(rs, parts->v[i]);
	}
	if (f->nparts && f->nreasons < FINDING_REASONS)
		f->reasons[f->nreasons++] = "what belongs to it stands near it";
}

static void
settle(struct pairs *ps, struct rivals *rs, struct rival *r, uint64_t safe)
{
	struct parts parts = find_parts(ps, &r->f);
	bool due = r->f.end + of(ps, &r->f)->reach < safe;

	if (r->weak)
		r->waits = !due && !(ps->masks && parts.all);
	else
		r->waits = ps->masks ? r->f.end > safe : !due;
	if (r->waits)
		return;
	r->settled = true;
	if (r->weak && (!parts.whole || parts.raised < ps->least)) {
		rivals_lose(rs, r, parts.whole ? "weaker than what is asked "
			"for, and alone" : "what belongs to it is missing");
		return;
	}
	join(ps, rs, r, &parts);
	/* Among rivals it counts for what can be known without a wait. */
	r->f.confidence = r->weak ? parts.raised : parts.before;
}

/* Nothing needs the parts before `at` any more. */
static void
forget(struct pairs *ps, uint64_t at)
{
	uint64_t back = RULE_WITH_MAX + RULE_WIDTH_MAX;
	size_t n = first_from(ps, at > back ? at - back : 0);

	if (n && n < ps->n)
		memmove(ps->v, ps->v + n, (ps->n - n) * sizeof *ps->v);
	ps->n -= n;
}

void
pairs_resolve(struct pairs *ps, struct rivals *rs, uint64_t safe)
{
	uint64_t open = safe;	/* where the first one begins that waits */

	if (!ps->of)
		return;
	if (ps->unsorted)
		qsort(ps->v, ps->n, sizeof *ps->v, compare);
	ps->unsorted = false;
	for (size_t i = 0; i < rs->n; i++) {
		struct rival *r = &rs->v[i];

		if (!r->f.rule->nwith)
			continue;
		if (!r->settled)
			settle(ps, rs, r, safe);
		if (r->waits && r->f.start < open)
			open = r->f.start;
	}
	for (size_t i = 0; i < rs->n && !ps->masks; i++) {
		struct rival *r = &rs->v[i];

		if (!r->f.rule->nwith && of(ps, &r->f)->part)
			r->waits = r->f.end + of(ps, &r->f)->reach >= open;
	}
	rivals_sweep(rs);
	forget(ps, open);
}
