/* SPDX-License-Identifier: Apache-2.0 */
/* fragment.c - what the named fragments stand for in an expression. */
#include "rules_of.h"

#include "base/re.h"

/* Whether the expression of the rule of this text matches. */
static bool
matches(const char *regex, const char *text)
{
	char toml[512];
	struct stanch_rules *rules;
	struct re_scratch *s = re_scratch_new();
	struct re *re;
	bool is;

	snprintf(toml, sizeof toml, "[[rules]]\nid = \"r\"\nconfidence ="
		" \"shaped\"\nregex = '''%s'''\n", regex);
	rules = rules_quietly(toml);
	cr_assert_null(strstr(rules->rules[0].regex, "(?&"));
	cr_assert_eq(re_compile(&re, rules->rules[0].regex,
		strlen(rules->rules[0].regex), 0, "r", NULL), STANCH_OK);
	is = re_test(re, s, span_str(text));
	re_free(re);
	re_scratch_free(s);
	stanch_rules_free(rules);
	return is;
}

Test(rule_fragment, every_way_to_assign_leads_from_name_to_value)
{
	static const char *const texts[] = {
		"acme_key=1234", "acme_key = '1234'", "acme_key: 1234",
		"\"acme_key\": \"1234\"", "\\\"acme_key\\\":\\\"1234\\\"",
		"acme_key := `1234`", "acme_key => '1234'", "acme_key ?= 1234",
		"acme_key <- \"1234\"", "acme_key: &str = \"1234\"",
		"acme_key: &'static str = \"1234\"", "acme_key[] = \"1234\"",
		"acme_key string = \"1234\"", "acme_key As String = \"1234\"",
		"acme_key{\"1234\"}", "acme_key(\"1234\")", "acme_key 1234",
		"${acme_key:-1234}", "acme_key || '1234'", "acme_key ?? '1234'",
		"<acme_key>1234<", "acme_key=\x1b[33m1234", "acme_key is 1234",
		"name: acme_key\n  value: 1234",
		"\"key\": \"acme_key\", \"value\": \"1234\"",
		"<add key=\"acme_key\" value=\"1234\"/>",
		"<key>acme_key</key>\n\t<string>1234<",
		"variable \"acme_key\" {\n  type    = string\n"
		"  default = \"1234\"",
		"acme_key:\n  Type: String\n  Default: 1234",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(matches("acme_key(?&assigned)(?<secret>1234)",
			texts[i]), "%s", texts[i]);
}

Test(rule_fragment, other_words_between_name_and_value_do_not)
{
	static const char *const texts[] = {
		"acme_key1234", "acme_key and then 1234", "acme_key;1234",
		"acme_key = other; x = 1234", "acme_key\n\n\n1234",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(!matches("acme_key(?&assigned)(?<secret>1234)",
			texts[i]), "%s", texts[i]);
}

Test(rule_fragment, escapes_and_colours_before_a_secret_are_none_of_it)
{
	static const char *const texts[] = {
		"acme_12", " acme_12", "\\nacme_12", "\\tacme_12", "%3Dacme_12",
		"\\x3dacme_12", "\\u003dacme_12", "\x1b[macme_12",
		"\x1b[1macme_12", "\x1b[33macme_12", "\x1b[1;33macme_12",
		"\x1b[01;31macme_12", "\x1b[01;31m\x1b[Kacme_12",
		"\x1b[38;5;196macme_12",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(matches("(?:\\b|(?&edge))(?<secret>acme_12)",
			texts[i]), "%s", texts[i]);
	cr_expect(!matches("(?:\\b|(?&edge))(?<secret>acme_12)", "nacme_12"));
	cr_expect(!matches("(?:\\b|(?&edge))(?<secret>acme_12)", "33macme_12"));
}

Test(rule_fragment, default_and_patch_before_a_secret_are_none_of_it)
{
	static const char regex[] =
		"(?:(?<![\\w+-])|(?&edge))(?<secret>acme_12)";

	cr_expect(matches(regex, "${X:-acme_12}"));
	cr_expect(matches(regex, "+acme_12"));
	cr_expect(matches(regex, "x\n-acme_12"));
	cr_expect(!matches(regex, "x-acme_12"));
	cr_expect(!matches(regex, "x+acme_12"));
}

Test(rule_fragment, both_may_stand_more_than_once)
{
	static const char regex[] = "(?:\\b|(?&edge))one_key(?&assigned)1"
		"|(?:\\b|(?&edge))two_key(?&assigned)2";

	cr_expect(matches(regex, "one_key=1"));
	cr_expect(matches(regex, "\\ntwo_key: 2"));
}

Test(rule_fragment, a_name_that_only_tells_is_given_its_value_in_many_ways)
{
	static const char *const texts[] = {
		"secret                          = \"12345678\"",
		"| secret | `12345678` |", "| **secret** | 12345678 |\n",
		"\x1b[36msecret\x1b[0m=\x1b[32m12345678\x1b[0m",
		"secret: >-\n    12345678\n", "secret\t12345678\n",
		"PASSWORD: secret = N'12345678'", "use secret -> 12345678",
		"By.id(\"secret\")).sendKeys(\"12345678\")",
		"input[name=secret]').type('12345678')",
		"{\"key\": \"secret\", \"value\": \"12345678\"}",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(matches("(?i)secret(?&given)(?<secret>12345678)",
			texts[i]), "%s", texts[i]);
}

Test(rule_fragment, a_blank_alone_gives_nothing_but_at_the_end_of_its_line)
{
	static const char given[] = "(?i)secret(?&given)(?<secret>1234567#)";
	static const char alone[] = "secret[ ](?&alone)(?<secret>1234567#)";

	cr_expect(!matches(given, "secret 1234567# and more"));
	cr_expect(!matches(given, "secret | 1234567# and more"));
	cr_expect(!matches(alone, "secret 1234567# and more"));
	cr_expect(matches(alone, "secret   1234567#\r\n"));
}
