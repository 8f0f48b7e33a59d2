/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_new.c - the sieve's tables: which window stands for each literal, in
 * which bucket, and what the literals of one hash have in common.
 *
 * Windows are placed one after another, those without a rare one first, each
 * where it adds least to the share of a text's places that are let through.
 * That share is reckoned as if bytes came independently, which is enough to
 * compare buckets; how rare one window is, by pairs of bytes.
 */
#include <math.h>
#include <stdlib.h>

#include "engine/sieve_private.h"

/* As contrib/make-sieve-table.py has them. */
static const char kinds[] = "abcdefghijklmnopqrstuvwxyz0123456789"
	"_-.=:/\"' $+,;()[]{}<>@#\n*&%";

_Static_assert(sizeof kinds == SIEVE_KINDS, "0 is none of them");

enum { ANY = SIEVE_KINDS };	/* a place behind the literal's end */

/* What steps 2 and 3 take for a window, against step 1 for a bucket. */
static const float WINDOW_COST = 6;

/* And one more literal of a window costs a comparison at each place of it. */
static const float WORD_COST = 2;

struct window {
	uint8_t kind[SIEVE_WINDOW];
};

/* All buckets, side by side: what is asked of one is asked of each. */
struct buckets {
	/* Of the kinds a bucket has at a place, the shares' sum; what each
	   kind would add to it: nothing, when it has it. */
	float sum[SIEVE_WINDOW][SIEVE_BUCKETS];
	float more[SIEVE_WINDOW][SIEVE_KINDS + 1][SIEVE_BUCKETS];
};

struct choice {
	uint32_t which;		/* literal */
	uint32_t window;	/* where in it */
	float least;		/* share of its rarest window */
};

struct builder {
	struct sieve *s;
	const struct sieve_literal *literals;
	size_t n;
	float share[SIEVE_KINDS + 1];
	float pair[SIEVE_KINDS][SIEVE_KINDS];
	struct buckets buckets;
	struct choice *choices;
	uint8_t *taken;		/* a bit for each window of kinds */
	/* Where the words of each hash begin in s->words, and how many. */
	uint32_t first[SIEVE_HASHES + 1], n_of[SIEVE_HASHES];
};

static uint8_t
kind_of(uint8_t byte)
{
	uint8_t c = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
	const char *at = c ? strchr(kinds, c) : NULL;

	return at ? (uint8_t)(at - kinds + 1) : 0;
}

static float
share_of(char bits)
{
	return exp2f((float)('a' - bits) / 2);
}

static void
shares_init(struct builder *b)
{
	for (size_t i = 0; i < 256; i++)
		b->s->kind[i] = kind_of((uint8_t)i);
	for (size_t i = 0; i < SIEVE_KINDS; i++) {
		b->share[i] = share_of(sieve_bits[i]);
		for (size_t k = 0; k < SIEVE_KINDS; k++)
			b->pair[i][k] = share_of(sieve_pair_bits[i][k]);
	}
	b->share[ANY] = 1;
	for (size_t i = 0; i < SIEVE_WINDOW; i++)
		for (size_t k = 0; k <= ANY; k++)
			for (size_t n = 0; n < SIEVE_BUCKETS; n++)
				b->buckets.more[i][k][n] = b->share[k];
}

static size_t
windows_of(const struct sieve_literal *lit)
{
	return lit->len > SIEVE_WINDOW ? lit->len - SIEVE_WINDOW + 1 : 1;
}

static struct window
window_at(const struct builder *b, const struct sieve_literal *lit, size_t at)
{
	struct window w;

	for (size_t i = 0; i < SIEVE_WINDOW; i++)
		w.kind[i] = at + i < lit->len ?
			b->s->kind[(uint8_t)lit->bytes[at + i]] : ANY;
	return w;
}

/* Of a text's places that hold such a window. */
static float
window_share(const struct builder *b, const struct window *w)
{
	float p = b->share[w->kind[0]];

	for (size_t i = 1; i < SIEVE_WINDOW && w->kind[i] != ANY; i++)
		p *= b->pair[w->kind[i - 1]][w->kind[i]];
	return p;
}

