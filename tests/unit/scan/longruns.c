/* SPDX-License-Identifier: Apache-2.0 */
/* longruns.c - long runs against a count of bytes. */
#include <criterion/criterion.h>

#include "scan/longruns.h"

enum { MOST = 400, ROUNDS = 200000 };

static uint32_t state = 7;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static size_t
naive(struct span s)
{
	size_t row = 0;

	for (size_t i = 0; i < s.len; i++) {
		row = longruns_has(s.ptr[i]) ? row + 1 : 0;
		if (row == LONGRUNS_MIN)
			return i + 1 - LONGRUNS_MIN;
	}
	return s.len;
}

Test(scan_longruns, they_are_what_a_count_finds)
{
	static const char chars[] = "aZ09+/kQ";
	uint8_t bytes[MOST];
	size_t found = 0;

	for (size_t k = 0; k < ROUNDS; k++) {
		uint32_t every = 3 + draw(16);
		struct span s = span_of(bytes, draw(MOST));

		for (size_t i = 0; i < s.len; i++)
			bytes[i] = draw(every) ? (uint8_t)chars[draw(8)] :
				(uint8_t)draw(256);
		cr_assert_eq(longruns_find(s), naive(s));
		found += naive(s) < s.len;
	}
	cr_assert_gt(found, (size_t)ROUNDS / 10);
	cr_assert_lt(found, (size_t)ROUNDS / 10 * 9);
}

Test(scan_longruns, every_byte_counts_or_does_not)
{
	static const char counts[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
		"mnopqrstuvwxyz0123456789+/";
	uint8_t bytes[MOST];

	for (int c = 0; c < 256; c++) {
		size_t want = c && strchr(counts, c) ? 0 : MOST;

		memset(bytes, c, MOST);
		cr_expect_eq(longruns_find(span_of(bytes, MOST)), want,
			"%d", c);
	}
}
