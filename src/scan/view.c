/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - the text of a view and its map. */
#include "scan/view.h"

#include <stdlib.h>

void
view_free(const struct view_kind *kind, struct view *v)
{
	if (!v)
		return;
	if (kind->release)
		kind->release(v);
	buf_free(&v->text);
	buf_free(&v->map);
	free(v);
}

bool
view_put(struct view *v, uint8_t byte, uint64_t from, uint64_t to)
{
	const struct view_from place = { (uint32_t)from, (uint32_t)to };

	return buf_byte(&v->text, byte) &&
		buf_append(&v->map, &place, sizeof place);
}

void
view_clear(struct view *v)
{
	v->text.len = v->map.len = 0;
	v->base = 0;
	v->loose = false;
}

void
view_drop(struct view *v, uint64_t at)
{
	size_t n = at > v->base ? (size_t)(at - v->base) : 0;

	n = n < v->text.len ? n : v->text.len;
	buf_drop(&v->text, n);
	if (v->map.len)
		buf_drop(&v->map, n * sizeof(struct view_from));
	v->base += n;
}

/* All that is mapped lies near v->pos. */
static uint64_t
whole(const struct view *v, uint32_t low)
{
	return v->pos + (uint64_t)(int64_t)(int32_t)(low - (uint32_t)v->pos);
}

static const struct view_from *
entry(const struct view *v, uint64_t at)
{
	at = at > v->base ? at : v->base;
	return (const struct view_from *)(const void *)v->map.ptr +
		(at - v->base);
}

uint64_t
view_from(const struct view_kind *kind, const struct view *v, uint64_t at)
{
	if (kind->from)
		return kind->from(v, at);
	if (at >= v->base + v->text.len)
		return v->pos;
	return whole(v, entry(v, at)->from);
}

uint64_t
view_to(const struct view_kind *kind, const struct view *v, uint64_t end)
{
	if (kind->to)
		return kind->to(v, end);
	return end > v->base ? whole(v, entry(v, end - 1)->to) :
		view_from(kind, v, end);
}
