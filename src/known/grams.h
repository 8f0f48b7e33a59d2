/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grams.h - a table of short runs of bytes, in lower case as it were: is this
 * one of them, and of which forms?  A bitmap says no to nearly all text.
 */
#ifndef KNOWN_GRAMS_H
#define KNOWN_GRAMS_H

#include "base/span.h"

struct gram {
	uint32_t key;
	uint32_t form;
	uint32_t offset;	/* of the run in the form's text */
};

struct grams {
	uint64_t *bits;		/* two for each run, in one word */
	uint32_t *start;	/* by the key's first bits: into v */
	struct gram *v;		/* sorted by them */
	size_t n, cap;
	unsigned word_shift, start_shift;
	unsigned len;		/* bytes of a run */
};

#define GRAMS_FACTOR	0x9e3779b97f4a7c15	/* 2^64 / the golden ratio */

/* Bytes that differ in case have one key; so have some others. */
static inline uint64_t
grams_fold(uint64_t bytes)
{
	return bytes | 0x2020202020202020;
}

/* Of the first len of eight folded bytes, as they lie in memory. */
static inline uint32_t
grams_key(uint64_t folded, unsigned len)
{
	return (uint32_t)((folded << (64 - 8 * len)) * GRAMS_FACTOR >> 32);
}

static inline uint64_t
grams_load(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* The last bit says whether one may have the key. */
static inline uint64_t
grams_sift(const uint64_t *bits, unsigned word_shift, uint32_t key)
{
	uint64_t word = bits[key >> word_shift];

	return word >> (key & 63) & word >> (key >> 6 & 63);
}

static inline bool
grams_may(const struct grams *g, uint32_t key)
{
	return grams_sift(g->bits, g->word_shift, key) & 1;
}

void grams_init(struct grams *g, unsigned len);
bool grams_add(struct grams *g, const uint8_t *bytes, uint32_t form,
	size_t offset);
/* No more will be added; false: out of memory. */
bool grams_finish(struct grams *g);
/* The first with the key's bucket, *n of them; not all have the key. */
const struct gram *grams_find(const struct grams *g, uint32_t key, size_t *n);
void grams_free(struct grams *g);	/* wipes */

#endif
