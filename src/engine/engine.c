/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.c - makes and frees the engine: collects the rules' literals, orders
 * them, gets the database from the cache or the compiler.  Using it is in
 * candidate.c.
 */
#include "engine/engine.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/engine_private.h"

struct use {	/* one literal of one rule */
	const struct re_literal *literal;
	uint32_t rule;
};

static int
compare_literals(const struct re_literal *a, const struct re_literal *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int c = n ? memcmp(a->bytes, b->bytes, n) : 0;

	if (c)
		return c;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return (int)a->caseless - (int)b->caseless;
}

static int
compare_uses(const void *x, const void *y)
{
	const struct use *a = x, *b = y;
	int c = compare_literals(a->literal, b->literal);

	if (c)
		return c;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return a->literal->gap < b->literal->gap ? -1 :
		a->literal->gap > b->literal->gap;
}

static struct use *
collect_uses(const struct stanch_rules *rules, size_t *n)
{
	struct use *uses;
	size_t total = 0;

	for (size_t i = 0; i < rules->n; i++)
		total += rules->rules[i].facts.anchor.nliterals;
	uses = calloc(total ? total : 1, sizeof *uses);
	*n = 0;
	for (size_t i = 0; uses && i < rules->n; i++) {
		const struct re_anchor *a = &rules->rules[i].facts.anchor;

		for (size_t k = 0; k < a->nliterals; k++)
			uses[(*n)++] = (struct use){ &a->literals[k],
				(uint32_t)i };
	}
	if (uses)
		qsort(uses, *n, sizeof *uses, compare_uses);
	return uses;
}

/* Each distinct literal once, with the rules it serves, each once. */
static bool
make_literals(struct stanch_engine *e)
{
	size_t n;
	uint32_t nuses = 0;
	struct use *uses = collect_uses(e->rules, &n);

	e->literals = calloc(n ? n : 1, sizeof *e->literals);
	e->uses = calloc(n ? n : 1, sizeof *e->uses);
	if (!uses || !e->literals || !e->uses) {
		free(uses);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		const struct re_literal *lit = uses[i].literal;
		bool same = i && !compare_literals(lit, uses[i - 1].literal);
		struct engine_literal *out;

		if (same && uses[i].rule == uses[i - 1].rule)
			continue;	/* the first has the least gap */
		if (!same) {
			out = &e->literals[e->nliterals++];
			*out = (struct engine_literal){ lit->bytes, lit->len,
				lit->caseless, nuses, 0 };
			if (lit->len > e->longest)
				e->longest = lit->len;
		}
		e->literals[e->nliterals - 1].n++;
		e->uses[nuses++] = (struct engine_use){ uses[i].rule,
			lit->gap };
	}
	free(uses);
	return true;
}

/* What secrets may begin before their anchors; equal sets once. */
static bool
make_backs(struct stanch_engine *e)
{
	e->backs = calloc(e->rules->n, sizeof *e->backs);
	if (!e->backs)
		return false;
	for (size_t i = 0; i < e->rules->n; i++) {
		const struct re_anchor *a = &e->rules->rules[i].facts.anchor;
		size_t k = 0;

		if (a->before > e->reach)
			e->reach = a->before;
		if (!a->secret_back)
			continue;
		if (a->secret_back > e->back_most)
			e->back_most = a->secret_back;
		while (k < e->nbacks && memcmp(&e->backs[k].set,
			&a->secret_class, sizeof a->secret_class) != 0)
			k++;
		if (k == e->nbacks)
			e->backs[e->nbacks++] = (struct engine_back){
				a->secret_class, 0 };
		if (a->secret_back > e->backs[k].back)
			e->backs[k].back = a->secret_back;
	}
	return true;
}

static uint32_t
head_of(const struct engine_literal *lit)
{
	return engine_head((uint8_t)lit->bytes[0], lit->len > 1 ?
		(uint8_t)lit->bytes[1] : 0);
}

static void
note_first(struct stanch_engine *e, const struct engine_literal *lit)
{
	uint8_t c = (uint8_t)lit->bytes[0];

	if (lit->len == 1)
		return;
	e->first[c] = true;
	if (lit->caseless)
		e->first[tolower(c)] = e->first[toupper(c)] = true;
}

