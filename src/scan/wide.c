/* SPDX-License-Identifier: Apache-2.0 */
/* wide.c - finding and squeezing the runs; the map back. */
#include "scan/wide.h"

void
wide_init(struct wide *w, size_t view_max)
{
	*w = (struct wide){ 0 };
	buf_init(&w->view, view_max);
}

void
wide_free(struct wide *w)
{
	buf_free(&w->view);
}

void
wide_begin(struct wide *w)
{
	w->view.len = 0;
	w->active = false;
	w->pos = w->held = 0;
}

static bool
is_text(uint8_t c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_pair(const uint8_t *p)
{
	return is_text(p[0]) && p[1] == 0;
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
	w->view.len = 0;
	w->view_base = 0;
	w->from = from;
	w->big = big;
	w->active = true;
}

/* Appends the characters at p[0], p[2], ... p[2 (n - 1)]. */
static bool
add_text(struct wide *w, const uint8_t *p, size_t n)
{
	if (!buf_reserve(&w->view, w->view.len + n))
		return false;
	for (size_t i = 0; i < n; i++)
		w->view.ptr[w->view.len + i] = p[2 * i];
	w->view.len += n;
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
	if (end - *p == 0 || (end - *p == 1 && !final && is_text(**p)))
		return true;	/* may go on */
	w->active = false;
	lone = w->big && end > *p && is_text(**p);
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

	if (p - floor >= 1 && is_text(p[-1]))
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

enum wide_event
wide_take(struct wide *w, struct span data, uint64_t base, bool final)
{
	const uint8_t *begin = data.ptr + (w->pos - base), *p = begin;
	const uint8_t *end = data.ptr + data.len;

	if (!w->active) {
		w->view.len = 0;
		p = next_run(w, data.ptr, base, p, end);
	}
	if (w->active) {
		if (!extend(w, &p, end, final))
			return WIDE_NOMEM;
		w->pos = w->held = base + (uint64_t)(p - data.ptr);
		if (!w->active || final) {
			w->active = false;
			return WIDE_RUN_ENDED;
		}
		return WIDE_NONE;
	}
	p = loose_end(begin, end);
	w->pos = w->held = base + (uint64_t)(p - data.ptr);
	/* One character alone is no pair yet: nothing to hold back. */
	if (final || end - p == 1)
		w->held = base + data.len;
	return WIDE_NONE;
}

void
wide_drop(struct wide *w, uint64_t view)
{
	size_t n = view > w->view_base ? (size_t)(view - w->view_base) : 0;

	n = n < w->view.len ? n : w->view.len;
	buf_drop(&w->view, n);
	w->view_base += n;
}

uint64_t
wide_place(const struct wide *w, uint64_t view)
{
	return w->from + 2 * view - w->big;
}
