/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_entries.c - the literals by the hashes of their windows: what those of
 * one hash have in common, and what each has near its window.
 */
#include <stdlib.h>

#include "engine/sieve_private.h"

struct entries {
	struct sieve *s;
	const struct sieve_literal *literals;
	const struct sieve_choice *choices;
	size_t n;
	/* Where the words of each hash begin in s->words, and how many. */
	uint32_t first[SIEVE_HASHES + 1], n_of[SIEVE_HASHES];
};

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
word_of(const struct entries *all, const struct sieve_choice *c)
{
	const struct sieve_literal *lit = &all->literals[c->which];

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

	r->fold = calloc(n + SIEVE_ROW, sizeof *r->fold);
	r->mask = calloc(n + SIEVE_ROW, sizeof *r->mask);
	r->bits = calloc(n + SIEVE_ROW, sizeof *r->bits);
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
 * The windows that the literal may be met with: of what is behind a short one
 * any byte, in one case.
 */
static size_t
windows_of(const struct sieve_literal *lit, uint32_t at, uint32_t *windows)
{
	uint32_t window = window_bytes(lit, at);
	size_t n = 0;

	if (lit->len >= SIEVE_WINDOW)
		windows[n++] = window;
	else
		for (uint32_t k = 0; k < 256; k += k % 64 == 31 ? 33 : 1)
			windows[n++] = window | k << 24;
	return n;
}

static bool
words_room(struct entries *all)
{
	uint32_t windows[128];

	for (size_t i = 0; i < all->n; i++) {
		const struct sieve_choice *c = &all->choices[i];
		size_t n = windows_of(&all->literals[c->which], c->window,
			windows);

		for (size_t k = 0; k < n; k++)
			all->first[sieve_hash(windows[k]) + 1]++;
	}
	for (size_t h = 0; h < SIEVE_HASHES; h++)
		all->first[h + 1] += all->first[h];
	all->s->words = calloc(all->first[SIEVE_HASHES] + 1,
		sizeof *all->s->words);
	return all->s->words != NULL;
}

static void
note_bit(uint32_t *bits, uint32_t window, uint32_t hash_bits)
{
	uint32_t hash = sieve_product(window) >> (32 - hash_bits);

	bits[hash / 32] |= UINT32_C(1) << hash % 32;
}

static void
note_window(struct sieve *s, uint32_t window)
{
	note_bit(s->wide, window, SIEVE_WIDE_BITS);
	note_bit(s->three, window & 0xffffff, SIEVE_THREE_BITS);
	note_bit(s->three, window >> 8, SIEVE_THREE_BITS);
}

/* Each literal once under each of its hashes. */
static void
words_fill(struct entries *all)
{
	uint32_t windows[128];

	for (size_t i = 0; i < all->n; i++) {
		const struct sieve_choice *c = &all->choices[i];
		struct sieve_word word = word_of(all, c);
		size_t n = windows_of(&all->literals[c->which], c->window,
			windows);

		for (size_t k = 0; k < n; k++) {
			uint32_t h = sieve_hash(windows[k]);
			uint32_t *of = &all->n_of[h];
			struct sieve_word *w = &all->s->words[all->first[h]];

			note_window(all->s, windows[k]);
			if (*of && w[*of - 1].which == word.which)
				continue;
			w[(*of)++] = word;
		}
	}
}

static bool
make_entries(struct entries *all)
{
	struct sieve *s = all->s;
	size_t n = 1;

	if (!words_room(all))
		return false;
	words_fill(all);
	if (!rounds_make(s, all->first[SIEVE_HASHES]))
		return false;
	for (size_t h = 0; h < SIEVE_HASHES; h++)
		n += all->n_of[h] > 0;
	s->entries = n <= UINT16_MAX ? calloc(n, sizeof *s->entries) : NULL;
	if (!s->entries)
		return false;
	s->entries[0].bits = UINT32_MAX;	/* under a mask of 0 */
	n = 1;
	for (size_t h = 0; h < SIEVE_HASHES; h++) {
		if (!all->n_of[h])
			continue;
		s->may[h / 32] |= UINT32_C(1) << h % 32;
		s->entry[h] = (uint16_t)n;
		s->entries[n].first = all->first[h];
		s->entries[n].n = all->n_of[h];
		entry_make(s, &s->entries[n++]);
	}
	return true;
}

bool
sieve_make_entries(struct sieve *s, const struct sieve_literal *literals,
	const struct sieve_choice *choices, size_t n)
{
	struct entries *e = calloc(1, sizeof *e);
	bool ok = e != NULL;

	if (ok) {
		e->s = s;
		e->literals = literals;
		e->choices = choices;
		e->n = n;
		ok = make_entries(e);
	}
	free(e);
	return ok;
}
