/* SPDX-License-Identifier: Apache-2.0 */
/* allow.c - allow-lists: parts, conditions and targets as gitleaks has them. */
#include <criterion/criterion.h>

#include "judge/judge.h"

#define LIST(...) { (const char *const[]){ __VA_ARGS__ }, \
	sizeof (const char *[]){ __VA_ARGS__ } / sizeof (char *) }

static const char line[] = "key = x8Kq2mZp91LwT5vBn3Rd # fixture";
static const char place[] = "src/fixture/a.c";

struct allowed {
	bool place;	/* judge_place() lets all there pass */
	bool match;	/* judge() lets the match pass */
	bool wants_line;
};

/* The rule's match is `key = SECRET`, its secret the latter. */
static struct allowed
allowed(struct rule_allow a, bool global)
{
	struct stanch_rule r = { .id = "r", .confidence = STANCH_SHAPED,
		.allows = &a, .nallows = !global };
	struct stanch_rules set = { .rules = &r, .n = 1, .allows = &a,
		.nallows = global };
	struct judge_case c = { .rule = &r, .place = place,
		.secret = span_of(line + 6, 20), .match = span_of(line, 26),
		.line = span_str(line) };
	struct re_scratch *s = re_scratch_new();
	struct judge *j = NULL;
	struct judgement out;
	struct allowed result;

	cr_assert_eq(judge_new(&j, &set, NULL), STANCH_OK);
	judge(j, &c, s, &out);
	result.place = !judge_place(j, &r, place, s);
	result.match = !out.keep;
	result.wants_line = judge_wants_line(j, &r);
	if (result.match)
		cr_assert(strstr(out.reasons[0], "allow-list"));
	judge_free(j);
	re_scratch_free(s);
	return result;
}

Test(judge_allow, an_empty_list_lets_nothing_pass)
{
	struct allowed a = allowed((struct rule_allow){ 0 }, false);

	cr_assert_not(a.place || a.match || a.wants_line);
	a = allowed((struct rule_allow){ .all = true }, false);
	cr_assert_not(a.place || a.match);
}

Test(judge_allow, stopwords_are_looked_for_in_the_secret_in_any_case)
{
	struct rule_allow a = { .stopwords = LIST("nothere", "ZP91lw") };

	cr_assert(allowed(a, false).match);
	cr_assert(allowed(a, true).match);
	a.stopwords = (struct strlist)LIST("fixture", "key");
	cr_assert_not(allowed(a, false).match, "not part of the secret");
}

Test(judge_allow, a_regex_looks_at_the_secret_by_default)
{
	struct rule_allow a = { .regexes = LIST("^x8Kq.*Rd$") };

	cr_assert(allowed(a, false).match);
	a.regexes = (struct strlist)LIST("^key", "fixture");
	cr_assert_not(allowed(a, false).match);
}

Test(judge_allow, a_regex_looks_at_the_match_when_told)
{
	struct rule_allow a = { .target = RULE_TARGET_MATCH,
		.regexes = LIST("^key = ") };

	cr_assert(allowed(a, false).match);
	cr_assert_not(allowed(a, false).wants_line);
	a.regexes = (struct strlist)LIST("fixture");
	cr_assert_not(allowed(a, false).match);
}

Test(judge_allow, a_regex_looks_at_the_line_when_told)
{
	struct rule_allow a = { .target = RULE_TARGET_LINE,
		.regexes = LIST("# fixture$") };

	cr_assert(allowed(a, false).match);
	cr_assert(allowed(a, false).wants_line);
	cr_assert(allowed(a, true).wants_line);
}

Test(judge_allow, a_path_lets_the_whole_place_pass)
{
	struct rule_allow a = { .paths = LIST("^doc/", "(^|/)fixture/") };

	cr_assert(allowed(a, false).place);
	cr_assert(allowed(a, true).place);
	a.paths = (struct strlist)LIST("^fixture/");
	cr_assert_not(allowed(a, false).place);
}

Test(judge_allow, with_AND_every_stated_part_must_hold)
{
	struct rule_allow a = { .all = true, .paths = LIST("fixture/"),
		.regexes = LIST("^x8"), .stopwords = LIST("zp91") };

	cr_assert(allowed(a, false).match);
	cr_assert_not(allowed(a, false).place, "the path is only a part");
	a.paths = (struct strlist)LIST("^elsewhere/");
	cr_assert_not(allowed(a, false).match);
	a.paths = (struct strlist)LIST("fixture/");
	a.regexes = (struct strlist)LIST("^y8");
	cr_assert_not(allowed(a, false).match);
	a.regexes = (struct strlist)LIST("^x8");
	a.stopwords = (struct strlist)LIST("none");
	cr_assert_not(allowed(a, false).match);
}

Test(judge_allow, with_AND_a_path_alone_lets_the_place_pass)
{
	struct rule_allow a = { .all = true, .paths = LIST("fixture/") };

	cr_assert(allowed(a, false).place);
}

Test(judge_allow, commits_hold_for_no_file)
{
	struct rule_allow a = { .commits = LIST("0123456789abcdef") };

	cr_assert_not(allowed(a, false).match);
	a.all = true;
	a.stopwords = (struct strlist)LIST("zp91");
	cr_assert_not(allowed(a, false).match);
	a.all = false;
	cr_assert(allowed(a, false).match);
}

Test(judge_allow, a_bad_regex_is_refused_with_place_and_part)
{
	struct rule_allow lists[] = { { .regexes = LIST("a") },
		{ .regexes = LIST("b", "c(") } };
	struct stanch_rule r = { .id = "my-rule", .file = "f.toml",
		.line = 12, .allows = lists, .nallows = 2 };
	struct stanch_rules set = { .rules = &r, .n = 1 };
	struct judge *j = NULL;
	struct stanch_error e;

	cr_assert_eq(judge_new(&j, &set, &e), STANCH_ERULE);
	cr_assert_null(j);
	cr_assert_str_eq(e.where, "f.toml");
	cr_assert_eq(e.line, 12);
	cr_assert(strstr(e.text, "rule \"my-rule\": allow-list 2, regex 2: "),
		"%s", e.text);
}

Test(judge_allow, a_bad_global_regex_is_refused)
{
	struct rule_allow a = { .paths = LIST("[") };
	struct stanch_rules set = { .allows = &a, .nallows = 1 };
	struct judge *j = NULL;
	struct stanch_error e;

	cr_assert_eq(judge_new(&j, &set, &e), STANCH_ERULE);
	cr_assert(strstr(e.text, "global allow-lists: allow-list 1, path 1: "),
		"%s", e.text);
}