/* The bit of a window in taken. */
static uint32_t
number_of(const struct window *w)
{
	uint32_t n = 0;

	for (size_t i = 0; i < SIEVE_WINDOW; i++)
		n = n * SIEVE_KINDS + (w->kind[i] == ANY ? 0 : w->kind[i]);
	return n;
}

static bool
is_taken(const struct builder *b, const struct window *w)
{
	uint32_t n = number_of(w);

	return w->kind[SIEVE_WINDOW - 1] != ANY && b->taken[n / 8] >> n % 8 & 1;
}

/* What the window would add to the share of each bucket. */
static void
costs_of(const struct buckets *b, const struct window *w, float *cost)
{
	const float *m0 = b->more[0][w->kind[0]], *m1 = b->more[1][w->kind[1]],
		*m2 = b->more[2][w->kind[2]], *m3 = b->more[3][w->kind[3]];
	const float *s0 = b->sum[0], *s1 = b->sum[1], *s2 = b->sum[2],
		*s3 = b->sum[3];

	for (size_t i = 0; i < SIEVE_BUCKETS; i++)
		cost[i] = (s0[i] + m0[i]) * (s1[i] + m1[i]) *
			(s2[i] + m2[i]) * (s3[i] + m3[i]) -
			s0[i] * s1[i] * s2[i] * s3[i];
}

_Static_assert(SIEVE_WINDOW == 4, "costs_of()");

static size_t
best_bucket(const struct buckets *b, const struct window *w, float *least)
{
	float cost[SIEVE_BUCKETS];
	size_t best = 0;

	costs_of(b, w, cost);
	for (size_t i = 1; i < SIEVE_BUCKETS; i++)
		if (cost[i] < cost[best])
			best = i;
	*least = cost[best];
	return best;
}

static void
bucket_add(struct builder *b, size_t bucket, const struct window *w)
{
	for (size_t i = 0; i < SIEVE_WINDOW; i++) {
		float *more = &b->buckets.more[i][w->kind[i]][bucket];

		b->buckets.sum[i][bucket] += *more;
		*more = 0;
		for (size_t k = 0; k < SIEVE_KINDS; k++)
			if (w->kind[i] == k || w->kind[i] == ANY) {
				b->s->buckets[i][bucket / 8][k] |=
					(uint8_t)(1 << bucket % 8);
				b->buckets.more[i][k][bucket] = 0;
			}
		b->buckets.more[i][ANY][bucket] =
			1 - b->buckets.sum[i][bucket];
	}
}

/* The window of the literal that costs least, and its bucket. */
static void
place(struct builder *b, struct choice *c)
{
	const struct sieve_literal *lit = &b->literals[c->which];
	size_t best = SIEVE_BUCKETS;
	float least = INFINITY;
	uint32_t n;
	struct window w;

	for (uint32_t i = 0; i < windows_of(lit); i++) {
		size_t bucket = SIEVE_BUCKETS;
		float cost = 0, share;

		w = window_at(b, lit, i);
		share = window_share(b, &w);
		if (is_taken(b, &w)) {
			cost = WORD_COST * share;
		} else if (WINDOW_COST * share >= least) {
			continue;
		} else {
			bucket = best_bucket(&b->buckets, &w, &cost);
			cost += WINDOW_COST * share;
		}
		if (cost >= least)
			continue;
		best = bucket;
		least = cost;
		c->window = i;
	}
	if (best == SIEVE_BUCKETS)
		return;		/* it is there */
	w = window_at(b, lit, c->window);
	bucket_add(b, best, &w);
	n = number_of(&w);
	if (w.kind[SIEVE_WINDOW - 1] != ANY)
		b->taken[n / 8] |= (uint8_t)(1 << n % 8);
}

static int
commonest_first(const void *x, const void *y)
{
	const struct choice *a = x, *b = y;

	if (a->least != b->least)
		return a->least > b->least ? -1 : 1;
	return a->which < b->which ? -1 : 1;
}

static void
place_all(struct builder *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct sieve_literal *lit = &b->literals[i];
		float least = 1;

		for (size_t k = 0; k < windows_of(lit); k++) {
			struct window w = window_at(b, lit, k);

			least = fminf(least, window_share(b, &w));
		}
		b->choices[i] = (struct choice){ (uint32_t)i, 0, least };
	}
	qsort(b->choices, b->n, sizeof *b->choices, commonest_first);
	for (size_t i = 0; i < b->n; i++)
		place(b, &b->choices[i]);
}

