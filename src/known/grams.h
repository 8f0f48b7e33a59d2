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
	uint32_t *bits;		/* two for each run, in one word */
	uint32_t *start;	/* by the key's first bits: into v */
	struct gram *v;		/* sorted by them */
	size_t n, cap;
	unsigned word_shift, start_shift;
	unsigned len;		/* bytes of a run */
};

/* 2^32 / the golden ratio, and a prime; a key is made of what they give. */
#define GRAMS_FRONT	0x9e3779b1u
#define GRAMS_BACK	0x85ebca77u
enum { GRAMS_MIX = 15 };

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
	uint64_t run = folded << (64 - 8 * len);
	uint32_t key = (uint32_t)(run >> (64 - 8 * len)) * GRAMS_FRONT +
		(uint32_t)(run >> 32) * GRAMS_BACK;

	return key ^ key >> GRAMS_MIX;
}

static inline uint64_t
grams_load(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* The last bit says whether one may have the key. */
static inline uint32_t
grams_sift(const uint32_t *bits, unsigned word_shift, uint32_t key)
{
	uint32_t word = bits[key >> word_shift];

	return word >> (key & 31) & word >> (key >> 5 & 31);
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
