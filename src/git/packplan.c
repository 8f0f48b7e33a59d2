/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packplan.c - which entries of a pack are made of which others, so that each
 * base is unpacked once for all that hangs on it.  Headers only are read.
 */
#include <stdlib.h>

#include "git/pack.h"

struct at {
	uint64_t offset;
	uint32_t pos;
};

static int
compare(const void *a, const void *b)
{
	const struct at *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return x->pos < y->pos ? -1 : x->pos > y->pos;
}

/* The position of the entry that begins at the offset. */
static uint32_t
entry_at(const struct at *v, uint32_t n, uint64_t offset)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (v[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && v[low].offset == offset ? v[low].pos : PACK_NONE;
}

static uint32_t
base_of(const struct pack *p, const struct at *v, uint64_t offset)
{
	struct pack_entry e;

	if (!pack_entry(p, offset, &e))
		return PACK_NONE;
	if (e.kind == PACK_OFS_DELTA)
		return entry_at(v, p->n, e.base_at);
	return e.kind == PACK_REF_DELTA ? pack_find(p, &e.base) : PACK_NONE;
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
		if (!seen[p->order[i]])
			p->roots[p->nroots + p->nrings++] = p->order[i];
	free(stack);
	free(seen);
	return ok;
}

static bool
allocate(struct pack *p)
{
	size_t n = p->n ? p->n : 1;

	p->order = calloc(n, sizeof *p->order);
	p->bytes = calloc(n, sizeof *p->bytes);
	p->child = malloc(n * sizeof *p->child);
	p->sibling = malloc(n * sizeof *p->sibling);
	p->roots = calloc(n, sizeof *p->roots);
	return p->order && p->bytes && p->child && p->sibling && p->roots;
}

/* From the last to the first, so that siblings are in order of offset. */
static void
link_all(struct pack *p, const struct at *v)
{
	uint32_t *base = p->order;	/* not needed for its own purpose yet */

	memset(p->child, 0xff, p->n * sizeof *p->child);
	memset(p->sibling, 0xff, p->n * sizeof *p->sibling);
	for (uint32_t i = 0; i < p->n; i++)
		base[i] = base_of(p, v, v[i].offset);
	for (uint32_t i = p->n; i-- > 0; ) {
		if (base[i] == PACK_NONE)
			continue;
		p->sibling[v[i].pos] = p->child[base[i]];
		p->child[base[i]] = v[i].pos;
	}
	for (uint32_t i = 0; i < p->n; i++)
		if (base[i] == PACK_NONE)
			p->roots[p->nroots++] = v[i].pos;
	for (uint32_t i = 0; i < p->n; i++)
		p->order[i] = v[i].pos;
}

static void
measure(struct pack *p, const struct at *v)
{
	uint64_t next = p->data.len - p->id_len, here = next;

	for (uint32_t i = p->n; i-- > 0; ) {
		if (v[i].offset != here && here < next)
			next = here;
		here = v[i].offset;
		p->bytes[v[i].pos] = here > next || next - here > UINT32_MAX ?
			UINT32_MAX : (uint32_t)(next - here);
	}
}

bool
pack_plan(struct pack *p)
{
	struct at *v;

	if (p->order)
		return true;
	v = calloc(p->n ? p->n : 1, sizeof *v);
	if (!v || !allocate(p)) {
		free(v);
		return false;
	}
	for (uint32_t i = 0; i < p->n; i++)
		v[i] = (struct at){ pack_offset(p, i), i };
	qsort(v, p->n, sizeof *v, compare);
	link_all(p, v);
	measure(p, v);
	free(v);
	return find_rings(p);
}

uint64_t
pack_end(const struct pack *p, uint64_t offset)
{
	uint64_t last = p->data.len - p->id_len, next;
	uint32_t low = 0, high = p->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (pack_offset(p, p->order[mid]) <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	next = low < p->n ? pack_offset(p, p->order[low]) : last;
	return next < last ? next : last;
}

uint64_t
pack_end_of(const struct pack *p, uint32_t pos)
{
	uint64_t offset = pack_offset(p, pos);

	return p->bytes[pos] == UINT32_MAX ? pack_end(p, offset) :
		offset + p->bytes[pos];
}
