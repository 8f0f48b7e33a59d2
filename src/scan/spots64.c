/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spots64.c - the spots.  A window of 64 bytes becomes some words with a bit
 * for each byte, which tell what the byte may be as the first, the second ..
 * character of a group of text; shifted and ANDed, they keep the bits where
 * three such groups begin.  A spot so found is looked at once more, byte by
 * byte, so that both ways find the same.  Windows overlap, so that what a
 * spot needs is whole in one.
 */
#include "scan/spots64.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "scan/look64.h"

enum {
	GROUP = 4,
	CHAIN = 3 * GROUP,	/* characters */
	INDENT_MOST = 32,	/* blanks before a wrapped line ... */
	WIDE_LINE = 60,		/* ... that goes on whatever it holds */
	WINDOW = 64,
	STRIDE = WINDOW - LONGRUNS_MIN	/* where a spot may be */
};
#define STRIDE_BITS (((uint64_t)1 << STRIDE) - 1)

/* ---- bytes ---- */

/* What a byte may be. */
enum {
	CHAR = 1,	/* of base64 */
	FIRST = 2,	/* of a group of text ... */
	SECOND = 4,
	THIRD = 8,
	OTHER = 16	/* an H, or what may stand behind a run that goes on */
};

/* Of the character with a value, by the half bytes that text begins with. */
#define KIND(v) (CHAR | ((v) < 4 || ((v) > 7 && (v) < 32) ? FIRST : 0) | \
	(((v) & 15) == 0 || (((v) & 15) > 1 && ((v) & 15) < 8) ? SECOND : 0) | \
	((v) & 2 ? 0 : THIRD))
#define KINDS(v) KIND(v), KIND((v) + 1), KIND((v) + 2), KIND((v) + 3), \
	KIND((v) + 4), KIND((v) + 5), KIND((v) + 6)

static const uint8_t kinds[256] = {
	['\n'] = OTHER, ['\r'] = OTHER, ['\\'] = OTHER,
	['+'] = KIND(62), ['/'] = KIND(63), ['-'] = KIND(62), ['_'] = KIND(63),
	['A'] = KINDS(0), OTHER | KIND(7), KINDS(8), KINDS(15), KIND(22),
	KIND(23), KIND(24), KIND(25), ['a'] = KINDS(26), KINDS(33), KINDS(40),
	KIND(47), KIND(48), KIND(49), KIND(50), KIND(51), ['0'] = KINDS(52),
	KIND(59), KIND(60), KIND(61),
};

/* ---- one spot ---- */

static inline bool
is_char(uint8_t c)
{
	return kinds[c] & CHAR;
}

/* Whether it may begin with a group of text. */
static inline bool
may_be_group(const uint8_t *p)
{
	return kinds[p[0]] & FIRST && kinds[p[1]] & SECOND &&
		kinds[p[2]] & THIRD;
}

static inline bool
is_chain(const uint8_t *p)
{
	for (size_t i = 0; i < CHAIN; i += GROUP)
		if (!may_be_group(p + i))
			return false;
	for (size_t i = 0; i < CHAIN; i += GROUP)
		if (!look64_is_text_group(p + i))
			return false;
	return true;
}

/* Characters that s begins with, at most `most`. */
static size_t
count(struct span s, size_t most)
{
	size_t n = 0;

	while (n < most && n < s.len && is_char(s.ptr[n]))
		n++;
	return n;
}

/* Bytes of the line end that s begins with, as JSON may write it, too. */
static size_t
line_end(struct span s)
{
	return span_starts(s, "\n") ? 1 : span_starts(s, "\r\n") ||
		span_starts(s, "\\n") ? 2 : span_starts(s, "\\r\\n") ? 4 : 0;
}

/* Whether groups that go on behind the line end at `at` may be a chain. */
static bool
goes_on(struct span s, size_t at)
{
	uint8_t joint[2 * (CHAIN - 1)];
	size_t before = CHAIN - 1, blanks = 0, after;
	struct span rest = span_skip(s, at);
	size_t n = line_end(rest);

	if (!n)
		return span_starts(rest, "\\/");
	rest = span_skip(rest, n);
	while (blanks < INDENT_MOST && blanks < rest.len &&
		(rest.ptr[blanks] == ' ' || rest.ptr[blanks] == '\t'))
		blanks++;
	rest = span_skip(rest, blanks);
	after = count(rest, LONGRUNS_MIN);
	if (after < LONGRUNS_MIN && after < rest.len &&
		rest.ptr[after] == '\\')
		return true;	/* and on */
	after = after < CHAIN - 1 ? after : CHAIN - 1;
	memcpy(joint, s.ptr + at - before, before);
	if (after)	/* memcpy() takes no NULL */
		memcpy(joint + before, rest.ptr, after);
	for (size_t i = 0; i + CHAIN <= before + after; i++)
		if (is_chain(joint + i))
			return true;
	return false;
}

