/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "base/seen.h"
#include "base/together.h"

Test(base_seen, what_was_added_is_known_and_nothing_else)
{
	struct seen s = { 0 };

	for (uint64_t i = 0; i < 5000; i++)
		cr_assert(seen_add(&s, i * i + 2));
	for (uint64_t i = 0; i < 5000; i++)
		cr_assert(!seen_add(&s, i * i + 2));
	cr_assert(seen_add(&s, 1));
	seen_free(&s);
}

static void
count(void *of, size_t i)
{
	int *v = of;

	v[i]++;
}

Test(base_together, each_part_is_done_once)
{
	for (size_t n = 0; n <= TOGETHER_MOST; n += 16) {
		int v[TOGETHER_MOST + 1] = { 0 };

		together(n, count, v);
		for (size_t i = 0; i <= TOGETHER_MOST; i++)
			cr_assert(v[i] == (i < n));
	}
}
