/* SPDX-License-Identifier: Apache-2.0 */
/*
 * longruns.c - the runs.  A window of 64 bytes becomes a word with a bit for
 * each byte that counts; ANDed with itself, shifted, it keeps the bits where
 * LONGRUNS_MIN in a row begin.  Windows overlap, so that each run is whole in
 * one.  Which bytes count is told by two look-ups, one a nibble.
 */
#include "scan/longruns.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
	WINDOW = 64,
	STRIDE = WINDOW - LONGRUNS_MIN + 1	/* where a run may begin */
};

const uint8_t longruns_value[256] = {
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 62, 64, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64,
	64, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 64, 64, 64, 64, 63,
	64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
};

/*
 * A run holds every byte that is LONGRUNS_MIN - 1 behind its first: where one
 * does not count, no run begins in the bytes before it.
 */
size_t
longruns_find_plain(struct span s)
{
	size_t from = 0, at;

	while (from + LONGRUNS_MIN <= s.len) {
		for (at = from + LONGRUNS_MIN; at > from &&
			longruns_has(s.ptr[at - 1]); at--)
			;
		if (at == from)
			return from;
		from = at;
	}
	return s.len;
}

#if defined(__x86_64__)

/* By the low nibble: in which groups it is; by the high one: of which. */
enum {
	G2 = 1,		/* + / */
	G3 = 2,		/* 0-9 */
	G46 = 4,	/* A-O a-o */
	G5 = 8,		/* P-Z */
	G7 = 16		/* p-z */
};
#define ALL (G3 | G46 | G5 | G7)

__attribute__((target("avx2"))) static uint32_t
members(const uint8_t *p, __m256i low, __m256i high)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i of = _mm256_and_si256(_mm256_srli_epi16(v, 4),
		_mm256_set1_epi8(15));
	__m256i both = _mm256_and_si256(_mm256_shuffle_epi8(low, v),
		_mm256_shuffle_epi8(high, of));

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(both,
		_mm256_setzero_si256()));
}

/* The bits of m where LONGRUNS_MIN in a row begin. */
static inline uint64_t
long_ones(uint64_t m)
{
	m &= m >> 1;
	m &= m >> 2;
	m &= m >> 4;
	return m & m >> 8;
}

__attribute__((target("avx2"))) static size_t
find_avx2(struct span s)
{
	const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(
		G3 | G5 | G7, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
		G46 | G5 | G7, G2 | G46, G46, G46, G46, G2 | G46));
	const __m256i high = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0,
		G2, G3, G46, G5, G46, G7, 0, 0, 0, 0, 0, 0, 0, 0));
	size_t at = 0, left;
	uint64_t m;

	for (; at + WINDOW <= s.len; at += STRIDE) {
		m = long_ones(members(s.ptr + at, low, high) |
			(uint64_t)members(s.ptr + at + WINDOW / 2, low,
			high) << WINDOW / 2);
		if (m)
			return at + (size_t)__builtin_ctzll(m);
	}
	left = longruns_find_plain(span_skip(s, at));
	return at + left < s.len ? at + left : s.len;
}

#endif

size_t
longruns_find(struct span s)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		return find_avx2(s);
#endif
	return longruns_find_plain(s);
}
