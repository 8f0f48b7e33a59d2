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

/* Which is all that these steps need; what is before them chooses its own. */
#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

enum { MARGIN = 8 };		/* bytes before a block that may be read */

_Static_assert(MARGIN >= SIEVE_WINDOW + SIEVE_NEAR, "margin");
_Static_assert(SIEVE_BLOCK + MARGIN <= UINT16_MAX, "places");

/* What one call knows, and room for one block. */
struct pass {
	const struct sieve *s;
	struct span data;
	size_t seen;
	sieve_fn *fn;
	void *payload;
	uint16_t places[SIEVE_PLACES];
	uint16_t found[SIEVE_PLACES];	/* entries, of those step 3 leaves */
	uint8_t copy[MARGIN + SIEVE_BLOCK + SIEVE_MORE];	/* at an end */
};

static sieve_places_fn *
nth_way(size_t i)
{
	sieve_places_fn *ways[3] = { 0 };
	size_t n = 0;

	if (sieve_avx512_is_able())
		ways[n++] = sieve_avx512_places;
	if (sieve_avx2_is_able())
		ways[n++] = sieve_avx2_places;
	return i < n ? ways[i] : NULL;
}

bool
sieve_is_able(void)
{
	return sieve_avx2_is_able();
}

bool
sieve_use(struct sieve *s, size_t way)
{
	s->places = nth_way(way);
	return s->places != NULL;
}

bool
sieve_has_buckets(const struct sieve *s)
{
	return s->places == sieve_avx512_places;
}

static inline uint32_t
load32(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

AVX2 static inline uint64_t
has(uint64_t kinds, const struct sieve *s, uint8_t byte)
{
	return kinds >> s->kind[byte] & 1;
}

/* Step 3: of these n, those with all that the literals have in common. */
AVX2 static size_t
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

AVX2 static inline __m256i
four(const uint64_t *v)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)v);
}

/* Step 4, for the window at data.ptr[at], which is there, and its entry. */
AVX2 static bool
tell_words(const struct pass *p, size_t at, const uint8_t *window,
	const struct sieve_entry *e)
{
	const struct sieve *s = p->s;
	__m256i text;
	uint64_t round;

	memcpy(&round, window - SIEVE_NEAR, sizeof round);
	text = _mm256_set1_epi64x((long long)round);
	for (uint32_t i = 0; i < e->n; i += SIEVE_ROW) {
		size_t first = e->first + i;
		__m256i is = _mm256_cmpeq_epi64(_mm256_and_si256(
			four(s->rounds.mask + first), _mm256_or_si256(text,
			four(s->rounds.fold + first))),
			four(s->rounds.bits + first));
		unsigned m = (unsigned)_mm256_movemask_pd(
			_mm256_castsi256_pd(is));

		for (m = _bzhi_u32(m, e->n - i); m; m &= m - 1)
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

	if (before == MARGIN && behind >= SIEVE_MORE)
		return p->data.ptr + at;
	if (behind > SIEVE_MORE)
		behind = SIEVE_MORE;
	memset(p->copy, 0, MARGIN);
	memcpy(p->copy + MARGIN - before, p->data.ptr + at - before,
		before + len + behind);
	memset(p->copy + MARGIN + len + behind, 0, SIEVE_MORE - behind);
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
		at < data.len; at += SIEVE_BLOCK) {
		size_t len = data.len - at < SIEVE_BLOCK ? data.len - at :
			SIEVE_BLOCK, n;
		const uint8_t *block = with_margins(&p, at, len);

		n = s->places(s, block, len, p.places);
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
sieve_use(struct sieve *s, size_t way)
{
	return false;
}

bool
sieve_has_buckets(const struct sieve *s)
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