/* Its window's bytes; those behind the literal's end are 0. */
static uint32_t
window_bytes(const struct sieve_literal *lit, uint32_t at)
{
	uint8_t bytes[SIEVE_WINDOW] = { 0 };
	uint32_t window;

	memcpy(bytes, lit->bytes + at, lit->len - at < SIEVE_WINDOW ?
		lit->len - at : SIEVE_WINDOW);
	memcpy(&window, bytes, sizeof window);
	return window;
}

static struct sieve_word
word_of(const struct builder *b, const struct choice *c)
{
	const struct sieve_literal *lit = &b->literals[c->which];

	return (struct sieve_word){ .which = c->which, .len = lit->len,
		.window = c->window, .caseless = lit->caseless,
		.bytes = lit->bytes };
}

/* All of its bytes round the window; bit 5 of the letters of a caseless one. */
static void
round_make(struct sieve_rounds *r, size_t i, const struct sieve_word *w)
{
	uint8_t fold[SIEVE_ROUND] = { 0 }, mask[SIEVE_ROUND] = { 0 },
		bits[SIEVE_ROUND] = { 0 };

	for (uint32_t k = 0; k < SIEVE_ROUND; k++) {
		int64_t at = (int64_t)w->window + k - SIEVE_NEAR;
		uint8_t byte;

		if (at < 0 || at >= w->len)
			continue;
		byte = (uint8_t)w->bytes[at];
		mask[k] = 0xff;
		bits[k] = byte;
		if (w->caseless && byte >= 'a' && byte <= 'z')
			fold[k] = 0x20;
	}
	memcpy(&r->fold[i], fold, sizeof fold);
	memcpy(&r->mask[i], mask, sizeof mask);
	memcpy(&r->bits[i], bits, sizeof bits);
}

static bool
rounds_make(struct sieve *s, size_t n)
{
	struct sieve_rounds *r = &s->rounds;

	r->fold = calloc(n + 1, sizeof *r->fold);
	r->mask = calloc(n + 1, sizeof *r->mask);
	r->bits = calloc(n + 1, sizeof *r->bits);
	if (!r->fold || !r->mask || !r->bits)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s->words[i].bytes)
			round_make(r, i, &s->words[i]);
	return true;
}

/* The kind of the literal's byte at i, or all where it has none. */
static uint64_t
kinds_at(const struct sieve *s, const struct sieve_word *w, int64_t i)
{
	return i < 0 || i >= w->len ? UINT64_MAX :
		UINT64_C(1) << s->kind[(uint8_t)w->bytes[i]];
}

static void
entry_fold(struct sieve_entry *e, const struct sieve_word *w)
{
	for (uint32_t i = 0; i < SIEVE_WINDOW; i++) {
		uint32_t at = w->window + i, shift = 8 * i;
		uint8_t byte = at < w->len ? (uint8_t)w->bytes[at] : 0;

		if (at >= w->len)
			e->mask &= ~(UINT32_C(0xff) << shift);
		else if (w->caseless && byte >= 'a' && byte <= 'z')
			e->fold |= UINT32_C(0x20) << shift;
	}
}

static void
entry_make(const struct sieve *s, struct sieve_entry *e)
{
	const struct sieve_word *w = s->words + e->first;
	uint32_t bits = 0;

	e->mask = UINT32_MAX;
	for (uint32_t i = 0; i < e->n; i++) {
		entry_fold(e, &w[i]);
		for (int k = 0; k < SIEVE_NEAR; k++) {
			int64_t at = w[i].window;

			e->before[k] |= kinds_at(s, &w[i], at - 1 - k);
			e->behind[k] |= kinds_at(s, &w[i],
				at + SIEVE_WINDOW + k);
		}
	}
	for (uint32_t i = 0; i < e->n; i++) {
		struct sieve_literal lit = { w[i].bytes, w[i].len, false };

		bits = window_bytes(&lit, w[i].window) | e->fold;
		if (i == 0)
			e->bits = bits;
		e->mask &= ~(e->bits ^ bits);
	}
	e->bits &= e->mask;
}

