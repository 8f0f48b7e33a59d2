/* SPDX-License-Identifier: Apache-2.0 */
/* gitleaks.c - files written for gitleaks and betterleaks load as they are. */
#include "rules_of.h"

/* A file as its users write it: own rules, the defaults, some exceptions. */
static const char file[] =
	"title = \"widget works\"\n"			/* 1 */
	"minVersion = \"8.25.0\"\n"
	"[extend]\n"
	"useDefault = true\n"
	"disabledRules = [\"no-such-default\"]\n"
	"\n"
	"[[rules]]\n"					/* 7 */
	"id = \"widget-deploy-key\"\n"
	"description = \"Deploy key of the widget service\"\n"
	"regex = '''(?i)widget[_-]deploy[_-]key\\s{0,3}[:=]\\s{0,3}"
	"[\"']?([a-z0-9]{32})(?:[\"'\\s]|$)'''\n"
	"entropy = 3.2\n"
	"keywords = [\"widget_deploy\", \"widget-deploy\"]\n"
	"tags = [\"key\", \"widget\"]\n"
	"  [[rules.allowlists]]\n"			/* 14 */
	"  description = \"samples\"\n"
	"  condition = \"AND\"\n"
	"  paths = ['''(^|/)samples?/''']\n"
	"  regexTarget = \"match\"\n"
	"  regexes = ['''(?i)dummy''']\n"
	"  [[rules.required]]\n"			/* 20 */
	"  id = \"widget-user\"\n"
	"  withinLines = 3\n"
	"\n"
	"[[rules]]\n"					/* 24 */
	"id = \"Widget_User\"\n"
	"regex = '''(?P<name>wuser)-(?P<no>[0-9]{4,})'''\n"
	"secretGroup = 2\n"
	"skipReport = true\n"
	"tokenEfficiency = true\n"			/* 29 */
	"filter = '''entropy(finding.secret) <= 3.0'''\n"
	"validate = '''http.get(\"https://widget.example\")'''\n"
	"\n"
	"[[rules]]\n"					/* 33 */
	"id = \"widget-keystore\"\n"
	"path = '''\\.wks$'''\n"
	"\n"
	"[[allowlists]]\n"				/* 37 */
	"targetRules = [\"widget-deploy-key\", \"widget-nothing-here\"]\n"
	"stopwords = [\"sandbox\"]\n"
	"\n"
	"[[allowlists]]\n"				/* 41 */
	"commits = [\"0123456789abcdef0123456789abcdef01234567\"]\n"
	"paths = ['''go\\.sum$''']\n";

static const char warnings[] =
	"t.toml:2:14: \"minVersion\" is not honoured: it is a version of"
	" another program\n"
	"t.toml:5:18: \"disabledRules\" names \"no-such-default\", which is no"
	" rule\n"
	"t.toml:22:17: rule \"widget-deploy-key\": \"withinLines\" is taken for"
	" 512 bytes\n"
	"t.toml:29:19: rule \"Widget_User\": \"tokenEfficiency\" is not"
	" honoured: no tokens are counted; use entropy or validate ="
	" [\"generic-value\"]\n"
	"t.toml:30:10: rule \"Widget_User\": \"filter\" is not honoured: it is"
	" an expression of betterleaks, which stanch does not run\n"
	"t.toml:31:12: rule \"Widget_User\": \"validate\" is not honoured: it"
	" is an expression of betterleaks, which stanch does not run\n"
	"t.toml:26:9: rule \"Widget_User\": a match may be longer than 4096"
	" bytes; longer ones are not found: bound it, or say why not in"
	" \"unbounded\"\n"
	"t.toml:33:1: rule \"widget-keystore\": \"path\" without \"regex\" is"
	" not honoured: no file is reported for its name alone\n"
	"t.toml:38:37: \"targetRules\" names \"widget-nothing-here\", which is"
	" no rule\n"
	"t.toml:42:11: \"commits\" is not honoured: only history has commits,"
	" and files are scanned\n"
	"t.toml:7: rule \"widget-deploy-key\" is to stand with \"widget-user\","
	" which is no rule: it finds nothing\n";

