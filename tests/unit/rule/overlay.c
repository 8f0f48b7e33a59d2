/* SPDX-License-Identifier: Apache-2.0 */
/* overlay.c - files laid over rules: by id, by [extend], by allow-lists. */
#include <stdlib.h>
#include <unistd.h>

#include "rules_of.h"

#define BASE \
	"[[rules]]\nid = \"acme\"\ndescription = \"ACME\"\n" \
	"regex = '''acme_(?<secret>[0-9]{9})'''\nentropy = 2\n" \
	"impact = \"critical\"\nkeywords = [\"acme\"]\n" \
	"[[rules.allowlists]]\nstopwords = [\"sample\"]\n" \
	"[[rules]]\nid = \"beta\"\nregex = '''beta_[0-9]{9}'''\n"

static struct told
over_base(const char *text)
{
	struct stanch_rules *base = rules_quietly(BASE);
	struct told t = rules_over(base, text);

	stanch_rules_free(base);	/* the result must not refer to it */
	return t;
}

Test(rule_overlay, keys_given_replace_and_others_stay)
{
	struct told t = over_base("[[rules]]\nid = \"acme\"\n"
		"impact = \"low\"\nkeywords = [\"acme_\"]\n");
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	cr_assert_str_empty(t.warnings);
	cr_assert_eq(stanch_rules_count(t.rules), 2);
	r = stanch_rules_find(t.rules, "acme");
	cr_expect_eq(stanch_rule_severity(r), STANCH_LOW);
	cr_expect_eq(r->keywords.n, 1);
	cr_expect_str_eq(r->keywords.v[0], "acme_");
	cr_expect_str_eq(stanch_rule_description(r), "ACME");
	cr_expect_float_eq(r->entropy, 2, 0);
	cr_expect_eq(r->secret_group, 1);
	cr_expect_str_eq(r->facts.anchor.literals[0].bytes, "acme_");
	stanch_rules_free(t.rules);
}

Test(rule_overlay, new_regex_brings_its_own_group_and_facts)
{
	struct told t = over_base("[[rules]]\nid = \"acme\"\n"
		"regex = '''gadget_[0-9]{9}'''\n");
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	r = stanch_rules_find(t.rules, "acme");
	cr_expect_eq(r->secret_group, 0);
	cr_expect_str_eq(r->facts.anchor.literals[0].bytes, "gadget_");
	stanch_rules_free(t.rules);
}

Test(rule_overlay, disable_takes_a_rule_out)
{
	struct told t = over_base("[[rules]]\nid = \"acme\"\n"
		"disable = true\n");

	cr_assert_str_empty(t.warnings);
	cr_expect_eq(stanch_rules_count(t.rules), 1);
	cr_expect_null(stanch_rules_find(t.rules, "acme"));
	stanch_rules_free(t.rules);
}

Test(rule_overlay, disable_of_no_rule_is_said)
{
	struct told t = over_base("[[rules]]\nid = \"acne\"\n"
		"disable = true\n");

	cr_expect_str_eq(t.warnings, "t.toml:3:11: rule \"acne\": there is no"
		" such rule to disable\n");
	cr_expect_eq(stanch_rules_count(t.rules), 2);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, new_id_adds_a_rule)
{
	struct told t = over_base("[[rules]]\nid = \"gamma\"\n"
		"regex = '''gamma_[0-9]{9}'''\n");

	cr_assert_eq(stanch_rules_count(t.rules), 3);
	cr_expect_eq(stanch_rule_severity(stanch_rules_find(t.rules,
		"gamma")), STANCH_HIGH);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, allow_lists_add_up)
{
	struct told t = over_base("[[rules]]\nid = \"acme\"\n"
		"[[rules.allowlists]]\npaths = ['''docs/''']\n");
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	r = stanch_rules_find(t.rules, "acme");
	cr_assert_eq(r->nallows, 2);
	cr_expect_str_eq(r->allows[0].stopwords.v[0], "sample");
	cr_expect_str_eq(r->allows[1].paths.v[0], "docs/");
	stanch_rules_free(t.rules);
}

