/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seek_runs.c - the pass over all bytes: a look into two bitmaps every few
 * bytes, and for most text that is all.  index.h says why none is missed.
 */
#include "known/seek.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,bmi2")))
#endif

enum { BLOCK = 32 };	/* bytes that are looked at together */

/* A run is at data[at]; of folded the first eight bytes are what is there. */
static void
found_run(struct seek *s, uint32_t key, size_t at)
{
	const uint8_t *p = s->data.ptr;
	const struct gram *v;
	size_t n, firm;

	v = grams_find(&s->ix->runs, key, &n);
	for (size_t i = 0; i < n; i++) {
		const struct form *f = &s->ix->forms[v[i].form];

		if (v[i].key != key || at < v[i].offset)
			continue;
		firm = at - v[i].offset + f->firm_at;
		if (firm + RUN_FIRM <= s->data.len &&
			grams_fold(grams_load(p + firm)) != f->firm)
			continue;
		seek_try(s, v[i].form, at - v[i].offset);
	}
}

static void
look(struct seek *s, const uint8_t *p, size_t at)
{
	uint32_t key = grams_key(grams_fold(grams_load(p)), RUN_LEN);

	if (grams_may(&s->ix->runs, key))
		found_run(s, key, at);
}

/* The last bytes, where eight cannot be loaded any more. */
static void
look_at_end(struct seek *s, size_t at)
{
	uint8_t last[2 * BLOCK + RUN_FIRM] = { 0 };
	size_t n = s->data.len - at;

	memcpy(last, s->data.ptr + at, n);
	for (size_t i = 0; i < n; i += RUN_STEP)
		look(s, last + i, at + i);
	explicit_bzero(last, sizeof last);
}

static inline uint32_t
sift(const struct grams *g, const uint8_t *p)
{
	return grams_sift(g->bits, g->word_shift, grams_key(grams_fold(
		grams_load(p)), RUN_LEN));
}

/*
 * The first of the runs at each fourth byte from data[at] on that may be one,
 * or where too little is left for a block.
 */
static size_t
next_run(const struct seek *s, size_t at)
{
	for (; at + BLOCK + RUN_STEP <= s->data.len; at += RUN_STEP)
		if (sift(&s->ix->runs, s->data.ptr + at) & 1)
			break;
	return at;
}

#if defined(__x86_64__)

/* The words of eight keys, loaded one by one: to gather takes no less time. */
AVX2 static inline __m256i
words_of(const struct grams *g, __m256i keys)
{
	uint32_t i[8] __attribute__((aligned(32)));

	_mm256_store_si256((__m256i *)(void *)i, _mm256_srl_epi32(keys,
		_mm_cvtsi32_si128((int)g->word_shift)));
	return _mm256_setr_epi32((int)g->bits[i[0]], (int)g->bits[i[1]],
		(int)g->bits[i[2]], (int)g->bits[i[3]], (int)g->bits[i[4]],
		(int)g->bits[i[5]], (int)g->bits[i[6]], (int)g->bits[i[7]]);
}

/* The keys of the runs at each fourth byte. */
AVX2 static inline __m256i
keys_at(const uint8_t *p)
{
	const __m256i fold = _mm256_set1_epi8(0x20);
	__m256i front = _mm256_or_si256(fold, _mm256_loadu_si256(
		(const __m256i *)(const void *)p));
	__m256i back = _mm256_or_si256(fold, _mm256_loadu_si256(
		(const __m256i *)(const void *)(p + RUN_LEN - 4)));
	__m256i keys = _mm256_add_epi32(
		_mm256_mullo_epi32(front, _mm256_set1_epi32((int)GRAMS_FRONT)),
		_mm256_mullo_epi32(back, _mm256_set1_epi32((int)GRAMS_BACK)));

	return _mm256_xor_si256(keys, _mm256_srli_epi32(keys, GRAMS_MIX));
}

