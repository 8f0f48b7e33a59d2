/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "git/pack.h"

static bool
apply(const char *base, const void *delta, size_t len, char *out, size_t n)
{
	return delta_apply(span_str(base), span_of(delta, len),
		(uint8_t *)out, n, NULL);
}

Test(git_delta, copies_and_inserts_make_an_object)
{
	/* 6 bytes become 8: "cdef", "XY", "ab" */
	static const uint8_t d[] = { 6, 8, 0x91, 2, 4, 2, 'X', 'Y', 0x90, 2 };
	char out[8];

	cr_assert(apply("abcdef", d, sizeof d, out, 8));
	cr_assert_eq(memcmp(out, "cdefXYab", 8), 0);
}

Test(git_delta, a_hostile_delta_is_refused)
{
	static const struct {
		uint8_t v[8];
		size_t n;
	} bad[] = {
		{ { 6, 4, 0x91, 3, 4 }, 5 },		/* past the base */
		{ { 6, 4, 0x90, 5 }, 4 },		/* more than stated */
		{ { 6, 4, 0x90, 3 }, 4 },		/* less */
		{ { 6, 4, 4, 'a', 'b' }, 5 },		/* insert cut off */
		{ { 6, 4, 0x91, 1 }, 4 },		/* copy cut off */
		{ { 6, 4, 0, 0x90, 4 }, 5 },		/* reserved */
		{ { 5, 4, 0x90, 4 }, 4 },		/* another base */
		{ { 6, 5, 0x90, 5 }, 4 },		/* another length */
		{ { 0x86 }, 1 },			/* length cut off */
		{ { 6 }, 1 },
		{ { 0 }, 0 },
	};
	char out[4];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_assert_not(apply("abcdef", bad[i].v, bad[i].n, out, 4),
			"%zu", i);
}

Test(git_delta, a_copy_without_a_length_is_of_64_KiB)
{
	static const uint8_t d[] = { 0x80, 0x80, 4, 0x80, 0x80, 4, 0x80 };
	static char base[0x10001], out[0x10000];

	memset(base, 'x', 0x10000);
	cr_assert(apply(base, d, sizeof d, out, sizeof out));
	cr_assert_eq(memcmp(out, base, sizeof out), 0);
}

Test(git_delta, copies_that_go_on_in_the_base_are_one_and_short_ones_none)
{
	/* 0-199, 200-399 of the base; "x"; 100 bytes from 7; 150 from 250 */
	static const uint8_t d[] = { 0x90, 3, 0x8b, 5, 0x90, 200,
		0x91, 200, 200, 1, 'x', 0x91, 7, 100, 0x91, 250, 150 };
	static char base[400], out[651];
	struct kin_copy v[DELTA_COPIES_MOST];
	struct delta_copies c = { v, 0 };

	cr_assert(delta_apply(span_of(base, sizeof base), span_of(d, sizeof d),
		(uint8_t *)out, sizeof out, &c));
	cr_assert_eq(c.n, 2);
	cr_expect(v[0].from == 0 && v[0].to == 0 && v[0].len == 400);
	cr_expect(v[1].from == 250 && v[1].to == 501 && v[1].len == 150);
}
