/* SPDX-License-Identifier: Apache-2.0 */
/*
 * broken.c - forms that are escaped or interrupted.  Round each place where
 * bytes do not stand for themselves the text is read as normal.h has it, and
 * the runs that go over that place are looked up.
 *
 *	text      .. Tr0ub4 ESC[1m dor&am p; 3xKw ..
 *	read           r0ub4       dor &     3xKw
 *	a run that goes over it: ub4dor; the form's start follows from it
 *
 * A form that is broken more than once is seen at its first break: before
 * that one all is as it stands.
 */
#include <ctype.h>

#include "known/seek.h"

enum {
	AROUND = READ_LEN - 1,
	RING = 32,		/* of the last bytes read: where each was */
	UNREAD_MOST = 64
};

/* What was read last. */
struct reading {
	uint64_t last;		/* the last eight bytes, the latest on top */
	size_t n;		/* bytes read */
	size_t broken;		/* n at the last site */
	size_t left;		/* where in data the first one stands */
	uint32_t at[RING];	/* where each stands */
};

/* Where the form begins of whose text the last run is at `offset`. */
static size_t
start_of(const struct reading *r, size_t offset)
{
	size_t first = r->n - READ_LEN;

	if (offset <= first)
		return r->at[(first - offset) % RING];
	return r->left >= offset - first ? r->left - (offset - first) :
		SIZE_MAX;
}

/*
 * May the form begin at data[at], by the two bytes there?  As itself, and then
 * its next letter or an escape follows, or with an escape, which no line end
 * or other interruption is.
 */
static bool
may_begin(const struct seek *s, const struct form *f, size_t at)
{
	const bool *site = s->ix->normal.site;
	const uint8_t *p = s->data.ptr + at;

	if ((p[0] | 0x20) != (f->bytes[0] | 0x20))
		return site[p[0]] && p[0] >= ' ';
	return at + 1 == s->data.len || f->len == 1 || site[p[0]] ||
		!isalnum(f->bytes[1]) || site[p[1]] ||
		(p[1] | 0x20) == (f->bytes[1] | 0x20);
}

/*
 * The form's run is at data[run], and the form begins at data[at] if all was
 * read as it should be.  Not so when it begins with bytes that are read as
 * nothing, or its first ones were taken for the end of an escape.
 */
static void
try_before(struct seek *s, uint32_t form, size_t at, size_t run)
{
	const struct form *f = &s->ix->forms[form];
	size_t least = run > UNREAD_MOST ? run - UNREAD_MOST : 0;

	if ((at != SIZE_MAX && seek_try(s, form, at)) ||
		f->kind != FORM_RAW)
		return;
	/* The runs of one break lie side by side. */
	if (s->vain_form == form && run >= s->vain_run &&
		least <= s->vain_run)
		least = s->vain_run + 1;
	for (size_t i = run + 1; i-- > least; )
		if (may_begin(s, f, i) && seek_try(s, form, i))
			return;
	s->vain_form = form;
	s->vain_run = run;
}

static void
look(struct seek *s, const struct reading *r)
{
	const struct grams *g = &s->ix->read;
	uint32_t key = grams_key(r->last >> (64 - 8 * READ_LEN), READ_LEN);
	const struct gram *v;
	size_t n;

	if (!grams_may(g, key))
		return;
	v = grams_find(g, key, &n);
	for (size_t i = 0; i < n; i++)
		if (v[i].key == key)
			try_before(s, v[i].form, start_of(r, v[i].offset),
				r->at[(r->n - READ_LEN) % RING]);
}

static void
put(struct seek *s, struct reading *r, uint8_t c, size_t at)
{
	r->last = r->last >> 8 | (uint64_t)(c | 0x20) << 56;
	r->at[r->n++ % RING] = (uint32_t)at;
	if (r->n >= READ_LEN && r->n - r->broken <= AROUND + 1)
		look(s, r);
}

/*
 * Reads from the site at data[at] until nothing before it matters any more;
 * returns where.  skip: what may stand before a value's next line is left
 * out.  *prefixed: there was such a thing.
 */
