/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/public.h"
#include "unit/judge/check_fix.h"

/* `at` is where the match begins in text, and the secret where `value` is. */
static const char *
reason(const char *text, size_t at, const char *value)
{
	static const struct stanch_rule rule = { .id = "r" };
	struct span all = span_str(text), secret = span_str(value);
	const uint8_t *found = memmem(all.ptr, all.len, secret.ptr,
		secret.len);
	struct judge_case c = { .rule = &rule, .place = "",
		.match = span_skip(all, at), .before = span_first(all, at) };

	cr_assert(found);
	c.secret = span_of(found, secret.len);
	return public_reason(&c);
}

#define DIGITS "9f2c4e81b7d3065a9f21c4e8b7d3065a"
#define UUID "9f2c4e81-b7d3-4065-9f21-c4e8b7d3065a"

Test(judge_public, addresses_of_twenty_bytes_are)
{
	cr_assert(reason("token: 0x" DIGITS "9F21c4E8", 0,
		"0x" DIGITS "9F21c4E8"));
	cr_assert_not(reason("token: 0x" DIGITS "9f21c4e", 0,
		"0x" DIGITS "9f21c4e"));
	cr_assert_not(reason("key: 0x" DIGITS DIGITS, 0, "0x" DIGITS DIGITS));
	cr_assert_not(reason("key: 0x" DIGITS "9f21c4eg", 0,
		"0x" DIGITS "9f21c4eg"));
}

Test(judge_public, numbers_of_postman_are)
{
	cr_assert(reason("Postman-Token: " UUID, 8, UUID));
	cr_assert(reason("\"postman-token\", \"value\": \"" UUID "\"", 9,
		UUID));
	cr_assert_not(reason("Postman-Token: " DIGITS, 8, DIGITS));
	cr_assert_not(reason("Fireman-Token: " UUID, 8, UUID));
	cr_assert_not(reason("Postman-Secret: " UUID, 8, UUID));
}