Test(rule_gitleaks, users_file_loads_and_says_what_it_does_not_honour)
{
	struct told t = rules_of(file);
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	cr_expect_str_eq(t.warnings, warnings);
	cr_assert_eq(stanch_rules_count(t.rules), rule_builtin.n + 3);

	r = stanch_rules_find(t.rules, "widget-deploy-key");
	cr_assert(r);
	cr_expect_eq(r->secret_group, 1, "the only group is the secret");
	cr_expect_float_eq(r->entropy, 3.2, 1e-9);
	cr_expect_eq(stanch_rule_severity(r), STANCH_HIGH);
	cr_expect_eq(stanch_rule_confidence(r), STANCH_CONTEXTUAL);
	cr_assert_eq(r->nallows, 2);
	cr_expect(r->allows[0].all);
	cr_expect_eq(r->allows[0].target, RULE_TARGET_MATCH);
	cr_expect_str_eq(r->allows[1].stopwords.v[0], "sandbox");

	cr_assert_eq(r->nwith, 1);
	cr_expect_str_eq(r->with[0].rule, "widget-user");
	cr_expect(r->with[0].needed);
	cr_expect_eq(r->with[0].within, 512);

	r = stanch_rules_find(t.rules, "Widget_User");
	cr_assert(r);
	cr_expect(r->part, "skipReport");
	cr_expect_eq(r->secret_group, 2);
	cr_assert(stanch_rules_find(t.rules, "widget-keystore"));
	cr_assert_eq(t.rules->nallows, rule_builtin.nallows + 1);
	stanch_rules_free(t.rules);
}

Test(rule_gitleaks, no_one_need_listen_to_warnings)
{
	struct stanch_rules *rules = NULL;

	cr_assert_eq(rule_set_read(&rules, NULL, file, strlen(file), "t.toml",
		NULL, NULL, NULL, NULL), STANCH_OK);
	stanch_rules_free(rules);
}

static void
expect_warning(const char *text, const char *warning)
{
	struct told t = rules_of(text);

	cr_expect_str_empty(t.error);
	cr_expect_str_eq(t.warnings, warning);
	stanch_rules_free(t.rules);
}

Test(rule_gitleaks, url_of_extend_is_never_fetched)
{
	expect_warning("[extend]\nurl = \"https://rules.example/x.toml\"\n"
		"[[rules]]\nid = \"a\"\nregex = '''acme_[0-9]{9}'''\n",
		"t.toml:2:7: \"url\" is not honoured: rules are never fetched;"
		" save the file and use path\n");
}

Test(rule_gitleaks, several_groups_and_no_choice_are_said)
{
	expect_warning("[[rules]]\nid = \"a\"\n"
		"regex = '''(acme|beta)_([0-9]{9})'''\n",
		"t.toml:3:9: rule \"a\": has 2 groups and none is named secret:"
		" the first is taken for the secret; set secretGroup\n");
}

Test(rule_gitleaks, keywords_that_are_only_a_file_filter_are_said)
{
	expect_warning("[[rules]]\nid = \"a\"\n"
		"regex = '''acme_[0-9]{9}'''\nkeywords = [\"widget\"]\n",
		"t.toml:4:12: rule \"a\": \"keywords\" is not honoured: none of"
		" them stands in the regex, and they are not looked for"
		" elsewhere; use \"within\"\n");
}

Test(rule_gitleaks, keywords_as_the_regex_writes_them_are_not_a_filter)
{
	stanch_rules_free(rules_quietly("[[rules]]\nid = \"a\"\n"
		"regex = '''(?i)Ac\\-Me_[0-9]{9}'''\n"
		"keywords = [\"ac-me\"]\n"));
}

