/* SPDX-License-Identifier: Apache-2.0 */
/*
 * splitindex.c - an index in two files: what the second one, the shared, has,
 * less what the first says has gone, and with what it has instead or besides
 * (gitformat-index(5), "Split index").
 */
#include <stdlib.h>

#include "git/splitindex.h"

enum { GONE = 1, REPLACED = 2, WORD = 64 };	/* of an entry; bits */

static uint64_t
take(struct span *s, unsigned bytes)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < bytes; i++)
		n = n << 8 | s->ptr[i];
	*s = span_skip(*s, bytes);
	return n;
}

/* Marks n entries from *at on, as far as there are so many. */
static void
mark(uint8_t *marks, size_t count, uint64_t *at, uint64_t n, uint8_t what)
{
	for (; n && *at < count; n--)
		marks[(*at)++] |= what;
	*at += n;
}

/*
 * A bitmap in EWAH: words of 64 bits, some of which say how many words of
 * equal bits follow (bit 0: which; 32 bits: how many), and behind these how
 * many words as they are (31 bits).  False: damaged.
 */
static bool
take_bitmap(struct span *s, uint8_t *marks, size_t count, uint8_t what)
{
	uint64_t at = 0, words, bits;

	if (s->len < 8)
		return false;
	bits = take(s, 4);
	words = take(s, 4);
	if (s->len / 8 < words || s->len - words * 8 < 4 || bits > count)
		return false;
	while (words--) {
		uint64_t head = take(s, 8), plain = head >> 33;
		uint64_t equal = (head >> 1 & UINT32_MAX) * WORD;

		if (head & 1)
			mark(marks, count, &at, equal, what);
		else
			at += equal;
		if (plain > words)
			return false;
		for (words -= plain; plain--; ) {
			uint64_t v = take(s, 8), here = at;

			for (; v; v >>= 1, here++)
				if (v & 1 && here < count)
					marks[here] |= what;
			at += WORD;
		}
	}
	*s = span_skip(*s, 4);	/* where the last such head is */
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct git_index_entry *x = a, *y = b;
	int c = strcmp(x->path, y->path);

	return c ? c : x->stage < y->stage ? -1 : x->stage > y->stage;
}

/* The entries of both in one list; false: they do not fit each other. */
static bool
lay(struct git_index *ix, const struct git_index *shared,
	const uint8_t *marks, struct git_index_entry *v)
{
	size_t n = 0, own = 0;

	for (size_t i = 0; i < shared->n; i++) {
		struct git_index_entry e = shared->v[i];

		if (marks[i] & REPLACED) {
			if (own == ix->n)
				return false;
			e = ix->v[own++];
			if (!e.path[0])
				e.path = shared->v[i].path;
		}
		if (!(marks[i] & GONE))
			v[n++] = e;
	}
	while (own < ix->n)
		v[n++] = ix->v[own++];
	if (n)
		qsort(v, n, sizeof *v, compare);
	free(ix->v);
	ix->v = v;
	ix->n = n;
	return true;
}

const char *
splitindex_lay(struct git_index *ix, struct git_index *shared,
	struct span link)
{
	uint8_t *marks = calloc(shared->n + 1, 1);
	struct git_index_entry *v = calloc(ix->n + shared->n + 1, sizeof *v);
	const char *why = marks && v ? NULL : "no memory for it";

	if (!why && ((link.len && (!take_bitmap(&link, marks, shared->n,
		GONE) || !take_bitmap(&link, marks, shared->n, REPLACED))) ||
		!lay(ix, shared, marks, v)))
		why = "is split, and its parts do not fit each other";
	free(marks);
	if (why) {
		free(v);
		return why;
	}
	ix->shared_paths = shared->paths;
	shared->paths = NULL;
	return NULL;
}
