/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seek_runs.c - the pass over all bytes: a look into two bitmaps every few
 * bytes, and for most text that is all.  index.h says why none is missed.
 */
#include "known/seek.h"

enum { BLOCK = 32 };	/* bytes that are looked at together */

/* A run is at data[at]; of folded the first eight bytes are what is there. */
static void
found_run(struct seek *s, uint32_t key, size_t at)
{
	const uint8_t *p = s->data.ptr;
	const struct gram *v;
	size_t n, firm;

	v = grams_find(&s->ix->runs, key, &n);
	for (size_t i = 0; i < n; i++) {
		const struct form *f = &s->ix->forms[v[i].form];

		if (v[i].key != key || at < v[i].offset)
			continue;
		firm = at - v[i].offset + f->firm_at;
		if (firm + RUN_FIRM <= s->data.len &&
			grams_fold(grams_load(p + firm)) != f->firm)
			continue;
		seek_try(s, v[i].form, at - v[i].offset);
	}
}

static void
look(struct seek *s, const uint8_t *p, size_t at)
{
	uint32_t key = grams_key(grams_fold(grams_load(p)), RUN_LEN);

	if (grams_may(&s->ix->runs, key))
		found_run(s, key, at);
}

/* The last bytes, where eight cannot be loaded any more. */
static void
look_at_end(struct seek *s, size_t at)
{
	uint8_t last[2 * BLOCK + RUN_FIRM] = { 0 };
	size_t n = s->data.len - at;

	memcpy(last, s->data.ptr + at, n);
	for (size_t i = 0; i < n; i += RUN_STEP)
		look(s, last + i, at + i);
	explicit_bzero(last, sizeof last);
}

static inline uint64_t
sift(const struct grams *g, const uint8_t *p)
{
	return grams_sift(g->bits, g->word_shift, grams_key(grams_fold(
		grams_load(p)), RUN_LEN));
}

void
seek_runs(struct seek *s)
{
	const struct grams g = s->ix->runs;
	const uint8_t *p = s->data.ptr;
	size_t at = s->from, end = s->data.len;

	for (; at + BLOCK + RUN_STEP <= end; at += BLOCK) {
		uint64_t may = 0;

		for (size_t i = 0; i < BLOCK; i += RUN_STEP)
			may |= sift(&g, p + at + i);
		if (__builtin_expect(may & 1, 0))
			for (size_t i = 0; i < BLOCK; i += RUN_STEP)
				look(s, p + at + i, at + i);
	}
	if (at < end)
		look_at_end(s, at);
}

void
seek_words(struct seek *s)
{
	const struct grams *g = &s->ix->words;
	const uint8_t *p = s->data.ptr;

	for (size_t at = s->from; at + WORD_LEN <= s->data.len; at++) {
		uint64_t v = 0;
		uint32_t key;

		if (at + sizeof v <= s->data.len)
			v = grams_load(p + at);
		else
			memcpy(&v, p + at, s->data.len - at);
		key = grams_key(grams_fold(v), WORD_LEN);
		if (grams_may(g, key))
			seek_key(s, g, key, at);
	}
}