Test(rule_overlay, empty_list_drops_the_allow_lists_below)
{
	struct told t = over_base("[[rules]]\nid = \"acme\"\n"
		"allowlists = []\n");

	cr_assert_str_empty(t.error);
	cr_expect_eq(stanch_rules_find(t.rules, "acme")->nallows, 0);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, many_allow_lists_reach_their_rule_in_order)
{
	char text[8192] = "", word[16];
	const struct stanch_rule *r;
	struct told t;

	for (int i = 0; i < 70; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
			"[[allowlists]]\ntargetRules = [\"acme\"]\n"
			"stopwords = [\"w%d\"]\n", i);
	t = over_base(text);
	cr_assert_str_empty(t.error);
	r = stanch_rules_find(t.rules, "acme");
	cr_assert_eq(r->nallows, 71);
	for (int i = 0; i < 70; i++) {
		snprintf(word, sizeof word, "w%d", i);
		cr_expect_str_eq(r->allows[i + 1].stopwords.v[0], word);
	}
	stanch_rules_free(t.rules);
}

Test(rule_overlay, target_rules_get_the_list_and_others_do_not)
{
	struct told t = over_base("[[allowlists]]\ntargetRules = [\"beta\","
		" \"bets\"]\ncondition = \"AND\"\nregexTarget = \"line\"\n"
		"regexes = ['''sample''']\npaths = ['''x''']\n");
	const struct stanch_rule *r;

	cr_expect_str_eq(t.warnings, "t.toml:2:24: \"targetRules\" names"
		" \"bets\", which is no rule; did you mean \"beta\"?\n");
	cr_assert_str_empty(t.error);
	r = stanch_rules_find(t.rules, "beta");
	cr_assert_eq(r->nallows, 1);
	cr_expect(r->allows[0].all);
	cr_expect_eq(r->allows[0].target, RULE_TARGET_LINE);
	cr_expect_eq(stanch_rules_find(t.rules, "acme")->nallows, 1);
	cr_expect_eq(t.rules->nallows, 0);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, old_singular_lists_are_read)
{
	struct told t = over_base("[allowlist]\nregexes = ['''a''']\n"
		"[[rules]]\nid = \"beta\"\n[rules.allowlist]\n"
		"condition = \"||\"\nstopwords = [\"b\"]\n");

	cr_assert_str_empty(t.error);
	cr_assert_str_empty(t.warnings);
	cr_assert_eq(t.rules->nallows, 1);
	cr_expect_eq(t.rules->allows[0].target, RULE_TARGET_SECRET);
	cr_assert_eq(stanch_rules_find(t.rules, "beta")->nallows, 1);
	cr_expect_not(stanch_rules_find(t.rules, "beta")->allows[0].all);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, empty_allow_list_is_said_and_allows_nothing)
{
	struct told t = over_base("[[allowlists]]\ndescription = \"x\"\n"
		"condition = \"AND\"\n");

	cr_expect_str_eq(t.warnings, "t.toml:1:1: an allow-list with nothing"
		" in it allows nothing\n");
	cr_expect_eq(t.rules->nallows, 0);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, use_default_lies_over_the_built_in_pack)
{
	struct told t = rules_of("[extend]\nuseDefault = true\n"
		"[[rules]]\nid = \"zz-own\"\nregex = '''zz-own-[0-9]{9}'''\n");

	cr_assert_str_empty(t.error);
	cr_expect_eq(stanch_rules_count(t.rules), rule_builtin.n + 1);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, use_default_over_a_base_changes_nothing)
{
	struct told t = over_base("[extend]\nuseDefault = true\n");

	cr_assert_str_empty(t.error);
	cr_expect_eq(stanch_rules_count(t.rules), 2);
	stanch_rules_free(t.rules);
}

