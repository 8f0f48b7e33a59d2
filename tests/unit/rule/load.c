/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - what a rule file may say, and the words that refuse the rest. */
#include "rules_of.h"

/* The rest of a rule that would load. */
#define REGEX "regex = '''acme_[0-9a-z]{20}'''\n"
#define RULE "[[rules]]\nid = \"acme\"\n" REGEX

#define REFUSED(name, text, message) \
Test(rule_load, name) \
{ \
	struct told t = rules_of(text); \
\
	cr_expect_eq(t.result, STANCH_ERULE); \
	cr_expect_str_eq(t.error, message); \
	stanch_rules_free(t.rules); \
}

REFUSED(missing_id_is_refused, "[[rules]]\n" REGEX,
	"t.toml:1:1: a rule without an \"id\"")
REFUSED(id_of_another_type_is_refused, "[[rules]]\nid = 7\n" REGEX,
	"t.toml:2:6: \"id\" must be a string, not an integer")
REFUSED(empty_id_is_refused, "[[rules]]\nid = \"\"\n" REGEX,
	"t.toml:2:6: \"id\" is \"\"; it must hold only letters, digits, '-',"
	" '_' and '.', and begin with a letter or digit")
REFUSED(id_with_a_bracket_is_refused, "[[rules]]\nid = \"a]b\"\n" REGEX,
	"t.toml:2:6: \"id\" is \"a]b\"; it must hold only letters, digits,"
	" '-', '_' and '.', and begin with a letter or digit")
REFUSED(id_with_a_nul_is_refused, "[[rules]]\nid = \"a\\u0000b\"\n" REGEX,
	"t.toml:2:6: \"id\" holds a NUL character")
REFUSED(second_declaration_in_a_file_is_refused, RULE RULE,
	"t.toml:5:6: rule \"acme\": declared twice; first at t.toml:1")
REFUSED(declaration_after_disable_in_a_file_is_refused,
	"[[rules]]\nid = \"acme\"\ndisable = true\n" RULE,
	"t.toml:5:6: rule \"acme\": declared twice; first at t.toml:1")
REFUSED(rule_without_regex_and_path_is_refused, "[[rules]]\nid = \"acme\"\n",
	"t.toml:1:1: rule \"acme\": has no \"regex\", \"words\" or \"path\"")
REFUSED(companion_without_a_rule_is_refused,
	RULE "[[rules.with]]\nwithin = 9\n",
	"t.toml:4:1: rule \"acme\": \"with\" names no \"rule\"")
REFUSED(companion_of_itself_is_refused,
	RULE "[[rules.with]]\nrule = \"acme\"\n",
	"t.toml:4:1: rule \"acme\": \"with\" names the rule itself")
REFUSED(companion_too_far_away_is_refused,
	RULE "[[rules.with]]\nrule = \"b\"\nwithin = 2049\n",
	"t.toml:6:10: rule \"acme\": \"within\" must be between 1 and 2048")
REFUSED(companions_as_one_table_are_refused,
	RULE "[rules.with]\nrule = \"b\"\n",
	"t.toml:4:1: rule \"acme\": \"with\" must be an array of tables,"
	" [[rules.with]]")
REFUSED(five_companions_are_refused,
	RULE "[[rules.with]]\nrule = \"b\"\n[[rules.with]]\nrule = \"c\"\n"
	"[[rules.with]]\nrule = \"d\"\n[[rules.with]]\nrule = \"e\"\n"
	"[[rules.with]]\nrule = \"f\"\n",
	"t.toml:12:1: rule \"acme\": more than 4 companions")
REFUSED(required_without_an_id_is_refused,
	RULE "[[rules.required]]\nwithinLines = 3\n",
	"t.toml:4:1: rule \"acme\": \"required\" without an \"id\"")
REFUSED(rules_as_one_table_are_refused, "[rules]\nid = \"acme\"\n",
	"t.toml:1:1: \"rules\" must be an array of tables, [[rules]], not a"
	" table")
