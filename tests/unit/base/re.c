/* SPDX-License-Identifier: Apache-2.0 */
/* re.c - what a match is at the edges of what has come in so far. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/re.h"

static struct re_match at;	/* of the last run() */

static struct re *
compile(const char *pattern, unsigned flags)
{
	struct stanch_error err;
	struct re *re = NULL;

	cr_assert_eq(re_compile(&re, pattern, strlen(pattern), flags, "here",
		&err), STANCH_OK, "%s", pattern);
	return re;
}

/* pattern on text[from ...], starting no later than `until`. */
static enum re_result
run_until(const char *pattern, const char *text, size_t from, size_t until,
	unsigned edges)
{
	struct re *re = compile(pattern, RE_STREAM);
	struct re_scratch *s = re_scratch_new();
	enum re_result r;

	cr_assert_not_null(s);
	at = (struct re_match){ 0 };
	r = re_match(re, s, span_str(text), from, until, edges,
		re_group_count(re) ? 1 : 0, &at);
	re_scratch_free(s);
	re_free(re);
	return r;
}

static enum re_result
run(const char *pattern, const char *text, unsigned edges)
{
	return run_until(pattern, text, 0, strlen(text), edges);
}

Test(base_re, match_and_its_group_are_told)
{
	cr_assert_eq(run("k=([a-z]+)", "xx k=abc;", 0), RE_MATCH);
	cr_expect_eq(at.start, 3);
	cr_expect_eq(at.end, 8);
	cr_expect(at.group_set);
	cr_expect_eq(at.group_start, 5);
	cr_expect_eq(at.group_end, 8);
}

Test(base_re, group_that_took_no_part_is_the_match)
{
	cr_assert_eq(run("ab(x)?c", "-abc-", 0), RE_MATCH);
	cr_expect_not(at.group_set);
	cr_expect_eq(at.group_start, 1);
	cr_expect_eq(at.group_end, 4);
	cr_assert_eq(run("ab(?:c|(x))", "abc", 0), RE_MATCH);
	cr_expect_not(at.group_set);
}

Test(base_re, bytes_of_all_values_are_plain_bytes)
{
	cr_assert_eq(run("\\xff\\xfe.", "\xff\xfe\x80", 0), RE_MATCH);
	cr_expect_eq(at.end, 3);
	cr_assert_eq(run(".{3}", "\xc3\xa4\xc3", 0), RE_MATCH);
}

Test(base_re, start_of_a_match_is_partial_when_more_comes)
{
	cr_assert_eq(run("abc[0-9]{4}", "..abc12", RE_MORE), RE_PARTIAL);
	cr_expect_eq(at.start, 2);
	cr_assert_eq(run("abc[0-9]{4}", "..abc12", 0), RE_NO);
	cr_assert_eq(run("abc[0-9]{4}", "..abc12", RE_NOT_END), RE_NO);
	cr_assert_eq(run("abc[0-9]{4}", "..abc1234", RE_MORE), RE_MATCH);
	cr_assert_eq(run("abc[0-9]{4}", "..abc12x", RE_MORE), RE_NO);
}

Test(base_re, match_that_may_grow_is_partial)
{
	cr_assert_eq(run("abc[0-9]{2,4}", "abc123", RE_MORE), RE_PARTIAL);
	cr_assert_eq(run("abc[0-9]{2,4}", "abc123", 0), RE_MATCH);
	cr_assert_eq(run("abc[0-9]{2,4}", "abc1234", RE_MORE), RE_MATCH);
	cr_assert_eq(run("abc[0-9]{2,4}", "abc123 ", RE_MORE), RE_MATCH);
}

Test(base_re, what_the_next_byte_decides_waits_for_it)
{
	static const char *const patterns[] = { "abc\\b", "abc(?!d)", "abc$",
		"abc\\z", "abc(?=-)" };

	for (size_t i = 0; i < 5; i++)
		cr_expect_eq(run(patterns[i], "abc", RE_MORE), RE_PARTIAL,
			"%s", patterns[i]);
	cr_expect_eq(run("abc\\b", "abc-", RE_MORE), RE_MATCH);
	/* Another match might begin at the end, were it asked for. */
	cr_expect_eq(run_until("abc\\b", "abcd", 0, 3, RE_MORE), RE_NO);
	cr_expect_eq(run_until("abc(?!d)", "abcd", 0, 3, RE_MORE), RE_NO);
}

Test(base_re, dollar_is_the_very_end_alone)
{
	cr_expect_eq(run("abc$", "abc", 0), RE_MATCH);
	cr_expect_eq(run("abc$", "abc\n", 0), RE_NO);
	cr_expect_eq(run("abc$", "abc", RE_NOT_END), RE_NO);
	cr_expect_eq(run("abc$", "abc\n", RE_MORE), RE_NO);
}

Test(base_re, caret_is_the_begin_of_the_input_alone)
{
	cr_expect_eq(run("^abc", "abc", 0), RE_MATCH);
	cr_expect_eq(run("^abc", "abc", RE_NOT_BEGIN), RE_NO);
	cr_expect_eq(run("^abc", "\nabc", 0), RE_NO);
	cr_expect_eq(run("(?m)^abc", "\nabc", RE_NOT_BEGIN), RE_MATCH);
}

