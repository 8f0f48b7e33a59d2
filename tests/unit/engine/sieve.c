/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve.c - the sieve against looking at each place for each literal, and, by
 * what the engine makes of it, against Hyperscan.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "engine/sieve.h"
#include "rule/rule_set.h"

enum { TEXT_MOST = 12 * 1024, FOUND_MOST = 64 * 1024 };

#define LITERAL(text, caseless) { text, sizeof text - 1, caseless }

static const struct sieve_literal literals[] = {
	LITERAL("abc", false),		/* shorter than a window */
	LITERAL("$1$", false),
	LITERAL("a_z", true),
	LITERAL("pass", true),
	LITERAL("Pass", false),
	LITERAL("password", true),
	LITERAL("password=", true),
	LITERAL("ssword", false),
	LITERAL("aaaa", false),
	LITERAL("aaaaaaaaa", true),
	LITERAL("AKIA", false),
	LITERAL("\xe2\x82\xac" "100", false),
	LITERAL("x\0y\0z", false),
	LITERAL("a-very-long-literal-that-goes-on-and-on", true),
};

enum { N = sizeof literals / sizeof *literals };

struct found {
	size_t n, most, longest, stop;
	struct { uint32_t which; size_t from; } v[FOUND_MOST];
};

static struct found found;
static uint64_t state;

static unsigned
below(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static bool
note(uint32_t which, size_t from, void *payload)
{
	struct found *f = payload;

	cr_assert_lt(f->n, FOUND_MOST);
	f->v[f->n].which = which;
	f->v[f->n++].from = from;
	return f->n != f->stop;
}

static bool
is_at(const struct sieve_literal *lit, struct span s, size_t at)
{
	if (s.len - at < lit->len)
		return false;
	return lit->caseless ?
		!strncasecmp((const char *)s.ptr + at, lit->bytes, lit->len) :
		!memcmp(s.ptr + at, lit->bytes, lit->len);
}

static size_t
times_found(uint32_t which, size_t from)
{
	size_t n = 0;

	for (size_t i = 0; i < found.n; i++)
		n += found.v[i].which == which && found.v[i].from == from;
	return n;
}

/* Each occurrence once, and nothing else. */
static void
check(const struct sieve *s, struct span text, size_t seen)
{
	size_t all = 0;

	found.n = found.stop = 0;
	cr_assert(sieve_scan(s, text, seen, note, &found));
	for (size_t at = 0; at < text.len; at++)
		for (uint32_t i = 0; i < N; i++) {
			if (!is_at(&literals[i], text, at) ||
				at + literals[i].len <= seen)
				continue;
			all++;
			cr_expect_eq(times_found(i, at), 1,
				"%.*s at %zu of %zu, %zu seen",
				(int)literals[i].len, literals[i].bytes, at,
				text.len, seen);
		}
	cr_expect_eq(found.n, all, "%zu of %zu bytes, %zu seen", found.n,
		text.len, seen);
}

/* Literals, whole and cut, in any case, among other bytes. */
static size_t
make_text(uint8_t *text, size_t len)
{
	size_t n = 0;

	while (n < len) {
		const struct sieve_literal *lit = &literals[below(N)];
		size_t take = below(4) ? lit->len : below(lit->len + 1);

		for (size_t i = 0; i < take && n < len; i++)
			text[n++] = (uint8_t)(below(20) ? lit->bytes[i] :
				lit->bytes[i] ^ 0x20);
		for (size_t i = below(3) ? 0 : below(90); i && n < len; i--)
			text[n++] = (uint8_t)below(256);
	}
	return n;
}

/* In an allocation of its own, so that sanitizers see what is read. */
static void
check_text(const struct sieve *s, size_t len, size_t seen)
{
	uint8_t *text = malloc(len ? len : 1);

	cr_assert(text);
	make_text(text, len);
	check(s, span_of(text, len), seen);
	free(text);
}

static struct sieve *
sieve(void)
{
	struct sieve *s;

	if (!sieve_is_able())
		cr_skip_test("this CPU has no AVX2");
	s = sieve_new(literals, N);
	cr_assert(s);
	return s;
}

Test(engine_sieve, short_texts_of_each_length)
{
	struct sieve *s = sieve();

	for (size_t way = 0; sieve_use(s, way); way++)
		for (size_t len = 0; len < 300; len++)
			for (uint64_t seed = 0; seed < 5; seed++) {
				state = len * 5 + seed;
				check_text(s, len, below(4) ? 0 :
					below((unsigned)len + 1));
			}
	sieve_free(s);
}

Test(engine_sieve, texts_of_several_blocks)
{
	struct sieve *s = sieve();

	for (size_t way = 0; sieve_use(s, way); way++)
		for (uint64_t seed = 1; seed < 40; seed++) {
			size_t len;

			state = seed;
			len = below(TEXT_MOST);
			check_text(s, len, below(4) ? 0 :
				below((unsigned)len + 1));
		}
	sieve_free(s);
}

Test(engine_sieve, stops_when_told_to)
{
	struct sieve *s = sieve();

	found.stop = 2;
	for (size_t way = 0; sieve_use(s, way); way++) {
		found.n = 0;
		cr_expect_not(sieve_scan(s, span_str("abc abc abc abc"), 0,
			note, &found));
		cr_expect_eq(found.n, 2);
	}
	sieve_free(s);
}

Test(engine_sieve, a_literal_too_short_for_it_is_refused)
{
	static const struct sieve_literal v[] = {
		LITERAL("abcd", false), LITERAL("ab", false) };

	cr_expect_null(sieve_new(v, 2));
}

static struct candidates
candidates_of(enum stanch_matcher matcher, struct span text, size_t seen)
{
	struct stanch_engine_options opt = { sizeof opt, NULL, matcher };
	struct candidates c = { 0 };
	struct engine_worker *w;
	struct stanch_engine *e;

	cr_assert_eq(stanch_engine_new(&e, stanch_rules_builtin(), &opt, NULL),
		STANCH_OK);
	cr_assert_eq(engine_worker_new(&w, e, NULL), STANCH_OK);
	engine_worker_want_all(w);
	cr_assert_eq(engine_candidates(w, text, seen, 7, &c), STANCH_OK);
	engine_worker_free(w);
	stanch_engine_free(e);
	return c;
}

/* The examples of all rules, one after another. */
static size_t
examples(char *text, size_t size)
{
	const struct stanch_rules *rules = stanch_rules_builtin();
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++)
		for (size_t k = 0; k < rules->rules[i].positive.n; k++)
			n += (size_t)snprintf(text + n, size - n, "%s\n",
				rules->rules[i].positive.v[k]);
	return n;
}

Test(engine_sieve, gives_the_candidates_that_hyperscan_gives)
{
	enum { MOST = 1024 * 1024 };
	char *text = malloc(MOST);
	struct candidates a, b;
	struct span s;

	cr_assert(text);
	s = span_of(text, examples(text, MOST));
	cr_assert_gt(s.len, 50 * 1000);
	for (size_t seen = 0; seen < s.len; seen += 20011) {
		a = candidates_of(STANCH_MATCHER_AUTO, s, seen);
		b = candidates_of(STANCH_MATCHER_HYPERSCAN, s, seen);
		cr_expect_eq(a.n, b.n, "%zu and %zu", a.n, b.n);
		for (size_t i = 0; i < a.n && i < b.n; i++)
			cr_expect(a.v[i].at == b.v[i].at &&
				a.v[i].rule == b.v[i].rule &&
				a.v[i].ruled_out == b.v[i].ruled_out,
				"candidate %zu", i);
		free(a.v);
		free(b.v);
	}
	free(text);
}