REFUSED(rules_as_texts_are_refused, "rules = [\"x\"]\n",
	"t.toml:1:10: \"rules\" must be a table, not a string")
REFUSED(unknown_key_is_refused, RULE "colour = \"red\"\n",
	"t.toml:4:1: rule \"acme\": unknown key \"colour\" in a rule")
REFUSED(misspelt_key_is_refused_with_the_right_one, RULE "keyword = [\"a\"]\n",
	"t.toml:4:1: rule \"acme\": unknown key \"keyword\" in a rule;"
	" did you mean \"keywords\"?")
REFUSED(key_two_edits_away_is_suggested, RULE "entorpy = 3\n",
	"t.toml:4:1: rule \"acme\": unknown key \"entorpy\" in a rule;"
	" did you mean \"entropy\"?")
REFUSED(unknown_key_at_the_top_is_refused, "rule = 1\n" RULE,
	"t.toml:1:1: unknown key \"rule\" in a rule file; did you mean"
	" \"rules\"?")
REFUSED(unknown_key_in_extend_is_refused, "[extend]\nusedefaults = true\n",
	"t.toml:2:1: unknown key \"usedefaults\" in [extend]; did you mean"
	" \"useDefault\"?")
REFUSED(unknown_key_in_an_allow_list_is_refused,
	RULE "[[rules.allowlists]]\nregex = ['''x''']\n",
	"t.toml:5:1: rule \"acme\": unknown key \"regex\" in an allow-list of"
	" a rule; did you mean \"regexes\"?")
REFUSED(control_characters_of_a_key_are_not_shown,
	RULE "\"a\\u001bb\" = 1\n",
	"t.toml:4:1: rule \"acme\": unknown key \"a?b\" in a rule")
REFUSED(text_for_a_list_is_refused, RULE "keywords = \"acme\"\n",
	"t.toml:4:12: rule \"acme\": \"keywords\" must be an array of strings,"
	" not a string")
REFUSED(number_in_a_list_is_refused, RULE "keywords = [\"acme\", 1]\n",
	"t.toml:4:21: rule \"acme\": \"keywords\" must be an array of strings,"
	" not an integer")
REFUSED(empty_text_in_a_list_is_refused, RULE "keywords = [\"\"]\n",
	"t.toml:4:13: rule \"acme\": \"keywords\" holds an empty string")
REFUSED(empty_regex_is_refused, "[[rules]]\nid = \"acme\"\nregex = ''\n",
	"t.toml:3:9: rule \"acme\": \"regex\" is empty")
REFUSED(text_for_a_number_is_refused, RULE "entropy = \"3\"\n",
	"t.toml:4:11: rule \"acme\": \"entropy\" must be a number, not a"
	" string")
REFUSED(entropy_above_eight_bits_is_refused, RULE "entropy = 8.1\n",
	"t.toml:4:11: rule \"acme\": \"entropy\" must be between 0 and 8")
REFUSED(entropy_below_zero_is_refused, RULE "entropy = -1\n",
	"t.toml:4:11: rule \"acme\": \"entropy\" must be between 0 and 8")
REFUSED(entropy_that_is_no_number_is_refused, RULE "entropy = nan\n",
	"t.toml:4:11: rule \"acme\": \"entropy\" must be between 0 and 8")
REFUSED(unknown_impact_is_refused, RULE "impact = \"severe\"\n",
	"t.toml:4:10: rule \"acme\": \"impact\" is \"severe\"; it must be one"
	" of info, low, medium, high, critical")
REFUSED(confidence_is_earned_not_claimed, RULE "confidence = \"proven\"\n",
	"t.toml:4:14: rule \"acme\": \"confidence\" is \"proven\"; it must be"
	" one of heuristic, contextual, shaped")
