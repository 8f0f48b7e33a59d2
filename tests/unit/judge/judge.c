/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - the order of the tests, and what each does to the verdict. */
#include <criterion/criterion.h>
#include <math.h>

#include "judge/judge.h"

#define RULES(r) { .rules = (r), .n = 1 }
#define LIST(...) { (const char *const[]){ __VA_ARGS__ }, \
	sizeof (const char *[]){ __VA_ARGS__ } / sizeof (char *) }

/* A checksum holds for the first and does not for the second. */
static const char right[] = "ghp_StanchSyntheticVector" "0000000010EDRt8";
static const char wrong[] = "ghp_StanchSyntheticVector" "0000000010EDRt9";
static const char opaque[] = "x8Kq2mZp91LwT5vBn3Rd";

static struct judgement
judge_one(struct stanch_rule r, const char *before, const char *secret)
{
	struct stanch_rules set = RULES(&r);
	struct judge_case c = { .rule = &r, .place = "",
		.secret = span_str(secret), .match = span_str(secret),
		.before = span_str(before), .line = span_str(secret) };
	struct re_scratch *s = re_scratch_new();
	struct judge *j = NULL;
	struct judgement out;

	cr_assert_eq(judge_new(&j, &set, NULL), STANCH_OK);
	judge(j, &c, s, &out);
	judge_free(j);
	re_scratch_free(s);
	return out;
}

static struct stanch_rule
shaped(void)
{
	return (struct stanch_rule){ .id = "r", .file = "r.toml", .line = 7,
		.confidence = STANCH_SHAPED, .impact = STANCH_HIGH };
}

static bool
states(const struct judgement *j, const char *part)
{
	for (size_t i = 0; i < j->nreasons; i++)
		if (strstr(j->reasons[i], part))
			return true;
	return false;
}

Test(judge_judge, a_match_without_tests_is_kept_as_its_rule_says)
{
	struct judgement j = judge_one(shaped(), "", opaque);

	cr_assert(j.keep);
	cr_assert_eq(j.confidence, STANCH_SHAPED);
	cr_assert_eq(j.severity, STANCH_HIGH);
	cr_assert(states(&j, "shape"));
}

Test(judge_judge, a_right_checksum_proves_and_says_so)
{
	struct stanch_rule r = shaped();
	struct judgement j;

	r.checks = (struct strlist)LIST("github-token");
	j = judge_one(r, "", right);
	cr_assert(j.keep);
	cr_assert_eq(j.confidence, STANCH_PROVEN);
	cr_assert(states(&j, "checksum"));
}

Test(judge_judge, a_wrong_checksum_drops_with_one_reason)
{
	struct stanch_rule r = shaped();
	struct judgement j;

	r.checks = (struct strlist)LIST("github-token");
	j = judge_one(r, "", wrong);
	cr_assert_not(j.keep);
	cr_assert_eq(j.nreasons, 1);
	cr_assert(states(&j, "checksum"));
}

Test(judge_judge, placeholders_are_dropped_without_being_asked_for)
{
	struct judgement j = judge_one(shaped(), "", "tok_xxxxxxxxxxxxxxxx");

	cr_assert_not(j.keep);
	cr_assert(states(&j, "placeholder"));
}

Test(judge_judge, a_proven_secret_is_kept_whatever_it_looks_like)
{
	struct stanch_rule r = shaped();
	struct judgement j;

	/* What is proven has 00000000 in it, which else is a dummy's mark. */
	r.checks = (struct strlist)LIST("github-token");
	r.entropy = 7.9;
	j = judge_one(r, "", right);
	cr_assert(j.keep);
	cr_assert_eq(j.confidence, STANCH_PROVEN);
}

Test(judge_judge, entropy_below_the_rules_floor_drops)
{
	struct stanch_rule r = shaped();
	struct judgement j;

	r.entropy = 4.0;
	cr_assert(judge_one(r, "", opaque).keep);
	r.entropy = 5.0;
	j = judge_one(r, "", opaque);
	cr_assert_not(j.keep);
	cr_assert(states(&j, "random"));
}

Test(judge_judge, a_word_within_reach_is_found_in_any_case)
{
	struct stanch_rule r = shaped();

	r.within = (struct strlist)LIST("twilio", "Acme");
	r.within_bytes = 200;
	cr_assert_not(judge_one(r, "", opaque).keep);
	cr_assert_not(judge_one(r, "twili = ", opaque).keep);
	cr_assert(judge_one(r, "TWILIO_KEY = ", opaque).keep);
	cr_assert(judge_one(r, "aCME: ", opaque).keep);
}

Test(judge_judge, a_word_out_of_reach_does_not_count)
{
	struct stanch_rule r = shaped();
	char before[JUDGE_BEFORE + 1] = "twilio";

	memset(before + 6, ' ', sizeof before - 7);
	r.within = (struct strlist)LIST("twilio");
	r.within_bytes = JUDGE_BEFORE;
	cr_assert(judge_one(r, before, opaque).keep);
	r.within_bytes = JUDGE_BEFORE - 1;
	cr_assert_not(judge_one(r, before, opaque).keep);
}

Test(judge_judge, an_unknown_check_is_refused_with_place_and_a_hint)
{
	struct stanch_rule r = shaped();
	struct stanch_rules set = RULES(&r);
	struct stanch_error e;
	struct judge *j = NULL;

	r.checks = (struct strlist)LIST("githb-token");
	cr_assert_eq(judge_new(&j, &set, &e), STANCH_ERULE);
	cr_assert_null(j);
	cr_assert_str_eq(e.where, "r.toml");
	cr_assert_eq(e.line, 7);
	cr_assert(strstr(e.text, "rule \"r\": "));
	cr_assert(strstr(e.text, "\"githb-token\""));
	cr_assert(strstr(e.text, "\"github-token\""));
}

Test(judge_judge, a_rule_with_a_path_applies_there_alone)
{
	struct stanch_rule r = shaped();
	struct stanch_rules set = RULES(&r);
	struct re_scratch *s = re_scratch_new();
	struct judge *j = NULL;

	r.path = "\\.env$";
	cr_assert_eq(judge_new(&j, &set, NULL), STANCH_OK);
	cr_assert(judge_place(j, &r, "a/.env", s));
	cr_assert_not(judge_place(j, &r, "a/.envrc", s));
	cr_assert_not(judge_place(j, &r, "", s));
	judge_free(j);
	re_scratch_free(s);
}

Test(judge_judge, too_many_reasons_are_left_out)
{
	struct judgement j = { .keep = true };

	for (int i = 0; i < 2 * FINDING_REASONS; i++)
		judgement_reason(&j, "x");
	cr_assert_eq(j.nreasons, FINDING_REASONS);
}

Test(judge_judge, entropy_is_shannons)
{
	cr_assert_eq(judge_entropy(span_of(NULL, 0)), 0);
	cr_assert_eq(judge_entropy(span_str("aaaa")), 0);
	cr_assert(fabs(judge_entropy(span_str("abab")) - 1) < 1e-9);
	cr_assert(fabs(judge_entropy(span_str("abcdefgh")) - 3) < 1e-9);
	cr_assert(fabs(judge_entropy(span_str("aab")) - 0.918296) < 1e-6);
}

Test(judge_judge, free_takes_null)
{
	judge_free(NULL);
}
