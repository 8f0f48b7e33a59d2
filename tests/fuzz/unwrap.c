/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unwrap.c - any bytes, unwrapped: each of them is given out or handed on,
 * what comes out does not depend on how they are read, and there is an end.
 */
#include <stdlib.h>

#include "unwrap/unwrap.h"

enum { DECODED = 4 * 1024 * 1024, MEMBERS = 2000 };

struct seen {
	const uint8_t *all, *rest;
	size_t left, piece;
	uint64_t sum, news;
	bool open;
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* FNV-1a. */
static void
add(struct seen *s, const void *data, size_t n)
{
	const uint8_t *p = data;

	for (size_t i = 0; i < n; i++)
		s->sum = (s->sum ^ p[i]) * 0x100000001b3;
}

static bool
on_begin(const char *place, void *payload)
{
	struct seen *s = payload;

	must(!s->open);
	s->open = true;
	add(s, place, strlen(place));
	return true;
}

static bool
on_bytes(const void *data, size_t n, void *payload)
{
	struct seen *s = payload;

	must(s->open);
	add(s, data, n);
	return true;
}

static bool
on_end(void *payload)
{
	struct seen *s = payload;

	must(s->open);
	s->open = false;
	return true;
}

/* One may come within a place: where depends on the pieces. */
static bool
on_gap(const struct gap *gap, void *payload)
{
	struct seen *s = payload;

	must(gap->detail && gap->detail[0]);
	s->news += gap->why;
	return true;
}

static ssize_t
give(void *of, void *to, size_t n)
{
	struct seen *s = of;

	n = n < s->piece ? n : s->piece;
	n = n < s->left ? n : s->left;
	memcpy(to, s->rest, n);
	s->rest += n;
	s->left -= n;
	return (ssize_t)n;
}

static ssize_t
give_at(void *of, void *to, size_t n, uint64_t at)
{
	struct seen *s = of;
	size_t size = (size_t)(s->rest - s->all) + s->left;

	if (at >= size)
		return 0;
	n = n < size - at ? n : size - (size_t)at;
	memcpy(to, s->all + at, n);
	return (ssize_t)n;
}

/* By pieces; of OUT_OF_TURN, out of turn, too; of 0, as they lie there. */
enum { OUT_OF_TURN = 100 };

static struct seen
look(const uint8_t *data, size_t size, size_t piece)
{
	static const struct unwrap_options opt = { .decoded = DECODED,
		.members = MEMBERS, .formats = "all" };
	struct seen s = { .all = data, .rest = data, .left = size,
		.piece = piece };
	const struct unwrap_out out = { .begin = on_begin, .bytes = on_bytes,
		.end = on_end, .gap = on_gap, .news = &s.news, .payload = &s };
	struct unwrap *u = unwrap_new(&opt, &out);
	struct unwrap_count count;
	bool nomem;

	must(u != NULL);
	must(piece ? unwrap_item_at(u, "f", give, piece == OUT_OF_TURN ?
		give_at : NULL, &s, &count, &nomem) :
		unwrap_memory(u, "f", (struct span){ data, size }, &count,
		&nomem));
	must(!nomem && !s.open);
	must(count.bytes == size && count.raw + count.inside == size);
	unwrap_free(u);
	return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct seen whole, pieces, there, turned;

	if (size < 1)
		return 0;
	whole = look(data + 1, size - 1, SIZE_MAX);
	pieces = look(data + 1, size - 1, 1 + data[0] % 64);
	there = look(data + 1, size - 1, 0);
	turned = look(data + 1, size - 1, OUT_OF_TURN);
	must(whole.sum == pieces.sum && whole.news == pieces.news);
	must(whole.sum == there.sum && whole.news == there.news);
	must(whole.sum == turned.sum && whole.news == turned.news);
	return 0;
}
