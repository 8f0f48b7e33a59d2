/* SPDX-License-Identifier: Apache-2.0 */
/* service.c - [[services]]: rows become rules, and wrong ones are refused. */
#include "rules_of.h"

#define CARRIER "[[rules]]\nid = \"any\"\nregex = '''token=(\\w{8,99})'''\n" \
	"carries = true\n"
#define TABLE "[[services]]\ncategory = \"saas\"\nimpact = \"low\"\n"
#define COLUMNS "columns = [\"name\", \"words\", \"shapes\"]\n"

Test(rule_service, a_row_becomes_a_rule_with_all_its_texts)
{
	struct stanch_rules *set = rules_quietly(CARRIER TABLE COLUMNS
		"rows = [[\"Acme Cloud\", \"\", \"{{hex:32}}\"]]\n");
	const struct stanch_rule *r = stanch_rules_find(set, "acmecloud-key");

	cr_assert_not_null(r);
	cr_expect_str_eq(r->provider, "acmecloud");
	cr_expect_str_eq(r->category, "saas");
	cr_expect_str_eq(r->description, "Acme Cloud key, token or secret");
	cr_expect_eq(r->impact, STANCH_LOW);
	cr_expect_eq(r->confidence, STANCH_CONTEXTUAL);
	cr_expect_eq(r->words.n, 1);
	cr_expect_str_eq(r->words.v[0], "acmecloud");
	cr_expect_str_eq(r->shapes.v[0], "{{hex:32}}");
	cr_expect_not_null(strstr(r->remediation, "Acme Cloud"));
	cr_expect_str_eq(r->positive.v[0],
		"ACMECLOUD_API_KEY={{(}}{{hex:32}}{{)}}{{lf}}");
	cr_expect_geq(r->negative.n, 3);
	cr_expect_eq(r->line, 9);
	stanch_rules_free(set);
}

Test(rule_service, a_cell_may_be_a_list_and_a_column_any_key)
{
	struct stanch_rules *set = rules_quietly(CARRIER TABLE
		"columns = [\"name\", \"id\", \"words\", \"impact\"]\n"
		"rows = [[\"Acme\", \"acme-cloud\", [\"acmehq\", \"acmeio\"],"
		" \"critical\"]]\n");
	const struct stanch_rule *r = stanch_rules_find(set, "acme-cloud");

	cr_assert_not_null(r);
	cr_expect_eq(r->words.n, 2);
	cr_expect_str_eq(r->words.v[1], "acmeio");
	cr_expect_str_eq(r->provider, "acmehq");
	cr_expect_eq(r->impact, STANCH_CRITICAL);
	cr_expect_eq(r->shapes.n, 1);
	stanch_rules_free(set);
}

Test(rule_service, wrong_tables_are_refused_at_their_place)
{
	static const struct { const char *text, *error; } wrong[] = {
		{ TABLE COLUMNS "rows = [[\"Acmed\", \"\"]]\n",
			"t.toml:9:9: a row must be an array of 3 cells" },
		{ TABLE COLUMNS "rows = [[\"Acme\", \"\", \"\"]]\n",
			"the word \"acme\" is shorter than 5 letters" },
		{ TABLE COLUMNS "rows = [[\"Acmed\", \"ac-med\", \"\"]]\n",
			"the word \"ac-med\" must be of 3 to 32 small" },
		{ TABLE COLUMNS "rows = [[\"Acmed\", \"\", \"{{hex:9\"]]\n",
			"the shape \"{{hex:9\" holds a part" },
		{ TABLE COLUMNS "rows = [[\"\", \"acmed\", \"\"]]\n",
			"a service without a \"name\"" },
		{ TABLE COLUMNS "rows = [[\"Acmed\", \"\", \"\"],"
			" [\"Acmed\", \"\", \"\"]]\n", "declared twice" },
		{ TABLE "columns = [\"name\", \"colour\"]\n"
			"rows = [[\"Acmed\", \"red\"]]\n",
			"there is no column \"colour\"" },
		{ TABLE COLUMNS, "needs \"columns\" and \"rows\"" },
		{ TABLE "colour = 1\n", "unknown key \"colour\"" },
		{ "services = 1\n", "\"services\" must be an array" },
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char text[1024];
		struct told t;

		snprintf(text, sizeof text, "%s%s", i + 1 == sizeof wrong /
			sizeof *wrong ? "" : CARRIER, wrong[i].text);
		t = rules_of(text);
		cr_expect_null(t.rules);
		cr_expect_not_null(strstr(t.error, wrong[i].error),
			"%s: %s", wrong[i].text, t.error);
		stanch_rules_free(t.rules);
	}
}

Test(rule_service, a_rule_has_an_expression_or_words)
{
	struct told t = rules_of("[[rules]]\nid = \"a\"\n"
		"words = [\"acmed\"]\nshapes = [\"{{hex:32}}\"]\n"
		"regex = '''acme_[0-9]{9}'''\n");

	cr_expect_not_null(strstr(t.error, "one or the other"), "%s",
		t.error);
	t = rules_of("[[rules]]\nid = \"a\"\nwords = [\"acmed\"]\n");
	cr_expect_not_null(strstr(t.error, "no \"shapes\""), "%s", t.error);
}

Test(rule_service, services_that_nothing_carries_are_warned_of)
{
	struct told t = rules_of("[[rules]]\nid = \"a\"\n"
		"regex = '''acme_[0-9]{9}'''\n" TABLE COLUMNS
		"rows = [[\"Acmed\", \"\", \"\"]]\n");

	cr_expect_not_null(strstr(t.warnings, "no rule \"carries\""), "%s",
		t.warnings);
	stanch_rules_free(t.rules);
}

Test(rule_service, an_overlay_changes_a_service_like_any_rule)
{
	struct stanch_rules *base = rules_quietly(CARRIER TABLE COLUMNS
		"rows = [[\"Acmed\", \"\", \"\"], [\"Betad\", \"\", \"\"]]\n");
	struct told t = rules_over(base, "[[rules]]\nid = \"acmed-key\"\n"
		"impact = \"critical\"\n"
		"[[rules]]\nid = \"betad-key\"\ndisable = true\n");
	const struct stanch_rule *r;

	stanch_rules_free(base);
	cr_assert_str_empty(t.error);
	cr_assert_str_empty(t.warnings);
	r = stanch_rules_find(t.rules, "acmed-key");
	cr_expect_eq(r->impact, STANCH_CRITICAL);
	cr_expect_str_eq(r->words.v[0], "acmed");
	cr_expect_null(stanch_rules_find(t.rules, "betad-key"));
	stanch_rules_free(t.rules);
}
