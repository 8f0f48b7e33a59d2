/* SPDX-License-Identifier: Apache-2.0 */
/* parts.c - lists of parts. */
#include "scan/parts.h"

#include <stdlib.h>

enum { PARTS_MOST = 16 * 1024 };

void
parts_add(struct parts *p, size_t from, size_t to)
{
	size_t cap = p->cap ? 2 * p->cap : 64;
	struct part *v;

	if (p->n == p->cap) {
		v = cap > PARTS_MOST ? NULL :
			reallocarray(p->v, cap, sizeof *v);
		if (!v) {
			p->failed = true;
			return;
		}
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (struct part){ from, to };
}

static int
compare(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

void
parts_settle(struct parts *p)
{
	size_t kept = 0;

	if (p->n)
		qsort(p->v, p->n, sizeof *p->v, compare);
	for (size_t i = 0; i < p->n; i++) {
		struct part *last = kept ? &p->v[kept - 1] : NULL;

		if (!last || p->v[i].from > last->to)
			p->v[kept++] = p->v[i];
		else if (p->v[i].to > last->to)
			last->to = p->v[i].to;
	}
	p->n = kept;
}

/* What of the runs, which are in order, the copy holds, be it a part. */
static void
add_copied(struct parts *p, const struct kin_copy *c, const struct part *runs,
	size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (runs[mid].to < c->from)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < n && runs[low].from < c->from + c->len; low++) {
		size_t from = runs[low].from, to = runs[low].to;

		from = from > c->from ? from : c->from;
		to = to < c->from + c->len ? to : c->from + c->len;
		parts_add(p, from - c->from + c->to, to - c->from + c->to);
	}
}

void
parts_of_object(struct parts *p, const struct kin *kin, size_t len,
	const struct part *runs, size_t n)
{
	size_t at = 0;
	bool end = false;	/* both end with the last copy */

	p->n = 0;
	p->failed = false;
	for (size_t i = 0; i < kin->ncopies; i++) {
		const struct kin_copy *c = &kin->copies[i];

		if (c->to || c->from)	/* else both begin with it */
			parts_add(p, at, c->to);
		at = c->to + c->len;
		end = at == len && c->from + c->len == kin->base_len;
		add_copied(p, c, runs, n);
	}
	if (!end)
		parts_add(p, at, len);
	parts_settle(p);
}
