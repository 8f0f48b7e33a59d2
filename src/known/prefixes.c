/* SPDX-License-Identifier: Apache-2.0 */
/* prefixes.c - how forms begin, sorted: what may the last bytes become? */
#include <stdlib.h>

#include "known/index.h"

bool
prefixes_add(struct prefixes *p, const uint8_t *text, size_t len,
	uint32_t form)
{
	size_t cap = p->cap ? p->cap * 2 : 64;
	struct prefix *v;

	if (p->n == p->cap) {
		v = calloc(cap, sizeof *v);
		if (!v)
			return false;
		if (p->v) {
			memcpy(v, p->v, p->n * sizeof *v);
			explicit_bzero(p->v, p->n * sizeof *v);
			free(p->v);
		}
		p->v = v;
		p->cap = cap;
	}
	v = &p->v[p->n++];
	v->len = (uint8_t)(len < PREFIX ? len : PREFIX);
	v->form = form;
	for (size_t i = 0; i < v->len; i++)
		v->text[i] = text[i] | 0x20;
	return true;
}

static int
compare(const void *x, const void *y)
{
	const struct prefix *a = x, *b = y;
	int c = memcmp(a->text, b->text, PREFIX);

	return c ? c : a->form < b->form ? -1 : a->form > b->form;
}

void
prefixes_sort(struct prefixes *p)
{
	if (p->n > 1)
		qsort(p->v, p->n, sizeof *p->v, compare);
}

/* Index of the first that is not less than text; with `behind`, of the first
   that does not begin with it either. */
static size_t
bound(const struct prefixes *p, struct span text, bool behind)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = memcmp(p->v[mid].text, text.ptr, text.len);

		if (c < 0 || (behind && c == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct prefix *
prefixes_find(const struct prefixes *p, struct span text, size_t *n)
{
	size_t first = bound(p, text, false);

	*n = bound(p, text, true) - first;
	return p->v + first;
}

void
prefixes_free(struct prefixes *p)
{
	if (p->v)
		explicit_bzero(p->v, p->cap * sizeof *p->v);
	free(p->v);
	*p = (struct prefixes){ .n = 0 };
}
