/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_avx512.c - the places whose windows have a known hash, by the byte
 * permutations of AVX-512 (VBMI): buckets first, for they cost less a place
 * than a look-up in memory does.
 */
#include "engine/sieve_private.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi," \
	"avx512vbmi2,bmi,bmi2,popcnt")))

enum {
	VECTOR = 64,
	GATHER = 16		/* places looked up together */
};

bool
sieve_avx512_is_able(void)
{
	return __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512vbmi") &&
		__builtin_cpu_supports("avx512vbmi2");
}

AVX512 static void
look_up_kinds(const struct sieve *s, const uint8_t *block, size_t len,
	uint8_t *kinds)
{
	__m512i low = _mm512_loadu_si512(s->kind);
	__m512i high = _mm512_loadu_si512(s->kind + VECTOR);

	for (size_t i = 0; i < len + SIEVE_WINDOW; i += VECTOR) {
		__m512i v = _mm512_loadu_si512(block + i);

		_mm512_storeu_si512(kinds + i,
			_mm512_maskz_permutex2var_epi8(
				~_mm512_movepi8_mask(v), low, v, high));
	}
}

/* The eight buckets of a group that the window at kinds passes, a byte. */
AVX512 static inline __m512i
group_passed(const uint8_t *kinds, const __m512i *sets)
{
	__m512i a = _mm512_permutexvar_epi8(_mm512_loadu_si512(kinds),
		sets[0]);
	__m512i b = _mm512_permutexvar_epi8(_mm512_loadu_si512(kinds + 1),
		sets[SIEVE_GROUPS]);
	__m512i c = _mm512_permutexvar_epi8(_mm512_loadu_si512(kinds + 2),
		sets[2 * SIEVE_GROUPS]);
	__m512i d = _mm512_permutexvar_epi8(_mm512_loadu_si512(kinds + 3),
		sets[3 * SIEVE_GROUPS]);

	return _mm512_and_si512(d, _mm512_ternarylogic_epi64(a, b, c, 0x80));
}

/* The places in the block whose windows are in some bucket. */
AVX512 static size_t
step_buckets(const struct sieve *s, const uint8_t *kinds, size_t len,
	uint16_t *places)
{
	__m512i sets[SIEVE_WINDOW * SIEVE_GROUPS], at = _mm512_set_epi16(31,
		30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
		14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
	const __m512i half = _mm512_set1_epi16(VECTOR / 2);
	uint16_t *out = places;

	for (size_t i = 0; i < SIEVE_WINDOW * SIEVE_GROUPS; i++)
		sets[i] = _mm512_loadu_si512(s->buckets
			[i / SIEVE_GROUPS][i % SIEVE_GROUPS]);
	for (size_t i = 0; i < len; i += VECTOR) {
		const uint8_t *of = kinds + i;
		__m512i any = _mm512_or_si512(
			_mm512_or_si512(group_passed(of, sets),
				group_passed(of, sets + 1)),
			_mm512_or_si512(group_passed(of, sets + 2),
				group_passed(of, sets + 3)));
		uint64_t pass = _mm512_test_epi8_mask(any, any);

		if (len - i < VECTOR)
			pass = _bzhi_u64(pass, (unsigned)(len - i));
		_mm512_storeu_si512(out,
			_mm512_maskz_compress_epi16((__mmask32)pass, at));
		out += __builtin_popcountll(pass & UINT32_MAX);
		at = _mm512_add_epi16(at, half);
		_mm512_storeu_si512(out, _mm512_maskz_compress_epi16(
			(__mmask32)(pass >> 32), at));
		out += __builtin_popcountll(pass >> 32);
		at = _mm512_add_epi16(at, half);
	}
	return (size_t)(out - places);
}

/* Of these n, those with a known hash, sixteen at a time. */
AVX512 static size_t
step_hash(const struct sieve *s, const uint8_t *block, uint16_t *all, size_t n)
{
	const __m512i fold = _mm512_set1_epi32(SIEVE_FOLD),
		factor = _mm512_set1_epi32((int)SIEVE_FACTOR),
		low = _mm512_set1_epi32(31), one = _mm512_set1_epi32(1);
	uint16_t *out = all;

	for (size_t i = 0; i < n; i += GATHER) {
		__mmask16 here = (__mmask16)_bzhi_u32(UINT16_MAX,
			n - i < GATHER ? (unsigned)(n - i) : GATHER);
		__m256i places = _mm256_maskz_loadu_epi16(here, all + i);
		__m512i hashes = _mm512_srli_epi32(_mm512_mullo_epi32(factor,
			_mm512_or_si512(fold, _mm512_mask_i32gather_epi32(fold,
			here, _mm512_cvtepu16_epi32(places), block, 1))),
			32 - SIEVE_HASH_BITS);
		__m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(
			hashes, 5), s->may, sizeof *s->may);
		__mmask16 may = _mm512_mask_test_epi32_mask(here, words,
			_mm512_sllv_epi32(one, _mm512_and_si512(hashes, low)));

		_mm256_storeu_si256((__m256i *)(void *)out,
			_mm256_maskz_compress_epi16(may, places));
		out += __builtin_popcount(may);
	}
	return (size_t)(out - all);
}

AVX512 size_t
sieve_avx512_places(const struct sieve *s, const uint8_t *block, size_t len,
	uint16_t *places)
{
	uint8_t kinds[SIEVE_BLOCK + SIEVE_MORE];

	look_up_kinds(s, block, len, kinds);
	return step_hash(s, block, places, step_buckets(s, kinds, len,
		places));
}

#endif
