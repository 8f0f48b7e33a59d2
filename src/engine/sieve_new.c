/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_new.c - which window stands for each literal, and in which bucket.
 * What the literals of one hash have in common is sieve_entries.c's.
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

/* The same where windows are looked up by three bytes first. */
static const float THREE_COST = 1.0f / 4;

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

/* By the hash of its number; no share: none. */
struct common {
	uint32_t number;
	float share;
};

enum { COMMON_BITS = 13, COMMONS = 1 << COMMON_BITS };

struct builder {
	struct sieve *s;
	const struct sieve_literal *literals;
	size_t n;
	bool by_buckets;
	float share[SIEVE_KINDS + 1];
	float pair[SIEVE_KINDS][SIEVE_KINDS];
	struct buckets buckets;
	struct sieve_choice *choices;
	uint8_t *taken;		/* a bit for each window of kinds */
	struct common common[COMMONS];
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

/* The bit of a window in taken. */
static uint32_t
number_of(const struct window *w)
{
	uint32_t n = 0;

	for (size_t i = 0; i < SIEVE_WINDOW; i++)
		n = n * SIEVE_KINDS + (w->kind[i] == ANY ? 0 : w->kind[i]);
	return n;
}

/* Where the common window of that number is, or would be. */
static struct common *
common_slot(struct builder *b, uint32_t number)
{
	uint32_t i = number * SIEVE_FACTOR >> (32 - COMMON_BITS);

	while (b->common[i].share > 0 && b->common[i].number != number)
		i = (i + 1) % COMMONS;
	return &b->common[i];
}

static void
common_init(struct builder *b)
{
	for (size_t i = 0; i < sieve_nwindows && i < COMMONS / 2; i++) {
		const char *text = sieve_windows[i];
		struct window w;
		uint32_t n;

		for (size_t k = 0; k < SIEVE_WINDOW; k++)
			w.kind[k] = b->s->kind[(uint8_t)text[k]];
		n = number_of(&w);
		*common_slot(b, n) = (struct common){ n,
			share_of(text[SIEVE_WINDOW]) };
	}
}

/* Of a text's places that hold such a window. */
static float
window_share(struct builder *b, const struct window *w)
{
	const struct common *common = common_slot(b, number_of(w));
	float p = b->share[w->kind[0]];

	if (common->share > 0)
		return common->share;
	for (size_t i = 1; i < SIEVE_WINDOW && w->kind[i] != ANY; i++)
		p *= b->pair[w->kind[i - 1]][w->kind[i]];
	return p;
}

static bool
is_taken(const struct builder *b, const struct window *w)
{
	uint32_t n = number_of(w);

	return w->kind[SIEVE_WINDOW - 1] != ANY && b->taken[n / 8] >> n % 8 & 1;
}

/* Of its first three bytes, and of its last. */
static float
threes_share(const struct builder *b, const struct window *w)
{
	const uint8_t *k = w->kind;
	float first = b->share[k[0]] * b->pair[k[0]][k[1]] *
		b->pair[k[1]][k[2]];
	float last = b->share[k[1]] * b->pair[k[1]][k[2]];

	return first + (k[3] == ANY ? last : last * b->pair[k[2]][k[3]]);
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

/*
 * What the window costs, and its bucket, SIEVE_BUCKETS being none.  Only less
 * than `least` is of interest.
 */
static float
window_cost(struct builder *b, const struct window *w, float least,
	size_t *bucket)
{
	float share = window_share(b, w), cost = 0;

	*bucket = SIEVE_BUCKETS;
	if (is_taken(b, w))
		return WORD_COST * share;
	if (WINDOW_COST * share >= least)
		return INFINITY;
	if (b->by_buckets)
		*bucket = best_bucket(&b->buckets, w, &cost);
	else
		cost = WINDOW_COST * THREE_COST * threes_share(b, w);
	return cost + WINDOW_COST * share;
}

/* The window of the literal that costs least, and its bucket. */
static void
place(struct builder *b, struct sieve_choice *c)
{
	const struct sieve_literal *lit = &b->literals[c->which];
	size_t best = SIEVE_BUCKETS;
	float least = INFINITY;
	uint32_t n;
	struct window w;

	for (uint32_t i = 0; i < windows_of(lit); i++) {
		size_t bucket;
		float cost;

		w = window_at(b, lit, i);
		cost = window_cost(b, &w, least, &bucket);
		if (cost >= least)
			continue;
		best = bucket;
		least = cost;
		c->window = i;
	}
	w = window_at(b, lit, c->window);
	if (best != SIEVE_BUCKETS)
		bucket_add(b, best, &w);
	n = number_of(&w);
	if (w.kind[SIEVE_WINDOW - 1] != ANY)
		b->taken[n / 8] |= (uint8_t)(1 << n % 8);
}

static int
commonest_first(const void *x, const void *y)
{
	const struct sieve_choice *a = x, *b = y;

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
		b->choices[i] = (struct sieve_choice){ (uint32_t)i, 0, least };
	}
	qsort(b->choices, b->n, sizeof *b->choices, commonest_first);
	for (size_t i = 0; i < b->n; i++)
		place(b, &b->choices[i]);
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
		b->by_buckets = sieve_use(s, 0) && sieve_has_buckets(s);
		b->literals = literals;
		b->n = n;
		b->choices = calloc(n + 1, sizeof *b->choices);
		b->taken = calloc(SIEVE_KINDS * SIEVE_KINDS / 8,
			SIEVE_KINDS * SIEVE_KINDS);
		ok = b->choices && b->taken;
	}
	if (ok) {
		shares_init(b);
		common_init(b);
		place_all(b);
		ok = sieve_make_entries(s, literals, b->choices, n);
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
