/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_facts.c - what is said of an expression, against what is known of it
 * and against what PCRE2 finds with it.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/re.h"
#include "base/re_facts.h"
#include "rule/rule_set.h"

#define INF RE_WIDTH_INF

/* ---- what is said ---- */

static const struct row {
	const char *pattern;
	uint32_t group;
	const char *literals;	/* sorted as found, "i" first: caseless */
	uint32_t before_min, before, width_min, width, ahead;
} rows[] = {
	{ "abcd", 0, "abcd", 0, 0, 4, 4, 0 },
	{ "x{3}abcd", 0, "xxxabcd", 0, 0, 7, 7, 0 },
	{ "[0-9]{3,5}abcd", 0, "abcd", 3, 5, 7, 9, 0 },
	{ "[0-9]{3}abcd[a-z]{2,9}", 0, "abcd", 3, 3, 9, 16, 0 },
	{ "(?:abcd|efgh)z", 0, "abcdz|efghz", 0, 0, 5, 5, 0 },
	{ "gh[pou]_", 0, "gho_|ghp_|ghu_", 0, 0, 4, 4, 0 },
	{ "(?i)abcd", 0, "iabcd", 0, 0, 4, 4, 0 },
	{ "(?i:ab)cd", 0, "iabcd", 0, 0, 4, 4, 0 },
	{ "ABcd", 0, "ABcd", 0, 0, 4, 4, 0 },
	{ "ab[cC]d", 0, "iabcd", 0, 0, 4, 4, 0 },
	{ "a?bcde", 0, "abcde|bcde", 0, 0, 4, 5, 0 },
	{ "abcd+", 0, "abc", 0, 0, 4, INF, 0 },
	{ "(?:abcd)+", 0, "abcd", 0, 0, 4, INF, 0 },
	{ ".*abcd", 0, "", 0, 0, 4, INF, 0 },
	{ "(?:abcd)?", 0, "", 0, 0, 0, 4, 0 },
	{ "[a-z]+", 0, "", 0, 0, 1, INF, 0 },
	{ "", 0, "", 0, 0, 0, 0, 0 },
	{ "abcd(?!efg)", 0, "abcd", 0, 0, 4, 4, 3 },
	{ "abcd\\b", 0, "abcd", 0, 0, 4, 4, 1 },
	{ "abcd$", 0, "abcd", 0, 0, 4, 4, 1 },
	{ "\\babcd", 0, "abcd", 0, 0, 4, 4, 1 },
	{ "(?<![a-z]{3})abcd", 0, "abcd", 0, 0, 4, 4, 0 },
	{ "(?=.{9})abcd", 0, "abcd", 0, 0, 4, 4, 9 },
	{ "\\Qa.*b\\E", 0, "a.*b", 0, 0, 4, 4, 0 },
	{ "(?x) ab cd # ef\n gh", 0, "abcdgh", 0, 0, 6, 6, 0 },
	{ "(?#no)abcd", 0, "abcd", 0, 0, 4, 4, 0 },
	{ "(?>abcd)", 0, "abcd", 0, 0, 4, 4, 0 },
	{ "a{2}{2}", 0, "aaaa", 0, 0, 4, 4, 0 },
	{ "a{x}", 0, "a{x}", 0, 0, 4, 4, 0 },
	{ "a{,3}", 0, "a{,3}", 0, 0, 5, 5, 0 },
	{ "\\x41\\x{42}\\.\\n", 0, "AB.\n", 0, 0, 4, 4, 0 },
	{ "[]a]{1}bcd", 0, "]bcd|abcd", 0, 0, 4, 4, 0 },
};

static struct re_facts
facts_of(struct arena *a, const char *pattern, uint32_t group)
{
	struct re_facts f;
	struct stanch_error err;

	cr_assert_eq(re_facts(&f, a, pattern, strlen(pattern), group, "here",
		&err), STANCH_OK, "%s: %s", pattern, err.text);
	return f;
}

static bool
has_literal(const struct re_anchor *a, const char *text, size_t len,
	bool caseless)
{
	for (size_t i = 0; i < a->nliterals; i++)
		if (a->literals[i].len == len &&
			a->literals[i].caseless == caseless &&
			!memcmp(a->literals[i].bytes, text, len))
			return true;
	return false;
}

