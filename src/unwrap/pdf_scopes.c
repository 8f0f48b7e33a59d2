/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_scopes.c - which object leads to which; pdf_fonts.c tells. */
#include "unwrap/pdf_scopes.h"

#include <stdlib.h>

struct edge {
	uint64_t from, to;
};

void
pdf_scopes_init(struct pdf_scopes *s, struct pdf_held *held)
{
	s->held = held;
	buf_init(&s->edges, PDF_HELD);
}

void
pdf_scopes_free(struct pdf_scopes *s)
{
	pdf_held_free(s->held, &s->edges);
}

void
pdf_scopes_add(struct pdf_scopes *s, uint64_t from, uint64_t to)
{
	const struct edge e = { .from = from, .to = to };

	if (from && to)
		(void)pdf_held_add(s->held, &s->edges, &e, sizeof e);
}

static int
by_from(const void *pa, const void *pb)
{
	const struct edge *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

void
pdf_scopes_close(struct pdf_scopes *s)
{
	if (s->edges.len)
		qsort(s->edges.ptr, s->edges.len / sizeof(struct edge),
			sizeof(struct edge), by_from);
}

static size_t
first_of(const struct edge *all, size_t n, uint64_t from)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
is_there(const uint64_t *all, size_t n, uint64_t what)
{
	for (size_t i = 0; i < n; i++)
		if (all[i] == what)
			return true;
	return false;
}

size_t
pdf_scopes_of(const struct pdf_scopes *s, uint64_t stream, uint64_t *to)
{
	const struct edge *all = (const void *)s->edges.ptr;
	size_t nall = s->edges.len / sizeof *all, n = 1;

	if (!stream)
		return 0;
	to[0] = stream;
	for (size_t i = 0; i < n; i++) {
		size_t k = first_of(all, nall, to[i]);
		size_t first = k;

		for (; k < nall && all[k].from == to[i]; k++) {
			if (k > first && all[k].to == all[k - 1].to)
				continue;
			if (is_there(to, n, all[k].to))
				continue;
			if (n == PDF_SCOPES)
				return 0;
			to[n++] = all[k].to;
		}
	}
	return n;
}
