/* SPDX-License-Identifier: Apache-2.0 */
/* wide.c - finding and squeezing the runs; the map back. */
#include "scan/wide.h"

#include <stdlib.h>

enum { TEXT_MAX = 4 * VIEW_MAX };	/* two bytes a character, and kept */

void
wide_init(struct wide *w, size_t view_max)
{
	*w = (struct wide){ 0 };
	buf_init(&w->v.text, view_max);
}

void
wide_free(struct wide *w)
{
	buf_free(&w->v.text);
}

void
wide_begin(struct wide *w)
{
	w->v.text.len = 0;
	w->v.active = false;
	w->v.pos = w->v.held = 0;
}

static bool
is_pair(const uint8_t *p)
{
	return view_is_text(p[0]) && p[1] == 0;
}

/*
 * Where in p[0, n) eight bytes in a row have every second one NUL and not
 * all; n when nowhere.  Any run of WIDE_MIN characters has such a place at
 * any multiple of eight.
 */
static size_t
find_pairs(const uint8_t *p, size_t n)
{
	const uint64_t even = 0x00ff00ff00ff00ff;
	const uint8_t *nul = n ? memchr(p, 0, n) : NULL;
	uint64_t v;
	size_t i;

	if (!nul)	/* so it is with most text, and memchr is fast */
		return n;
	i = nul > p ? (size_t)(nul - p - 1) / 8 * 8 : 0;
	for (; i + 8 <= n; i += 8) {
		memcpy(&v, p + i, 8);
		if (((v & even) == 0) != ((v & ~even) == 0))
			return i;
	}
	return n;
}

static void
begin_run(struct wide *w, uint64_t from, bool big)
{
	w->v.text.len = 0;
	w->v.base = 0;
	w->from = from;
	w->big = big;
	w->v.active = true;
}

/* Appends the characters at p[0], p[2], ... p[2 (n - 1)]. */
static bool
add_text(struct wide *w, const uint8_t *p, size_t n)
{
	if (!buf_reserve(&w->v.text, w->v.text.len + n))
		return false;
	for (size_t i = 0; i < n; i++)
		w->v.text.ptr[w->v.text.len + i] = p[2 * i];
	w->v.text.len += n;
	return true;
}

/* Characters from p on, while they are pairs. */
static size_t
count_pairs(const uint8_t *p, const uint8_t *end)
{
	size_t n = 0;

	while (end - p >= 2 && is_pair(p)) {
		p += 2;
		n++;
	}
	return n;
}

/*
 * The active run's next characters from p on.  A last one without its NUL is
 * a big-endian run's when bytes follow that are not the run's, or none do.
 */
static bool
extend(struct wide *w, const uint8_t **p, const uint8_t *end, bool final)
{
	size_t n = count_pairs(*p, end);
	bool lone;

	if (!add_text(w, *p, n))
		return false;
	*p += 2 * n;
	if (end - *p == 0 || (end - *p == 1 && !final && view_is_text(**p)))
		return true;	/* may go on */
	w->v.active = false;
	lone = w->big && end > *p && view_is_text(**p);
	if (lone && !add_text(w, *p, 1))
		return false;
	*p += lone;
	return true;
}

/* The run that p lies in begins where? */
static const uint8_t *
run_start(const uint8_t *p, const uint8_t *floor)
{
	while (p - floor >= 2 && is_pair(p - 2))
		p -= 2;
	return p;
}

/* A run near p, which find_pairs() gave: its start, or NULL. */
static const uint8_t *
run_at(const uint8_t *p, const uint8_t *floor, const uint8_t *end)
{
	const uint8_t *start = p + (p[0] == 0);

	if (end - start < 2 || !is_pair(start))
		return NULL;
	start = run_start(start, floor);
	return count_pairs(start, end) >= WIDE_MIN ? start : NULL;
}

/* Pairs at the very end, too few for a run yet. */
static const uint8_t *
loose_end(const uint8_t *floor, const uint8_t *end)
{
	const uint8_t *p = end;

	if (p - floor >= 1 && view_is_text(p[-1]))
		p--;
	return run_start(p, floor);
}

/* Goes to the next run from p on; end when there is none. */
static const uint8_t *
next_run(struct wide *w, const uint8_t *data, uint64_t base, const uint8_t *p,
	const uint8_t *end)
{
	const uint8_t *floor = p, *start;

	while (p < end) {
		p += find_pairs(p, (size_t)(end - p));
		if (p >= end)
			break;
		start = run_at(p, floor, end);
		if (start) {
			begin_run(w, base + (uint64_t)(start - data),
				start > data && start[-1] == 0);
			return start;
		}
		p += 2;
	}
	return end;
}

enum view_event
wide_take(struct wide *w, struct span data, uint64_t base, bool final)
{
	const uint8_t *begin = data.ptr + (w->v.pos - base), *p = begin;
	const uint8_t *end = data.ptr + data.len;

	if (!w->v.active) {
		w->v.text.len = 0;
		p = next_run(w, data.ptr, base, p, end);
	}
	if (w->v.active) {
		if (!extend(w, &p, end, final))
			return VIEW_NOMEM;
		w->v.pos = w->v.held = base + (uint64_t)(p - data.ptr);
		if (!w->v.active || final) {
			w->v.active = false;
			return VIEW_RUN_ENDED;
		}
		return VIEW_NONE;
	}
	p = loose_end(begin, end);
	w->v.pos = w->v.held = base + (uint64_t)(p - data.ptr);
	/* One character alone is no pair yet: nothing to hold back. */
	if (final || end - p == 1)
		w->v.held = base + data.len;
	return VIEW_NONE;
}

uint64_t
wide_place(const struct wide *w, uint64_t view)
{
	return w->from + 2 * view - w->big;
}

/* ---- as a kind of view ---- */

static struct view *
make(unsigned which)
{
	struct wide *w = malloc(sizeof *w);

	if (w)
		wide_init(w, TEXT_MAX);
	return w ? &w->v : NULL;
}

static void
begin(struct view *v)
{
	wide_begin((struct wide *)v);
}

static enum view_event
take(struct view *v, struct span data, uint64_t base, bool final)
{
	return wide_take((struct wide *)v, data, base, final);
}

static uint64_t
place(const struct view *v, uint64_t at)
{
	return wide_place((const struct wide *)v, at);
}

const struct view_kind view_wide = {
	.decodes = STANCH_DECODE_UTF16,
	.make = make, .take = take, .begin = begin,
	.from = place, .to = place,
};