static void
expect_literals(const struct re_anchor *a, const char *pattern,
	const char *list)
{
	size_t n = 0, len;
	bool caseless;

	for (const char *p = list; *list; p += len + 1) {
		caseless = *p == 'i';
		p += caseless;
		len = strcspn(p, "|");
		cr_expect(has_literal(a, p, len, caseless), "%s: %.*s",
			pattern, (int)len, p);
		n++;
		if (!p[len])
			break;
	}
	cr_expect_eq(a->nliterals, n, "%s: %zu literals", pattern,
		a->nliterals);
}

Test(base_re_facts, what_is_said_of_expressions)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct re_facts f;

		f = facts_of(a, row->pattern, row->group);
		expect_literals(&f.anchor, row->pattern, row->literals);
		cr_expect_eq(f.anchor.before_min, row->before_min, "%s",
			row->pattern);
		cr_expect_eq(f.anchor.before, row->before, "%s",
			row->pattern);
		cr_expect_eq(f.width_min, row->width_min, "%s: %u",
			row->pattern, f.width_min);
		cr_expect_eq(f.width, row->width, "%s: %u", row->pattern,
			f.width);
		cr_expect_eq(f.ahead, row->ahead, "%s: %u", row->pattern,
			f.ahead);
	}
	arena_free(a);
}

/* Too many to be spelt out as literals. */
#define A_P "ABCDEFGHIJKLMNOP"

static const struct secret_row {
	const char *pattern;
	uint32_t secret_min, secret_back;
	const char *secret_class;	/* all of it */
	bool secret_after;
	uint32_t gap;
	const char *secret_first;	/* all of it; NULL: any byte */
} secrets[] = {
	{ "abcd([A-P]{3})", 4, 0, "", true, 0, A_P },
	{ "abcd[ =]{2,5}([A-P]{3})", 6, 0, "", true, 2, A_P },
	{ "abcd=(?:\"([A-P]{3})\")", 6, 0, "", true, 1, A_P },
	{ "([A-P]{3})abcd", 0, 3, A_P, false, 0, A_P },
	{ "x{0,2}([A-P]{3,7})abcd", 0, 7, A_P, false, 0, A_P },
	{ "([A-P]{3})-{1,5}abcd", 0, 8, "-" A_P, false, 0, A_P },
	{ "[A-P]{3}(abcd)", 3, 0, "", false, 0, "a" },
	{ "(abcd[A-P]{3})", 0, 0, "", false, 0, "a" },
	{ "([A-P]{2}abcd)", 0, 2, A_P, false, 0, A_P },
	{ "abcd(x?[A-P]{3})", 4, 0, "", true, 0, "x" A_P },
	{ "abcd([A-P]?)", 4, 0, "", true, 0, NULL },
	/* In one branch only, or not always: the match may be the secret. */
	{ "[A-P]{2}abcd(?:(x)|y)", 0, 2, A_P, false, 0, NULL },
	{ "[A-P]{2}abcd(x)?", 0, 2, A_P, false, 0, NULL },
};

static void
expect_set(const struct re_set *set, const char *bytes, const char *pattern)
{
	for (int c = 0; c < 256; c++)
		cr_expect_eq(re_set_has(set, (uint8_t)c),
			!bytes || (c && strchr(bytes, c)), "%s: 0x%02x",
			pattern, c);
}

Test(base_re_facts, where_the_secret_is_seen_from_the_literal)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
		const struct secret_row *row = &secrets[i];
		struct re_facts f = facts_of(a, row->pattern, 1);

		cr_assert_gt(f.anchor.nliterals, 0, "%s", row->pattern);
		cr_expect_eq(f.secret_min, row->secret_min, "%s: %u",
			row->pattern, f.secret_min);
		cr_expect_eq(f.anchor.secret_back, row->secret_back,
			"%s: %u", row->pattern, f.anchor.secret_back);
		cr_expect_eq(f.anchor.secret_after, row->secret_after, "%s",
			row->pattern);
		cr_expect_eq(f.anchor.literals[0].gap, row->gap, "%s: %u",
			row->pattern, f.anchor.literals[0].gap);
		expect_set(&f.anchor.secret_class, row->secret_class,
			row->pattern);
		expect_set(&f.secret_first, row->secret_first, row->pattern);
	}
	arena_free(a);
}

