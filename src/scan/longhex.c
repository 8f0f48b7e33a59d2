/* SPDX-License-Identifier: Apache-2.0 */
/*
 * longhex.c - the runs.  The first digit of a pair that stands for text is 2 to
 * 7.  A window of 64 bytes becomes a word with a bit for each such digit; ANDed
 * with itself, shifted, it keeps the bits where SEEN of them follow each other
 * two or three bytes apart.  Of a run, one window or the next has as many.
 */
#include "scan/longhex.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { WINDOW = 64, SEEN = LONGHEX_MIN / 2 };

static bool
are_apart(const uint8_t *p, size_t step)
{
	for (size_t i = 0; i < SEEN; i++)
		if (p[i * step] < '2' || p[i * step] > '7')
			return false;
	return true;
}

size_t
longhex_find_plain(struct span s)
{
	for (size_t i = 0; i + (SEEN - 1) * 2 < s.len; i++)
		if (are_apart(s.ptr + i, 2) || (i + (SEEN - 1) * 3 < s.len &&
			are_apart(s.ptr + i, 3)))
			return i;
	return s.len;
}

#if defined(__x86_64__)

__attribute__((target("avx2,popcnt"))) static inline uint32_t
first_digits(const uint8_t *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i n = _mm256_sub_epi8(v, _mm256_set1_epi8('2'));

	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(n,
		_mm256_min_epu8(n, _mm256_set1_epi8(5))));
}

__attribute__((target("avx2,popcnt"))) static size_t
find_avx2(struct span s)
{
	size_t at = 0, left;
	uint64_t m, two, three;

	for (; at + WINDOW <= s.len; at += WINDOW) {
		m = first_digits(s.ptr + at) | (uint64_t)first_digits(s.ptr +
			at + WINDOW / 2) << WINDOW / 2;
		if (__builtin_popcountll(m) < SEEN)	/* so it is with most */
			continue;
		two = m & m >> 2;
		three = m & m >> 3;
		two &= two >> 4;
		three &= three >> 6;
		two &= two >> 8;
		three &= three >> 12;
		if (two | three)
			return at + (size_t)__builtin_ctzll(two | three);
	}
	left = longhex_find_plain(span_skip(s, at));
	return at + left < s.len ? at + left : s.len;
}

#endif

size_t
longhex_find(struct span s)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("popcnt"))
		return find_avx2(s);
#endif
	return longhex_find_plain(s);
}
