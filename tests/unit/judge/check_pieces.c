/* SPDX-License-Identifier: Apache-2.0 */
/* check_pieces.c - lists of bytes, and strings that follow each other. */
#include "unit/judge/check_fix.h"

static enum check_result
list(const char *before, const char *numbers)
{
	struct judgement j = fix_judgement();

	return fix_judge("byte-list", span_str(before), span_str(numbers), &j);
}

Test(judge_check_pieces, bytes_of_a_key_are_kept_in_any_notation)
{
	cr_expect_eq(list("", "0x91, 0x1b, 0x72, 0xc4, 0x05, 0xe3, 0x33, "
		"0xf8, 0x64, 0x2d, 0xa7, 0x55"), CHECK_PASS);
	cr_expect_eq(list("", "-111, 27, 114, -60, 5, -29, 51, -8, 100, 45, "
		"-89, 85"), CHECK_PASS);
	cr_expect_eq(list("", "(byte)0x91, 0x1b, (byte) 0x72, 0xc4, 0x05, "
		"0xe3, 0x33, 0xf8, 0x64, 0x2d, 0xa7, 0x55u8"), CHECK_PASS);
}

Test(judge_check_pieces, numbers_of_something_else_are_dropped)
{
	static const char *const lists[] = {
		"1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
		"0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0",
		"1, 5, 2, 5, 1, 2, 5, 1, 2, 5, 1, 2, 5",
		"300, 27, 114, 60, 5, 29, 51, 8, 100, 45, 89, 85",
		"91, 27, 114, 60, 5, 29, 51, 8, 100, 45, 89",
		"0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, "
		"0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c",
	};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		cr_expect_eq(list("", lists[i]), CHECK_FAIL, "%s", lists[i]);
}

Test(judge_check_pieces, a_list_among_tests_is_dropped)
{
	cr_expect_eq(list("/* test vectors */\n", "0x91, 0x1b, 0x72, 0xc4, "
		"0x05, 0xe3, 0x33, 0xf8, 0x64, 0x2d, 0xa7, 0x55"), CHECK_FAIL);
}

static enum check_result
split(const char *text, const char *first, const char *last)
{
	struct judgement j = fix_judgement();
	const char *at = strstr(text, first), *end = strstr(text, last);
	struct judge_case c = { .match = span_str(text), .place = "" };

	cr_assert(at && end);
	c.secret = span_of(at, (size_t)(end - at) + strlen(last));
	return check_find("split-value")->fn(&c, &j);
}

Test(judge_check_pieces, strings_are_judged_as_the_one_they_make)
{
	cr_expect_eq(split("se" "cret = \"k3Vq9Zr1\" +\n  \"Xw7Lm2Tb5\"",
		"k3Vq", "2Tb5"), CHECK_PASS);
	cr_expect_eq(split("secret = \"next-\" + \"page\" + \"-name\"", "next",
		"-name"), CHECK_FAIL);
	cr_expect_eq(split("secret = \"change\" + \"me-1234\"", "change",
		"1234"), CHECK_FAIL);
}
