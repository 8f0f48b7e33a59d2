/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_avx2.c - the places whose windows have a known hash, where there is
 * AVX2 and no more: its permutations know too few kinds of bytes to tell
 * places apart, so they are looked up, two at a time.  A window at a place and
 * one at the next have three bytes in common, and only where some window has
 * such three as its last or as its first, about every eighth time, the two are
 * looked up by themselves.
 */
#include "engine/sieve_private.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

enum {
	ROW = 128,		/* places told of together, in pairs */
	PAIRS = ROW / 2,
	LANES = 8,		/* pairs hashed together */
	AHEAD = 8		/* ... stored before they are counted */
};

bool
sieve_avx2_is_able(void)
{
	return __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("bmi2") &&
		__builtin_cpu_supports("popcnt");
}

/* The hashes of what the places of each pair have in common. */
AVX2 static inline void
hash_row(const uint8_t *p, uint32_t *hashes)
{
	const __m256i threes = _mm256_broadcastsi128_si256(_mm_setr_epi8(
		1, 2, 3, -1, 3, 4, 5, -1, 5, 6, 7, -1, 7, 8, 9, -1));

	for (size_t i = 0; i < PAIRS; i += LANES) {
		const uint8_t *at = p + 2 * i;
		__m256i v = _mm256_inserti128_si256(_mm256_castsi128_si256(
			_mm_loadu_si128((const __m128i *)(const void *)at)),
			_mm_loadu_si128((const __m128i *)(const void *)
				(at + LANES)), 1);

		v = _mm256_or_si256(_mm256_shuffle_epi8(v, threes),
			_mm256_set1_epi32(SIEVE_FOLD));
		v = _mm256_mullo_epi32(v,
			_mm256_set1_epi32((int)SIEVE_FACTOR));
		_mm256_storeu_si256((__m256i *)(void *)(hashes + i),
			_mm256_srli_epi32(v, 32 - SIEVE_THREE_BITS));
	}
}

/* A bit for each pair of the row. */
AVX2 static inline uint64_t
look_up(const struct sieve *s, const uint32_t *hashes)
{
	uint64_t m = 0;

#pragma GCC unroll 64
	for (int i = PAIRS - 1; i >= 0; i--)
		m = 2 * m + (s->three[hashes[i] / 32] >> hashes[i] % 32 & 1);
	return m;
}

/* The first places of the pairs that may have one. */
AVX2 static size_t
find_pairs(const struct sieve *s, const uint8_t *block, size_t len,
	uint16_t *pairs)
{
	uint16_t *out = pairs, *end;
	uint32_t hashes[PAIRS];

	for (size_t i = 0; i < len; i += ROW) {
		uint64_t m;

		hash_row(block + i, hashes);
		m = look_up(s, hashes);
		if (len - i < ROW)
			m = _bzhi_u64(m, (unsigned)(len - i + 1) / 2);
		end = out + __builtin_popcountll(m);
		do {	/* seldom twice: no branch on how many */
			for (size_t k = 0; k < AHEAD; k++, m &= m - 1)
				out[k] = (uint16_t)(i + 2 * _tzcnt_u64(m));
			out += AHEAD;
		} while (m);
		out = end;
	}
	return (size_t)(out - pairs);
}

AVX2 static inline bool
is_known(const struct sieve *s, const uint8_t *at)
{
	uint32_t window, hash;

	memcpy(&window, at, sizeof window);
	hash = sieve_product(window) >> (32 - SIEVE_WIDE_BITS);
	return s->wide[hash / 32] >> hash % 32 & 1;
}

AVX2 size_t
sieve_avx2_places(const struct sieve *s, const uint8_t *block, size_t len,
	uint16_t *places)
{
	uint16_t pairs[SIEVE_PLACES];
	size_t n = find_pairs(s, block, len, pairs), out = 0;

	for (size_t i = 0; i < n; i++) {
		places[out] = pairs[i];
		out += is_known(s, block + pairs[i]);
		places[out] = pairs[i] + 1;
		out += is_known(s, block + pairs[i] + 1);
	}
	return out && places[out - 1] == len ? out - 1 : out;
}

#endif
