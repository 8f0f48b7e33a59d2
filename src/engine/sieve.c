/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve.c - using the sieve: the four steps of sieve.h over one block after
 * another.  How its tables are made is in sieve_new.c.
 */
#include "engine/sieve.h"

#include <stdlib.h>

#include "engine/sieve_private.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi," \
	"avx512vbmi2,bmi,bmi2,popcnt")))

enum {
	VECTOR = 64,
	GATHER = 16,		/* places looked up together */
	ROW = 8,		/* words compared together */
	BLOCK = 4096,		/* bytes: 64 vectors */
	MARGIN = 8,		/* bytes that may be looked at round a block */
	/* A full vector of places is stored, whatever of it counts. */
	PLACES = BLOCK + VECTOR
};

_Static_assert(MARGIN >= SIEVE_WINDOW + SIEVE_NEAR, "margin");
_Static_assert(BLOCK + MARGIN <= UINT16_MAX, "places");

/* What one call knows, and room for one block. */
struct pass {
	const struct sieve *s;
	struct span data;
	size_t seen;
	sieve_fn *fn;
	void *payload;
	uint16_t places[PLACES];
	uint16_t found[PLACES];	/* entries, of those that step 3 leaves */
	uint8_t kinds[BLOCK + VECTOR];
	uint8_t copy[MARGIN + BLOCK + VECTOR];	/* of a block at an end */
};

bool
sieve_is_able(void)
{
	return __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512vbmi") &&
		__builtin_cpu_supports("avx512vbmi2");
}

