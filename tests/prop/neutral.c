/* SPDX-License-Identifier: Apache-2.0 */
/*
 * neutral.c - output in which no command is left: as long as the input, the
 * same in any pieces, and looked through by a reader that goes forwards.
 */
#include <ctype.h>

#include "prop.h"

#define BLANKS "                                 "
#define LONG BLANKS BLANKS	/* longer than is looked back */

static const char *const parts[] = {
	"::", ":", "::set-output name=x::v", "::stop-commands::t", "\n", "\r",
	" ", "\t", LONG, "##[",
	"#", "##", "##vso[", "##vso[task.x]", "##teamcity[a b='c']", "vso", "[",
	"section_start:1:a\r\x1b[0K", "section_end:", "section_", "start:",
	"\x1b", "\x1b[", "\x1b[31m", "\x1b[1;38:5:9m", "\x1b[0K", "\x1b]0;t\a",
	"\x1b[2J", "0;", "m", "38:5:1;38:5:1;38:5:1;38:5:1;38:5:1;", "\x1bP",
	"\x9b", "\xc2\x9b", "\xc4\x9b", "\xe2\x80\x9b", "\xf0\x9f\x98\x80",
	"\xc2", "\xe2", "\x80", "\x05", "\x0e", "std::string a;", "x", "text",
};

void
make_acting(struct buf *out, const struct stanch_rules *rules, struct rng *r)
{
	size_t start, end;

	for (size_t n = rng_below(r, 40); n--; )
		if (rng_once_in(r, 30))
			make_example(out, rules, r, &start, &end);
		else
			buf_str(out, parts[rng_below(r,
				sizeof parts / sizeof *parts)]);
}

/* ---- a reader ---- */

/* Bytes of the colour at p; 0: it is none. */
static size_t
colour(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *q = p + 1;

	if (q == end || *q++ != '[')
		return 0;
	while (q < end && (isdigit(*q) || *q == ';' || *q == ':'))
		q++;
	return q < end && *q == 'm' ? (size_t)(q - p) + 1 : 0;
}

/* Bytes of the letter at p, in UTF-8; 0: it is none. */
static size_t
letter(const uint8_t *p, const uint8_t *end)
{
	size_t n = *p < 0x80 ? 1 : *p < 0xc2 ? 0 : *p < 0xe0 ? 2 :
		*p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;

	for (size_t i = 1; i < n; i++)
		if (p + i == end || (p[i] & 0xc0) != 0x80)
			return i;	/* cut short: these are of it */
	return n;
}

static bool
starts(const uint8_t *p, const uint8_t *end, const char *text)
{
	return (size_t)(end - p) >= strlen(text) &&
		!memcmp(p, text, strlen(text));
}

static bool
is_marker(const uint8_t *p, const uint8_t *end)
{
	if (starts(p, end, "section_start:") || starts(p, end, "section_end:"))
		return true;
	if (!starts(p, end, "##"))
		return false;
	for (p += 2; p < end && isalpha(*p); p++)
		;
	return p < end && *p == '[';
}

/* What p is, n bytes long as a letter, that acts; NULL: nothing. */
static const char *
acting(const uint8_t *p, const uint8_t *end, size_t n, bool begins)
{
	if (*p == 0x1b || *p == 5 || *p == 0xe || *p == 0xf)
		return "a sequence of a terminal";
	if (n == 0 ? *p < 0xa0 : n == 2 && *p == 0xc2 && p[1] < 0xa0)
		return "a control character of the upper half";
	if (begins && starts(p, end, "::"))
		return "a command at the beginning of a line";
	return is_marker(p, end) ? "a command" : NULL;
}

static bool
is_seen(uint8_t c)
{
	return c > 0x20 && c < 0x7f;
}

/* What acts, and where; NULL: nothing does. */
static const char *
acts(struct span s, size_t *at)
{
	const uint8_t *p = s.ptr, *end = p + s.len;
	const char *what = NULL;
	bool begins = true;
	size_t n;

	for (; p < end && !what; p += n) {
		*at = (size_t)(p - s.ptr);
		n = *p == 0x1b ? colour(p, end) : 0;
		if (n)
			continue;
		n = letter(p, end);
		what = acting(p, end, n, begins);
		n = n ? n : 1;
		begins = *p == '\n' || *p == '\r' || (begins && !is_seen(*p));
	}
	return what;
}

/* ---- the properties ---- */

static const struct stanch_filter_options ways[] = {
	{ .neutral = true }, { .neutral = true, .json = true },
	{ .neutral = true, .fill = 'x' },
};

bool
nothing_that_comes_out_acts(struct world *w, struct span in, uint64_t seed)
{
	const char *what;
	struct got g, raw;
	size_t at = 0;
	bool ok;

	drive_filter_way(&g, w->engine, in, split_random(90, seed), &ways[0]);
	drive_filter(&raw, w->engine, in, split_whole(), NULL);
	ok = g.result == STANCH_OK && g.out.len == raw.out.len;
	for (size_t i = 0; ok && i < g.out.len; i++)
		ok = g.out.ptr[i] == raw.out.ptr[i] || g.out.ptr[i] == '_' ||
			g.out.ptr[i] == 0xb7;
	if (!ok)
		fails(w, "%zu bytes, and without it %zu", g.out.len,
			raw.out.len);
	what = acts(buf_span(&g.out), &at);
	ok = ok && (!what || fails(w, "%s is left at %zu", what, at));
	got_free(&g);
	got_free(&raw);
	return ok;
}

bool
what_acts_does_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	struct got whole, pieces;
	bool ok = true;

	for (size_t i = 0; ok && i < 9; i++) {
		drive_filter_way(&whole, w->engine, in, split_whole(),
			&ways[i % 3]);
		drive_filter_way(&pieces, w->engine, in,
			split_random(i < 3 ? 1 : i < 6 ? 7 : 90, seed + i),
			&ways[i % 3]);
		ok = (whole.result == STANCH_OK && span_equal(
			buf_span(&whole.out), buf_span(&pieces.out))) ||
			fails(w, "way %zu: other bytes (%zu, %zu)", i,
			whole.out.len, pieces.out.len);
		got_free(&whole);
		got_free(&pieces);
	}
	return ok;
}
