/* SPDX-License-Identifier: Apache-2.0 */
/* wordlike.c - words and random text stay apart. */
#include <criterion/criterion.h>

#include "judge/wordlike.h"

static int
bits(const char *s)
{
	return wordlike_surprise(span_str(s)) / WORDLIKE_BIT;
}

Test(judge_wordlike, names_and_prose_do_not_surprise)
{
	static const char *const words[] = {
		"", "a", "notificationsEnabled", "my-secret-name",
		"getPasswordFromConfig", "user_password_field",
		"correct-horse-battery", "kubernetes.io/service-account",
		"XMLHttpRequest", "MYSQL_ROOT_PASSWORD", "application/json",
		"com.example.MyClass", "openstack_nova_api", "rc_token_42",
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		cr_expect_lt(bits(words[i]), 8, "%s: %d", words[i],
			bits(words[i]));
}

Test(judge_wordlike, random_text_surprises)
{
	static const char *const random[] = {
		"x8Kq2mZp91Lw", "k9dj2lq0x8vn3m2z", "JBSWY3DPEHPK3PXP",
		"aB3xK9mQ2z", "bXlzZWNyZXQ", "wq7gkd82ls",
	};

	for (size_t i = 0; i < sizeof random / sizeof *random; i++)
		cr_expect_gt(bits(random[i]), 25, "%s: %d", random[i],
			bits(random[i]));
}

Test(judge_wordlike, a_random_part_among_words_surprises)
{
	cr_assert_gt(bits("production-database-x8Kq2mZp91Lw-primary"), 25);
}

Test(judge_wordlike, any_bytes_will_do)
{
	uint8_t all[256];

	for (int i = 0; i < 256; i++)
		all[i] = (uint8_t)i;
	cr_assert_geq(wordlike_surprise(span_of(all, sizeof all)), 0);
}
