/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c - a form through the text, element by element: see walk.h. */
#include "known/walk.h"

/* A walk on its way. */
struct way {
	const struct form *form;
	struct span data;
	size_t at;		/* where it began */
	bool late;		/* the head may be interrupted */
	size_t passed;		/* elements */
	struct places places;
	size_t secret;		/* where the first element behind the head
				   begins; 0: it was not met */
	bool more;
};

static void
begin(struct way *w, const struct form *f, struct span data, size_t at)
{
	w->form = f;
	w->data = data;
	w->at = at;
	w->late = w->more = false;
	w->secret = w->passed = 0;
}

/* From the i-th element on, those that stand there plainly; how many. */
static size_t
pass_plain(struct way *w, size_t i)
{
	size_t at = w->places.at[0], head = w->form->head, n;

	if (w->places.n != 1)
		return 0;
	n = form_plain(w->form, i, span_skip(w->data, at));
	if (i <= head && head < i + n)
		w->secret = at + head - i;
	w->places.at[0] = (uint32_t)(at + n);
	return n;
}

/* The element itself from all places in `from`; the secret may begin there. */
static void
take(struct way *w, size_t i, const struct element *e,
	const struct places *from)
{
	struct places after;
	bool begins = i == w->form->head;

	places_none(&after);
	for (unsigned k = 0; k < from->n; k++) {
		unsigned n = after.n;

		walk_take(&after, w->data, from->at[k], e);
		if (begins && after.n > n) {
			w->secret = from->at[k];
			begins = false;
		}
	}
	w->more |= after.more;
	w->places.n = after.n;
	memcpy(w->places.at, after.at, after.n * sizeof *after.at);
}

/* Goes through one element from all places.  False: none is left. */
static bool
step(struct way *w, size_t i)
{
	struct element e = form_element(w->form, i);
	struct places from;

	if (e.kind == ELEMENT_NONE)
		return true;
	if (w->late && i)
		e.gap = GAP_BREAK;
	places_none(&from);
	for (unsigned k = 0; k < w->places.n; k++)
		walk_gap(&from, w->data, w->places.at[k], e.gap);
	w->more |= from.more;
	take(w, i, &e, &from);
	return w->places.n > 0;
}

static size_t
farthest(const struct places *p)
{
	size_t most = 0;

	for (unsigned i = 0; i < p->n; i++)
		most = p->at[i] > most ? p->at[i] : most;
	return most;
}

static size_t
nearest(const struct places *p)
{
	size_t least = SIZE_MAX;

	for (unsigned i = 0; i < p->n; i++)
		least = p->at[i] < least ? p->at[i] : least;
	return least;
}

/* All elements; *end is behind the last when there is a match. */
static enum walk_result
go(struct way *w, bool final, size_t *end)
{
	size_t n = form_elements(w->form);

	places_none(&w->places);
	places_add(&w->places, w->at);
	for (size_t i = 0; i < n; i++) {
		w->passed = i += pass_plain(w, i);
		if (i < n && !step(w, i))
			return w->more && !final ? WALK_MORE : WALK_NO;
		if (nearest(&w->places) - w->at > WALK_MOST)
			return WALK_NO;
	}
	w->passed = n;
	*end = farthest(&w->places);
	if (w->form->kind == FORM_BASE64)
		*end += walk_tail(w->data, *end, form_shares_last(w->form),
			&w->more);
	return w->more && !final ? WALK_MORE : WALK_MATCH;
}

/* The first half of the value and as much of the rest as is there. */
static enum walk_result
go_cut(const struct form *f, struct span data, size_t at, bool final,
	size_t *end)
{
	size_t n = 0;

	if (!f->half)
		return WALK_NO;
	while (n < f->len && at + n < data.len &&
		data.ptr[at + n] == f->bytes[n])
		n++;
	if (n < f->len && at + n == data.len && !final)
		return WALK_MORE;
	*end = at + n;
	return n >= f->half ? WALK_MATCH : WALK_NO;
}

/* Escapes before a sign that the value begins with are masked with it. */
static size_t
before_sign(const struct form *f, struct span data, size_t at)
{
	uint8_t c = f->bytes[0] | 0x20;
	size_t n = 0;

	if (f->kind != FORM_RAW || (c >= 'a' && c <= 'z') ||
		(f->bytes[0] >= '0' && f->bytes[0] <= '9'))
		return at;
	while (n < 4 && n < at && memchr("\\^`", data.ptr[at - 1 - n], 3))
		n++;
	return at - n;
}

static bool
touches_word(struct span data, size_t at)
{
	uint8_t c = at < data.len ? data.ptr[at] | 0x20 : 0;

	return (c >= 'a' && c <= 'z') || (at < data.len &&
		data.ptr[at] >= '0' && data.ptr[at] <= '9');
}

static enum walk_result
walk_word(const struct form *f, struct span data, size_t at, bool final,
	struct walked *w)
{
	size_t here = data.len - at, n = here < f->len ? here : f->len;

	*w = (struct walked){ at, at + f->len, f->len };
	if ((at && touches_word(data, at - 1)) ||
		memcmp(data.ptr + at, f->bytes, n) != 0)
		return WALK_NO;
	if (here <= f->len && !final)
		return WALK_MORE;
	return n < f->len || touches_word(data, w->end) ? WALK_NO : WALK_MATCH;
}

enum walk_result
walk_late(const struct form *f, struct span data, size_t at, bool final,
	struct walked *w)
{
	struct way way;
	enum walk_result r;

	if (f->kind != FORM_RAW || f->len <= f->head)
		return WALK_NO;
	begin(&way, f, data, at);
	way.late = true;
	r = go(&way, final, &w->end);
	w->start = way.secret;
	return way.secret ? r : WALK_NO;
}

enum walk_result
walk(const struct form *f, struct span data, size_t at, bool final,
	struct walked *w)
{
	struct way way;
	enum walk_result r, cut;
	size_t end = 0;

	if (f->kind == FORM_WORD)
		return walk_word(f, data, at, final, w);
	begin(&way, f, data, at);
	r = go(&way, final, &w->end);
	w->passed = way.passed;
	cut = go_cut(f, data, at, final, &end);
	w->start = before_sign(f, data, at);
	if (r == WALK_MORE || cut == WALK_MORE)
		return WALK_MORE;
	if (r == WALK_NO && cut == WALK_NO)
		return WALK_NO;
	if (cut == WALK_MATCH && (r == WALK_NO || end > w->end))
		w->end = end;
	return WALK_MATCH;
}
