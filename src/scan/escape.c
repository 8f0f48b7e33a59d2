/* SPDX-License-Identifier: Apache-2.0 */
/* escape.c - reading one escape of any kind. */
#include "scan/escape.h"

#include "base/codec.h"
#include "base/utf8.h"
#include "scan/view.h"

enum {
	SLASHES_MOST = 8,	/* backslashes that escape each other */
	UNIT = 6		/* characters of \uXXXX */
};

/* What is at a byte: a digit's value, nothing, or the end of what came. */
enum { NO_DIGIT = -1, NO_BYTE = -2 };

static int
hex_at(struct span s, size_t i)
{
	return i < s.len ? codec_hex_value(s.ptr[i]) : NO_BYTE;
}

static enum escape_answer
no_or_more(int why, bool final)
{
	return why == NO_BYTE && !final ? ESCAPE_MORE : ESCAPE_NO;
}

/* out stands for one byte. */
static enum escape_answer
is_byte(struct escape *out, uint32_t byte, size_t takes)
{
	out->text[0] = (uint8_t)byte;
	out->len = 1;
	out->takes = (uint8_t)takes;
	out->strong = view_is_text((uint8_t)byte);
	return ESCAPE_YES;
}

/* ... for a character; half of a pair of UTF-16 is none. */
static enum escape_answer
is_char(struct escape *out, uint32_t c, size_t takes)
{
	if (c < 0x80)
		return is_byte(out, c, takes);
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return ESCAPE_NO;
	out->len = 0;
	if (c >= 0x10000)
		out->text[out->len++] = (uint8_t)(0xf0 | c >> 18);
	else if (c >= 0x800)
		out->text[out->len++] = (uint8_t)(0xe0 | c >> 12);
	else
		out->text[out->len++] = (uint8_t)(0xc0 | c >> 6);
	if (c >= 0x10000)
		out->text[out->len++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	if (c >= 0x800)
		out->text[out->len++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	out->text[out->len++] = (uint8_t)(0x80 | (c & 0x3f));
	out->takes = (uint8_t)takes;
	out->strong = false;
	return ESCAPE_YES;
}

/* `digits` hex digits from s[at] on, all of them. */
static enum escape_answer
hex_char(struct span s, size_t at, size_t digits, bool final,
	struct escape *out)
{
	uint32_t c = 0;

	for (size_t i = at; i < at + digits; i++) {
		int digit = hex_at(s, i);

		if (digit < 0)
			return no_or_more(digit, final);
		c = c << 4 | (uint32_t)digit;
	}
	return digits > 2 ? is_char(out, c, at + digits) :
		is_byte(out, c, at + digits);
}

/*
 * Digits of a base from s[at] on, at most `most`, and what ends them; a ; may
 * be missing, as it may in HTML.
 */
static enum escape_answer
ended_char(struct span s, size_t at, size_t most, int base, char end,
	bool final, struct escape *out)
{
	uint32_t c = 0;
	size_t i = at;
	int digit;

	for (; i <= at + most; i++) {
		digit = hex_at(s, i);
		if (digit == NO_BYTE && !final)
			return ESCAPE_MORE;
		if (digit < 0 || digit >= base)
			break;
		c = c * (uint32_t)base + (uint32_t)digit;
	}
	if (i == at || i > at + most)
		return ESCAPE_NO;
	if (i < s.len && s.ptr[i] == (uint8_t)end)
		return is_char(out, c, i + 1);
	return end == ';' ? is_char(out, c, i) : ESCAPE_NO;
}

/* ---- backslashes ---- */

/* What they are written as, and what they are. */
static const char simple[] = "n\n" "r\r" "t\t" "\"\"" "''" "//" "``" "b\b"
	"f\f" "v\v" "a\a" "e\x1b";

/* One to three digits, as many as there are. */
static enum escape_answer
octal(struct span s, bool final, struct escape *out)
{
	uint32_t c = 0;
	size_t i = 1;

	for (; i < 4; i++) {
		int digit = hex_at(s, i);

		if (digit == NO_BYTE && !final)
			return ESCAPE_MORE;
		if (digit < 0 || digit > 7)
			break;
		c = c << 3 | (uint32_t)digit;
	}
	return i > 1 && c < 0x100 ? is_byte(out, c, i) : ESCAPE_NO;
}

/*
 * A backslash that is escaped is a sign of something encoded if an escape that
 * is such a sign follows: "\\u003d" is in JSON that is a string of JSON.
 */
static enum escape_answer
slashes(struct span s, bool final, struct escape *out)
{
	struct escape behind;
	enum escape_answer a = ESCAPE_NO;
	size_t n = 2;

	while (n < s.len && n < SLASHES_MOST && s.ptr[n] == '\\')
		n++;
	if (n == s.len && !final)
		return ESCAPE_MORE;
	if (n < s.len && s.ptr[n] != '\\')
		a = escape_read(span_skip(s, n - 1), final, &behind);
	if (a == ESCAPE_MORE)
		return a;
	is_byte(out, '\\', 2);
	out->strong = a == ESCAPE_YES && behind.strong;
	return ESCAPE_YES;
}

/* \uXXXX, of UTF-16: one that is half of a pair goes with the other. */
static enum escape_answer
utf16(struct span s, bool final, struct escape *out)
{
	uint32_t unit[2] = { 0 };
	size_t i = 0;

	for (; i < ESCAPE_LONGEST; i++) {
		uint32_t *u = &unit[i / UNIT];
		int digit = i % UNIT > 1 ? hex_at(s, i) : NO_DIGIT;

		if (i == UNIT && (*unit < 0xd800 || *unit >= 0xdc00))
			break;
		if (i >= s.len)
			return no_or_more(NO_BYTE, final);
		if (i % UNIT < 2 ? s.ptr[i] != (uint8_t)"\\u"[i % UNIT] :
			digit < 0)
			return ESCAPE_NO;
		if (i % UNIT > 1)
			*u = *u << 4 | (uint32_t)digit;
	}
	if (i == UNIT)
		return is_char(out, *unit, UNIT);
	return unit[1] >= 0xdc00 && unit[1] < 0xe000 ? is_char(out, 0x10000 +
		((*unit & 0x3ff) << 10 | (unit[1] & 0x3ff)), i) : ESCAPE_NO;
}

static enum escape_answer
backslash(struct span s, bool final, struct escape *out)
{
	if (s.len < 2)
		return no_or_more(NO_BYTE, final);
	switch (s.ptr[1]) {
	case '\\':
		return slashes(s, final, out);
	case 'x':
		return hex_char(s, 2, 2, final, out);
	case 'u':
		if (s.len > 2 && s.ptr[2] == '{')
			return ended_char(s, 3, 6, 16, '}', final, out);
		return utf16(s, final, out);
	case 'U':
		return hex_char(s, 2, 8, final, out);
	default:
		break;
	}
	for (size_t i = 0; i + 1 < sizeof simple; i += 2)
		if (s.ptr[1] == (uint8_t)simple[i]) {
			is_byte(out, (uint8_t)simple[i + 1], 2);
			out->strong = s.ptr[1] == '/';
			return ESCAPE_YES;
		}
	return octal(s, final, out);
}

/* ---- entities ---- */

static const struct entity { const char *name; uint8_t c; } entities[] = {
	{ "quot;", '"' }, { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' },
	{ "apos;", '\'' }, { "nbsp;", ' ' }, { "sol;", '/' },
	{ "plus;", '+' }, { "equals;", '=' }, { "lowbar;", '_' },
	{ "colon;", ':' }, { "commat;", '@' }, { "Tab;", '\t' },
	{ "NewLine;", '\n' },
};

static enum escape_answer
entity(struct span s, bool final, struct escape *out)
{
	struct span name = span_skip(s, 1);
	bool more = false;

	if (!name.len)
		return no_or_more(NO_BYTE, final);
	if (name.ptr[0] == '#') {
		if (s.len > 2 && (s.ptr[2] | 0x20) == 'x')
			return ended_char(s, 3, 6, 16, ';', final, out);
		return ended_char(s, 2, 7, 10, ';', final, out);
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		const struct entity *e = &entities[i];

		if (name.ptr[0] != (uint8_t)e->name[0])
			continue;
		if (span_starts(name, e->name))
			return is_byte(out, e->c, 1 + strlen(e->name));
		more |= name.len < strlen(e->name) &&
			!memcmp(name.ptr, e->name, name.len);
	}
	return more && !final ? ESCAPE_MORE : ESCAPE_NO;
}

/* ---- quoted-printable ---- */

static bool
is_quoted_digit(struct span s, size_t i)
{
	return i >= s.len || !(s.ptr[i] >= 'a' && s.ptr[i] <= 'f');
}

static enum escape_answer
quoted(struct span s, bool final, struct escape *out)
{
	size_t n = s.len > 1 && s.ptr[1] == '\r';

	if (s.len > n + 1 && s.ptr[n + 1] == '\n') {
		out->len = 0;
		out->takes = (uint8_t)(n + 2);
		out->strong = true;
		return ESCAPE_YES;
	}
	if (n)
		return no_or_more(s.len > 2 ? NO_DIGIT : NO_BYTE, final);
	if (!is_quoted_digit(s, 1) || !is_quoted_digit(s, 2))
		return ESCAPE_NO;
	return hex_char(s, 1, 2, final, out);
}

enum escape_answer
escape_read(struct span s, bool final, struct escape *out)
{
	*out = (struct escape){ 0 };
	switch (s.ptr[0]) {
	case '%':
		out->kind = ESCAPE_PERCENT;
		return hex_char(s, 1, 2, final, out);
	case '\\':
		out->kind = ESCAPE_BACKSLASH;
		return backslash(s, final, out);
	case '&':
		out->kind = ESCAPE_ENTITY;
		return entity(s, final, out);
	case '=':
		out->kind = ESCAPE_QUOTED;
		return quoted(s, final, out);
	default:
		return ESCAPE_NO;
	}
}
