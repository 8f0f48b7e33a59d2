/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packplan.c - which entries of a pack are made of which others, so that each
 * base is unpacked once for all that hangs on it.  Headers only are read.
 */
#include <stdlib.h>

#include "git/pack.h"

/* ---- by offset ---- */

enum { DIGIT = 11, DIGITS = 1 << DIGIT };	/* bits sorted by at a time */

struct at {
	uint64_t offset;
	uint32_t pos;
};

/* By one digit; those that have the same stay in order. */
static void
sort_by(const struct at *from, struct at *to, uint32_t n, unsigned shift)
{
	uint32_t first[DIGITS + 1] = { 0 };

	for (uint32_t i = 0; i < n; i++)
		first[(from[i].offset >> shift) % DIGITS + 1]++;
	for (unsigned d = 0; d < DIGITS; d++)
		first[d + 1] += first[d];
	for (uint32_t i = 0; i < n; i++)
		to[first[(from[i].offset >> shift) % DIGITS]++] = from[i];
}

/* All entries; false: out of memory. */
static bool
sort(struct pack *p)
{
	struct at *v = calloc((size_t)p->n + 1, 2 * sizeof *v), *a = v;
	struct at *b = v ? v + p->n : NULL, *swap;
	uint64_t most = 0;

	if (!v)
		return false;
	for (uint32_t i = 0; i < p->n; i++) {
		a[i] = (struct at){ pack_offset(p, i), i };
		most = a[i].offset > most ? a[i].offset : most;
	}
	for (unsigned shift = 0; shift < 64 && most >> shift;
		shift += DIGIT) {
		sort_by(a, b, p->n, shift);
		swap = a;
		a = b;
		b = swap;
	}
	for (uint32_t i = 0; i < p->n; i++) {
		p->offsets[i] = a[i].offset;
		p->order[i] = a[i].pos;
	}
	free(v);
	return true;
}

/* The first rank whose entry begins at the offset or behind it. */
static uint32_t
rank_of(const struct pack *p, uint64_t offset)
{
	uint32_t low = 0, high = p->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (p->offsets[mid] < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* ---- delta trees ---- */

static uint32_t
base_of(const struct pack *p, uint64_t offset)
{
	struct pack_entry e;
	uint64_t at = 0;
	uint32_t pos, rank;

	if (!pack_entry(p, offset, &e))
		return PACK_NONE;
	if (e.kind == PACK_OFS_DELTA) {
		at = e.base_at;
	} else if (e.kind == PACK_REF_DELTA) {
		pos = pack_find(p, &e.base);
		at = pos == PACK_NONE ? 0 : pack_offset(p, pos);
	}
	rank = at ? rank_of(p, at) : p->n;
	return rank < p->n && p->offsets[rank] == at ? rank : PACK_NONE;
}

/* Marks all that hangs on the root. */
static void
mark(const struct pack *p, uint32_t root, bool *seen, uint32_t *stack)
{
	uint32_t n = 0;

	stack[n++] = root;
	seen[root] = true;
	while (n) {
		for (uint32_t c = p->child[stack[--n]]; c != PACK_NONE;
			c = p->sibling[c]) {
			if (seen[c])
				continue;
			seen[c] = true;
			stack[n++] = c;
		}
	}
}

/* Deltas whose bases go round in a ring hang on no root. */
static bool
find_rings(struct pack *p)
{
	bool *seen = calloc(p->n ? p->n : 1, sizeof *seen);
	uint32_t *stack = calloc((size_t)p->n + 1, sizeof *stack);
	bool ok = seen && stack;

	for (uint32_t i = 0; ok && i < p->nroots; i++)
		mark(p, p->roots[i], seen, stack);
	for (uint32_t i = 0; ok && i < p->n; i++)
		if (!seen[i])
			p->roots[p->nroots + p->nrings++] = i;
	free(stack);
	free(seen);
	return ok;
}

static bool
allocate(struct pack *p)
{
	size_t n = p->n ? p->n : 1;

	p->order = calloc(n, sizeof *p->order);
	p->offsets = calloc(n, sizeof *p->offsets);
	p->child = malloc(n * sizeof *p->child);
	p->sibling = malloc(n * sizeof *p->sibling);
	p->roots = calloc(n, sizeof *p->roots);
	return p->order && p->offsets && p->child && p->sibling && p->roots;
}

/* From the last to the first, so that siblings are in order. */
static void
link_all(struct pack *p)
{
	uint64_t since = p->data.len;

	memset(p->child, 0xff, p->n * sizeof *p->child);
	memset(p->sibling, 0xff, p->n * sizeof *p->sibling);
	for (uint32_t i = p->n; i-- > 0; ) {
		uint32_t base = base_of(p, p->offsets[i]);

		pack_passes(p, p->offsets[i], &since);
		if (base == PACK_NONE) {
			p->roots[p->nroots++] = i;
			continue;
		}
		p->sibling[i] = p->child[base];
		p->child[base] = i;
	}
	for (uint32_t i = 0; i < p->nroots / 2; i++) {
		uint32_t swap = p->roots[i];

		p->roots[i] = p->roots[p->nroots - 1 - i];
		p->roots[p->nroots - 1 - i] = swap;
	}
}

bool
pack_plan(struct pack *p)
{
	if (p->order)
		return true;
	if (!allocate(p) || !sort(p))
		return false;
	link_all(p);
	pack_let_go(p);
	return find_rings(p);
}

uint64_t
pack_end(const struct pack *p, uint64_t offset)
{
	uint64_t last = p->data.len - p->id_len;
	uint32_t next = rank_of(p, offset + 1);

	return next < p->n && p->offsets[next] < last ? p->offsets[next] :
		last;
}

uint64_t
pack_end_of(const struct pack *p, uint32_t rank)
{
	uint64_t last = p->data.len - p->id_len, here = p->offsets[rank];
	uint64_t next = rank + 1 < p->n ? p->offsets[rank + 1] : last;

	if (next == here)
		return pack_end(p, here);
	return next < last ? next : last;
}
