/* SPDX-License-Identifier: Apache-2.0 */
/* spots64.c - spots, in each way the CPU has, against what they are by name. */
#include <criterion/criterion.h>

#include "base/codec.h"
#include "scan/spots64.h"

enum { MOST = 300, ROUNDS = 60000 };

static uint32_t state = 11;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqr"
	"stuvwxyz0123456789+/";

/* 64: none. */
static unsigned
value(uint8_t c)
{
	const char *p = c == '-' ? alphabet + 62 : c == '_' ? alphabet + 63 :
		c ? strchr(alphabet, c) : NULL;

	return p ? (unsigned)(p - alphabet) : 64;
}

static size_t
row(struct span s)
{
	size_t n = 0;

	while (n < s.len && value(s.ptr[n]) < 64)
		n++;
	return n;
}

static bool
is_text(uint8_t c)
{
	return (c >= ' ' && c <= '~') || !c || c == '\t' || c == '\n' ||
		c == '\r';
}

/* Whether s begins with 12 characters of text. */
static bool
is_chain(struct span s)
{
	if (row(s) < 12)
		return false;
	for (size_t i = 0; i < 12; i += 4) {
		unsigned v[4];

		for (size_t k = 0; k < 4; k++)
			v[k] = value(s.ptr[i + k]);
		if (!is_text((uint8_t)(v[0] << 2 | v[1] >> 4)) ||
			!is_text((uint8_t)(v[1] << 4 | v[2] >> 2)) ||
			!is_text((uint8_t)(v[2] << 6 | v[3])))
			return false;
	}
	return true;
}

/* Bytes of a line end that s begins with. */
static size_t
line_end(struct span s)
{
	static const char *const ends[] = { "\n", "\r\n", "\\n", "\\r\\n" };

	for (size_t i = 0; i < 4; i++)
		if (span_starts(s, ends[i]))
			return strlen(ends[i]);
	return 0;
}

/* Whether a run that ends at `at` may go on there, to a text. */
static bool
goes_on(struct span s, size_t at)
{
	struct span rest = span_skip(s, at);
	size_t end = line_end(rest), n;
	uint8_t joint[22];

	if (span_starts(rest, "\\/"))
		return true;
	if (!end)
		return false;
	rest = span_skip(rest, end);
	for (size_t i = 0; i < 32 && rest.len && strchr(" \t", *rest.ptr) &&
		*rest.ptr; i++)
		rest = span_skip(rest, 1);
	n = row(rest);
	if (n < 16 && n < rest.len && rest.ptr[n] == '\\')
		return true;
	n = n < 11 ? n : 11;
	memcpy(joint, s.ptr + at - 11, 11);
	if (n)
		memcpy(joint + 11, rest.ptr, n);
	for (size_t i = 0; i < n; i++)
		if (is_chain(span_of(joint + i, 11 + n - i)))
			return true;
	return false;
}

static size_t
naive(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		struct span rest = span_skip(s, i);
		bool begins = !i || value(s.ptr[i - 1]) == 64;

		if (is_chain(rest) || (row(rest) == 16 && goes_on(s, i + 16)) ||
			(begins && row(rest) >= 16 && span_starts(rest,
			"H4sI")))
			return i;
	}
	return s.len;
}

/* One of what makes spots, or nearly. */
static struct span
piece(void)
{
	static const char *const of[] = { "\n", "\\n", "\r\n", "\\r\\n", "\\/",
		"\n    ", "H4sI", "H4sIAAAAAAAA", "abcdefghijklmnop", "aGVsb",
		"aGVsbG8g", "d29ybGQhISEh", "/usr/lib/x86_64", "\\", " ", ".",
		"QUFB", "AAAA", "-_-_", "LONG_NAMES_OF_C", "Z0Z0", "HHHH" };
	const char *p = of[draw(sizeof of / sizeof *of)];

	return span_of(p, strlen(p));
}

Test(scan_spots64, all_ways_find_what_a_spot_is)
{
	uint8_t bytes[MOST + 16];
	size_t found = 0;

	for (size_t k = 0; k < ROUNDS; k++) {
		uint32_t kind = draw(4), len = draw(MOST);
		struct span s = span_of(bytes, 0);
		size_t want;

		while (s.len < len) {
			struct span p = piece();

			if (kind && draw(2)) {
				bytes[s.len++] = (uint8_t)(kind == 1 ?
					draw(256) : (uint32_t)
					alphabet[draw(64)]);
				continue;
			}
			memcpy(bytes + s.len, p.ptr, p.len);
			s.len += p.len;
		}
		want = naive(s);
		for (size_t i = 0; spots64_way(i); i++)
			cr_assert_eq(spots64_way(i)(s), want, "way %zu: %zu, "
				"not %zu, of %.*s", i, spots64_way(i)(s),
				want, (int)s.len, s.ptr);
		found += want < s.len;
	}
	cr_assert_gt(found, (size_t)ROUNDS / 10);
	cr_assert_lt(found, (size_t)ROUNDS / 10 * 9);
}

/* Each byte, in each place of what is a spot but for it. */
Test(scan_spots64, every_byte_counts_or_does_not_in_all_ways)
{
	static const char spot[] = "..aGVsbG8gd29y.................ABCDEFGH"
		"IJKLMNOP\nQUFBQUFBQUFBQUFB\\/....";
	uint8_t bytes[sizeof spot];
	struct span s = span_of(bytes, sizeof spot - 1);

	for (size_t at = 0; at < s.len; at++)
		for (int c = 0; c < 256; c++) {
			memcpy(bytes, spot, sizeof spot);
			bytes[at] = (uint8_t)c;
			for (size_t i = 0; spots64_way(i); i++)
				cr_assert_eq(spots64_way(i)(s), naive(s),
					"way %zu, %d at %zu", i, c, at);
		}
}

Test(scan_spots64, where_to_begin_is_behind_what_joins_nothing)
{
#define LINE "aGVsbG8gd29ybGQhISEh"	/* 20 characters of it */
#define NONE "zzzzzzzzzzzzzzzzzzzz"
	static const struct { const char *text; size_t from; } cases[] = {
		{ "key: aGVs", 5 }, { "\"aGVs", 1 }, { "x=aGVs", 2 },
		{ "abc aGVs", 4 }, { "aGVs", 0 }, { ".abc\\/aGVs", 1 },
		{ "x: abc\naGVs", 7 }, { "abc\naGVs", 4 },
		{ "x:" LINE "\naGVs", 2 }, { "x:" LINE "\r\n  aGVs", 2 },
		{ "x:" LINE "\\n  aGVs", 2 }, { "x:" LINE "\\r\\naGVs", 2 },
		{ "x:" LINE "\n   " LINE "\n   aGVs", 2 },
		{ "x:" NONE "\naGVs", 23 }, { "x:" NONE "\r\naGVs", 24 },
		{ "x:" NONE "\n" LINE "\naGVs", 23 },
		{ "x:" NONE NONE NONE "\naGVs", 2 },
		{ "x:abcd\\/efgh\naGVs", 2 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span s = span_of(cases[i].text, strlen(cases[i].text));

		cr_expect_eq(spots64_back(s, s.len - 4), cases[i].from, "%s",
			cases[i].text);
	}
}