Test(rule_overlay, disabled_rules_go_and_unknown_ones_are_said)
{
	struct told t = over_base("[extend]\nuseDefault = true\n"
		"disabledRules = [\"acme\", \"nothing-like-it\"]\n");

	cr_expect_str_eq(t.warnings, "t.toml:3:26: \"disabledRules\" names"
		" \"nothing-like-it\", which is no rule\n");
	cr_expect_null(stanch_rules_find(t.rules, "acme"));
	stanch_rules_free(t.rules);
}

/* ---- files that extend files ---- */

static char dir[] = "/tmp/stanch-rules-XXXXXX";

static void
make_dir(void)
{
	cr_assert(mkdtemp(dir));
}

static const char *
put_file(const char *name, const char *text)
{
	static char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "w");
	cr_assert(f);
	fputs(text, f);
	cr_assert_eq(fclose(f), 0);
	return path;
}

static void
drop_dir(void)
{
	const char *const names[] = { "a.toml", "b.toml", "c.toml", "d.toml" };
	char path[128];

	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

TestSuite(rule_extend, .init = make_dir, .fini = drop_dir);

Test(rule_extend, path_is_relative_to_the_file_that_names_it)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err = { .text = "" };
	const struct stanch_rule *r;

	put_file("b.toml", BASE);
	cr_assert_eq(stanch_rules_load(&rules, NULL, put_file("a.toml",
		"[extend]\npath = \"b.toml\"\n[[rules]]\nid = \"acme\"\n"
		"entropy = 3\n"), NULL, NULL, &err), STANCH_OK, "%s",
		err.text);
	cr_assert_eq(stanch_rules_count(rules), 2);
	r = stanch_rules_find(rules, "acme");
	cr_expect_float_eq(r->entropy, 3, 0);
	cr_expect(strstr(stanch_rule_file(r, NULL), "/a.toml"));
	r = stanch_rules_find(rules, "beta");
	cr_expect(strstr(stanch_rule_file(r, NULL), "/b.toml"));
	stanch_rules_free(rules);
}

Test(rule_extend, two_files_deep_is_read_and_three_are_refused)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err = { .text = "" };

	put_file("c.toml", BASE);
	put_file("b.toml", "[extend]\npath = \"c.toml\"\n");
	cr_assert_eq(stanch_rules_load(&rules, NULL, put_file("a.toml",
		"[extend]\npath = \"b.toml\"\n"), NULL, NULL, &err),
		STANCH_OK, "%s", err.text);
	stanch_rules_free(rules);
	put_file("c.toml", "[extend]\npath = \"d.toml\"\n");
	put_file("d.toml", BASE);
	cr_assert_eq(stanch_rules_load(&rules, NULL, put_file("a.toml",
		"[extend]\npath = \"b.toml\"\n"), NULL, NULL, &err),
		STANCH_ERULE);
	cr_expect_str_eq(err.text, "[extend] path goes more than 2 files"
		" deep");
	cr_expect(strstr(err.where, "/c.toml"));
	cr_expect_eq(err.line, 2);
}

Test(rule_extend, file_that_extends_itself_is_refused)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err = { .text = "" };

	cr_assert_eq(stanch_rules_load(&rules, NULL, put_file("a.toml",
		"[extend]\npath = \"a.toml\"\n" BASE), NULL, NULL, &err),
		STANCH_ERULE);
	cr_expect_str_eq(err.text, "[extend] path goes more than 2 files"
		" deep");
}

Test(rule_extend, missing_file_is_named)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err = { .text = "" };

	cr_assert_eq(stanch_rules_load(&rules, NULL, put_file("a.toml",
		"[extend]\npath = \"no.toml\"\n" BASE), NULL, NULL, &err),
		STANCH_EIO);
	cr_expect(strstr(err.where, "/no.toml"), "%s", err.where);
}
