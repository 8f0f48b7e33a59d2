/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <criterion/criterion.h>

static void
is(const char *bytes, size_t len, size_t want, uint32_t point)
{
	uint32_t got = 0;

	cr_assert_eq(utf8_next(span_of(bytes, len), &got), want);
	cr_assert_eq(got, point);
}

Test(base_utf8, next_reads_each_length_at_its_bounds)
{
	is("\0", 1, 1, 0);
	is("\x7f", 1, 1, 0x7f);
	is("\xc2\x80", 2, 2, 0x80);
	is("\xdf\xbf", 2, 2, 0x7ff);
	is("\xe0\xa0\x80", 3, 3, 0x800);
	is("\xef\xbf\xbf", 3, 3, 0xffff);
	is("\xf0\x90\x80\x80", 4, 4, 0x10000);
	is("\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff);
}

Test(base_utf8, next_refuses_what_is_no_character)
{
	is("", 0, 0, 0);
	is("\x80", 1, 0, 0);
	is("\xc1\xbf", 2, 0, 0);		/* overlong */
	is("\xe0\x9f\xbf", 3, 0, 0);
	is("\xf0\x8f\xbf\xbf", 4, 0, 0);
	is("\xed\xa0\x80", 3, 0, 0);		/* surrogates */
	is("\xed\xbf\xbf", 3, 0, 0);
	is("\xf4\x90\x80\x80", 4, 0, 0);	/* beyond U+10FFFF */
	is("\xf5\x80\x80\x80", 4, 0, 0);
	is("\xe2\x82", 2, 0, 0);		/* cut short */
	is("\xe2\x28\xa1", 3, 0, 0);
}

Test(base_utf8, valid_looks_at_all_of_it)
{
	cr_assert(utf8_valid(span_str("a\xe2\x82\xac" "b")));
	cr_assert_not(utf8_valid(span_str("a\xe2\x82\xac\xff")));
	cr_assert(utf8_valid(span_of(NULL, 0)));
}