REFUSED(unknown_block_is_refused, RULE "block = \"pgp\"\n",
	"t.toml:4:9: rule \"acme\": \"block\" is \"pgp\"; it must be one of"
	" none, pem, table")
REFUSED(unknown_condition_is_refused,
	RULE "[[rules.allowlists]]\ncondition = \"XOR\"\n",
	"t.toml:5:13: rule \"acme\": \"condition\" is \"XOR\"; it must be one"
	" of OR, AND, ||, &&")
REFUSED(unknown_regex_target_is_refused,
	"[allowlist]\nregexTarget = \"file\"\n" RULE,
	"t.toml:2:15: \"regexTarget\" is \"file\"; it must be one of secret,"
	" match, line")
REFUSED(within_bytes_beyond_what_is_kept_is_refused,
	RULE "within_bytes = 257\n",
	"t.toml:4:16: rule \"acme\": \"within_bytes\" must be between 1 and"
	" 256")
REFUSED(secret_group_beyond_the_regex_is_refused,
	"[[rules]]\nid = \"acme\"\nregex = '''acme_(x)'''\nsecretGroup = 2\n",
	"t.toml:4:15: rule \"acme\": \"secretGroup\" is 2, but the regex has 1"
	" group")
REFUSED(negative_secret_group_is_refused, RULE "secretGroup = -1\n",
	"t.toml:4:15: rule \"acme\": \"secretGroup\" must be between 0 and 63")
REFUSED(regex_that_does_not_compile_is_refused,
	"[[rules]]\nid = \"acme\"\nregex = '''acme_(x'''\n",
	"t.toml:3:9: rule \"acme\": \"regex\": the expression does not compile:"
	" missing closing parenthesis (at byte 8 of it)")
REFUSED(path_that_does_not_compile_is_refused, RULE "path = '''a(b'''\n",
	"t.toml:4:8: rule \"acme\": \"path\": the expression does not compile:"
	" missing closing parenthesis (at byte 4 of it)")
REFUSED(allow_list_regex_that_does_not_compile_is_refused,
	"[allowlist]\nregexes = ['x', '[']\n" RULE,
	"t.toml:2:17: \"regexes\": the expression does not compile: missing"
	" terminating ] for character class (at byte 2 of it)")
REFUSED(regex_without_literal_and_keywords_is_refused,
	"[[rules]]\nid = \"acme\"\nregex = '''[0-9a-f]{32}'''\n",
	"t.toml:3:9: rule \"acme\": has no literal of at least 3 bytes that"
	" every match must contain, and no keywords: it would have to be tried"
	" at every byte; put a word of its surroundings in, or \"keywords\"")
REFUSED(regex_with_a_two_byte_literal_is_refused,
	"[[rules]]\nid = \"acme\"\nregex = '''ak[0-9a-f]{32}'''\n",
	"t.toml:3:9: rule \"acme\": has no literal of at least 3 bytes that"
	" every match must contain, and no keywords: it would have to be tried"
	" at every byte; put a word of its surroundings in, or \"keywords\"")
REFUSED(keyword_of_two_bytes_carries_no_rule,
	"[[rules]]\nid = \"acme\"\nregex = '''[0-9a-f]{32}'''\n"
	"keywords = [\"ak\"]\n",
	"t.toml:3:9: rule \"acme\": has no literal of at least 3 bytes that"
	" every match must contain, and the keyword \"ak\" has fewer than 3"
	" bytes")
REFUSED(extend_path_without_a_directory_is_refused,
	"[extend]\npath = \"x.toml\"\n" RULE,
	"t.toml:2:8: [extend] path is refused: these rules were not read from"
	" a file")
REFUSED(file_without_rules_is_refused, "title = \"nothing\"\n",
	"t.toml: no rule is left: nothing would be found")
REFUSED(file_of_rules_on_paths_alone_is_refused,
	"[[rules]]\nid = \"x\"\npath = '''x'''\n",
	"t.toml: no rule is left: nothing would be found")
