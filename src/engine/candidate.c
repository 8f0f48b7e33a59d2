/* SPDX-License-Identifier: Apache-2.0 */
/*
 * candidate.c - a worker's use of the engine: Hyperscan hits to candidates,
 * PCRE2 on one of them, and what the last bytes may yet become.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/engine_private.h"

struct engine_worker {
	const struct stanch_engine *engine;
	hs_scratch_t *scratch;
	struct re_scratch *re;
	bool want_all;
};

/* One call of engine_candidates(), as its callback sees it. */
struct pass {
	const struct stanch_engine *engine;
	struct span data;
	size_t seen;
	uint64_t base, last_end;
	struct candidates *out;
	bool failed, unsorted, want_all;
};

enum stanch_result
engine_worker_new(struct engine_worker **out, const struct stanch_engine *e,
	struct stanch_error *err)
{
	struct engine_worker *w = calloc(1, sizeof *w);

	if (!w)
		return error_nomem(err);
	w->engine = e;
	w->re = re_scratch_new();
	if (!w->re || (e->db && hs_clone_scratch(e->scratch, &w->scratch) !=
		HS_SUCCESS)) {
		engine_worker_free(w);
		return error_nomem(err);
	}
	*out = w;
	return STANCH_OK;
}

void
engine_worker_free(struct engine_worker *w)
{
	if (!w)
		return;
	hs_free_scratch(w->scratch);
	re_scratch_free(w->re);
	free(w);
}

struct re_scratch *
engine_worker_re(struct engine_worker *w)
{
	return w->re;
}

void
engine_worker_want_all(struct engine_worker *w)
{
	w->want_all = true;
}

bool
candidates_add(struct candidates *c, const struct candidate *one)
{
	struct candidate *v;
	size_t cap;

	if (c->n == c->cap) {
		cap = c->cap ? c->cap * 2 : 256;
		v = realloc(c->v, cap * sizeof *v);
		if (!v)
			return false;
		c->v = v;
		c->cap = cap;
	}
	c->v[c->n++] = *one;
	return true;
}

/* Whether the byte next to the literal lets the rule match at all. */
static bool
may_follow(const struct re_anchor *a, struct span data, size_t from,
	size_t to)
{
	if (!a->next_none && to < data.len &&
		!re_set_has(&a->next, data.ptr[to]))
		return false;
	return a->prev_none || from == 0 ||
		re_set_has(&a->prev, data.ptr[from - 1]);
}

/* A literal ends at data.ptr[to]; false: no memory. */
static bool
add_uses(struct pass *p, const struct engine_literal *lit, size_t to)
{
	const struct stanch_engine *e = p->engine;

	for (uint32_t i = lit->first; i < lit->first + lit->n; i++) {
		uint32_t rule = e->uses[i].rule;
		bool may = may_follow(&e->rules->rules[rule].facts.anchor,
			p->data, to - lit->len, to);
		struct candidate c = { .at = p->base + to - lit->len,
			.len = lit->len, .gap = e->uses[i].gap, .rule = rule,
			.ruled_out = !may };

		if (!may && !p->want_all)
			continue;
		if (!candidates_add(p->out, &c)) {
			p->failed = true;
			return false;
		}
	}
	return true;
}

static bool
on_place(uint32_t which, size_t from, void *payload)
{
	struct pass *p = payload;
	const struct engine_literal *lit = &p->engine->literals[which];

	return add_uses(p, lit, from + lit->len);
}

static int
on_hit(unsigned id, unsigned long long from, unsigned long long to,
	unsigned flags, void *context)
{
	struct pass *p = context;

	(void)from;
	(void)flags;
	if (to <= p->seen || id == p->engine->nliterals)  /* hsdb.c's own */
		return 0;
	if (to < p->last_end)
		p->unsorted = true;
	p->last_end = to;
	return !add_uses(p, &p->engine->literals[id], (size_t)to);
}