/* As next_run(). */
AVX2 static size_t
next_run_avx2(const struct seek *s, size_t at)
{
	const __m256i one = _mm256_set1_epi32(1), low = _mm256_set1_epi32(31);
	const struct grams *g = &s->ix->runs;

	for (; at + BLOCK + RUN_STEP <= s->data.len; at += BLOCK) {
		__m256i keys = keys_at(s->data.ptr + at);
		__m256i bits = _mm256_or_si256(_mm256_sllv_epi32(one,
			_mm256_and_si256(keys, low)), _mm256_sllv_epi32(one,
			_mm256_and_si256(_mm256_srli_epi32(keys, 5), low)));
		__m256i is = _mm256_cmpeq_epi32(bits, _mm256_and_si256(bits,
			words_of(g, keys)));
		int which = _mm256_movemask_ps(_mm256_castsi256_ps(is));

		if (which)
			return at + (size_t)__builtin_ctz((unsigned)which) *
				RUN_STEP;
	}
	return at;
}

/* The same of 64 bytes: here it takes less time to gather. */
AVX512 static size_t
next_run_avx512(const struct seek *s, size_t at)
{
	const __m512i fold = _mm512_set1_epi8(0x20), one = _mm512_set1_epi32(1),
		low = _mm512_set1_epi32(31),
		front = _mm512_set1_epi32((int)GRAMS_FRONT),
		back = _mm512_set1_epi32((int)GRAMS_BACK);
	const __m128i shift = _mm_cvtsi32_si128(
		(int)s->ix->runs.word_shift);

	for (; at + 2 * BLOCK + RUN_STEP <= s->data.len; at += 2 * BLOCK) {
		const uint8_t *p = s->data.ptr + at;
		__m512i keys = _mm512_add_epi32(
			_mm512_mullo_epi32(front, _mm512_or_si512(fold,
			_mm512_loadu_si512(p))),
			_mm512_mullo_epi32(back, _mm512_or_si512(fold,
			_mm512_loadu_si512(p + RUN_LEN - 4))));
		__m512i words, bits;
		unsigned which;

		keys = _mm512_xor_si512(keys, _mm512_srli_epi32(keys,
			GRAMS_MIX));
		words = _mm512_i32gather_epi32(_mm512_srl_epi32(keys, shift),
			s->ix->runs.bits, sizeof *s->ix->runs.bits);
		bits = _mm512_or_si512(_mm512_sllv_epi32(one,
			_mm512_and_si512(keys, low)), _mm512_sllv_epi32(one,
			_mm512_and_si512(_mm512_srli_epi32(keys, 5), low)));
		which = _mm512_cmpeq_epi32_mask(bits,
			_mm512_and_si512(bits, words));
		if (which)
			return at + (size_t)__builtin_ctz(which) * RUN_STEP;
	}
	return at;
}

static size_t
run_from(const struct seek *s, size_t at)
{
	if (__builtin_cpu_supports("avx512bw")) {
		at = next_run_avx512(s, at);
		if (at + 2 * BLOCK + RUN_STEP <= s->data.len)
			return at;
	}
	return __builtin_cpu_supports("avx2") ? next_run_avx2(s, at) :
		next_run(s, at);
}

#else
#define run_from next_run
#endif

void
seek_runs(struct seek *s)
{
	size_t at = s->from, end = s->data.len;

	while ((at = run_from(s, at)) + BLOCK + RUN_STEP <= end) {
		look(s, s->data.ptr + at, at);
		at += RUN_STEP;
	}
	if (at < end)
		look_at_end(s, at);
}

void
seek_words(struct seek *s)
{
	const struct grams *g = &s->ix->words;
	const uint8_t *p = s->data.ptr;

	for (size_t at = s->from; at + WORD_LEN <= s->data.len; at++) {
		uint64_t v = 0;
		uint32_t key;

		if (at + sizeof v <= s->data.len)
			v = grams_load(p + at);
		else
			memcpy(&v, p + at, s->data.len - at);
		key = grams_key(grams_fold(v), WORD_LEN);
		if (grams_may(g, key))
			seek_key(s, g, key, at);
	}
}
