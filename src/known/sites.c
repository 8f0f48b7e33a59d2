/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sites.c - the bytes that may not stand for themselves, 64 at a time: by two
 * look-ups of half bytes where the processor has them, else by a table.
 */
#include "known/seek.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static uint64_t
mask_by_table(const struct index *ix, const uint8_t *p, size_t n)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < n; i++)
		mask |= (uint64_t)ix->normal.site[p[i]] << i;
	return mask;
}

#if defined(__x86_64__)

__attribute__((target("avx2")))
static uint32_t
mask_32(const struct index *ix, const uint8_t *p)
{
	const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128(
		(const __m128i *)(const void *)ix->nibble_low));
	const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128(
		(const __m128i *)(const void *)ix->nibble_high));
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i upper = _mm256_and_si256(_mm256_srli_epi16(v, 4),
		_mm256_set1_epi8(15));
	__m256i hit = _mm256_and_si256(_mm256_shuffle_epi8(low, v),
		_mm256_shuffle_epi8(high, upper));

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit,
		_mm256_setzero_si256()));
}

__attribute__((target("avx2")))
static uint64_t
mask_64(const struct index *ix, const uint8_t *p)
{
	return mask_32(ix, p) | (uint64_t)mask_32(ix, p + 32) << 32;
}

static uint64_t
mask_of(const struct index *ix, const uint8_t *p, size_t n)
{
	return n == 64 && __builtin_cpu_supports("avx2") ? mask_64(ix, p) :
		mask_by_table(ix, p, n);
}

#else
#define mask_of mask_by_table
#endif

size_t
seek_site(struct seek *s, size_t at)
{
	while (at < s->data.len) {
		size_t block = at & ~(size_t)63;
		size_t n = s->data.len - block;

		if (s->mask_at != block) {
			s->mask = mask_of(s->ix, s->data.ptr + block,
				n < 64 ? n : 64);
			s->mask_at = block;
		}
		if (s->mask >> (at - block))
			return at + (size_t)__builtin_ctzll(s->mask >>
				(at - block));
		at = block + 64;
	}
	return s->data.len;
}
