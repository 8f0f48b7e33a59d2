/* SPDX-License-Identifier: Apache-2.0 */
/* Magic numbers in the midst of bytes: each way finds what the others do. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "unwrap/starts.h"

static const struct span magics[] = {
	{ (const uint8_t *)"PK\x03\x04", 4 },
	{ (const uint8_t *)"\x04\x22\x4d\x18", 4 },
	{ (const uint8_t *)"\x1f\x8b\x08", 3 },
	{ (const uint8_t *)"\xfd" "7zXZ", 5 },
	{ (const uint8_t *)"\x28\xb5\x2f\xfd", 4 },
	{ (const uint8_t *)"BZh", 3 },
};
enum { MAGICS = sizeof magics / sizeof *magics, SIZE = 300 };

static void
check(struct span s, size_t from, size_t want)
{
	for (size_t i = 0; starts_way(i); i++)
		cr_assert_eq(starts_way(i)(s, from), want, "way %zu, %zu "
			"bytes from %zu: %zu, not %zu", i, s.len, from,
			starts_way(i)(s, from), want);
}

static size_t
naive(struct span s, size_t from)
{
	for (; from < s.len; from++)
		for (size_t m = 0; m < MAGICS; m++)
			if (s.len - from >= magics[m].len &&
				!memcmp(s.ptr + from, magics[m].ptr,
				magics[m].len))
				return from;
	return s.len;
}

/* In a buffer of its own size, so that a sanitizer sees what is read. */
static void
check_copy(const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len + 1);
	struct span s = { copy, len };

	memcpy(copy, bytes, len);
	for (size_t from = 0; from <= 1 && from <= len; from++)
		check(s, from, naive(s, from));
	free(copy);
}

Test(starts, each_magic_number_is_found_at_each_place)
{
	uint8_t bytes[SIZE];

	for (size_t m = 0; m < MAGICS; m++)
		for (size_t at = 0; at + magics[m].len <= SIZE; at++) {
			memset(bytes, 'a', SIZE);
			memcpy(bytes + at, magics[m].ptr, magics[m].len);
			cr_assert_eq(naive(span_of(bytes, SIZE), 0), at);
			check_copy(bytes, SIZE);
			check_copy(bytes, at + magics[m].len);
			check_copy(bytes, at + magics[m].len - 1);
		}
}

Test(starts, bytes_that_nearly_are_one_are_none)
{
	uint8_t bytes[SIZE];

	for (size_t m = 0; m < MAGICS; m++)
		for (size_t k = 0; k < magics[m].len; k++)
			for (unsigned bit = 0; bit < 8; bit++) {
				memset(bytes, '\n', SIZE);
				memcpy(bytes + 70, magics[m].ptr,
					magics[m].len);
				bytes[70 + k] ^= (uint8_t)(1u << bit);
				check_copy(bytes, SIZE);
			}
}

Test(starts, all_ways_agree_on_bytes_of_magic_numbers_at_random)
{
	uint8_t bytes[SIZE];

	srand(7);
	for (int round = 0; round < 3000; round++) {
		for (size_t i = 0; i < SIZE; i++) {
			const struct span *m = &magics[rand() % MAGICS];

			bytes[i] = rand() % 3 ? m->ptr[(size_t)rand() % m->len]
				: (uint8_t)rand();
		}
		check_copy(bytes, (size_t)rand() % SIZE);
	}
}

Test(starts, what_the_end_cuts_short_may_be_one)
{
	for (size_t m = 0; m < MAGICS; m++)
		for (size_t n = 1; n < magics[m].len; n++) {
			uint8_t bytes[100];

			memset(bytes, ' ', sizeof bytes);
			memcpy(bytes + sizeof bytes - n, magics[m].ptr, n);
			cr_assert_eq(starts_find_head(span_of(bytes,
				sizeof bytes), 0), sizeof bytes - n);
			cr_assert_eq(starts_find(span_of(bytes,
				sizeof bytes), 0), sizeof bytes);
		}
	cr_assert_eq(starts_find_head(span_of("P", 1), 1), 1);
	cr_assert_eq(starts_find_head(span_of("", 0), 0), 0);
}
