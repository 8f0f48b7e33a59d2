/* SPDX-License-Identifier: Apache-2.0 */
/* grams.c - the table is filled, then sorted once: see grams.h. */
#include "known/grams.h"

#include <stdlib.h>

enum { BITS_MOST = 18 };

void
grams_init(struct grams *g, unsigned len)
{
	*g = (struct grams){ .len = len };
}

static bool
grow(struct grams *g)
{
	size_t cap = g->cap ? g->cap * 2 : 256;
	struct gram *v = calloc(cap, sizeof *v);

	if (!v)
		return false;
	if (g->v) {
		memcpy(v, g->v, g->n * sizeof *v);
		explicit_bzero(g->v, g->n * sizeof *v);
		free(g->v);
	}
	g->v = v;
	g->cap = cap;
	return true;
}

bool
grams_add(struct grams *g, const uint8_t *bytes, uint32_t form, size_t offset)
{
	uint64_t v = 0;

	if (g->n == g->cap && !grow(g))
		return false;
	memcpy(&v, bytes, g->len);
	g->v[g->n++] = (struct gram){ grams_key(grams_fold(v), g->len), form,
		(uint32_t)offset };
	return true;
}

/* How many bits count n and some more. */
static unsigned
bits_for(size_t n)
{
	unsigned b = 1;

	while (b < BITS_MOST && (size_t)1 << b < n)
		b++;
	return b;
}

/* Counting sort by the first bits of the key. */
static bool
sort(struct grams *g, unsigned b)
{
	size_t buckets = (size_t)1 << b;
	uint32_t *start = calloc(buckets + 1, sizeof *start);
	struct gram *v = calloc(g->n + 1, sizeof *v);

	if (!start || !v) {
		free(start);
		free(v);
		return false;
	}
	for (size_t i = 0; i < g->n; i++)
		start[(g->v[i].key >> (32 - b)) + 1]++;
	for (size_t i = 0; i < buckets; i++)
		start[i + 1] += start[i];
	for (size_t i = g->n; i-- > 0; )
		v[--start[(g->v[i].key >> (32 - b)) + 1]] = g->v[i];
	/* start[i + 1] is now where bucket i begins. */
	memmove(start, start + 1, buckets * sizeof *start);
	start[buckets] = (uint32_t)g->n;
	if (g->v) {
		explicit_bzero(g->v, g->cap * sizeof *g->v);
		free(g->v);
	}
	g->v = v;
	g->cap = g->n + 1;
	g->start = start;
	g->start_shift = 32 - b;
	return true;
}

bool
grams_finish(struct grams *g)
{
	unsigned b = bits_for(g->n);

	g->word_shift = 32 - b;
	g->bits = calloc((size_t)1 << b, sizeof *g->bits);
	if (!g->bits || !sort(g, b))
		return false;
	for (size_t i = 0; i < g->n; i++) {
		uint32_t key = g->v[i].key;

		g->bits[key >> g->word_shift] |= 1u << (key & 31) |
			1u << (key >> 5 & 31);
	}
	return true;
}

const struct gram *
grams_find(const struct grams *g, uint32_t key, size_t *n)
{
	uint32_t k = key >> g->start_shift;

	*n = g->start[k + 1] - g->start[k];
	return g->v + g->start[k];
}

static void
wipe(void *p, size_t size)
{
	if (p)
		explicit_bzero(p, size);
	free(p);
}

void
grams_free(struct grams *g)
{
	if (g->bits)
		wipe(g->bits, sizeof *g->bits << (32 - g->word_shift));
	if (g->start)
		wipe(g->start, sizeof *g->start * (((size_t)1 <<
			(32 - g->start_shift)) + 1));
	wipe(g->v, g->cap * sizeof *g->v);
	*g = (struct grams){ .n = 0 };
}
