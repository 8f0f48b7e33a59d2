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
sift(const uint64_t *bits, unsigned shift, const uint8_t *p)
{
	return grams_sift(bits, shift, grams_key(grams_fold(grams_load(p)),
		RUN_LEN));
}

/* The first block from data[at] on that may have a run in it, or the end. */
__attribute__((always_inline)) static inline size_t
next_block(const struct seek *s, size_t at)
{
	const uint64_t *bits = s->ix->runs.bits;
	const unsigned shift = s->ix->runs.word_shift;
	const uint8_t *p = s->data.ptr + at;
	size_t left = s->data.len - at;

	for (; left >= BLOCK + RUN_STEP; left -= BLOCK, p += BLOCK) {
		uint64_t a = sift(bits, shift, p) | sift(bits, shift, p + 4);
		uint64_t b = sift(bits, shift, p + 8) |
			sift(bits, shift, p + 12);
		uint64_t c = sift(bits, shift, p + 16) |
			sift(bits, shift, p + 20);
		uint64_t d = sift(bits, shift, p + 24) |
			sift(bits, shift, p + 28);

		if (__builtin_expect((a | b | c | d) & 1, 0))
			break;
	}
	return s->data.len - left;
}

#if defined(__x86_64__)

/* Shifts by a variable in one step. */
__attribute__((target("bmi2")))
static size_t
next_block_bmi2(const struct seek *s, size_t at)
{
	return next_block(s, at);
}

static size_t
block_from(const struct seek *s, size_t at)
{
	return __builtin_cpu_supports("bmi2") ? next_block_bmi2(s, at) :
		next_block(s, at);
}

#else
#define block_from next_block
#endif

void
seek_runs(struct seek *s)
{
	size_t at = s->from, end = s->data.len;

	while ((at = block_from(s, at)) + BLOCK + RUN_STEP <= end) {
		for (size_t i = 0; i < BLOCK; i += RUN_STEP)
			look(s, s->data.ptr + at + i, at + i);
		at += BLOCK;
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
