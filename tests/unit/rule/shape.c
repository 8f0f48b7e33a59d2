/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - shapes of services' values: what can be read, what fits. */
#include <criterion/criterion.h>

#include "rule/rule_shape.h"

Test(rule_shape, lengths_are_those_of_all_parts)
{
	uint32_t least = 0, most = 0;

	cr_assert_null(rule_shape_read("u{{digit:3-9}}-{{hex:24}}", &least,
		&most));
	cr_expect_eq(least, 29);
	cr_expect_eq(most, 35);
	cr_assert_null(rule_shape_read("{{uuid}}:{{hex:32}}", &least, &most));
	cr_expect_eq(least, 69);
	cr_expect_eq(most, 69);
	cr_assert_null(rule_shape_read(rule_shape_any, &least, &most));
	cr_expect_eq(least, 20);
}

Test(rule_shape, what_is_no_shape_is_refused_with_a_reason)
{
	static const char *const bad[] = {
		"", "{{hex:7}}", "{{hex:257}}", "{{hex:32", "{{hex}}",
		"{{runes:32}}", "{{hex:32-16}}", "{{hex:}}", "{{jwt}}",
		"{{hex:16}}{{b62crc32:6}}", "{{hex:99999999999999999999}}",
		"{{lf}}{{hex:32}}"
	};
	uint32_t least, most;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect_not_null(rule_shape_read(bad[i], &least, &most),
			"%s", bad[i]);
}

static bool
fits(const char *shape, const char *text)
{
	return rule_shape_fits(shape, span_str(text));
}

Test(rule_shape, all_of_a_value_must_fit)
{
	cr_expect(fits("{{hex:8}}", "0a1b2c3d"));
	cr_expect_not(fits("{{hex:8}}", "0a1b2c3"));
	cr_expect_not(fits("{{hex:8}}", "0a1b2c3d4"));
	cr_expect_not(fits("{{hex:8}}", "0a1b2c3D"));
	cr_expect_not(fits("{{hex:8}}", ""));
	cr_expect(fits("x-{{digit:1-3}}.{{lower:6}}", "x-12.abcdef"));
	cr_expect_not(fits("x-{{digit:1-3}}.{{lower:6}}", "x-1234.abcdef"));
	cr_expect(fits("{{uuid}}", "01234567-89ab-cdef-0123-456789abcdef"));
	cr_expect_not(fits("{{uuid}}", "0123456789ab-cdef-0123-456789abcdef"));
}

/* What the first part could take belongs to the second. */
Test(rule_shape, parts_of_one_alphabet_share_a_value)
{
	cr_expect(fits("{{digit:1-9}}{{digit:4}}{{hex:6}}", "12345abcdef"));
	cr_expect_not(fits("{{digit:1-9}}{{digit:4}}{{hex:6}}", "1234abcdef"));
}

Test(rule_shape, a_long_value_fits_nothing)
{
	char text[RULE_SHAPE_MAX + 2];

	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	cr_expect_not(fits("{{lower:128}}{{lower:1-128}}", text));
	text[RULE_SHAPE_MAX] = '\0';
	cr_expect(fits("{{lower:128}}{{lower:1-128}}", text));
}
