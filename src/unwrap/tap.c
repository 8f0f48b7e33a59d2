/* SPDX-License-Identifier: Apache-2.0 */
/* tap.c - bytes on their way, with a bounded look ahead. */
#include "unwrap/tap.h"

void
tap_init(struct tap *t, uint8_t *room, tap_fn *fill, void *of)
{
	*t = (struct tap){ .fill = fill, .of = of, .room = room, .ptr = room };
}

struct span
tap_look(struct tap *t, size_t n)
{
	if (t->room && t->len < n && !t->ended && t->ptr != t->room) {
		memmove(t->room, t->ptr, t->len);
		t->ptr = t->room;
	}
	while (t->room && t->len < n && !t->ended) {
		size_t got = t->fill(t, t->room + t->len, TAP_ROOM - t->len);

		t->ended = got == 0;
		t->len += got;
	}
	return span_of(t->ptr, t->len);
}

static void
take(struct tap *t, size_t n)
{
	t->ptr += n;
	t->len -= n;
	t->at += n;
	if (t->len == 0 && t->room)
		t->ptr = t->room;
}

void
tap_raw(struct tap *t, size_t n)
{
	t->raw += n;
	take(t, n);
}

void
tap_inside(struct tap *t, size_t n)
{
	t->inside += n;
	take(t, n);
}

void
tap_was_raw(struct tap *t, size_t n)
{
	t->inside -= n;
	t->raw += n;
}

static size_t
fill_part(struct tap *t, uint8_t *to, size_t n)
{
	struct span s;

	if (t->left == 0)
		return 0;
	s = tap_look(t->from, 1);
	if (s.len == 0) {
		t->broken = t->from->broken;
		t->why = t->from->why;
		return 0;
	}
	if (n > t->left)
		n = (size_t)t->left;
	if (n > s.len)
		n = s.len;
	memcpy(to, s.ptr, n);
	tap_inside(t->from, n);
	t->left -= n;
	return n;
}

void
tap_part(struct tap *t, struct tap *from, uint64_t n, uint8_t *room)
{
	struct span s = tap_look(from, n < TAP_ROOM ? (size_t)n : 1);

	tap_init(t, room, fill_part, NULL);
	t->from = from;
	t->left = n;
	t->far = from->far;
	t->far_of = from->far_of;
	t->origin = from->origin + from->at;
	if (s.len < n)
		return;
	t->room = NULL;
	t->ptr = s.ptr;
	t->len = (size_t)n;
	t->left = 0;
	t->ended = true;
}

uint64_t
tap_most(const struct tap *t)
{
	return t->from || t->ended ? t->len + t->left : INT64_MAX;
}

uint64_t
tap_part_end(struct tap *t)
{
	if (!t->room)
		tap_inside(t->from, (size_t)t->at + t->len);
	return t->left;
}
