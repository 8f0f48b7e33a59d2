/* SPDX-License-Identifier: Apache-2.0 */
#include "base/codec.h"
#include "unit/judge/check_fix.h"

/* A token of the two objects and `signature` bytes. */
static enum check_result
check(const char *header, const char *payload, size_t signature,
	struct judgement *j)
{
	uint8_t bytes[256] = { 1, 2, 3 };
	enum check_result result;
	struct buf t;

	buf_init(&t, FIX_MOST);
	codec_base64_encode(&t, span_str(header), CODEC_BASE64URL, false);
	buf_byte(&t, '.');
	codec_base64_encode(&t, span_str(payload), CODEC_BASE64URL, false);
	buf_byte(&t, '.');
	codec_base64_encode(&t, span_of(bytes, signature), CODEC_BASE64URL,
		false);
	*j = fix_judgement();
	result = fix_judge("jwt", span_of(NULL, 0), buf_span(&t), j);
	buf_free(&t);
	return result;
}

#define HS256 "{\"alg\":\"HS256\"}"
#define NONE "{\"alg\":\"none\"}"

Test(judge_check_jwt, whole_token_passes_as_bad_as_its_rule_says)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("jwt", "{{jwt}}", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_MEDIUM);
}

Test(judge_check_jwt, expired_token_is_low)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("jwt", "{{jwt-expired}}", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_LOW);
	cr_assert(fix_says(&j, "expired"));
}

Test(judge_check_jwt, unsigned_token_is_info)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("jwt", "{{jwt-none}}", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_INFO);
}

Test(judge_check_jwt, unsigned_token_with_a_password_is_not_info)
{
	struct judgement j;

	cr_assert_eq(check(NONE, "{\"password\":\"correct horse\"}", 0, &j),
		CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_MEDIUM);
	cr_assert(fix_says(&j, "holds a credential"));
}

Test(judge_check_jwt, unsigned_token_with_a_signature_fails)
{
	struct judgement j;

	cr_assert_eq(check(NONE, "{}", 32, &j), CHECK_FAIL);
}

Test(judge_check_jwt, service_accounts_are_high)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("jwt", "{{jwt-kubernetes}}", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_HIGH);
	cr_assert_eq(fix_recipe("jwt", "{{jwt-supabase-service}}", &j),
		CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_HIGH);
}

Test(judge_check_jwt, key_that_is_public_by_design_is_info)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("jwt", "{{jwt-supabase-anon}}", &j),
		CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_INFO);
}

Test(judge_check_jwt, example_of_the_world_is_info)
{
	struct judgement j;

	cr_assert_eq(check(HS256, "{\"sub\":\"1234567890\",\"name\":"
		"\"John Doe\",\"iat\":1516239022}", 32, &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_INFO);
}

Test(judge_check_jwt, signature_of_another_length_fails)
{
	struct judgement j;

	cr_assert_eq(check(HS256, "{}", 31, &j), CHECK_FAIL);
	cr_assert_eq(check(HS256, "{}", 0, &j), CHECK_FAIL);
	cr_assert_eq(check("{\"alg\":\"RS256\"}", "{}", 64, &j), CHECK_FAIL);
	cr_assert_eq(check("{\"alg\":\"RS256\"}", "{}", 256, &j), CHECK_PASS);
}

Test(judge_check_jwt, token_whose_parts_are_no_objects_fails)
{
	struct judgement j;

	cr_assert_eq(check("[1]", "{}", 32, &j), CHECK_FAIL);
	cr_assert_eq(check(HS256, "\"text\"", 32, &j), CHECK_FAIL);
	cr_assert_eq(check("{\"alg\":1}", "{}", 32, &j), CHECK_FAIL);
	cr_assert_eq(check("{\"typ\":\"JWT\"}", "{}", 32, &j), CHECK_FAIL);
	cr_assert_eq(check(HS256, "{\"a\":", 32, &j), CHECK_FAIL);
}

Test(judge_check_jwt, expiry_of_any_number_is_read)
{
	struct judgement j;

	cr_assert_eq(check(HS256, "{\"exp\":1.5e9}", 32, &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_LOW);
	cr_assert_eq(check(HS256, "{\"exp\":1e300}", 32, &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_MEDIUM);
	cr_assert_eq(check(HS256, "{\"exp\":\"soon\"}", 32, &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_MEDIUM);
}

Test(judge_check_jwt, two_parts_or_four_have_no_verdict)
{
	cr_assert_eq(fix_check("jwt", "eyJhIjoxfQ.eyJhIjoxfQ"), CHECK_NA);
	cr_assert_eq(fix_check("jwt", "a.b.c.d"), CHECK_NA);
	cr_assert_eq(fix_check("jwt", "..."), CHECK_NA);
}

Test(judge_check_jwt, github_app_token_is_read_behind_its_number)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("github-app-jwt", "gh" "s_{{digit:7}}_{{jwt}}",
		&j), CHECK_PASS);
	cr_assert_eq(fix_recipe("github-app-jwt",
		"gh" "s_{{digit:7}}_{{jwt-expired}}", &j), CHECK_PASS);
	cr_assert_eq(j.severity, STANCH_LOW);
	cr_assert_eq(fix_recipe("github-app-jwt", "gh" "s__{{jwt}}", &j),
		CHECK_NA);
	cr_assert_eq(fix_recipe("github-app-jwt", "gh" "s_{{digit:7}}", &j),
		CHECK_NA);
}

Test(judge_check_jwt, token_behind_the_mark_of_its_issuer_is_parsed)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("prefixed-jwt", "wrkaus-{{jwt}}", &j),
		CHECK_PASS);
	cr_assert_eq(fix_check("prefixed-jwt", "wrkaus-eyJhbGciOiJIUzI1NiJ9"),
		CHECK_NA);
	cr_assert_eq(fix_check("prefixed-jwt", "wrkaus-eyJ.eyJ.AAAA"),
		CHECK_FAIL);
	cr_assert_eq(fix_check("prefixed-jwt", "wrkaus-"), CHECK_NA);
}
