/* SPDX-License-Identifier: Apache-2.0 */
/* candidates.c - where rules may match, and what the last bytes may become. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "rule/rule_set.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9]{8}'''\n"
	"[[rules]]\nid = \"bolt\"\nregex = '''(?i)bolt=[0-9]{8}'''\n"
	"[[rules]]\nid = \"cask\"\nregex = '''[a-p]{4,6}cask[0-9]{8}'''\n"
	"[[rules]]\nid = \"twin\"\nregex = '''acme_[a-z]{8}'''\n";

enum { ACME, BOLT, CASK, TWIN };

static struct stanch_rules *rules;
static struct stanch_engine *engine;
static struct engine_worker *worker;
static struct candidates out;

static void
begin(void)
{
	struct stanch_error err;

	cr_assert_eq(rule_set_read(&rules, NULL, rules_text,
		sizeof rules_text - 1, "t.toml", NULL, NULL, NULL, &err),
		STANCH_OK, "%s", err.text);
	cr_assert_eq(stanch_engine_new(&engine, rules, NULL, &err), STANCH_OK);
	cr_assert_eq(engine_worker_new(&worker, engine, &err), STANCH_OK);
	out = (struct candidates){ 0 };
}

static void
end(void)
{
	free(out.v);
	engine_worker_free(worker);
	stanch_engine_free(engine);
	stanch_rules_free(rules);
}

TestSuite(engine_candidates, .init = begin, .fini = end);
TestSuite(engine_tail, .init = begin, .fini = end);

static void
look(const char *text, size_t seen, uint64_t base)
{
	cr_assert_eq(engine_candidates(worker, span_str(text), seen, base,
		&out), STANCH_OK);
}

Test(engine_candidates, one_literal_gives_each_rule_that_may_follow)
{
	look("x acme_1 y", 0, 100);
	cr_assert_eq(out.n, 1);
	cr_expect_eq(out.v[0].rule, ACME);
	cr_expect_eq(out.v[0].at, 102);
	cr_expect_eq(out.v[0].len, 5);
	look("acme_a", 0, 0);
	cr_assert_eq(out.n, 2);
	cr_expect_eq(out.v[1].rule, TWIN);
	look("acme_-", 0, 0);
	cr_expect_eq(out.n, 2, "neither may go on with a dash");
	look("acme_", 0, 0);
	cr_expect_eq(out.n, 4, "at the end both may");
}

Test(engine_candidates, case_matters_where_the_rule_says_so)
{
	look("BoLt=1 ACME_1 Acme_1", 0, 0);
	cr_assert_eq(out.n, 1);
	cr_expect_eq(out.v[0].rule, BOLT);
}

Test(engine_candidates, byte_before_the_literal_counts)
{
	look("abcdcask1", 0, 0);
	cr_assert_eq(out.n, 1);
	cr_expect_eq(out.v[0].rule, CASK);
	look("abcZcask1", 0, 0);
	cr_expect_eq(out.n, 1);
}

Test(engine_candidates, come_in_order_of_their_end)
{
	look("bolt=1 acme_a bolt=2 aaaacask5 acme_1", 0, 0);
	cr_assert_eq(out.n, 5);
	for (size_t i = 1; i < out.n; i++)
		cr_expect_leq(out.v[i - 1].at + out.v[i - 1].len,
			out.v[i].at + out.v[i].len);
}

/* The second call sees the overlap again; whatever ended in it is known. */
Test(engine_candidates, literal_split_over_two_calls_is_found_once)
{
	static const char text[] = "..acme_1..acme_2..";
	size_t n = sizeof text - 1, longest = engine_longest(engine);

	for (size_t cut = 0; cut <= n; cut++) {
		size_t from = cut > longest ? cut - longest : 0;

		out.n = 0;
		cr_assert_eq(engine_candidates(worker, span_of(text, cut), 0,
			0, &out), STANCH_OK);
		cr_assert_eq(engine_candidates(worker, span_of(text + from,
			n - from), cut - from, from, &out), STANCH_OK);
		/* Cut right behind the literal its next byte is not known. */
		size_t acme = 0;
		for (size_t i = 0; i < out.n; i++)
			acme += out.v[i].rule == ACME;
		cr_expect_eq(acme, 2, "cut at %zu: %zu", cut, acme);
	}
}

