/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tail.c - what the last bytes may yet become.  A form of which PREFIX bytes
 * have come was seen by a run in it and walked; here is what is shorter, as
 * it stands and as it is read.
 */
#include "known/seek.h"
#include "known/walk.h"

enum { TAIL_MOST = 512 };

/* One of these goes on from data[at] to the end of what has come. */
static bool
any_goes_on(const struct seek *s, const struct prefix *v, size_t n, size_t at)
{
	struct walked w;

	for (size_t i = 0; i < n; i++)
		if (walk(&s->ix->forms[v[i].form], s->data, at, false, &w) ==
			WALK_MORE && w.start <= at)
			return true;
	return false;
}

/* The bytes from data[at] on, as they stand. */
static bool
is_plain_prefix(const struct seek *s, size_t at)
{
	size_t len = s->data.len - at, n;
	uint8_t text[PREFIX];
	const struct prefix *v;

	if (len >= PREFIX)
		return false;
	for (size_t i = 0; i < len; i++)
		text[i] = s->data.ptr[at + i] | 0x20;
	v = prefixes_find(&s->ix->plain, span_of(text, len), &n);
	return n && any_goes_on(s, v, n, at);
}

/*
 * The bytes from data[at] on as they are read, the rest of an escape left
 * out; PREFIX or more: too many.  *cut: there was such a rest.
 */
static size_t
read_from(const struct seek *s, size_t at, bool skip, uint8_t *text, bool *cut)
{
	size_t n = 0, takes;
	bool line;
	int c;

	*cut = false;
	while (at < s->data.len && n < PREFIX) {
		takes = normal_take(&s->ix->normal, span_skip(s->data, at),
			false, &c, &line);
		*cut = !takes;
		if (!takes)
			break;
		if (c >= 0)
			text[n++] = (uint8_t)c | 0x20;
		at += takes;
		if (line && skip)
			at += normal_line_prefix(span_skip(s->data, at));
	}
	return n;
}

/* An escape of which not all is here may become any byte. */
static bool
may_begin(const struct seek *s, size_t at, bool cut)
{
	uint8_t c = s->data.ptr[at];

	return s->ix->full && ((cut && memchr("\\%&", c, 3)) ||
		(s->ix->signs && memchr("\\^`", c, 3)) ||
		(s->ix->signs && s->ix->normal.drop[c] &&
		memchr("\"'", c, 2)));
}

static bool
is_read_prefix(const struct seek *s, size_t at, bool skip)
{
	uint8_t text[PREFIX];
	const struct prefix *v;
	bool cut;
	size_t n, len = read_from(s, at, skip, text, &cut);

	if (!len)
		return may_begin(s, at, cut);
	if (len >= PREFIX)
		return false;
	v = prefixes_find(&s->ix->normal_ones, span_of(text, len), &n);
	return n && any_goes_on(s, v, n, at);
}

/* What begins with a byte that is read as nothing is not in the tables. */
static bool
is_live(const struct seek *s, size_t at, bool broken)
{
	if (is_plain_prefix(s, at))
		return true;
	return broken && s->ix->broken && (is_read_prefix(s, at, false) ||
		is_read_prefix(s, at, true));
}

/* Bytes at the end that must be looked at; *site: the last site among the
   most that may be. */
static size_t
tail_of(const struct seek *s, size_t *site)
{
	size_t n = 0, plain = 0, at = s->data.len;
	bool escapes = false;

	*site = SIZE_MAX;
	while (at > s->from && n < TAIL_MOST) {
		uint8_t c = s->data.ptr[--at];

		if (s->ix->normal.site[c]) {
			*site = *site == SIZE_MAX ? at : *site;
			escapes |= c != '\n' && c != '\r';
		} else {
			plain++;
		}
		if (plain >= PREFIX && !escapes)
			break;
		n++;
	}
	return n;
}

void
seek_tail(struct seek *s)
{
	size_t site, n, at;

	if (s->final)
		return;
	n = tail_of(s, &site);
	for (at = s->data.len - n; at < s->data.len && at < s->safe; at++)
		if (is_live(s, at, site != SIZE_MAX && at <= site)) {
			s->safe = at;
			return;
		}
}
