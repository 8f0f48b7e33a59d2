/* SPDX-License-Identifier: Apache-2.0 */
#include "base/codec.h"
#include "unit/judge/check_fix.h"

static const struct whole {
	const char *check, *recipe;
} wholes[] = {
	{ "pypi-token", "{{pypi-token}}" },
	{ "sentry-org-token", "{{sentry-org-token}}" },
	{ "onepassword-sa", "{{onepassword-sa}}" },
	{ "jfrog-reftkn", "{{jfrog-reftkn}}" },
	{ "discord-bot", "{{discord-bot}}" },
	{ "aws-key-id", "{{aws-key-id:ASIA}}" },
	{ "base64-json", "{{onepassword-sa}}" },
};

Test(judge_check_encoded, what_a_recipe_makes_passes)
{
	struct judgement j;

	for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
		cr_expect_eq(fix_recipe(wholes[i].check, wholes[i].recipe,
			&j), CHECK_PASS, "%s", wholes[i].check);
}

/* Every proper prefix, as a window or a log may cut it.  (A JFrog token's
   random end has no fixed length.) */
Test(judge_check_encoded, nothing_cut_short_passes)
{
	struct judgement j = fix_judgement();

	for (size_t i = 0; i < 3; i++) {
		struct recipe_out made;
		struct span s = fix_make(&made, wholes[i].recipe, 5);

		for (size_t n = 0; n < s.len - 2; n++)
			cr_expect_neq(fix_judge(wholes[i].check,
				span_of(NULL, 0), span_first(s, n), &j),
				CHECK_PASS, "%s at %zu", wholes[i].check, n);
		buf_free(&made.text);
	}
}

Test(judge_check_encoded, object_behind_a_prefix_is_found)
{
	struct judgement j;

	cr_assert_eq(fix_check("base64-json", "glc_eyJvIjoiMSJ9"),
		CHECK_PASS);
	cr_assert_eq(fix_check("base64-json", "pk.eyJ1IjoiYSJ9.AbCdEf"),
		CHECK_PASS);
	cr_assert_eq(fix_check("base64-json", "x_e30="), CHECK_FAIL);
	cr_assert_eq(fix_check("base64-json", "x_eyJ"), CHECK_FAIL);
	cr_assert_eq(fix_check("base64-json", ""), CHECK_FAIL);
	cr_assert_eq(fix_recipe("base64-json", "x_{{base62:40}}", &j),
		CHECK_FAIL);
}

Test(judge_check_encoded, expired_jfrog_token_is_low)
{
	struct judgement j = fix_judgement();
	enum check_result result;
	struct buf t;

	buf_init(&t, 256);
	codec_base64_encode(&t, span_str("reftkn:01:1500000000:"
		"abcdefghijklmnopqrstuvwxyz0"), CODEC_BASE64, false);
	result = fix_judge("jfrog-reftkn", span_of(NULL, 0), buf_span(&t), &j);
	buf_free(&t);
	cr_assert_eq(result, CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_LOW);
}

Test(judge_check_encoded, macaroon_with_bytes_after_it_fails)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("pypi-token", "{{pypi-token}}AAAA", &j),
		CHECK_FAIL);
	cr_assert_eq(fix_recipe("pypi-token", "pypi-{{base64url:160}}", &j),
		CHECK_FAIL);
}

Test(judge_check_encoded, discord_number_must_be_a_snowflake)
{
	/* "12345678" is too short for one */
	cr_assert_eq(fix_check("discord-bot",
		"MTIzNDU2Nzg.AAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA"), CHECK_FAIL);
	cr_assert_eq(fix_check("discord-bot", "MTIzNDU2Nzg"), CHECK_NA);
}
