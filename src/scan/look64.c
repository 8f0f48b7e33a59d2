/* SPDX-License-Identifier: Apache-2.0 */
/* look64.c - what may be in a run of base64, by its characters and its text. */
#include "scan/look64.h"

#include "scan/view.h"

enum {
	TEXT_MIN = 12,		/* bytes of text in a row, that show it */
	TEXT_GROUPS = 3,	/* whole groups of it, at least */
	IDLE_MOST = 256		/* characters of a run that is looked at whole:
				   a long path is one */
};

/* ---- the text ---- */

static size_t
count_text(const uint8_t *p, size_t n, bool (*is)(uint8_t))
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += is(p[i]);
	return count;
}

static bool
is_control(uint8_t c)
{
	return c < 0x80 && !view_is_text(c);
}

bool
look64_ends_in_text(struct span t)
{
	const uint8_t *tail;
	size_t text;

	if (t.len < TEXT_MIN)
		return false;
	tail = t.ptr + t.len - TEXT_MIN;
	text = count_text(tail, TEXT_MIN, view_is_text);
	if (text == TEXT_MIN / 2)	/* UTF-16? */
		for (size_t i = 0; i + 2 < TEXT_MIN; i++)
			if (view_is_text(tail[i]) == view_is_text(tail[i + 1]))
				return false;
	return text == TEXT_MIN / 2 || (text >= TEXT_MIN * 2 / 3 &&
		!count_text(tail, TEXT_MIN, is_control));
}

bool
look64_holds_something(struct span t)
{
	size_t row = 0;

	if (!t.len)
		return false;
	if (memchr(t.ptr, 0, t.len) || span_starts(t, "\x1f\x8b"))
		return true;
	for (size_t i = 0; i < t.len; i++) {
		row = view_is_text(t.ptr[i]) ? row + 1 : 0;
		if (row == TEXT_MIN)
			return true;
	}
	return false;
}

/* ---- the characters ---- */

bool
look64_may_be_text(const uint8_t *p, size_t n)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 4; i++)
		bits = bits << 6 | (i < n ? longruns_value[p[i]] : 0);
	if (n == 1) {
		for (uint32_t low = 0; low < 4; low++)
			if (view_is_text((uint8_t)(bits >> 16 | low)))
				return true;
		return false;
	}
	for (size_t i = 0; i + 1 < n; i++)
		if (!view_is_text((uint8_t)(bits >> (16 - 8 * i))))
			return false;
	return true;
}

bool
look64_is_text_group(const uint8_t *p)
{
	uint32_t w = longruns_value[p[0]], x = longruns_value[p[1]];
	uint32_t y = longruns_value[p[2]], z = longruns_value[p[3]];
	uint32_t bits = w << 18 | x << 12 | y << 6 | z;

	if (w > 31 || (x | y | z) > 63)
		return false;
	for (int shift = 16; shift >= 0; shift -= 8) {
		uint8_t c = (uint8_t)(bits >> shift);

		if (c && !view_is_text(c))
			return false;
	}
	return true;
}

/*
 * Whether groups from s on can have TEXT_MIN bytes of text, or as many of
 * UTF-16, in a row: they fill TEXT_GROUPS whole groups, wherever they begin.
 */
static bool
has_text_groups(struct span s)
{
	size_t row = 0;

	for (size_t i = 0; i + 4 <= s.len && row < TEXT_GROUPS; i += 4)
		row = look64_is_text_group(s.ptr + i) ? row + 1 : 0;
	return row == TEXT_GROUPS;
}

bool
look64_is_idle(struct span s, size_t *len)
{
	bool seen[4] = { true };
	size_t n = 0;

	while (n < IDLE_MOST && n < s.len && longruns_value[s.ptr[n]] < 64)
		n++;
	*len = n;
	if (n == IDLE_MOST || n == s.len || memchr("\n\r\\", s.ptr[n], 3) ||
		span_starts(s, "H4sI") || has_text_groups(span_first(s, n)))
		return false;
	/* Where groups lie alike, the first place sees those of all others. */
	for (size_t i = 0; i < n; i++) {
		if (!look64_separates(s.ptr[i]) || seen[(i + 1) % 4])
			continue;
		if (has_text_groups(span_skip(span_first(s, n), i + 1)))
			return false;
		seen[(i + 1) % 4] = true;
	}
	return true;
}