static inline uint32_t
load32(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

AVX512 static void
look_up_kinds(struct pass *p, const uint8_t *block, size_t len)
{
	__m512i low = _mm512_loadu_si512(p->s->kind);
	__m512i high = _mm512_loadu_si512(p->s->kind + VECTOR);

	for (size_t i = 0; i < len + SIEVE_WINDOW; i += VECTOR) {
		__m512i v = _mm512_loadu_si512(block + i);

		_mm512_storeu_si512(p->kinds + i,
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

/* Step 1: the places in the block whose windows are in some bucket. */
AVX512 static size_t
step_buckets(struct pass *p, size_t len)
{
	__m512i sets[SIEVE_WINDOW * SIEVE_GROUPS], at = _mm512_set_epi16(31,
		30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
		14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
	const __m512i half = _mm512_set1_epi16(VECTOR / 2);
	uint16_t *out = p->places;

	for (size_t i = 0; i < SIEVE_WINDOW * SIEVE_GROUPS; i++)
		sets[i] = _mm512_loadu_si512(p->s->buckets
			[i / SIEVE_GROUPS][i % SIEVE_GROUPS]);
	for (size_t i = 0; i < len; i += VECTOR) {
		const uint8_t *kinds = p->kinds + i;
		__m512i any = _mm512_or_si512(
			_mm512_or_si512(group_passed(kinds, sets),
				group_passed(kinds, sets + 1)),
			_mm512_or_si512(group_passed(kinds, sets + 2),
				group_passed(kinds, sets + 3)));
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
	return (size_t)(out - p->places);
}

/* Step 2: of these n, those with a known hash, sixteen at a time. */
AVX512 static size_t
step_hash(struct pass *p, const uint8_t *block, size_t n)
{
	const __m512i fold = _mm512_set1_epi32(SIEVE_FOLD),
		factor = _mm512_set1_epi32((int)SIEVE_FACTOR),
		low = _mm512_set1_epi32(31), one = _mm512_set1_epi32(1);
	uint16_t *out = p->places;

	for (size_t i = 0; i < n; i += GATHER) {
		__mmask16 here = (__mmask16)_bzhi_u32(UINT16_MAX,
			n - i < GATHER ? (unsigned)(n - i) : GATHER);
		__m256i places = _mm256_maskz_loadu_epi16(here,
			p->places + i);
		__m512i hashes = _mm512_srli_epi32(_mm512_mullo_epi32(factor,
			_mm512_or_si512(fold, _mm512_mask_i32gather_epi32(fold,
			here, _mm512_cvtepu16_epi32(places), block, 1))),
			32 - SIEVE_HASH_BITS);
		__m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(
			hashes, 5), p->s->may, sizeof *p->s->may);
		__mmask16 may = _mm512_mask_test_epi32_mask(here, words,
			_mm512_sllv_epi32(one, _mm512_and_si512(hashes, low)));

		_mm256_storeu_si256((__m256i *)(void *)out,
			_mm256_maskz_compress_epi16(may, places));
		out += __builtin_popcount(may);
	}
	return (size_t)(out - p->places);
}

AVX512 static inline uint64_t
has(uint64_t kinds, const struct sieve *s, uint8_t byte)
{
	return kinds >> s->kind[byte] & 1;
}

/* Step 3: of these n, those with all that the literals have in common. */
AVX512 static size_t
step_common(struct pass *p, const uint8_t *block, size_t n)
{
	const struct sieve *s = p->s;
	size_t left = 0;

	for (size_t i = 0; i < n; i++) {
		const uint8_t *at = block + p->places[i];
		uint32_t window = load32(at);
		uint16_t entry = s->entry[sieve_hash(window)];
		const struct sieve_entry *e = &s->entries[entry];

		p->places[left] = p->places[i];
		p->found[left] = entry;
		left += (((window | e->fold) & e->mask) == e->bits) &
			(has(e->before[0], s, at[-1]) &
			has(e->before[1], s, at[-2]) &
			has(e->behind[0], s, at[SIEVE_WINDOW]) &
			has(e->behind[1], s, at[SIEVE_WINDOW + 1]));
	}
	return left;
}

static inline uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool
is_at(const struct sieve_word *w, const uint8_t *text)
{
	uint32_t i = 0;

	if (!w->caseless)
		return !memcmp(text, w->bytes, w->len);
	while (i < w->len && lower(text[i]) == (uint8_t)w->bytes[i])
		i++;
	return i == w->len;
}

/* One of the entry's words, whose window would be at data.ptr[at]. */
static bool
tell_word(const struct pass *p, size_t at, const struct sieve_word *w)
{
	size_t from = at - w->window;

	if (at < w->window || w->len > p->data.len - from ||
		from + w->len <= p->seen || !is_at(w, p->data.ptr + from))
		return true;
	return p->fn(w->which, from, p->payload);
}

/* Step 4, for the window at data.ptr[at], which is there, and its entry. */
AVX512 static bool
tell_words(const struct pass *p, size_t at, const uint8_t *window,
	const struct sieve_entry *e)
{
	const struct sieve *s = p->s;
	__m512i text;
	uint64_t round;

	memcpy(&round, window - SIEVE_NEAR, sizeof round);
	text = _mm512_set1_epi64((long long)round);
	for (uint32_t i = 0; i < e->n; i += ROW) {
		size_t first = e->first + i;
		__mmask8 m = (__mmask8)_bzhi_u32(UINT8_MAX, e->n - i);
		__m512i fold = _mm512_maskz_loadu_epi64(m,
			s->rounds.fold + first);
		__m512i mask = _mm512_maskz_loadu_epi64(m,
			s->rounds.mask + first);

		m = _mm512_mask_cmpeq_epi64_mask(m, _mm512_and_si512(mask,
			_mm512_or_si512(fold, text)),
			_mm512_maskz_loadu_epi64(m, s->rounds.bits + first));
		for (; m; m &= m - 1)
			if (!tell_word(p, at, &s->words[first +
				(size_t)__builtin_ctz(m)]))
				return false;
	}
	return true;
}

/* data[at, at + len) where what lies round it may be looked at. */
static const uint8_t *
with_margins(struct pass *p, size_t at, size_t len)
{
	size_t before = at < MARGIN ? at : MARGIN;
	size_t behind = p->data.len - at - len;

	if (before == MARGIN && behind >= VECTOR)
		return p->data.ptr + at;
	if (behind > VECTOR)
		behind = VECTOR;
	memset(p->copy, 0, MARGIN);
	memcpy(p->copy + MARGIN - before, p->data.ptr + at - before,
		before + len + behind);
	memset(p->copy + MARGIN + len + behind, 0, VECTOR - behind);
	return p->copy + MARGIN;
}

bool
sieve_scan(const struct sieve *s, struct span data, size_t seen, sieve_fn *fn,
	void *payload)
{
	struct pass p;

	p.s = s;
	p.data = data;
	p.seen = seen;
	p.fn = fn;
	p.payload = payload;
	for (size_t at = seen > s->longest ? seen - s->longest : 0;
		at < data.len; at += BLOCK) {
		size_t len = data.len - at < BLOCK ? data.len - at : BLOCK, n;
		const uint8_t *block = with_margins(&p, at, len);

		look_up_kinds(&p, block, len);
		n = step_buckets(&p, len);
		n = step_hash(&p, block, n);
		n = step_common(&p, block, n);
		for (size_t i = 0; i < n; i++)
			if (!tell_words(&p, at + p.places[i],
				block + p.places[i], &s->entries[p.found[i]]))
				return false;
	}
	return true;
}

#else

bool
sieve_is_able(void)
{
	return false;
}

bool
sieve_scan(const struct sieve *s, struct span data, size_t seen, sieve_fn *fn,
	void *payload)
{
	abort();	/* sieve.h: the caller has asked whether it can */
}

#endif
