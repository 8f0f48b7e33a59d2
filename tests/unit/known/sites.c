/* SPDX-License-Identifier: Apache-2.0 */
/* sites.c - the next site, asked for in any order, against a count. */
#include <criterion/criterion.h>

#include "known/seek.h"

enum { MOST = 700, ROUNDS = 400, ASKED = 300 };

static uint32_t state = 5;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static size_t
naive(const struct index *ix, struct span s, size_t at)
{
	while (at < s.len && !ix->normal.site[s.ptr[at]])
		at++;
	return at < s.len ? at : s.len;
}

Test(known_sites, next_site_is_the_same_whatever_was_asked_before)
{
	struct stanch_values *values;
	uint8_t bytes[MOST];

	cr_assert_eq(stanch_values_new(&values, NULL, NULL), STANCH_OK);
	cr_assert_eq(stanch_values_add(values, "v", "4kq7w1zt9x'm", 12, NULL,
		NULL, NULL), STANCH_OK);
	cr_assert_eq(known_refresh(values, NULL), STANCH_OK);
	for (size_t k = 0; k < ROUNDS; k++) {
		uint32_t every = 2 + draw(400);
		struct span data = span_of(bytes, draw(MOST));
		struct seek s = { .ix = values->index, .data = data,
			.mask_at = SIZE_MAX, .clean_from = SIZE_MAX };

		for (size_t i = 0; i < data.len; i++)
			bytes[i] = draw(every) ? 'a' : (uint8_t)
				"\n\r\\%'&"[draw(6)];
		for (size_t i = 0, at = 0; i < ASKED; i++) {
			at = draw(3) ? at + draw(3) : draw(MOST);
			at = at < MOST ? at : 0;
			cr_assert_eq(seek_site(&s, at), at < data.len ?
				naive(values->index, data, at) : data.len,
				"%zu of %zu", at, data.len);
		}
	}
	stanch_values_free(values);
}