Test(engine_candidates, no_bytes_give_none)
{
	look("", 0, 0);
	cr_expect_eq(out.n, 0);
	cr_assert_eq(engine_candidates(worker, span_of(NULL, 0), 0, 7, &out),
		STANCH_OK);
	cr_expect_eq(out.n, 0);
}

Test(engine_candidates, confirmed_by_the_rules_expression)
{
	struct re_match m;

	cr_expect_eq(engine_confirm(worker, ACME, span_str("acme_12345678"),
		0, 0, 0, &m), RE_MATCH);
	cr_expect_eq(m.end, 13);
	cr_expect_eq(engine_confirm(worker, ACME, span_str("acme_1234567x"),
		0, 0, 0, &m), RE_NO);
	cr_expect_eq(engine_confirm(worker, ACME, span_str("acme_123"), 0, 0,
		RE_MORE, &m), RE_PARTIAL);
}

static size_t
tail(const char *text)
{
	return engine_tail(engine, span_str(text));
}

Test(engine_tail, started_literal_is_held)
{
	cr_expect_eq(tail("xyz a"), 4);
	cr_expect_eq(tail("xyz acme"), 4);
	cr_expect_eq(tail("xyz BOL"), 4);
	cr_expect_eq(tail("xyz ACM"), 7, "not in this case");
	cr_expect_eq(tail("acme"), 0);
	cr_expect_eq(tail("xyz acmf"), 4, "run of the third rule's class");
}

Test(engine_tail, class_run_before_a_started_literal_is_held)
{
	cr_expect_eq(tail("xyz abcdc"), 4);
	cr_expect_eq(tail("xyz abcdcas"), 4);
	cr_expect_eq(tail("zzabcdefcas"), 2);
	cr_expect_eq(tail("abcdefghcas"), 2, "six at most");
	cr_expect_eq(tail("xyz abcd"), 4, "the literal may come next");
}

Test(engine_tail, nothing_is_held_of_what_can_begin_nothing)
{
	cr_expect_eq(tail("$ "), 2);
	cr_expect_eq(tail("xyz "), 4);
	cr_expect_eq(tail("acme_ "), 6);
	cr_expect_eq(tail(""), 0);
	cr_expect_eq(engine_tail(engine, span_of(NULL, 0)), 0);
}

/* Whatever came, a literal that is completed later begins in the tail. */
Test(engine_tail, every_prefix_of_a_secret_is_held)
{
	static const char *const secrets[] = { "acme_12345678",
		"BOLT=12345678", "abcdcask12345678", "pppppocask12345678" };
	char text[64];

	for (size_t i = 0; i < 4; i++) {
		const char *anchor = strpbrk(secrets[i], "_=k");
		size_t n = (size_t)(anchor - secrets[i]);

		for (size_t k = 1; k <= n; k++) {
			memcpy(text, "xyz ", 4);
			memcpy(text + 4, secrets[i], k);
			text[4 + k] = '\0';
			cr_expect_leq(tail(text), 4, "%s", text);
		}
	}
}

Test(engine_tail, prompt_of_a_shell_is_not_held_by_the_pack)
{
	struct stanch_engine *pack;

	cr_assert_eq(stanch_engine_new(&pack, stanch_rules_builtin(), NULL,
		NULL), STANCH_OK);
	cr_expect_eq(engine_tail(pack, span_str("$ ")), 2);
	cr_expect_eq(engine_tail(pack, span_str("Continue? [y/N] ")), 16);
	stanch_engine_free(pack);
}
