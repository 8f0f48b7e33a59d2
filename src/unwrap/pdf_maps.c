/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_maps.c - holds the maps and looks codes up.  What they are made of is
 * read by pdf_cmap.c and pdf_fonts.c.
 */
#include "unwrap/pdf_maps.h"

#include <stdlib.h>

enum {
	BACK = 16,		/* entries over each other that are seen */
	SPACES = 16		/* of a map that are asked */
};

#define MANY	(1U << 31)	/* a place in texts, and no point */

struct entry {
	uint32_t from, to, point;
};

struct space {
	uint8_t n, lo[PDF_CODE], hi[PDF_CODE];
};

/* ---- what is held ---- */

bool
pdf_held_add(struct pdf_held *h, struct buf *b, const void *p, size_t n)
{
	size_t cap = b->cap ? b->cap : 256, more;

	if (n <= b->cap - b->len)
		return buf_append(b, p, n);
	if (n > PDF_HELD - b->len)
		return h->full = true, false;
	while (cap < b->len + n)
		cap *= 2;
	more = cap > b->cap ? cap - b->cap : 0;
	if (more > PDF_HELD - h->used || more > h->u->memory)
		return h->full = true, false;
	if (!buf_reserve(b, cap)) {
		h->u->nomem = h->u->stopped = true;
		return false;
	}
	h->used += more;
	h->u->memory -= more;
	return buf_append(b, p, n);
}

void
pdf_held_free(struct pdf_held *h, struct buf *b)
{
	h->used -= b->cap;
	h->u->memory += b->cap;
	buf_free(b);
}

void
pdf_maps_init(struct pdf_maps *m, struct pdf_held *held)
{
	*m = (struct pdf_maps){ .held = held };
	buf_init(&m->maps, PDF_HELD);
	buf_init(&m->entries, PDF_HELD);
	buf_init(&m->spaces, PDF_HELD);
	buf_init(&m->texts, PDF_HELD);
}

void
pdf_maps_free(struct pdf_maps *m)
{
	pdf_held_free(m->held, &m->maps);
	pdf_held_free(m->held, &m->entries);
	pdf_held_free(m->held, &m->spaces);
	pdf_held_free(m->held, &m->texts);
}

/* ---- a map is read ---- */

void
pdf_maps_begin(struct pdf_maps *m, uint64_t id)
{
	m->now = (struct pdf_map){ .id = id,
		.first = m->entries.len / sizeof(struct entry),
		.first_space = m->spaces.len / sizeof(struct space) };
}

uint32_t
pdf_maps_number(struct span s)
{
	uint32_t v = 0;

	for (size_t i = 0; i < s.len && i < PDF_CODE; i++)
		v = v << 8 | s.ptr[i];
	return v;
}

void
pdf_maps_add(struct pdf_maps *m, uint32_t from, uint32_t to,
	const uint32_t *points, size_t n)
{
	struct entry e = { .from = from, .to = to };
	uint32_t count = (uint32_t)n;

	if (!m->now.id || from > to || !n || n > PDF_POINTS)
		return;
	e.point = points[0] & ~MANY;
	if (n > 1) {
		e.point = MANY | (uint32_t)(m->texts.len / sizeof count);
		if (!pdf_held_add(m->held, &m->texts, &count, sizeof count) ||
			!pdf_held_add(m->held, &m->texts, points,
				n * sizeof *points))
			return;
	}
	(void)pdf_held_add(m->held, &m->entries, &e, sizeof e);
}

void
pdf_maps_space(struct pdf_maps *m, struct span lo, struct span hi)
{
	struct space s = { .n = (uint8_t)lo.len };

	if (!m->now.id || !lo.len || lo.len != hi.len || lo.len > PDF_CODE)
		return;
	memcpy(s.lo, lo.ptr, lo.len);
	memcpy(s.hi, hi.ptr, hi.len);
	(void)pdf_held_add(m->held, &m->spaces, &s, sizeof s);
}

static int
by_from(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to != b->to ? (a->to < b->to ? 1 : -1) :
		(a->point > b->point) - (a->point < b->point);
}

void
pdf_maps_end(struct pdf_maps *m)
{
	struct pdf_map *now = &m->now;

	if (!now->id)
		return;
	now->n = m->entries.len / sizeof(struct entry) - now->first;
	now->nspaces = m->spaces.len / sizeof(struct space) -
		now->first_space;
	if (now->n > 0) {
		qsort((struct entry *)(void *)m->entries.ptr + now->first,
			now->n, sizeof(struct entry), by_from);
		(void)pdf_held_add(m->held, &m->maps, now, sizeof *now);
	}
	now->id = 0;
}

/* ---- they are asked ---- */

static int
by_id(const void *pa, const void *pb)
{
	const struct pdf_map *a = pa, *b = pb;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
pdf_maps_close(struct pdf_maps *m)
{
	pdf_maps_end(m);
	if (m->maps.len)
		qsort(m->maps.ptr, m->maps.len / sizeof(struct pdf_map),
			sizeof(struct pdf_map), by_id);
}

const struct pdf_map *
pdf_maps_find(const struct pdf_maps *m, uint64_t id, size_t k)
{
	const struct pdf_map *all = (const void *)m->maps.ptr;
	size_t n = m->maps.len / sizeof *all, lo = 0, hi = n;

	if (!id)
		return NULL;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return k < n - lo && all[lo + k].id == id ? &all[lo + k] : NULL;
}

/* The last entry that has the code, of those that begin before it. */
static const struct entry *
entry_of(const struct pdf_maps *m, const struct pdf_map *map, uint32_t code)
{
	const struct entry *all = (const struct entry *)
		(const void *)m->entries.ptr + map->first;
	size_t lo = 0, hi = map->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].from <= code)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (size_t i = 0; i < BACK && i < lo; i++)
		if (code <= all[lo - 1 - i].to)
			return &all[lo - 1 - i];
	return NULL;
}

static uint32_t
grown(uint32_t point, uint32_t by)
{
	uint64_t v = (uint64_t)point + by;

	if (point == PDF_OTHER)
		return point;
	return v && v < PDF_NO_LETTER ? (uint32_t)v : PDF_NO_LETTER;
}

size_t
pdf_maps_get(const struct pdf_maps *m, const struct pdf_map *map,
	uint32_t code, uint32_t *points)
{
	const struct entry *e = entry_of(m, map, code);
	const uint32_t *text;
	size_t n = 1;

	if (!e)
		return 0;
	if (e->point & MANY) {
		text = (const uint32_t *)(const void *)m->texts.ptr +
			(e->point & ~MANY);
		n = *text;
		memcpy(points, text + 1, n * sizeof *points);
	} else {
		points[0] = e->point;
	}
	points[n - 1] = grown(points[n - 1], code - e->from);
	return n;
}

int64_t
pdf_maps_value(const struct pdf_maps *m, const struct pdf_map *map,
	uint32_t code)
{
	const struct entry *e = entry_of(m, map, code);

	return e ? (int64_t)(e->point & ~MANY) : -1;
}

static bool
has(const struct space *s, struct span code)
{
	if (code.len < s->n)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (code.ptr[i] < s->lo[i] || code.ptr[i] > s->hi[i])
			return false;
	return true;
}

size_t
pdf_maps_code(const struct pdf_maps *m, const struct pdf_map *map,
	struct span s)
{
	const struct space *all = (const void *)m->spaces.ptr;

	if (!map->nspaces)
		return 0;
	all += map->first_space;
	for (size_t i = 0; i < map->nspaces && i < SPACES; i++)
		if (has(&all[i], s))
			return all[i].n;
	return all[0].n;
}
