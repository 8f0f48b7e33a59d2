/* SPDX-License-Identifier: Apache-2.0 */
/*
 * starts.c - where in the midst of bytes a format may begin: the first place
 * of any of some magic numbers.  Their first two or three bytes are looked for
 * in one pass, by look-ups where the processor has them; what is found is
 * compared, so that each way finds the same.  Whether a format does begin
 * there is format_within()'s to say.
 */
#include "unwrap/starts.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512bw,avx512vbmi")))
#endif

enum { STARTS = 6, PAIR = 2, TRIPLE = 3 };

static const struct start {
	const char *magic;
	size_t n;
} starts[STARTS] = {
	{ "PK\x03\x04", 4 },
	{ "\x04\x22\x4d\x18", 4 },
	{ "\x1f\x8b\x08", 3 },
	{ "\xfd" "7zXZ", 5 },
	{ "\x28\xb5\x2f\xfd", 4 },
	{ "BZh", 3 },
};

/* A bit for each of those whose first, second, third byte it is. */
static const uint8_t is_at[TRIPLE][256] = {
	{ ['P'] = 1, [0x04] = 2, [0x1f] = 4, [0xfd] = 8, [0x28] = 16,
		['B'] = 32 },
	{ ['K'] = 1, [0x22] = 2, [0x8b] = 4, ['7'] = 8, [0xb5] = 16,
		['Z'] = 32 },
	{ [0x03] = 1, [0x4d] = 2, [0x08] = 4, ['z'] = 8, [0x2f] = 16,
		['h'] = 32 },
};

bool
starts_begins(struct span s)
{
	for (size_t i = 0; i < STARTS; i++)
		if (s.len >= starts[i].n &&
			!memcmp(s.ptr, starts[i].magic, starts[i].n))
			return true;
	return false;
}

/* Whether s, which is all there is, is how one begins. */
static bool
is_head(struct span s)
{
	for (size_t i = 0; i < STARTS; i++)
		if (!memcmp(s.ptr, starts[i].magic,
			s.len < starts[i].n ? s.len : starts[i].n))
			return true;
	return false;
}

static size_t
find_plain(struct span s, size_t from)
{
	for (; from + TRIPLE <= s.len; from++)
		if ((is_at[0][s.ptr[from]] & is_at[1][s.ptr[from + 1]]) &&
			starts_begins(span_skip(s, from)))
			return from;
	return s.len;
}

#if defined(__x86_64__)

/* The first of the places at s.ptr[at] that m has, or s.len. */
static size_t
first_of(struct span s, size_t at, uint64_t m)
{
	for (; m; m &= m - 1) {
		size_t i = at + (size_t)__builtin_ctzll(m);

		if (starts_begins(span_skip(s, i)))
			return i;
	}
	return s.len;
}

/* What is_at[] says of the first and the second byte, by half bytes. */
static const struct halves { uint8_t low[16], high[16]; } halves[PAIR] = {
	{ { [0x0] = 1, [0x4] = 2, [0xf] = 4, [0xd] = 8, [0x8] = 16,
		[0x2] = 32 },
	{ [0x5] = 1, [0x0] = 2, [0x1] = 4, [0xf] = 8, [0x2] = 16,
		[0x4] = 32 } },
	{ { [0xb] = 1 | 4, [0x2] = 2, [0x7] = 8, [0x5] = 16, [0xa] = 32 },
	{ [0x4] = 1, [0x2] = 2, [0x8] = 4, [0x3] = 8, [0xb] = 16,
		[0x5] = 32 } },
};

AVX2 static inline __m256i
twice(const uint8_t half[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128(
		(const __m128i *)(const void *)half));
}

AVX2 static inline __m256i
look_avx2(const uint8_t *p, const struct halves *h)
{
	const __m256i half = _mm256_set1_epi8(15);
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);

	return _mm256_and_si256(
		_mm256_shuffle_epi8(twice(h->low), _mm256_and_si256(v, half)),
		_mm256_shuffle_epi8(twice(h->high), _mm256_and_si256(
			_mm256_srli_epi16(v, 4), half)));
}

AVX2 static size_t
find_avx2(struct span s, size_t from)
{
	enum { STRIDE = 32 };

	for (; from + STRIDE + PAIR - 1 <= s.len; from += STRIDE) {
		__m256i is = _mm256_and_si256(
			look_avx2(s.ptr + from, &halves[0]),
			look_avx2(s.ptr + from + 1, &halves[1]));
		uint32_t none = (uint32_t)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(is, _mm256_setzero_si256()));
		size_t at = ~none ? first_of(s, from, ~none) : s.len;

		if (at < s.len)
			return at;
	}
	return find_plain(s, from);
}

/* Of one place: a table by the low seven bits, which is enough to look on. */
struct sevens { __m512i low, high; };

AVX512 static inline struct sevens
sevens_of(const uint8_t is[256])
{
	return (struct sevens){
		_mm512_or_si512(_mm512_loadu_si512(is),
			_mm512_loadu_si512(is + 128)),
		_mm512_or_si512(_mm512_loadu_si512(is + 64),
			_mm512_loadu_si512(is + 192)) };
}

AVX512 static inline __m512i
look_avx512(const uint8_t *p, struct sevens t)
{
	return _mm512_permutex2var_epi8(t.low, _mm512_loadu_si512(p), t.high);
}

AVX512 static size_t
find_avx512(struct span s, size_t from)
{
	enum { STRIDE = 64 };
	const struct sevens first = sevens_of(is_at[0]);
	const struct sevens second = sevens_of(is_at[1]);
	const struct sevens third = sevens_of(is_at[2]);

	for (; from + STRIDE + TRIPLE - 1 <= s.len; from += STRIDE) {
		const uint8_t *p = s.ptr + from;
		uint64_t m = _mm512_test_epi8_mask(_mm512_and_si512(
			look_avx512(p, first), look_avx512(p + 1, second)),
			look_avx512(p + 2, third));
		size_t at = m ? first_of(s, from, m) : s.len;

		if (at < s.len)
			return at;
	}
	return find_plain(s, from);
}

#endif

starts_fn *
starts_way(size_t i)
{
	starts_fn *ways[3] = { 0 };
	size_t n = 0;

#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512vbmi") &&
		__builtin_cpu_supports("avx512bw"))
		ways[n++] = find_avx512;
	if (__builtin_cpu_supports("avx2"))
		ways[n++] = find_avx2;
#endif
	ways[n++] = find_plain;
	return i < n ? ways[i] : NULL;
}

size_t
starts_find(struct span s, size_t from)
{
	return starts_way(0)(s, from);
}

size_t
starts_find_head(struct span s, size_t from)
{
	size_t at = starts_find(s, from), n;

	if (at < s.len)
		return at;
	at = s.len > STARTS_MAGIC ? s.len - STARTS_MAGIC : 0;
	for (n = at > from ? at : from; n < s.len; n++)
		if (is_head(span_skip(s, n)))
			return n;
	return s.len;
}
