/* SPDX-License-Identifier: Apache-2.0 */
/* digest.c - a set's digest changes when, and only when, findings may. */
#include "rules_of.h"

#define RULE "[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9]{9}'''\n"

static void
digest_of(const char *text, char out[65])
{
	struct told t = rules_of(text);

	cr_assert_str_empty(t.error, "%s", t.error);
	snprintf(out, 65, "%s", stanch_rules_digest(t.rules));
	stanch_rules_free(t.rules);
}

static bool
same(const char *a, const char *b)
{
	char x[65], y[65];

	digest_of(a, x);
	digest_of(b, y);
	return !strcmp(x, y);
}

Test(rule_digest, is_64_lower_case_hex_digits)
{
	char d[65];

	digest_of(RULE, d);
	cr_expect_eq(strlen(d), 64);
	cr_expect_eq(strspn(d, "0123456789abcdef"), 64);
}

Test(rule_digest, words_about_a_rule_do_not_count)
{
	cr_expect(same(RULE, RULE "description = \"d\"\nprovider = \"p\"\n"
		"category = \"c\"\nremediation = \"r\"\nreferences = [\"u\"]\n"
		"tags = [\"t\"]\npositive = [\"x\"]\nnegative = [\"y\"]\n"
		"keywords = [\"acme\"]\nweak_anchor = \"w\"\n"));
	cr_expect(same(RULE, "# a comment\n\n" RULE));
	cr_expect(same(RULE "[[rules.allowlists]]\nstopwords = [\"x\"]\n",
		RULE "[[rules.allowlists]]\ndescription = \"d\"\n"
		"stopwords = [\"x\"]\n"));
}

Test(rule_digest, stating_a_default_changes_nothing)
{
	cr_expect(same(RULE, RULE "impact = \"high\"\nwithin_bytes = 200\n"
		"confidence = \"shaped\"\nblock = \"none\"\nentropy = 0\n"
		"secretGroup = 0\n"));
}

Test(rule_digest, order_of_rules_in_a_file_changes_nothing)
{
	const char *const other =
		"[[rules]]\nid = \"beta\"\nregex = '''beta_[0-9]{9}'''\n";
	char ab[512], ba[512];

	snprintf(ab, sizeof ab, "%s%s", RULE, other);
	snprintf(ba, sizeof ba, "%s%s", other, RULE);
	cr_expect(same(ab, ba));
	cr_expect_not(same(RULE, ab));
}

Test(rule_digest, each_key_that_can_change_a_finding_counts)
{
	static const char *const changes[] = {
		"entropy = 1\n", "impact = \"low\"\n",
		"confidence = \"heuristic\"\n", "path = '''x'''\n",
		"validate = [\"jwt\"]\n", "within = [\"x\"]\n",
		"within_bytes = 100\n", "block = \"pem\"\n",
		"[[rules.allowlists]]\nstopwords = [\"x\"]\n",
		"[[rules.allowlists]]\npaths = [\"x\"]\n",
		"[[rules.allowlists]]\nregexes = [\"x\"]\n",
		"[[rules.allowlists]]\nregexes = [\"x\"]\n"
		"regexTarget = \"line\"\n",
		"[[rules.allowlists]]\nregexes = [\"x\"]\n"
		"condition = \"AND\"\n",
		"[[rules.allowlists]]\nregexes = [\"x\", \"y\"]\n",
		"[[rules.allowlists]]\nregexes = [\"xy\"]\n",
		"[[allowlists]]\nstopwords = [\"x\"]\n",
	};
	enum { N = sizeof changes / sizeof *changes };
	char digests[N + 1][65], text[512];

	digest_of(RULE, digests[N]);
	for (size_t i = 0; i < N; i++) {
		snprintf(text, sizeof text, "%s%s", RULE, changes[i]);
		digest_of(text, digests[i]);
	}
	for (size_t i = 0; i <= N; i++)
		for (size_t k = 0; k < i; k++)
			cr_expect_str_neq(digests[i], digests[k],
				"%zu and %zu", i, k);
}

Test(rule_digest, id_regex_and_group_count)
{
	cr_expect_not(same(RULE,
		"[[rules]]\nid = \"acne\"\nregex = '''acme_[0-9]{9}'''\n"));
	cr_expect_not(same(RULE,
		"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9]{8}'''\n"));
	cr_expect_not(same(
		"[[rules]]\nid = \"a\"\nregex = '''acme_(a)(b)'''\n"
		"secretGroup = 1\n",
		"[[rules]]\nid = \"a\"\nregex = '''acme_(a)(b)'''\n"
		"secretGroup = 2\n"));
}

Test(rule_digest, keywords_count_when_the_rule_hangs_on_them)
{
	cr_expect_not(same(
		"[[rules]]\nid = \"a\"\nregex = '''[0-9a-f]{32}'''\n"
		"keywords = [\"acme\"]\n",
		"[[rules]]\nid = \"a\"\nregex = '''[0-9a-f]{32}'''\n"
		"keywords = [\"acne\"]\n"));
}

Test(rule_digest, embedded_pack_has_the_digest_of_what_it_holds)
{
	char digest[65];

	cr_assert(rule_set_digest(&rule_builtin, digest));
	cr_expect_str_eq(digest, rule_builtin.digest);
}

Test(rule_digest, copy_of_a_set_has_its_digest)
{
	struct told t = rules_over(&rule_builtin, "title = \"nothing\"\n");

	cr_assert_str_empty(t.error);
	cr_expect_str_eq(stanch_rules_digest(t.rules), rule_builtin.digest);
	stanch_rules_free(t.rules);
}
