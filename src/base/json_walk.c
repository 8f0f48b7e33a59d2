/* SPDX-License-Identifier: Apache-2.0 */
/* json_walk.c - the tokens of a JSON text: see json_walk.h. */
#include "base/json_walk.h"

#include "base/codec.h"
#include "base/utf8.h"

enum expect {
	VALUE, VALUE_OR_END,		/* the latter after [ */
	NAME, NAME_OR_END,		/* the latter after { */
	COLON, COMMA_OR_END, NOTHING
};

void
json_walk_begin(struct json_walk *w, struct span text)
{
	*w = (struct json_walk){ .text = text, .expect = VALUE };
}

/* ---- what tokens are made of ---- */

/* The code unit of four hex digits; -1: they are none. */
static int
unit_of(struct span s)
{
	int unit = 0;

	if (s.len < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		int digit = codec_hex_value(s.ptr[i]);

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* Length of the escape at the backslash that s begins with; 0: none. */
static size_t
escape_length(struct span s)
{
	if (s.len < 2)
		return 0;
	if (s.ptr[1] == 'u')
		return unit_of(span_skip(s, 2)) < 0 ? 0 : 6;
	return s.ptr[1] && strchr("\"\\/bfnrt", s.ptr[1]) ? 2 : 0;
}

/* Length of the string that s begins with, quotes and all; 0: none. */
static size_t
string_length(struct span s)
{
	size_t i = 1, n;

	while (i < s.len && s.ptr[i] != '"') {
		if (s.ptr[i] < 0x20)
			return 0;
		n = s.ptr[i] == '\\' ? escape_length(span_skip(s, i)) : 1;
		if (!n)
			return 0;
		i += n;
	}
	return i < s.len ? i + 1 : 0;
}

static size_t
digits(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	return n;
}

/* Adds the digits after the n bytes of s there are; false: there are none. */
static bool
add_digits(struct span s, size_t *n)
{
	size_t more = digits(span_skip(s, *n));

	*n += more;
	return more > 0;
}

static size_t
number_length(struct span s)
{
	size_t n = s.len && s.ptr[0] == '-', first = n;

	if (!add_digits(s, &n) || (s.ptr[first] == '0' && n > first + 1))
		return 0;
	if (n < s.len && s.ptr[n] == '.' && (n++, !add_digits(s, &n)))
		return 0;
	if (n < s.len && (s.ptr[n] | 0x20) == 'e') {
		n++;
		n += n < s.len && (s.ptr[n] == '+' || s.ptr[n] == '-');
		if (!add_digits(s, &n))
			return 0;
	}
	return n;
}

static size_t
bare_length(struct span s)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_starts(s, words[i]))
			return strlen(words[i]);
	return number_length(s);
}

/* ---- where tokens may stand ---- */

static bool
in_object(const struct json_walk *w)
{
	unsigned d = w->depth - 1;

	return w->nest[d / 8] >> d % 8 & 1;
}

static bool
open_nest(struct json_walk *w, bool object)
{
	unsigned d = w->depth, bit = 1u << d % 8;

	if (d == JSON_WALK_DEPTH)
		return false;
	w->nest[d / 8] = (uint8_t)(object ? w->nest[d / 8] | bit :
		w->nest[d / 8] & ~bit);
	w->depth++;
	w->expect = object ? NAME_OR_END : VALUE_OR_END;
	return true;
}

static bool
close_nest(struct json_walk *w, bool object)
{
	unsigned empty = object ? NAME_OR_END : VALUE_OR_END;

	if (!w->depth || in_object(w) != object ||
		(w->expect != COMMA_OR_END && w->expect != empty))
		return false;
	w->depth--;
	w->expect = w->depth ? COMMA_OR_END : NOTHING;
	return true;
}

static bool
wants_value(const struct json_walk *w)
{
	return w->expect == VALUE || w->expect == VALUE_OR_END;
}

static bool
take_mark(struct json_walk *w, uint8_t c)
{
	bool ok = false;

	if (c == '{' || c == '[')
		return wants_value(w) && open_nest(w, c == '{');
	if (c == '}' || c == ']')
		return close_nest(w, c == '}');
	if (c == ':') {
		ok = w->expect == COLON;
		w->expect = VALUE;
	} else if (c == ',') {
		ok = w->expect == COMMA_OR_END;
		w->expect = ok && in_object(w) ? NAME : VALUE;
	}
	return ok;
}

static bool
take_value(struct json_walk *w, bool string)
{
	if (w->expect == NAME || w->expect == NAME_OR_END) {
		w->expect = COLON;
		return string;
	}
	if (!wants_value(w))
		return false;
	w->expect = w->depth ? COMMA_OR_END : NOTHING;
	return true;
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

enum json_token
json_walk_next(struct json_walk *w, size_t *start, size_t *len)
{
	struct span rest;

	while (w->at < w->text.len && is_blank(w->text.ptr[w->at]))
		w->at++;
	rest = span_skip(w->text, w->at);
	if (!rest.len)
		return w->expect == NOTHING ? JSON_TOKEN_END : JSON_TOKEN_BAD;
	*start = w->at;
	*len = 1;
	if (rest.ptr[0] && strchr("{}[]:,", rest.ptr[0])) {
		w->at++;
		return take_mark(w, rest.ptr[0]) ? JSON_TOKEN_MARK :
			JSON_TOKEN_BAD;
	}
	*len = rest.ptr[0] == '"' ? string_length(rest) : bare_length(rest);
	if (!*len || !take_value(w, rest.ptr[0] == '"'))
		return JSON_TOKEN_BAD;
	w->at += *len;
	return rest.ptr[0] == '"' ? JSON_TOKEN_STRING : JSON_TOKEN_BARE;
}

bool
json_walk_valid(struct span text)
{
	struct json_walk w;
	enum json_token t;
	size_t start, len;

	json_walk_begin(&w, text);
	do
		t = json_walk_next(&w, &start, &len);
	while (t > JSON_TOKEN_END);
	return t == JSON_TOKEN_END;
}

/* ---- what is in a string ---- */

/* Of the escape of a code unit that s begins with, or of two. */
static size_t
unicode_char(struct span s, uint8_t out[4], size_t *n)
{
	uint32_t c = (uint32_t)unit_of(span_skip(s, 2));
	struct span next = span_skip(s, 6);
	int low = span_starts(next, "\\u") ? unit_of(span_skip(next, 2)) : -1;

	if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
		c = 0x10000 + (c - 0xd800) * 0x400 + ((uint32_t)low - 0xdc00);
		*n = utf8_put(c, out);
		return 12;
	}
	*n = utf8_put(c >= 0xd800 && c < 0xe000 ? 0xfffd : c, out);
	return 6;
}

size_t
json_walk_char(struct span s, uint8_t out[4], size_t *n)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *name;

	*n = 1;
	out[0] = s.ptr[0];
	if (s.ptr[0] != '\\' || s.len < 2)
		return 1;
	if (s.ptr[1] == 'u' && s.len >= 6)
		return unicode_char(s, out, n);
	name = s.ptr[1] ? strchr(names, s.ptr[1]) : NULL;
	out[0] = name ? (uint8_t)values[name - names] : s.ptr[1];
	return 2;
}