REFUSED(file_that_disables_all_is_refused,
	"[[rules]]\nid = \"x\"\ndisable = true\n",
	"t.toml: no rule is left: nothing would be found")

Test(rule_load, unsupported_construct_without_keywords_is_refused)
{
	struct told t = rules_of("[[rules]]\nid = \"acme\"\n"
		"regex = '''(acme)_\\1'''\n");

	cr_assert_eq(t.result, STANCH_ERULE);
	cr_expect(strstr(t.error, "t.toml:3:9: rule \"acme\": \"regex\": ") ==
		t.error, "%s", t.error);
	cr_expect(strstr(t.error, "not supported here"), "%s", t.error);
	cr_expect(strstr(t.error, "no keywords to look for instead"), "%s",
		t.error);
}

Test(rule_load, text_that_is_not_toml_says_where)
{
	struct told t = rules_of("[[rules]]\nid = \n");

	cr_assert_eq(t.result, STANCH_EFORMAT);
	cr_expect(strstr(t.error, "t.toml:2:") == t.error, "%s", t.error);
	cr_expect(strstr(t.error, ": not TOML: "), "%s", t.error);
}

Test(rule_load, all_keys_reach_the_rule)
{
	struct stanch_rules *rules = rules_quietly(
		"[[rules]]\nid = \"acme\"\ndescription = \"d\"\n"
		"provider = \"p\"\ncategory = \"cloud\"\nimpact = \"low\"\n"
		"confidence = \"heuristic\"\nremediation = \"r\"\n"
		"regex = '''acme_(?<secret>[0-9]{20})'''\npath = '''x$'''\n"
		"entropy = 2.5\nblock = \"pem\"\nwithin = [\"a\", \"b\"]\n"
		"within_bytes = 100\nkeywords = [\"acme\"]\n"
		"validate = [\"jwt\"]\nreferences = [\"u\"]\ntags = [\"t\"]\n"
		"positive = [\"1\"]\nnegative = [\"2\"]\n"
		"weak_anchor = \"w\"\n");
	const struct stanch_rule *r = stanch_rules_find(rules, "acme");
	uint32_t line;

	cr_assert(r);
	cr_expect_str_eq(stanch_rule_id(r), "acme");
	cr_expect_str_eq(stanch_rule_description(r), "d");
	cr_expect_str_eq(stanch_rule_provider(r), "p");
	cr_expect_str_eq(stanch_rule_category(r), "cloud");
	cr_expect_str_eq(stanch_rule_remediation(r), "r");
	cr_expect_str_eq(stanch_rule_reference(r, 0), "u");
	cr_expect_null(stanch_rule_reference(r, 1));
	cr_expect_eq(stanch_rule_severity(r), STANCH_LOW);
	cr_expect_eq(stanch_rule_confidence(r), STANCH_HEURISTIC);
	cr_expect_str_eq(stanch_rule_file(r, &line), "t.toml");
	cr_expect_eq(line, 1);
	cr_expect_str_eq(r->path, "x$");
	cr_expect_eq(r->secret_group, 1);
	cr_expect_float_eq(r->entropy, 2.5, 0);
	cr_expect_eq(r->block, RULE_BLOCK_PEM);
	cr_expect_eq(r->within.n, 2);
	cr_expect_eq(r->within_bytes, 100);
	cr_expect_str_eq(r->keywords.v[0], "acme");
	cr_expect_str_eq(r->checks.v[0], "jwt");
	cr_expect_str_eq(r->tags.v[0], "t");
	cr_expect_str_eq(r->positive.v[0], "1");
	cr_expect_str_eq(r->negative.v[0], "2");
	cr_expect_str_eq(r->weak_anchor, "w");
	cr_expect_eq(r->facts.anchor.nliterals, 1);
	cr_expect_str_eq(r->facts.anchor.literals[0].bytes, "acme_");
	stanch_rules_free(rules);
}

