/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sites.c - the bytes that may not stand for themselves, 64 at a time: by one
 * look-up of bytes, or two of half bytes, where the processor has them, else
 * by a table.
 */
#include "known/seek.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512bw,avx512vbmi")))
#endif

static uint64_t
mask_by_table(const struct index *ix, const uint8_t *p, size_t n)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < n; i++)
		mask |= (uint64_t)ix->normal.site[p[i]] << i;
	return mask;
}

/* Goes to the first block of 64 bytes, from one on, that has a site. */
static void
to_block(struct seek *s, size_t block)
{
	s->mask_at = SIZE_MAX;
	for (s->mask = 0; block < s->data.len && !s->mask; block += 64) {
		size_t n = s->data.len - block;

		s->mask_at = block;
		s->mask = mask_by_table(s->ix, s->data.ptr + block,
			n < 64 ? n : 64);
	}
}

#if defined(__x86_64__)

AVX2 static inline uint32_t
mask_32(__m256i low, __m256i high, const uint8_t *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i upper = _mm256_and_si256(_mm256_srli_epi16(v, 4),
		_mm256_set1_epi8(15));
	__m256i hit = _mm256_and_si256(_mm256_shuffle_epi8(low, v),
		_mm256_shuffle_epi8(high, upper));

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit,
		_mm256_setzero_si256()));
}

AVX2 static void
to_block_avx2(struct seek *s, size_t block)
{
	const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128(
		(const __m128i *)(const void *)s->ix->nibble_low));
	const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128(
		(const __m128i *)(const void *)s->ix->nibble_high));

	for (; block + 64 <= s->data.len; block += 64) {
		const uint8_t *p = s->data.ptr + block;
		uint64_t mask = mask_32(low, high, p) |
			(uint64_t)mask_32(low, high, p + 32) << 32;

		if (!mask)
			continue;
		s->mask = mask;
		s->mask_at = block;
		return;
	}
	to_block(s, block);
}

/* No site is beyond ASCII. */
AVX512 static void
to_block_avx512(struct seek *s, size_t block)
{
	const bool *site = s->ix->normal.site;
	const __m512i low = _mm512_loadu_si512(site);
	const __m512i high = _mm512_loadu_si512(site + 64);

	for (; block + 64 <= s->data.len; block += 64) {
		__m512i v = _mm512_loadu_si512(s->data.ptr + block);
		__m512i is = _mm512_permutex2var_epi8(low, v, high);
		uint64_t mask = _mm512_mask_test_epi8_mask(
			~_mm512_movepi8_mask(v), is, is);

		if (!mask)
			continue;
		s->mask = mask;
		s->mask_at = block;
		return;
	}
	to_block(s, block);
}

static void
go_to_block(struct seek *s, size_t block)
{
	if (__builtin_cpu_supports("avx512vbmi") &&
		__builtin_cpu_supports("avx512bw"))
		to_block_avx512(s, block);
	else if (__builtin_cpu_supports("avx2"))
		to_block_avx2(s, block);
	else
		to_block(s, block);
}

#else
#define go_to_block to_block
#endif

size_t
seek_site_anew(struct seek *s, size_t at)
{
	size_t block = at & ~(size_t)63;
	uint64_t mask;

	if (s->mask_at != block)
		go_to_block(s, block);
	mask = s->mask;
	if (s->mask_at == block)
		mask &= ~(uint64_t)0 << (at - block);
	if (s->mask && !mask) {
		go_to_block(s, block + 64);
		mask = s->mask;
	}
	s->clean_from = at;
	s->site = mask ? s->mask_at + (size_t)__builtin_ctzll(mask) :
		s->data.len;
	return s->site;
}