static int
compare(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	uint64_t a_end = a->at + a->len, b_end = b->at + b->len;

	if (a_end != b_end)
		return a_end < b_end ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

void
candidates_sort(struct candidates *c, size_t first)
{
	for (size_t i = first + 1; i < c->n; i++)
		if (compare(&c->v[i - 1], &c->v[i]) > 0) {
			qsort(c->v + first, c->n - first, sizeof *c->v,
				compare);
			return;
		}
}

/*
 * Hyperscan orders by end, the sieve by place; ties, and what they may do
 * otherwise, we order.
 */
static void
put_in_order(struct candidate *v, size_t n, bool unsorted)
{
	size_t i, k;

	if (unsorted) {
		qsort(v, n, sizeof *v, compare);
		return;
	}
	for (i = 1; i < n; i++) {	/* insertion: runs of ties are short */
		struct candidate c = v[i];

		for (k = i; k > 0 && compare(&v[k - 1], &c) > 0; k--)
			v[k] = v[k - 1];
		v[k] = c;
	}
}

enum stanch_result
engine_candidates(struct engine_worker *w, struct span data, size_t seen,
	uint64_t base, struct candidates *out)
{
	struct pass p = { .engine = w->engine, .data = data, .seen = seen,
		.base = base, .out = out, .want_all = w->want_all };
	size_t first = out->n;
	hs_error_t e = HS_SUCCESS;

	if (!data.len)
		return STANCH_OK;
	if (data.len > UINT32_MAX)
		return STANCH_EUSAGE;
	if (w->engine->sieve)
		sieve_scan(w->engine->sieve, data, seen, on_place, &p);
	else
		e = hs_scan(w->engine->db, (const char *)data.ptr,
			(unsigned)data.len, 0, w->scratch, on_hit, &p);
	if (p.failed)
		return STANCH_ENOMEM;
	if (e != HS_SUCCESS)
		return STANCH_EUSAGE;
	if (out->n - first > 1)
		put_in_order(out->v + first, out->n - first, p.unsorted);
	return STANCH_OK;
}

/* The rule's expression, compiled when its first candidate comes. */
static struct re *
expression(const struct stanch_engine *e, uint32_t rule)
{
	struct stanch_engine *mutable = (struct stanch_engine *)e;
	const struct stanch_rule *r = &e->rules->rules[rule];
	struct re *re = atomic_load_explicit(&e->expressions[rule],
		memory_order_acquire);
	unsigned flags = RE_STREAM;

	if (re)
		return re;
	if (r->facts.anchor.before == r->facts.anchor.before_min)
		flags |= RE_ANCHORED;
	if (r->facts.wide_repeats > 1)	/* may go quadratic, or worse */
		flags |= RE_INTERPRET;
	pthread_mutex_lock(&mutable->lock);
	re = atomic_load(&mutable->expressions[rule]);
	if (!re && re_compile(&re, r->regex, strlen(r->regex), flags, r->id,
		NULL) == STANCH_OK)
		atomic_store_explicit(&mutable->expressions[rule], re,
			memory_order_release);
	pthread_mutex_unlock(&mutable->lock);
	return re;
}

enum re_result
engine_confirm(struct engine_worker *w, uint32_t rule, struct span subject,
	size_t from, size_t until, unsigned edges, struct re_match *m)
{
	const struct stanch_rule *r = &w->engine->rules->rules[rule];
	struct re *re = expression(w->engine, rule);

	if (!re)
		return RE_NOMEM;	/* it compiled when it was loaded */
	return re_match(re, w->re, subject, from, until, edges,
		r->secret_group, m);
}

/* Whether data, which is shorter than it, may be how the literal begins. */
static bool
may_become(const struct engine_literal *lit, struct span data)
{
	for (size_t i = 0; i < data.len; i++)
		if (lit->caseless ?
			tolower(data.ptr[i]) != (uint8_t)lit->bytes[i] :
			data.ptr[i] != (uint8_t)lit->bytes[i])
			return false;
	return true;
}

static bool
is_live(const struct stanch_engine *e, struct span tail)
{
	uint32_t head;

	if (tail.len == 1)
		return e->first[tail.ptr[0]];
	head = engine_head(tail.ptr[0], tail.ptr[1]);
	for (uint32_t i = e->head_start[head]; i < e->head_start[head + 1];
		i++) {
		const struct engine_literal *lit = &e->literals[e->heads[i]];

		if (lit->len <= tail.len)
			return false;	/* nor is the next one longer */
		if (may_become(lit, tail))
			return true;
	}
	return false;
}

/* How far before data[at] a secret may begin whose anchor begins there. */
static size_t
run_before(const struct stanch_engine *e, struct span data, size_t at)
{
	size_t most = 0, n;

	for (size_t i = 0; i < e->nbacks; i++) {
		size_t limit = e->backs[i].back < at ? e->backs[i].back : at;

		for (n = 0; n < limit && re_set_has(&e->backs[i].set,
			data.ptr[at - 1 - n]); n++)
			;
		most = n > most ? n : most;
	}
	return most;
}

size_t
engine_tail(const struct stanch_engine *e, struct span data)
{
	size_t start = data.len > e->longest - 1 ?
		data.len - (e->longest - 1) : 0;
	size_t least = data.len - run_before(e, data, data.len), from;

	for (size_t at = start; at < data.len; at++) {
		if (!is_live(e, span_skip(data, at)))
			continue;
		from = at - run_before(e, data, at);
		least = from < least ? from : least;
	}
	return least;
}