Test(rule_load, keys_may_be_in_any_case)
{
	struct stanch_rules *rules = rules_quietly("[[Rules]]\nID = \"acme\"\n"
		"Regex = '''acme_(a)(b)'''\nSECRETGROUP = 2\n");

	cr_expect_eq(stanch_rules_get(rules, 0)->secret_group, 2);
	stanch_rules_free(rules);
}

Test(rule_load, rules_are_sorted_by_id)
{
	struct stanch_rules *rules = rules_quietly(
		"[[rules]]\nid = \"b\"\n" REGEX
		"[[rules]]\nid = \"c\"\n" REGEX
		"[[rules]]\nid = \"a\"\n" REGEX);

	cr_assert_eq(stanch_rules_count(rules), 3);
	cr_expect_str_eq(stanch_rule_id(stanch_rules_get(rules, 0)), "a");
	cr_expect_str_eq(stanch_rule_id(stanch_rules_get(rules, 2)), "c");
	cr_expect_null(stanch_rules_get(rules, 3));
	cr_expect_null(stanch_rules_find(rules, "d"));
	stanch_rules_free(rules);
}

Test(rule_load, rule_on_paths_alone_is_kept_and_said_to_find_nothing)
{
	struct told t = rules_of(RULE
		"[[rules]]\nid = \"keystore\"\npath = '''\\.p12$'''\n");
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	cr_expect_str_eq(t.warnings, "t.toml:4:1: rule \"keystore\": \"path\""
		" without \"regex\" is not honoured: no file is reported for"
		" its name alone\n");
	r = stanch_rules_find(t.rules, "keystore");
	cr_assert(r);
	cr_expect_str_eq(stanch_rule_regex(r), "");
	stanch_rules_free(t.rules);
}

Test(rule_load, literal_that_begins_the_secret_makes_it_shaped)
{
	struct stanch_rules *rules = rules_quietly(
		"[[rules]]\nid = \"a\"\nregex = '''\\b(acme_[0-9]{9})\\b'''\n"
		"[[rules]]\nid = \"b\"\nregex = '''acme=([0-9]{9})'''\n"
		"[[rules]]\nid = \"c\"\nregex = '''acm[0-9]{9}'''\n"
		"[[rules]]\nid = \"d\"\nregex = '''[0-9]{2}acme_[0-9]{9}'''\n"
		"[[rules]]\nid = \"e\"\nregex = '''acme_[0-9]{9}'''\n"
		"confidence = \"heuristic\"\n");
	const char *const want[] = {
		"shaped", "contextual", "contextual", "contextual", "heuristic"
	};

	for (size_t i = 0; i < 5; i++)
		cr_expect_str_eq(stanch_confidence_name(stanch_rule_confidence(
			stanch_rules_get(rules, i))), want[i], "rule %zu", i);
	stanch_rules_free(rules);
}

Test(rule_load, missing_file_is_an_error_with_its_name)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err;

	cr_assert_eq(stanch_rules_load(&rules, NULL, "/no/such.toml", NULL,
		NULL, &err), STANCH_EIO);
	cr_expect_str_eq(err.where, "/no/such.toml");
	cr_expect_str_eq(err.text, "cannot open: No such file or directory");
	cr_expect_eq(stanch_rules_load(&rules, NULL, "/", NULL, NULL, &err),
		STANCH_EIO);
	cr_expect_str_eq(err.text, "cannot read: Is a directory");
	cr_expect_null(rules);
}

Test(rule_load, endless_file_is_refused_at_its_maximum)
{
	struct stanch_rules *rules = NULL;
	struct stanch_error err;

	cr_assert_eq(stanch_rules_load(&rules, NULL, "/dev/zero", NULL, NULL,
		&err), STANCH_ELIMIT);
	cr_expect_str_eq(err.text, "larger than 16 MiB");
}