Test(rule_gitleaks, unicode_classes_are_said)
{
	expect_warning("[[rules]]\nid = \"a\"\nregex = '''acme_[0-9]{9}'''\n"
		"[rules.allowlist]\nregexes = ['''^\\pL$''']\n",
		"t.toml:5:12: rule \"a\": \"regexes\" reads otherwise than in"
		" RE2: \\p takes single bytes for characters\n");
	expect_warning("[[rules]]\nid = \"a\"\n"
		"regex = '''acme_[\xc3\xa9x]{9}'''\n",
		"t.toml:3:9: rule \"a\": \"regex\" reads otherwise than in RE2:"
		" a character outside ASCII in a class, or repeated, is taken"
		" byte by byte\n");
}

Test(rule_gitleaks, syntax_that_re2_shares_is_read_in_silence)
{
	stanch_rules_free(rules_quietly("[[rules]]\nid = \"a\"\n"
		"regex = '''(?i:ACME)_(?P<secret>[[:word:]]{9}|[]a-c]{9})"
		"\\Q.\\E\\z'''\n"));
}

Test(rule_gitleaks, keyword_outside_the_regex_is_put_before_it)
{
	struct told t = rules_of("[[rules]]\nid = \"a\"\n"
		"regex = '''\\b([0-9a-f]{32})\\b'''\n"
		"keywords = [\"widget\", \"w.key\"]\n");
	const struct stanch_rule *r;

	cr_assert_str_empty(t.error);
	cr_expect_str_eq(t.warnings, "t.toml:3:9: rule \"a\": has no literal of"
		" at least 3 bytes that every match must contain: it is looked"
		" for only within 256 bytes after one of its keywords\n");
	r = stanch_rules_get(t.rules, 0);
	cr_expect_str_eq(r->regex, "(?i:widget|w\\.key)[\\s\\S]{0,256}?"
		"(\\b([0-9a-f]{32})\\b)");
	cr_expect_eq(r->secret_group, 2);
	cr_assert_eq(r->facts.anchor.nliterals, 2);
	cr_expect_eq(r->facts.anchor.before, 0);
	stanch_rules_free(t.rules);
}

Test(rule_gitleaks, unsupported_construct_hangs_on_keywords)
{
	struct told t = rules_of("[[rules]]\nid = \"a\"\n"
		"regex = '''(acme|beta)_[0-9]{9}_\\1'''\n"
		"keywords = [\"ACME_\", \"beta_\"]\n");
	const struct re_facts *f;

	cr_assert_str_empty(t.error);
	cr_expect(strstr(t.warnings, "not supported here"), "%s", t.warnings);
	cr_expect(strstr(t.warnings, ": only matches that begin at most 4096"
		" bytes before one of its keywords are found\n"), "%s",
		t.warnings);
	f = &stanch_rules_get(t.rules, 0)->facts;
	cr_assert_eq(f->anchor.nliterals, 2);
	cr_expect_str_eq(f->anchor.literals[0].bytes, "acme_");
	cr_expect(f->anchor.literals[0].caseless);
	cr_expect_eq(f->anchor.before_min, 0);
	cr_expect_eq(f->anchor.before, 4096);
	cr_expect_eq(f->anchor.secret_back, 4096);
	cr_expect_eq(f->width, 4096);
	for (unsigned c = 0; c < 256; c++)
		cr_expect(re_set_has(&f->anchor.secret_class, (uint8_t)c) &&
			re_set_has(&f->secret_first, (uint8_t)c));
	stanch_rules_free(t.rules);
}

Test(rule_gitleaks, distances_without_bound_are_capped)
{
	struct told t = rules_of("[[rules]]\nid = \"a\"\n"
		"regex = '''[a-z]{0,9000}acme_[0-9]{9}'''\n");
	const struct re_facts *f;

	cr_assert_str_empty(t.error);
	f = &stanch_rules_get(t.rules, 0)->facts;
	cr_expect_eq(f->anchor.before, 4096);
	cr_expect_eq(f->anchor.secret_back, 4096);
	stanch_rules_free(t.rules);
}