/* ---- what is refused ---- */

static void
expect_refused(const char *pattern, size_t n, uint32_t group)
{
	struct arena *a = arena_new();
	struct stanch_error err = { .result = STANCH_OK };
	struct re_facts f;
	int shown = n < 40 ? (int)n : 40;

	cr_expect_eq(re_facts(&f, a, pattern, n, group, "here", &err),
		STANCH_ERULE, "%.*s", shown, pattern);
	cr_expect_eq(err.result, STANCH_ERULE);
	cr_expect_str_not_empty(err.text);
	cr_expect_leq(err.column, n + 1);
	cr_expect_eq(re_facts(&f, a, pattern, n, group, "here", NULL),
		STANCH_ERULE);
	arena_free(a);
}

Test(base_re_facts, what_is_not_known_or_not_whole_is_refused)
{
	static const char *const patterns[] = { "(a)\\1", "(?R)", "(?1)(a)",
		"(?|(a)|(b))", "(?(1)a|b)", "a\\Kb", "(*FAIL)", "\\pL", "(ab",
		"ab)", "[ab", "[", "[]", "[^", "[a-", "[\\", "a\\", "(?", "(?<",
		"(?<n", "(?<n>", "(?P", "(?P<", "(?'n", "(?i", "(?#", "(?=",
		"(?<!", "\\x{1234}", "\\x{41", "[[:nosuch:]]", "(?n)(a)",
		"(?xx)[^ a]", "(?C1)a", "\\g1", "\\ca", "\\R", "\\X" };

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		expect_refused(patterns[i], strlen(patterns[i]), 0);
	expect_refused("(a)", 3, 2);
}

/* head n times, then tail n times. */
static char *
many(const char *head, const char *tail, size_t n, size_t *len)
{
	size_t h = strlen(head), t = strlen(tail);
	char *text = malloc((h + t) * n + 1);

	cr_assert_not_null(text);
	for (size_t i = 0; i < n; i++) {
		memcpy(text + i * h, head, h);
		memcpy(text + n * h + i * t, tail, t);
	}
	*len = (h + t) * n;
	text[*len] = '\0';
	return text;
}

Test(base_re_facts, nested_without_end_is_refused)
{
	static const struct { const char *head, *tail; } pairs[] = {
		{ "(", ")" }, { "(", "" }, { "(?:a|", ")" }, { "(?=", ")" },
		{ "(a", "){2}" }, { "a(?<!", ")*" },
	};
	size_t len;

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *text = many(pairs[i].head, pairs[i].tail, 10000, &len);

		expect_refused(text, len, 0);
		free(text);
	}
}

Test(base_re_facts, counts_without_end_are_refused)
{
	size_t len;
	char *text = many("a", "{9}", 1, &len);

	free(text);
	text = many("{9}", "+", 10000, &len);
	expect_refused(text, len, 0);
	free(text);
}

/* Whatever it is, an answer comes, and soon. */
Test(base_re_facts, hostile_expressions_end)
{
	static const struct { const char *head, *tail; size_t n; } tries[] = {
		{ "(?:a{9}|b", "){1,9}", 99 }, { "(?:(?:abc|d)", ")+", 49 },
		{ "a{65535}", "", 2000 }, { "a.", "", 5000 },
		{ "abcd|", "", 5000 }, { "[0-9a-f]", "", 5000 },
		{ "[a]", "{64}", 1 }, { "(?:", "{65535}){65535}", 30 },
		{ "[^]", "]", 1 }, { "(?i)", "", 5000 }, { "(a)", "", 5000 },
		{ "(?:a?", ")", 90 }, { "[ab][cd]", "", 3000 },
	};
	clock_t begin = clock();
	struct arena *a = arena_new();
	size_t len;

	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		char *text = many(tries[i].head, tries[i].tail, tries[i].n,
			&len);
		struct re_facts f;
		enum stanch_result r = re_facts(&f, a, text, len, 0, "here",
			NULL);

		cr_expect(r == STANCH_OK || r == STANCH_ERULE, "%s",
			tries[i].head);
		cr_expect(r != STANCH_OK || f.width_min <= f.width);
		free(text);
	}
	arena_free(a);
	/* They are few; what goes exponential does not end at all. */
	cr_expect_lt((double)(clock() - begin) / CLOCKS_PER_SEC, 60.0);
}