/* Whether there is one at s.ptr[i].  first: no character stands before it. */
static bool
is_spot(struct span s, size_t i, bool first)
{
	struct span rest = span_skip(s, i);
	size_t n;

	if (rest.len >= CHAIN && is_chain(rest.ptr))
		return true;
	n = count(rest, LONGRUNS_MIN + 1);
	if (n < LONGRUNS_MIN)
		return false;
	return (first && span_starts(rest, "H4sI")) ||
		(n == LONGRUNS_MIN && goes_on(s, i + n));
}

/* ---- windows ---- */

/* A bit for each byte of a window. */
struct words { uint64_t chars, first, second, third, other; };

/* Where spots may be: at most one in some hundred bytes. */
static inline uint64_t
maybe(struct words w)
{
	uint64_t group = w.first & w.second >> 1 & w.third >> 2;
	uint64_t chain = group & group >> GROUP & group >> 2 * GROUP;
	uint64_t row = w.chars & w.chars >> 1;

	row &= row >> 2;
	row &= row >> 4;
	row &= row >> 8;
	return (chain | (row & (w.other | (w.other & ~w.chars) >>
		LONGRUNS_MIN))) & STRIDE_BITS;
}

typedef struct words look_fn(const uint8_t *p);

static inline struct words
look_plain(const uint8_t *p)
{
	struct words w = { 0 };

	for (unsigned i = WINDOW; i-- > 0; ) {
		uint64_t k = kinds[p[i]];

		w.chars = w.chars << 1 | (k & 1);
		w.first = w.first << 1 | (k >> 1 & 1);
		w.second = w.second << 1 | (k >> 2 & 1);
		w.third = w.third << 1 | (k >> 3 & 1);
		w.other = w.other << 1 | k >> 4;
	}
	return w;
}

/* The first spot of those in a window at s.ptr[at]; s.len: none. */
static size_t
spot_in(struct span s, size_t at, uint64_t m)
{
	for (; m; m &= m - 1) {
		size_t i = at + (size_t)__builtin_ctzll(m);

		if (is_spot(s, i, !i || !is_char(s.ptr[i - 1])))
			return i;
	}
	return s.len;
}

/* look is known when this is compiled. */
__attribute__((always_inline)) static inline size_t
find(struct span s, look_fn *look)
{
	uint8_t last[WINDOW] = { 0 };
	size_t at = 0, spot;
	uint64_t m;

	for (; at < s.len; at += STRIDE) {
		const uint8_t *p = s.ptr + at;

		if (at + WINDOW > s.len) {
			memset(last, 0, sizeof last);
			p = memcpy(last, p, s.len - at);
		}
		m = maybe(look(p));
		if (__builtin_expect(m != 0, 0)) {
			spot = spot_in(s, at, m);
			if (spot < s.len)
				return spot;
		}
	}
	return s.len;
}

static size_t
find_plain(struct span s)
{
	return find(s, look_plain);
}

/* ---- by vectors ---- */

#if defined(__x86_64__)

#define BROADCAST(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))
#define AVX2 __attribute__((target("avx2,bmi,bmi2")))
#define AVX512 __attribute__((target("avx512bw,avx512vbmi,bmi,bmi2")))

AVX2 static inline uint32_t
top_bits(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

/*
 * Of 32 bytes.  Two look-ups, one a nibble, tell what a byte is; a third one
 * by its high nibble makes it its value, whose bits tell the rest.  This is
 * not as strict as kinds[], which does no harm.
 */
AVX2 static inline struct words
look_half(const uint8_t *p)
{
	enum {	/* in the order of the table below */
		AO = 1, PZ = 2, N = 4, SIGN = 8, LINE = 16, HAS = 31,
		H = 64, END = 128, L = AO | PZ | N
	};
	const __m256i low = BROADCAST(PZ | N, L, L, L, L, L, L, L,
		L | H, L, (char)(AO | PZ | END), AO | SIGN,
		(char)(AO | END), (char)(AO | SIGN | END), AO,
		AO | SIGN | LINE);
	const __m256i high = BROADCAST((char)END, 0, SIGN, N,
		AO | H, (char)(PZ | LINE | END), AO, PZ,
		0, 0, 0, 0, 0, 0, 0, 0);
	const __m256i less = BROADCAST(-0x10, -0x20, -0x30, 52 - '0',
		-'A', -'A', 26 - 'a', 26 - 'a',
		0x70, 0x60, 0x50, 0x40, 0x30, 0x20, 0x10, 0);
	const __m256i second = BROADCAST(-128, 0, -128, -128, -128, -128,
		-128, -128, 0, 0, 0, 0, 0, 0, 0, 0);
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i nibble = _mm256_and_si256(_mm256_srli_epi16(v, 4),
		_mm256_set1_epi8(15));
	__m256i is = _mm256_and_si256(_mm256_shuffle_epi8(low, v),
		_mm256_shuffle_epi8(high, nibble));
	__m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(is,
		_mm256_set1_epi8(HAS)), _mm256_setzero_si256());
	__m256i value = _mm256_add_epi8(v, _mm256_shuffle_epi8(less, nibble));

	return (struct words){
		.chars = (uint32_t)~top_bits(none),
		.first = (uint32_t)~top_bits(_mm256_slli_epi16(value, 2)),
		.second = top_bits(_mm256_shuffle_epi8(second, value)),
		.third = (uint32_t)~top_bits(_mm256_slli_epi16(value, 6)),
		.other = top_bits(_mm256_or_si256(is,
			_mm256_add_epi8(is, is))),
	};
}

