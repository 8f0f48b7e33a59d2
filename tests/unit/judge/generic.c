/* SPDX-License-Identifier: Apache-2.0 */
/* generic.c - the generic rules and their filters, by table and by chance. */
#include <stdio.h>

#include "base/codec.h"
#include "generic_fix.h"
#include "judge/checks.h"

#define TABLE "tests/table/generic.txt"

enum { SEEDS = 4, ROWS_MIN = 300, LINE = 4096 };

static bool
span_is_marked(const struct recipe_out *text, const struct generic_result *r)
{
	bool marked = text->start != 0 || text->end != text->text.len;

	return !marked || (r->start == text->start && r->end == text->end);
}

/* Whether the row comes out as it says; prints it if not. */
static bool
row_holds(const struct generic *g, const char *recipe, bool keep,
	uint64_t seed)
{
	struct recipe_out text = { .start = 0 };
	struct generic_result r;
	bool ok;

	buf_init(&text.text, 64 * 1024);
	cr_assert_eq(recipe_expand(&text, recipe, seed, NULL), STANCH_OK,
		"%s", recipe);
	r = generic_find(g, buf_span(&text.text));
	ok = r.keep == keep && (!keep || span_is_marked(&text, &r));
	if (!ok)
		fprintf(stderr, "seed %d, %s, %s: %s [%.*s]\n", (int)seed,
			r.keep ? "kept" : "dropped", r.why, recipe,
			(int)text.text.len, (const char *)text.text.ptr);
	buf_free(&text.text);
	return ok;
}

Test(judge_generic, every_row_of_the_table_comes_out_as_it_says)
{
	struct generic g = generic_new();
	FILE *f = fopen(TABLE, "r");
	char line[LINE];
	size_t rows = 0, wrong = 0;

	cr_assert_not_null(f, "run from the top of the repository");
	while (fgets(line, sizeof line, f)) {
		bool keep = !strncmp(line, "keep\t", 5);

		if (line[0] == '#')
			continue;
		cr_assert(keep || !strncmp(line, "drop\t", 5), "%s", line);
		line[strcspn(line, "\n")] = '\0';
		rows++;
		for (uint64_t seed = 1; seed <= SEEDS; seed++)
			wrong += !row_holds(&g, line + 5, keep, seed);
	}
	fclose(f);
	generic_free(&g);
	cr_assert_geq(rows, ROWS_MIN);
	cr_assert_eq(wrong, 0, "%zu verdicts are wrong", wrong);
}

/* Whether the rules find something in its i-th example; and the right. */
static bool
example_holds(const struct generic *g, const struct stanch_rule *rule,
	bool positive, size_t i)
{
	const struct strlist *list = positive ? &rule->positive :
		&rule->negative;

	return row_holds(g, list->v[i], positive, 1);
}

Test(judge_generic, its_own_examples_come_out_right)
{
	struct generic g = generic_new();

	for (size_t i = 0; i < g.n; i++) {
		const struct stanch_rule *r = g.rules[i];

		for (size_t k = 0; k < r->positive.n; k++)
			cr_expect(example_holds(&g, r, true, k), "%s",
				r->positive.v[k]);
		for (size_t k = 0; k < r->negative.n; k++)
			cr_expect(example_holds(&g, r, false, k), "%s",
				r->negative.v[k]);
	}
	generic_free(&g);
}

/* How many of the texts made of the recipe are found. */
static size_t
count_found(const char *recipe, size_t rounds)
{
	struct generic g = generic_new();
	struct recipe_out text = { .start = 0 };
	size_t found = 0;

	for (uint64_t seed = 1; seed <= rounds; seed++) {
		buf_init(&text.text, 4096);
		cr_assert_eq(recipe_expand(&text, recipe, seed, NULL),
			STANCH_OK);
		found += generic_find(&g, buf_span(&text.text)).keep;
		buf_free(&text.text);
	}
	generic_free(&g);
	return found;
}

Test(judge_generic, random_tokens_are_found_nearly_always)
{
	cr_expect_geq(count_found("api_key=\"{{alnum:20}}\"", 2000), 1990);
	cr_expect_geq(count_found("TOKEN={{alnum:32}}{{lf}}", 2000), 1998);
	cr_expect_geq(count_found("secret: '{{hex:32}}'", 2000), 1998);
	cr_expect_geq(count_found("token: {{base64url:43}}{{lf}}", 2000),
		1998);
	cr_expect_geq(count_found("password = '{{alnum:12}}'", 2000), 1900);
}

Test(judge_generic, a_letter_in_any_place_of_a_name_makes_no_difference)
{
	cr_expect_eq(count_found("dbPassword = '{{alnum:20}}7Z'", 100), 100);
	cr_expect_eq(count_found("DBPASSWORD = '{{alnum:20}}7Z'", 100), 100);
	cr_expect_eq(count_found("db-password = '{{alnum:20}}7Z'", 100), 100);
	cr_expect_eq(count_found("passwordHash = '{{alnum:20}}7Z'", 100), 0);
	cr_expect_eq(count_found("PASSWORD_HASH = '{{alnum:20}}7Z'", 100), 0);
	cr_expect_eq(count_found("csrfToken = '{{alnum:20}}7Z'", 100), 0);
	cr_expect_eq(count_found("CSRF-TOKEN: {{alnum:20}}7Z ", 100), 0);
}

/* As in a Secret of Kubernetes, where its alphabet is too small for it. */
Test(judge_generic, the_digits_of_a_key_in_base64_are_one)
{
	struct generic g = generic_new();

	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct recipe_out hex = { .start = 0 };
		struct buf text;

		buf_init(&hex.text, 256);
		buf_init(&text, 256);
		cr_assert_eq(recipe_expand(&hex, "{{hex:40}}", seed, NULL),
			STANCH_OK);
		cr_assert(buf_str(&text, "  API_TOKEN: ") &&
			codec_base64_encode(&text, buf_span(&hex.text),
			CODEC_BASE64, true) && buf_str(&text, "\n"));
		cr_expect(generic_find(&g, buf_span(&text)).keep, "seed %d",
			(int)seed);
		buf_free(&hex.text);
		buf_free(&text);
	}
	generic_free(&g);
}

/* It hung: the sign before the name was taken for an option without end. */
Test(judge_generic, a_set_whose_option_has_no_letter_comes_to_an_end,
	.timeout = 10)
{
	static const char *const heads[] = { "set -", "set -1", "set -=",
		"set -g -_a ", "set --" };

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct judgement j = { .keep = true };
		char text[32];
		size_t n = strlen(heads[i]);
		struct judge_case c = { .place = "" };

		snprintf(text, sizeof text, "%sxyzzy12345", heads[i]);
		c.match = span_str(text);
		c.secret = span_skip(c.match, n);
		c.before = span_first(c.match, 0);
		c.line = c.match;
		cr_expect_neq(check_generic_value(&c, &j), CHECK_NA);
	}
}