Test(base_re_facts, class_of_all_bytes_spelt_out_is_no_literal)
{
	struct arena *a = arena_new();
	char pattern[2048] = "[";
	struct re_facts f;

	for (int c = 0; c < 256; c++)
		snprintf(pattern + 1 + 4 * c, 6, "\\x%02x]", c);
	f = facts_of(a, pattern, 0);
	cr_expect_eq(f.anchor.nliterals, 0);
	expect_set(&f.secret_first, NULL, "all bytes");
	arena_free(a);
}

/* ---- what PCRE2 finds keeps to what is said ---- */

/* Whether the literal stands at p, in text of n bytes. */
static bool
stands(const struct re_literal *lit, const char *text, size_t n, size_t p)
{
	return n >= lit->len && p <= n - lit->len && !(lit->caseless ?
		strncasecmp(lit->bytes, text + p, lit->len) :
		memcmp(lit->bytes, text + p, lit->len));
}

/* Whether all that is said from a literal at p on holds. */
static bool
holds_at(const struct re_anchor *a, const struct re_literal *lit,
	const char *text, size_t n, size_t p, size_t secret)
{
	size_t end = p + lit->len;

	if (!a->prev_none && p && !re_set_has(&a->prev, (uint8_t)text[p - 1]))
		return false;
	if (!a->next_none && end < n &&
		!re_set_has(&a->next, (uint8_t)text[end]))
		return false;
	if (a->secret_after)
		return secret >= end + lit->gap;
	for (size_t i = secret; i < p; i++)
		if (!re_set_has(&a->secret_class, (uint8_t)text[i]))
			return false;
	return secret >= p || p - secret <= a->secret_back;
}

static bool
has_anchor(const struct re_facts *f, const char *text, size_t n,
	const struct re_match *m)
{
	const struct re_anchor *a = &f->anchor;

	for (size_t i = 0; i < a->nliterals; i++)
		for (size_t p = m->start + a->before_min;
			p <= m->start + a->before && p < n; p++)
			if (stands(&a->literals[i], text, n, p) &&
				p + a->literals[i].len <= m->end &&
				holds_at(a, &a->literals[i], text, n, p,
				m->group_start))
				return true;
	return !a->nliterals;
}

/* Every match of re in text against f; how many there were. */
static size_t
check_matches(const struct re *re, const struct re_facts *f, uint32_t group,
	const char *text, size_t n, const char *name)
{
	struct re_scratch *s = re_scratch_new();
	size_t from = 0, found = 0, len;
	struct re_match m;

	cr_expect_eq(f->groups, re_group_count(re), "%s", name);
	while (from <= n && re_match(re, s, span_of(text, n), from, n, 0,
		group, &m) == RE_MATCH) {
		len = m.end - m.start;
		cr_expect(len >= f->width_min && len <= f->width,
			"%s: width %zu", name, len);
		cr_expect(m.group_start - m.start >= f->secret_min,
			"%s: secret_min", name);
		cr_expect(m.group_start == m.group_end || re_set_has(
			&f->secret_first, (uint8_t)text[m.group_start]),
			"%s: secret_first", name);
		cr_expect(has_anchor(f, text, n, &m), "%s: anchor", name);
		from = m.end > from ? m.end : from + 1;
		found++;
	}
	re_scratch_free(s);
	return found;
}

