/* SPDX-License-Identifier: Apache-2.0 */
/* lint.c - what the built-in pack asks of its rules. */
#include "rule/rule_lint.h"
#include "rules_of.h"

#define GOOD \
	"[[rules]]\nid = \"acme-token\"\ndescription = \"d\"\n" \
	"provider = \"acme\"\ncategory = \"cloud\"\nremediation = \"r\"\n" \
	"references = [\"u\"]\npositive = [\"a\", \"b\"]\n" \
	"negative = [\"c\"]\n"
#define REGEX "regex = '''acme_(?<secret>[0-9]{9})'''\n"

/* What lint says of the only rule of text. */
static const char *
lint(const char *text)
{
	static struct told said;
	struct told t = rules_of(text);

	cr_assert_str_empty(t.error);
	said.warnings[0] = '\0';
	rule_lint(stanch_rules_get(t.rules, 0), told_warning, &said);
	stanch_rules_free(t.rules);
	return said.warnings;
}

Test(rule_lint, good_rule_passes)
{
	cr_expect_str_empty(lint(GOOD REGEX));
}

Test(rule_lint, bare_rule_is_told_all_that_it_lacks)
{
	cr_expect_str_eq(lint("[[rules]]\nid = \"Acme\"\n"
		"regex = '''(acm[0-9]*)'''\n"),
		"t.toml:1: rule \"Acme\": \"id\" must hold only a-z, 0-9 and"
		" '-'\n"
		"t.toml:1: rule \"Acme\": needs a \"description\"\n"
		"t.toml:1: rule \"Acme\": needs a \"provider\"\n"
		"t.toml:1: rule \"Acme\": needs a \"category\" out of"
		" docs/rules.md\n"
		"t.toml:1: rule \"Acme\": needs a \"remediation\"\n"
		"t.toml:1: rule \"Acme\": needs at least one of"
		" \"references\"\n"
		"t.toml:1: rule \"Acme\": needs at least two \"positive\""
		" recipes\n"
		"t.toml:1: rule \"Acme\": needs at least one \"negative\""
		" recipe\n"
		"t.toml:1: rule \"Acme\": needs a literal of at least 4 bytes"
		" in every match, or \"weak_anchor\" to say why there is"
		" none\n"
		"t.toml:1: rule \"Acme\": must bound its matches to 4096"
		" bytes\n"
		"t.toml:1: rule \"Acme\": must name the secret's group"
		" (?<secret>...) and write others as (?:...)\n");
}

Test(rule_lint, weak_anchor_with_a_reason_passes)
{
	cr_expect_str_eq(lint(GOOD "regex = '''\\bsk-[0-9]{9}'''\n"),
		"t.toml:1: rule \"acme-token\": needs a literal of at least 4"
		" bytes in every match, or \"weak_anchor\" to say why there is"
		" none\n");
	cr_expect_str_empty(lint(GOOD "regex = '''\\bsk-[0-9]{9}'''\n"
		"weak_anchor = \"the vendor's prefix has three bytes\"\n"));
}

Test(rule_lint, whole_built_in_pack_passes)
{
	struct told t = { .warnings = "" };

	for (size_t i = 0; i < rule_builtin.n; i++)
		rule_lint(&rule_builtin.rules[i], told_warning, &t);
	cr_expect_str_empty(t.warnings);
	cr_expect_gt(rule_builtin.n, 0);
}