/* So that those a tail may become can be looked up. */
static bool
make_heads(struct stanch_engine *e)
{
	uint32_t next[ENGINE_HEADS];

	e->heads = calloc(e->nliterals ? e->nliterals : 1, sizeof *e->heads);
	if (!e->heads)
		return false;
	for (size_t i = 0; i < e->nliterals; i++) {
		note_first(e, &e->literals[i]);
		e->head_start[head_of(&e->literals[i]) + 1]++;
	}
	for (size_t k = 0; k < ENGINE_HEADS; k++)
		e->head_start[k + 1] += e->head_start[k];
	memcpy(next, e->head_start, sizeof next);
	for (uint32_t len = e->longest; len > 0; len--)
		for (size_t i = 0; i < e->nliterals; i++)
			if (e->literals[i].len == len)
				e->heads[next[head_of(&e->literals[i])]++] =
					(uint32_t)i;
	return true;
}

/* NULL: Hyperscan is to find them. */
static struct sieve *
make_sieve(const struct stanch_engine *e)
{
	struct sieve_literal *v = calloc(e->nliterals + 1, sizeof *v);
	struct sieve *s;

	for (size_t i = 0; v && i < e->nliterals; i++)
		v[i] = (struct sieve_literal){ e->literals[i].bytes,
			e->literals[i].len, e->literals[i].caseless };
	s = v ? sieve_new(v, e->nliterals) : NULL;
	free(v);
	return s;
}

static enum stanch_result
make_database(struct stanch_engine *e, const char *cache_dir,
	struct stanch_error *err)
{
	enum stanch_result r;

	if (cache_dir)
		e->cached = hscache_load(&e->db, e, cache_dir, e->why_not,
			sizeof e->why_not);
	if (!e->cached) {
		r = hsdb_compile(&e->db, e, err);
		if (r != STANCH_OK)
			return r;
		if (cache_dir)
			hscache_store(e, cache_dir, e->why_no_store,
				sizeof e->why_no_store);
	} else {
		e->why_not[0] = '\0';
	}
	if (hs_alloc_scratch(e->db, &e->scratch) != HS_SUCCESS)
		return error_set(err, STANCH_ENOMEM, NULL,
			"Hyperscan could not allocate its scratch space");
	return STANCH_OK;
}

static enum stanch_result
make_matcher(struct stanch_engine *e, const struct stanch_engine_options *opt,
	struct stanch_error *err)
{
	if (sieve_is_able() &&
		(!opt || opt->matcher != STANCH_MATCHER_HYPERSCAN))
		e->sieve = make_sieve(e);
	return e->sieve ? STANCH_OK :
		make_database(e, opt ? opt->cache_dir : NULL, err);
}

enum stanch_result
stanch_engine_new(struct stanch_engine **out, const struct stanch_rules *rules,
	const struct stanch_engine_options *opt, struct stanch_error *err)
{
	struct stanch_engine *e;
	enum stanch_result r;

	if (opt && opt->size < sizeof *opt)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_engine_options.size is %zu, not %zu",
			opt->size, sizeof *opt);
	if (hs_valid_platform() != HS_SUCCESS)
		return error_set(err, STANCH_EUSAGE, NULL,
			"Hyperscan needs a CPU with SSSE3");
	if (!rules->n)
		return error_set(err, STANCH_ERULE, NULL,
			"no rule is left: nothing would be found");
	e = calloc(1, sizeof *e);
	if (!e)
		return error_nomem(err);
	pthread_mutex_init(&e->lock, NULL);
	e->rules = rules;
	e->expressions = calloc(rules->n, sizeof *e->expressions);
	if (!e->expressions || !make_literals(e) || !make_backs(e) ||
		!make_heads(e)) {
		stanch_engine_free(e);
		return error_nomem(err);
	}
	r = make_matcher(e, opt, err);
	if (r != STANCH_OK) {
		stanch_engine_free(e);
		return r;
	}
	*out = e;
	return STANCH_OK;
}

void
stanch_engine_free(struct stanch_engine *e)
{
	if (!e)
		return;
	for (size_t i = 0; e->expressions && i < e->rules->n; i++)
		re_free(atomic_load(&e->expressions[i]));
	sieve_free(e->sieve);
	hs_free_scratch(e->scratch);
	hs_free_database(e->db);
	pthread_mutex_destroy(&e->lock);
	free(e->expressions);
	free(e->literals);
	free(e->uses);
	free(e->backs);
	free(e->heads);
	free(e);
}

bool
stanch_engine_cached(const struct stanch_engine *e, const char **why_not)
{
	if (why_not)
		*why_not = e->why_not;
	return e->cached;
}

const char *
stanch_engine_store_failure(const struct stanch_engine *e)
{
	return e->why_no_store;
}

const struct stanch_rules *
engine_rules(const struct stanch_engine *e)
{
	return e->rules;
}

uint32_t
engine_longest(const struct stanch_engine *e)
{
	return e->longest;
}

uint32_t
engine_reach(const struct stanch_engine *e)
{
	return e->reach;
}

const char *
engine_version(void)
{
	return hs_version();
}
