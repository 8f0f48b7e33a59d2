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
half_digits(const uint8_t *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i n = _mm256_sub_epi8(v, _mm256_set1_epi8('2'));

	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(n,
		_mm256_min_epu8(n, _mm256_set1_epi8(5))));
}

__attribute__((target("avx2,popcnt"))) static inline uint64_t
digits_avx2(const uint8_t *p)
{
	return half_digits(p) |
		(uint64_t)half_digits(p + WINDOW / 2) << WINDOW / 2;
}

__attribute__((target("avx512f,avx512bw,popcnt"))) static inline uint64_t
digits_avx512(const uint8_t *p)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(_mm512_loadu_si512(p),
		_mm512_set1_epi8('2')), _mm512_set1_epi8(5));
}

/* Bits where SEEN of them follow each other. */
static inline uint64_t
rows(uint64_t m)
{
	uint64_t two, three;

	two = m & m >> 2;
	three = m & m >> 3;
	two &= two >> 4;
	three &= three >> 6;
	return (two & two >> 8) | (three & three >> 12);
}

typedef uint64_t digits_fn(const uint8_t *p);

/* digits is known when this is compiled. */
__attribute__((always_inline)) static inline size_t
find(struct span s, digits_fn *digits)
{
	size_t at = 0;
	uint64_t m;

	if (s.len < WINDOW)
		return longhex_find_plain(s);
	for (;; at += WINDOW) {
		if (at + WINDOW > s.len)	/* the last one lies on it */
			at = s.len - WINDOW;
		m = digits(s.ptr + at);
		/* So it is with most. */
		m = __builtin_popcountll(m) < SEEN ? 0 : rows(m);
		if (m)
			return at + (size_t)__builtin_ctzll(m);
		if (at + WINDOW == s.len)
			return s.len;
	}
}

__attribute__((target("avx2,popcnt"))) static size_t
find_avx2(struct span s)
{
	return find(s, digits_avx2);
}

__attribute__((target("avx512f,avx512bw,popcnt"))) static size_t
find_avx512(struct span s)
{
	return find(s, digits_avx512);
}

#endif

size_t
longhex_find(struct span s)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512bw"))
		return find_avx512(s);
	if (__builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("popcnt"))
		return find_avx2(s);
#endif
	return longhex_find_plain(s);
}