static const struct { const char *pattern, *text; } pairs[] = {
	{ "xx\\Qab\\E?cd", "xxacd xxabcd" },
	{ "\\Qab\\E{3}", "abbb" },
	{ "\\Qab\\E+cdef", "abbbcdef" },
	{ "a\\E{3}bcd", "aaabcd" },
	{ "a(?#three){3}bcd", "aaabcd" },
	{ "(?x)a # three\n {3} bcd", "aaabcd" },
	{ "\\Q\\Eabcd", "abcd" },
	{ "ab\\Q\\E{2}cd", "abbcd" },
	{ "(?i)abcd[^[:digit:]]", "aBcDe" },
	{ "(?i)abcd([^[:space:]]{2})", "abcdXY" },
	{ "(?i)abcd[[:upper:]]", "abcdx" },
	{ "(?i)abcd[^[:^upper:]]", "abcdx" },
	{ "abcd[[:^digit:][:digit:]]", "abcd5" },
	{ "abcd[\\d-]", "abcd-abcd5" },
	{ "(?i)abcd[^a]", "ABCDb" },
	{ "(?s)abcd.", "abcd\n" },
	{ "(?:(?<secret>[01])yyyy){1,3}", "0yyyy1yyyy" },
	{ "(?:yyyy(?<secret>[01])){1,3}", "yyyy0yyyy1" },
	{ "(?:ab(?<secret>c)d|efgh)", "abcd efgh" },
	{ "(?:(?:abcd)x?){2,3}(?<secret>z)", "abcdxabcdz" },
	{ "(?<secret>a*)bcde", "bcde aabcde" },
	{ "(?<secret>\\b(?:ab){0,2})cdef", "ababcdef cdef" },
	{ "(?-i)(?i)(?<secret>A(?-i:B)c)defg", "aBCDEFG" },
	{ "((?i)ab)cd", "ABcd" },
	{ "(?:(?i)ab|cd)ef", "CDef" },
	{ "a(?i)b|cdef", "CDEF aB" },
	{ "(?<=x)abcd(?=y)", "xabcdy" },
	{ "[\\x00-\\x{7f}]abcd", "zabcd" },
	{ "abcd??e", "abce abcde" },
	{ "abcd{0}e", "abce" },
	{ "(?:abcd){0}(?<secret>e)fgh", "efgh" },
};

Test(base_re_facts, matches_of_odd_expressions_keep_to_them)
{
	struct arena *a = arena_new();
	struct stanch_error err;

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *pattern = pairs[i].pattern;
		struct re_facts f;
		struct re *re = NULL;
		int group;

		cr_assert_eq(re_compile(&re, pattern, strlen(pattern), 0,
			"here", &err), STANCH_OK, "%s: %s", pattern, err.text);
		group = re_group(re, "secret") > 0 ?
			re_group(re, "secret") : 0;
		if (re_facts(&f, a, pattern, strlen(pattern), (uint32_t)group,
			"here", &err) == STANCH_OK)
			cr_expect_gt(check_matches(re, &f, (uint32_t)group,
				pairs[i].text, strlen(pairs[i].text),
				pattern), 0, "%s: no match", pattern);
		re_free(re);
	}
	arena_free(a);
}

/*
 * The rule's examples with one seed; how many matches were looked at.  A rule
 * that carries finds nothing itself: its negative ones match, too.
 */
static size_t
check_rule(const struct stanch_rule *rule, uint64_t seed)
{
	static char text[64 * 1024];
	size_t len, start, end, found = 0;
	struct re *re = NULL;

	cr_assert_eq(re_compile(&re, rule->regex, strlen(rule->regex), 0,
		rule->id, NULL), STANCH_OK);
	for (size_t i = 0; stanch_rule_example(rule, !rule->carries, i, seed,
		text, sizeof text, &len, &start, &end, NULL) == STANCH_OK; i++)
		found += check_matches(re, &rule->facts, rule->secret_group,
			text, len, rule->id);
	re_free(re);
	return found;
}

Test(base_re_facts, matches_of_all_rules_examples_keep_to_them)
{
	for (size_t i = 0; i < rule_builtin.n; i++) {
		const struct stanch_rule *rule = &rule_builtin.rules[i];

		for (uint64_t seed = 1; seed <= 3 && rule->regex; seed++)
			cr_expect_gt(check_rule(rule, seed), 0,
				"%s: no match", rule->id);
	}
}
