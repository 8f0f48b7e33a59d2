/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "sink/when.h"

Test(sink_when, a_date_is_shown_in_the_zone_it_was_written_in)
{
	char out[WHEN_DATE];

	cr_assert(when_date(out, 0, 0));
	cr_assert_str_eq(out, "1970-01-01T00:00:00+00:00");
	cr_assert(when_date(out, 1767323045, -210));
	cr_assert_str_eq(out, "2026-01-01T23:34:05-03:30");
	cr_assert(when_date(out, -1, 0));
	cr_assert_str_eq(out, "1969-12-31T23:59:59+00:00");
}

Test(sink_when, a_date_that_nobody_can_have_is_refused)
{
	char out[WHEN_DATE];

	cr_assert_not(when_date(out, INT64_MAX, 60));
	cr_assert_not(when_date(out, INT64_MIN, -60));
	cr_assert(when_date(out, 0, 99999));
	cr_assert_str_eq(out, "1970-01-01T00:00:00+00:00");
}

Test(sink_when, days_are_whole_and_never_negative)
{
	cr_assert_eq(when_days(0, 86399), 0);
	cr_assert_eq(when_days(0, 86400), 1);
	cr_assert_eq(when_days(5, 4), 0);
	cr_assert_eq(when_days(INT64_MIN, INT64_MAX), 0);
}