/*
 * The hashes that the literal may be met under: of what is behind a short one
 * any byte, in one case.
 */
static size_t
hashes_of(const struct sieve_literal *lit, uint32_t window, uint32_t *hashes)
{
	size_t n = 0;

	window = window_bytes(lit, window);
	if (lit->len >= SIEVE_WINDOW)
		hashes[n++] = sieve_hash(window);
	else
		for (uint32_t k = 0; k < 256; k += k % 64 == 31 ? 33 : 1)
			hashes[n++] = sieve_hash(window | k << 24);
	return n;
}

static bool
words_room(struct builder *b)
{
	uint32_t hashes[128];

	for (size_t i = 0; i < b->n; i++) {
		const struct choice *c = &b->choices[i];
		size_t n = hashes_of(&b->literals[c->which], c->window, hashes);

		for (size_t k = 0; k < n; k++)
			b->first[hashes[k] + 1]++;
	}
	for (size_t h = 0; h < SIEVE_HASHES; h++)
		b->first[h + 1] += b->first[h];
	b->s->words = calloc(b->first[SIEVE_HASHES] + 1, sizeof *b->s->words);
	return b->s->words != NULL;
}

/* Each literal once under each of its hashes. */
static void
words_fill(struct builder *b)
{
	uint32_t hashes[128];

	for (size_t i = 0; i < b->n; i++) {
		const struct choice *c = &b->choices[i];
		struct sieve_word word = word_of(b, c);
		size_t n = hashes_of(&b->literals[c->which], c->window, hashes);

		for (size_t k = 0; k < n; k++) {
			uint32_t h = hashes[k], *of = &b->n_of[h];
			struct sieve_word *w = &b->s->words[b->first[h]];

			if (*of && w[*of - 1].which == word.which)
				continue;
			w[(*of)++] = word;
		}
	}
}

static bool
make_entries(struct builder *b)
{
	struct sieve *s = b->s;
	size_t n = 1;

	if (!words_room(b))
		return false;
	words_fill(b);
	if (!rounds_make(s, b->first[SIEVE_HASHES]))
		return false;
	for (size_t h = 0; h < SIEVE_HASHES; h++)
		n += b->n_of[h] > 0;
	s->entries = n <= UINT16_MAX ? calloc(n, sizeof *s->entries) : NULL;
	if (!s->entries)
		return false;
	s->entries[0].bits = UINT32_MAX;	/* under a mask of 0 */
	n = 1;
	for (size_t h = 0; h < SIEVE_HASHES; h++) {
		if (!b->n_of[h])
			continue;
		s->may[h / 32] |= UINT32_C(1) << h % 32;
		s->entry[h] = (uint16_t)n;
		s->entries[n].first = b->first[h];
		s->entries[n].n = b->n_of[h];
		entry_make(s, &s->entries[n++]);
	}
	return true;
}

struct sieve *
sieve_new(const struct sieve_literal *literals, size_t n)
{
	struct builder *b = calloc(1, sizeof *b);
	struct sieve *s = calloc(1, sizeof *s);
	bool ok = b && s && n <= SIEVE_LITERALS_MAX;

	for (size_t i = 0; i < n && ok; i++) {
		ok = literals[i].len >= SIEVE_LEAST;
		if (ok && literals[i].len > s->longest)
			s->longest = literals[i].len;
	}
	if (ok) {
		b->s = s;
		b->literals = literals;
		b->n = n;
		b->choices = calloc(n + 1, sizeof *b->choices);
		b->taken = calloc(SIEVE_KINDS * SIEVE_KINDS / 8,
			SIEVE_KINDS * SIEVE_KINDS);
		ok = b->choices && b->taken;
	}
	if (ok) {
		shares_init(b);
		place_all(b);
		ok = make_entries(b);
	}
	if (b) {
		free(b->choices);
		free(b->taken);
	}
	free(b);
	if (!ok) {
		sieve_free(s);
		s = NULL;
	}
	return s;
}

void
sieve_free(struct sieve *s)
{
	if (!s)
		return;
	free(s->entries);
	free(s->words);
	free(s->rounds.fold);
	free(s->rounds.mask);
	free(s->rounds.bits);
	free(s);
}
