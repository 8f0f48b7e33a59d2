/* SPDX-License-Identifier: Apache-2.0 */
/* check_config.c: scrambled passwords that manuals show, and altered ones. */
#include "unit/judge/check_fix.h"

/* "Local*P4ssword!", the example that every guide to the matter shows. */
#define SHOWN "j1Uyj3Vx8TY9LtLZil2uAuZkFQA" "/4latT76ZwgdHdhw"

Test(judge_check_config, cpassword_opens_with_the_published_key)
{
	cr_assert_eq(fix_check("gpp-cpassword", SHOWN), CHECK_PASS);
}

Test(judge_check_config, cpassword_cut_or_altered_does_not_open)
{
	struct judgement j = fix_judgement();

	cr_assert_eq(fix_check("gpp-cpassword", "k" SHOWN), CHECK_FAIL);
	cr_assert_eq(fix_judge("gpp-cpassword", span_of(NULL, 0),
		span_of(SHOWN, 22), &j), CHECK_FAIL);
	cr_assert_eq(fix_check("gpp-cpassword", ""), CHECK_FAIL);
}

Test(judge_check_config, cisco_type_7_turns_into_text)
{
	cr_assert_eq(fix_check("cisco-type-7", "02050D480809"), CHECK_PASS);
	cr_assert_eq(fix_check("cisco-type-7", "0822455D0A16"), CHECK_PASS);
	cr_assert_eq(fix_check("cisco-type-7", "08FF455D0A16"), CHECK_FAIL);
	cr_assert_eq(fix_check("cisco-type-7", "0222455D0A1"), CHECK_FAIL);
	cr_assert_eq(fix_check("cisco-type-7", "99050D480809"), CHECK_NA);
	cr_assert_eq(fix_check("cisco-type-7", ""), CHECK_NA);
}

Test(judge_check_config, wireguard_key_of_its_tool_is_recognised)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("wireguard-key", "{{wireguard-key}}", &j),
		CHECK_PASS);
	cr_assert_eq(fix_check("wireguard-key", "/////////////////////////////"
		"//////////////8="), CHECK_NA);
	cr_assert_eq(fix_check("wireguard-key", "AAAA"), CHECK_NA);
}

Test(judge_check_config, token_of_a_data_center_begins_with_its_number)
{
	struct judgement j;

	cr_assert_eq(fix_recipe("atlassian-dc", "{{atlassian-dc}}", &j),
		CHECK_PASS);
	cr_assert_eq(fix_recipe("atlassian-dc", "BBDC-{{atlassian-dc}}", &j),
		CHECK_PASS);
	cr_assert_eq(fix_check("atlassian-dc", "AAAAAAAA"), CHECK_FAIL);
}