Test(base_re, bytes_before_from_are_context_only)
{
	cr_expect_eq(run_until("\\babc", "xabc", 1, 4, 0), RE_NO);
	cr_expect_eq(run_until("\\babc", "-abc", 1, 4, 0), RE_MATCH);
	cr_expect_eq(run_until("(?<!x)abc", "xabc", 1, 4, 0), RE_NO);
	cr_expect_eq(run_until("xabc", "xabc", 1, 4, 0), RE_NO);
	cr_expect_eq(run_until("^abc", "xabc", 1, 4, 0), RE_NO);
}

Test(base_re, no_match_starts_after_until)
{
	cr_expect_eq(run_until("abc", "--abc", 0, 1, 0), RE_NO);
	cr_expect_eq(run_until("abc", "--abc", 0, 2, 0), RE_MATCH);
	cr_expect_eq(run_until("abc", "--ab", 0, 1, RE_MORE), RE_NO);
	cr_expect_eq(run_until("abc", "--ab", 0, 2, RE_MORE), RE_PARTIAL);
	cr_expect_eq(run_until("abc", "abc", 3, 3, 0), RE_NO);
}

Test(base_re, anchored_expression_begins_at_from)
{
	struct re *re = compile("abc", RE_ANCHORED);
	struct re_scratch *s = re_scratch_new();
	struct re_match m;

	cr_expect_eq(re_match(re, s, span_str("-abc"), 0, 4, 0, 0, &m),
		RE_NO);
	cr_expect_eq(re_match(re, s, span_str("-abc"), 1, 4, 0, 0, &m),
		RE_MATCH);
	re_scratch_free(s);
	re_free(re);
}

Test(base_re, catastrophic_expression_hits_its_limit_soon)
{
	char text[4097];
	clock_t begin = clock();

	memset(text, 'a', 4096);
	text[4096] = '\0';
	cr_expect_eq(run("(?:a+)+[bc]", text, 0), RE_LIMIT);
	cr_expect_eq(run("(?:a|aa)+$", text, RE_NOT_END), RE_LIMIT);
	cr_expect_eq(run("(?:(?:a?){30}){30}[cd]", text, 0), RE_LIMIT);
	cr_expect_lt((double)(clock() - begin) / CLOCKS_PER_SEC, 30.0);
}

Test(base_re, deep_nesting_of_the_subject_hits_no_stack)
{
	size_t n = 2 * 1024 * 1024;
	char *text = malloc(n + 1);
	enum re_result r;

	memset(text, '(', n);
	text[n] = '\0';
	r = run("(\\(|x)*y", text, 0);
	cr_expect(r == RE_LIMIT || r == RE_NO);
	free(text);
}

Test(base_re, test_of_a_limit_is_no)
{
	struct re *re = compile("(?:a+)+[bc]", 0), *plain = compile("b", 0);
	struct re_scratch *s = re_scratch_new();
	char text[4096];

	memset(text, 'a', sizeof text);
	cr_expect_not(re_test(re, s, span_of(text, sizeof text)));
	cr_expect(re_test(plain, s, span_str("abc")));
	cr_expect_not(re_test(plain, s, span_of(NULL, 0)));
	re_scratch_free(s);
	re_free(plain);
	re_free(re);
}

Test(base_re, what_does_not_compile_is_refused_with_its_place)
{
	static const struct { const char *pattern; uint32_t column; } bad[] = {
		{ "ab(", 4 }, { "ab[c", 5 }, { "*a", 1 }, { "a\\C", 4 },
		{ "a{3,2}", 6 }, { "(?<n>a)(?<n>b)", 13 },
	};
	struct stanch_error err;
	struct re *re;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		re = NULL;
		cr_expect_eq(re_compile(&re, bad[i].pattern,
			strlen(bad[i].pattern), 0, "here", &err),
			STANCH_ERULE, "%s", bad[i].pattern);
		cr_expect_null(re);
		cr_expect_eq(err.column, bad[i].column, "%s: %u",
			bad[i].pattern, err.column);
		cr_expect_str_eq(err.where, "here");
		cr_expect_str_not_empty(err.text);
	}
}

Test(base_re, sixty_three_groups_are_the_most)
{
	char pattern[256] = "";
	struct re *re = NULL;
	struct stanch_error err;

	for (int i = 0; i < 63; i++)
		memcpy(pattern + 3 * i, "(a)", 4);
	re = compile(pattern, 0);
	cr_expect_eq(re_group_count(re), 63);
	re_free(re);
	re = NULL;
	memcpy(pattern + 3 * 63, "(a)", 4);
	cr_expect_eq(re_compile(&re, pattern, strlen(pattern), 0, "here",
		&err), STANCH_ERULE);
	cr_expect_null(re);
}

Test(base_re, groups_go_by_name)
{
	struct re *re = compile("(a)(?<secret>b)(?<=ab)", 0);

	cr_expect_eq(re_group(re, "secret"), 2);
	cr_expect_eq(re_group(re, "other"), -1);
	cr_expect_eq(re_lookbehind(re), 2);
	re_free(re);
	re_free(NULL);
	re_scratch_free(NULL);
}