static size_t
read_on(struct seek *s, size_t at, bool skip, bool *prefixed)
{
	/* One more: a value may end with a byte that is read as nothing. */
	struct reading r = { .left = at > READ_LEN ? at - READ_LEN : 0 };
	size_t takes, prefix;
	bool line;
	int c;

	for (size_t i = r.left; i < at; i++)
		put(s, &r, s->data.ptr[i], i);
	r.broken = r.n;
	while (at < s->data.len && r.n - r.broken <= AROUND) {
		takes = normal_take(&s->ix->normal, span_skip(s->data, at),
			s->final, &c, &line);
		if (!takes)
			break;
		if (s->ix->normal.site[s->data.ptr[at]])
			r.broken = r.n;
		if (c >= 0)
			put(s, &r, (uint8_t)c, at);
		at += takes;
		prefix = line ? normal_line_prefix(span_skip(s->data, at)) : 0;
		*prefixed |= prefix > 0;
		at += skip ? prefix : 0;
	}
	return at;
}

/*
 * Bytes of a line end at data[at] that has nothing else odd near it, as most
 * sites are; 0: it is none.
 */
static size_t
lone_line_end(struct seek *s, size_t at)
{
	const uint8_t *p = s->data.ptr + at;
	size_t n = 1;

	if ((p[0] != '\n' && p[0] != '\r') || at < 8 ||
		at + 2 + 8 > s->data.len)
		return 0;
	n += p[0] == '\r' && p[1] == '\n';
	return seek_site(s, at + n) >= at + n + AROUND ? n : 0;
}

/*
 * The runs that go over data[at], and behind it on from data[to]: as many of
 * them as are needed, where AROUND bytes stand behind it as they are.
 */
static void
look_over(struct seek *s, size_t at, size_t to)
{
	const struct grams *g = &s->ix->read;
	uint64_t before = grams_fold(grams_load(s->data.ptr + at - 8));
	uint64_t behind = grams_fold(grams_load(s->data.ptr + to));
	const struct gram *v;
	size_t n;

	for (unsigned k = 1; k <= s->ix->over_most; k++) {
		uint64_t run = before >> (8 * (8 - k)) | behind << (8 * k);
		uint32_t key = grams_key(run, READ_LEN);

		if (__builtin_expect(!grams_may(g, key), 1))
			continue;
		v = grams_find(g, key, &n);
		for (size_t i = 0; i < n; i++)
			if (v[i].key == key && at >= k + v[i].offset)
				try_before(s, v[i].form, at - k -
					v[i].offset, at - k);
	}
}

/* The same as read_on(), by arithmetic.  False: it cannot be done here. */
static bool
look_over_line_end(struct seek *s, size_t at, size_t end)
{
	size_t to = end + normal_line_prefix(span_skip(s->data, end));

	if (to > end && (to + 8 > s->data.len ||
		seek_site(s, end) < to + AROUND))
		return false;
	look_over(s, at, end);
	if (to > end)
		look_over(s, at, to);
	return true;
}

/* Values of little else than signs that escapes are made of. */
static void
try_odd(struct seek *s)
{
	for (size_t i = 0; i < s->ix->nodd; i++) {
		uint32_t form = s->ix->odd[i];

		for (size_t at = s->from; at < s->data.len; at++)
			if (may_begin(s, &s->ix->forms[form], at))
				seek_try(s, form, at);
	}
}

void
seek_broken(struct seek *s)
{
	size_t at = s->from > SEEK_BACK ? s->from - SEEK_BACK : 0;
	size_t end;
	bool prefixed;

	try_odd(s);
	while ((at = seek_site(s, at)) < s->data.len) {
		end = at + lone_line_end(s, at);
		if (end > at && look_over_line_end(s, at, end)) {
			at = end;
			continue;
		}
		prefixed = false;
		end = read_on(s, at, false, &prefixed);
		if (prefixed)
			read_on(s, at, true, &prefixed);
		if (end == at)
			return;		/* more must come */
		at = end;
	}
}