AVX2 static inline struct words
look_avx2(const uint8_t *p)
{
	struct words a = look_half(p), b = look_half(p + WINDOW / 2);

	return (struct words){
		a.chars | b.chars << 32, a.first | b.first << 32,
		a.second | b.second << 32, a.third | b.third << 32,
		a.other | b.other << 32,
	};
}

AVX2 static size_t
find_avx2(struct span s)
{
	return find(s, look_avx2);
}

/* Else the compiler goes on in mask registers, which takes longer. */
static inline uint64_t
number(uint64_t bits)
{
	__asm__("" : "+r" (bits));
	return bits;
}

AVX512 static inline struct words
look_avx512(const uint8_t *p)
{
	__m512i v = _mm512_loadu_si512(p);
	__m512i k = _mm512_maskz_permutex2var_epi8(~_mm512_movepi8_mask(v),
		_mm512_loadu_si512(kinds), v, _mm512_loadu_si512(kinds + 64));

	return (struct words){
		number(_mm512_test_epi8_mask(k, _mm512_set1_epi8(CHAR))),
		number(_mm512_test_epi8_mask(k, _mm512_set1_epi8(FIRST))),
		number(_mm512_test_epi8_mask(k, _mm512_set1_epi8(SECOND))),
		number(_mm512_test_epi8_mask(k, _mm512_set1_epi8(THIRD))),
		number(_mm512_test_epi8_mask(k, _mm512_set1_epi8(OTHER))),
	};
}

AVX512 static size_t
find_avx512(struct span s)
{
	return find(s, look_avx512);
}

#endif

spots64_fn *
spots64_way(size_t i)
{
	spots64_fn *ways[3] = { 0 };
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

/* ---- where to begin ---- */

/* Whether the text of the four groups at p is such as goes over a line end. */
static bool
ends_in_text(const uint8_t *p)
{
	uint8_t text[4 * GROUP - 4];

	for (size_t i = 0; i < 4; i++, p += GROUP) {
		uint32_t bits = (uint32_t)longruns_value[p[0]] << 18 |
			(uint32_t)longruns_value[p[1]] << 12 |
			(uint32_t)longruns_value[p[2]] << 6 |
			longruns_value[p[3]];

		for (size_t k = 0; k < 3; k++)
			text[3 * i + k] = (uint8_t)(bits >> (16 - 8 * k));
	}
	return look64_ends_in_text(span_of(text, sizeof text));
}

/* Whether a run may go on behind s.ptr[at], where a line ends. */
static bool
goes_over(struct span s, size_t at)
{
	size_t n = 0;

	while (n < WIDE_LINE && n < at && is_char(s.ptr[at - 1 - n]))
		n++;
	if (n < LONGRUNS_MIN)	/* of a piece with \/ in it, perhaps */
		return n < at && s.ptr[at - 1 - n] == '\\';
	if (n == WIDE_LINE || n < LONGRUNS_MIN + GROUP - 1)
		return true;
	for (size_t i = 0; i < GROUP; i++)	/* groups may end anywhere */
		if (ends_in_text(s.ptr + at - i - LONGRUNS_MIN))
			return true;
	return false;
}

/* Where before s.ptr[at] the line ends that a blank there indents; or at. */
static size_t
unindented(struct span s, size_t at)
{
	return at == 1 || memchr(" \t\nn", s.ptr[at - 2], 4) ? at - 1 : at;
}

/* Where what a run may be joined to over the byte before s.ptr[at] ends; or
   at itself. */
static size_t
joined(struct span s, size_t at)
{
	uint8_t c = s.ptr[at - 1];
	size_t end = at - 1;

	if (is_char(c))
		return end;
	if (c == ' ' || c == '\t')
		return unindented(s, at);
	if (c == '\\' && (at == s.len || s.ptr[at] == '/'))
		return end;
	if (c == '\n' && end && s.ptr[end - 1] == '\r')
		end--;
	return memchr("\n\r\\", c, 3) && goes_over(s, end) ? end : at;
}

size_t
spots64_back(struct span s, size_t at)
{
	for (size_t end; at && (end = joined(s, at)) < at; )
		at = end;
	return at;
}
