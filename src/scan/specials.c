/* SPDX-License-Identifier: Apache-2.0 */
/*
 * specials.c - the search.  The four have four different low nibbles, so one
 * look-up of that nibble gives the only one of them that a byte can be.
 */
#include "scan/specials.h"

#include "scan/escape.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { STRIDE = 64, ANY = 4 };

#define P ESCAPE_PERCENT
#define B ESCAPE_BACKSLASH
#define E ESCAPE_ENTITY
#define Q ESCAPE_QUOTED
#define WEAK(kinds) ((kinds) << ANY)
#define BOTH(kinds) ((kinds) | WEAK(kinds))

/* Behind what a byte may stand: bits of kinds, for a strong one, for any. */
static const uint8_t follows[256] = {
	['\n'] = BOTH(Q), ['\r'] = BOTH(Q),
	['"'] = WEAK(B), ['\''] = WEAK(B), ['`'] = WEAK(B),
	['#'] = BOTH(E), ['/'] = BOTH(B), ['\\'] = BOTH(B),
	['0'] = BOTH(P | B) | WEAK(Q), ['1'] = BOTH(B) | WEAK(P | Q),
	['2'] = BOTH(P) | WEAK(B | Q), ['3'] = BOTH(P | Q) | WEAK(B),
	['4'] = BOTH(P | B) | WEAK(Q), ['5'] = BOTH(P | B) | WEAK(Q),
	['6'] = BOTH(P | B) | WEAK(Q), ['7'] = BOTH(P | B) | WEAK(Q),
	['8'] = WEAK(P | Q), ['9'] = WEAK(P | Q),
	['A'] = WEAK(P | Q), ['B'] = WEAK(P | Q), ['C'] = WEAK(P | Q),
	['D'] = WEAK(P | Q), ['E'] = WEAK(P | Q), ['F'] = WEAK(P | Q),
	['N'] = BOTH(E), ['T'] = BOTH(E), ['U'] = BOTH(B),
	['a'] = BOTH(E) | WEAK(P | B), ['b'] = WEAK(P | B),
	['c'] = BOTH(E) | WEAK(P), ['d'] = WEAK(P),
	['e'] = BOTH(E) | WEAK(P | B), ['f'] = WEAK(P | B),
	['g'] = BOTH(E), ['l'] = BOTH(E), ['n'] = BOTH(E) | WEAK(B),
	['p'] = BOTH(E), ['q'] = BOTH(E), ['r'] = WEAK(B), ['s'] = BOTH(E),
	['t'] = WEAK(B), ['u'] = BOTH(B), ['v'] = WEAK(B), ['x'] = BOTH(B),
};

static const uint8_t kind_of[256] = {
	['%'] = P, ['\\'] = B, ['&'] = E, ['='] = Q,
};

static inline bool
may_begin(struct span s, size_t i, unsigned kinds, unsigned shift)
{
	unsigned kind = kind_of[s.ptr[i]] & kinds;

	return kind && (i + 1 == s.len ||
		(follows[s.ptr[i + 1]] >> shift & kind));
}

static size_t
find_from(struct span s, size_t i, unsigned kinds, bool strong)
{
	unsigned shift = strong ? 0 : ANY;

	while (i < s.len && !may_begin(s, i, kinds, shift))
		i++;
	return i;
}

size_t
specials_find_plain(struct span s, unsigned kinds, bool strong)
{
	return find_from(s, 0, kinds, strong);
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __m256i
specials(const uint8_t *p, __m256i table)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);

	return _mm256_cmpeq_epi8(v, _mm256_shuffle_epi8(table, v));
}

__attribute__((target("avx2"))) static inline uint64_t
bits(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) |
		(uint64_t)(uint32_t)_mm256_movemask_epi8(b) << STRIDE / 2;
}

__attribute__((target("avx2"))) static size_t
find_avx2(struct span s, unsigned kinds, bool strong)
{
	/* Only NUL equals a 0, and its nibble has none. */
	const __m256i table = _mm256_broadcastsi128_si256(_mm_setr_epi8(1,
		0, 0, 0, 0, '%', '&', 0, 0, 0, 0, 0, '\\', '=', 0, 0));
	unsigned shift = strong ? 0 : ANY;
	size_t at = 0;

	for (; at + STRIDE <= s.len; at += STRIDE) {
		__m256i a = specials(s.ptr + at, table);
		__m256i b = specials(s.ptr + at + STRIDE / 2, table);
		__m256i both = _mm256_or_si256(a, b);

		if (_mm256_testz_si256(both, both))
			continue;
		for (uint64_t m = bits(a, b); m; m &= m - 1) {
			size_t i = at + (size_t)__builtin_ctzll(m);

			if (may_begin(s, i, kinds, shift))
				return i;
		}
	}
	return find_from(s, at, kinds, strong);
}

/*
 * Where may_begin() says so, for 64 bytes at once: what a byte may begin, by
 * its low nibble, against what the next one may follow.
 */
__attribute__((target("avx512f,avx512bw,avx512vbmi"))) static size_t
find_avx512(struct span s, unsigned kinds, bool strong)
{
	const __m512i begins = _mm512_broadcast_i32x4(_mm_setr_epi8(1, 0, 0,
		0, 0, '%', '&', 0, 0, 0, 0, 0, '\\', '=', 0, 0));
	const __m512i low = _mm512_loadu_si512(follows);
	const __m512i high = _mm512_loadu_si512(follows + STRIDE);
	unsigned p = kinds & P, b = kinds & B, e = kinds & E, q = kinds & Q;
	__m512i kind;
	size_t at = 0;

	if (!strong) {
		p <<= ANY;
		b <<= ANY;
		e <<= ANY;
		q <<= ANY;
	}
	kind = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 0, 0, 0, 0, (char)p,
		(char)e, 0, 0, 0, 0, 0, (char)b, (char)q, 0, 0));
	for (; at + STRIDE < s.len; at += STRIDE) {
		__m512i v = _mm512_loadu_si512(s.ptr + at);
		__m512i next = _mm512_loadu_si512(s.ptr + at + 1);
		__mmask64 is = _mm512_cmpeq_epi8_mask(v,
			_mm512_shuffle_epi8(begins, v));
		uint64_t m = _mm512_mask_test_epi8_mask(is &
			~_mm512_movepi8_mask(next), _mm512_shuffle_epi8(kind,
			v), _mm512_permutex2var_epi8(low, next, high));

		if (m)
			return at + (size_t)__builtin_ctzll(m);
	}
	return find_from(s, at, kinds, strong);
}

#endif

size_t
specials_find(struct span s, unsigned kinds, bool strong)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vbmi"))
		return find_avx512(s, kinds, strong);
	if (__builtin_cpu_supports("avx2"))
		return find_avx2(s, kinds, strong);
#endif
	return specials_find_plain(s, kinds, strong);
}
