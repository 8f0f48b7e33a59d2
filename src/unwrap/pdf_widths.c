/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_widths.c - keeps lists as they are, until it is known whose they are. */
#include "unwrap/pdf_widths.h"

#include <stdlib.h>

enum { OPEN = -1, CLOSE = -2, MOST = 100000 };

struct list {
	uint64_t id;
	size_t first, n;
};

void
pdf_widths_init(struct pdf_widths *w, struct pdf_held *held)
{
	*w = (struct pdf_widths){ .held = held, .left = PDF_WIDTHS };
	buf_init(&w->numbers, PDF_HELD);
	buf_init(&w->lists, PDF_HELD);
}

void
pdf_widths_free(struct pdf_widths *w)
{
	pdf_held_free(w->held, &w->numbers);
	pdf_held_free(w->held, &w->lists);
}

static size_t
count(const struct pdf_widths *w)
{
	return w->numbers.len / sizeof(int32_t);
}

static void
add(struct pdf_widths *w, int32_t v)
{
	if (w->bad || count(w) >= PDF_WIDTHS ||
		!pdf_held_add(w->held, &w->numbers, &v, sizeof v))
		w->bad = true;
}

void
pdf_widths_open(struct pdf_widths *w)
{
	w->first = count(w);
	w->open = true;
	w->bad = false;
}

/* Without what stands behind its point. */
void
pdf_widths_word(struct pdf_widths *w, struct span word)
{
	int32_t v = 0;

	if (!w->open || w->bad)
		return;
	for (size_t i = 0; i < word.len && word.ptr[i] != '.'; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9') {
			w->bad = true;
			return;
		}
		v = v * 10 + (word.ptr[i] - '0');
		v = v < MOST ? v : MOST;
	}
	add(w, v);
}

void
pdf_widths_array(struct pdf_widths *w, bool open)
{
	if (w->open)
		add(w, open ? OPEN : CLOSE);
}

void
pdf_widths_close(struct pdf_widths *w, uint64_t id)
{
	struct list l = { .id = id, .first = w->first,
		.n = count(w) - w->first };

	if (w->open && (w->bad || !l.n || !id ||
		!pdf_held_add(w->held, &w->lists, &l, sizeof l)))
		w->numbers.len = w->first * sizeof(int32_t);
	w->open = false;
}

static int
by_id(const void *pa, const void *pb)
{
	const struct list *a = pa, *b = pb;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
pdf_widths_end(struct pdf_widths *w)
{
	if (w->lists.len)
		qsort(w->lists.ptr, w->lists.len / sizeof(struct list),
			sizeof(struct list), by_id);
}

static const struct list *
find(const struct pdf_widths *w, uint64_t id)
{
	const struct list *all = (const void *)w->lists.ptr;
	size_t n = w->lists.len / sizeof *all, lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && all[lo].id == id ? &all[lo] : NULL;
}

static void
put(struct pdf_maps *maps, int32_t from, int32_t to, int32_t width)
{
	uint32_t point = (uint32_t)width;

	if (from >= 0 && to >= from && width >= 0)
		pdf_maps_add(maps, (uint32_t)from, (uint32_t)to, &point, 1);
}

/* c [w w ...], or c c w. */
static void
of_wide(struct pdf_maps *maps, const int32_t *v, size_t n)
{
	size_t i = 0;

	while (i + 2 < n) {
		int32_t code = v[i];

		if (v[i + 1] != OPEN) {
			put(maps, code, v[i + 1], v[i + 2]);
			i += 3;
			continue;
		}
		for (i += 2; i < n && v[i] >= 0; i++)
			put(maps, code, code, v[i]), code++;
		i++;
	}
}

bool
pdf_widths_map(struct pdf_widths *w, struct pdf_maps *maps, uint64_t list,
	uint64_t id, bool wide, uint32_t first)
{
	const struct list *l = list ? find(w, list) : NULL;
	const int32_t *v = (const void *)w->numbers.ptr;

	if (!l || l->n > w->left)
		return false;
	w->left -= l->n;
	v += l->first;
	pdf_maps_begin(maps, id);
	if (wide)
		of_wide(maps, v, l->n);
	for (size_t i = 0; !wide && i < l->n && first + i < 256; i++)
		put(maps, (int32_t)(first + i), (int32_t)(first + i), v[i]);
	pdf_maps_end(maps);
	return true;
}
