/* SPDX-License-Identifier: Apache-2.0 */
/* normal.c - escapes undone, interruptions left out: see normal.h. */
#include "known/normal.h"

#include <ctype.h>

#include "base/codec.h"

enum { PARAMETERS_MOST = 24, BACKSLASHES_MOST = 4 };

void
normal_init(struct normal *n)
{
	static const char sites[] = "\n\r\b\x1b\\%&", drop[] = "\n\r\b\x1b\\";

	*n = (struct normal){ .plus = false };
	for (size_t i = 0; sites[i]; i++)
		n->site[(uint8_t)sites[i]] = true;
	for (size_t i = 0; drop[i]; i++)
		n->drop[(uint8_t)drop[i]] = true;
}

static void
drop(struct normal *n, uint8_t c)
{
	n->site[c] = n->drop[c] = true;
}

/* A caret or backtick is an escape before a sign only. */
void
normal_add(struct normal *n, struct span value)
{
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];

		if (c == '"' || c == '\'')
			drop(n, c);
		if (c == ' ')
			n->plus = n->site['+'] = true;
		if (!isalnum(c)) {
			drop(n, '^');
			drop(n, '`');
		}
	}
}

/* ---- interruptions ---- */

/* ESC [ parameters letter. */
static size_t
control_sequence(struct span s, bool *more)
{
	size_t i = 2;

	while (i < s.len && i - 2 < PARAMETERS_MOST &&
		(isdigit(s.ptr[i]) || s.ptr[i] == ';' || s.ptr[i] == ':' ||
		s.ptr[i] == '?'))
		i++;
	if (i == s.len) {
		*more = true;
		return 0;
	}
	return isalpha(s.ptr[i]) ? i + 1 : 0;
}

/* ESC ] text, then BEL or ESC backslash. */
static size_t
system_command(struct span s, bool *more)
{
	for (size_t i = 2; i < INTERRUPTION_MOST - 1; i++) {
		if (i == s.len) {
			*more = true;
			return 0;
		}
		if (s.ptr[i] == '\a')
			return i + 1;
		if (s.ptr[i] == 0x1b) {
			*more |= i + 1 == s.len;
			return i + 1 < s.len && s.ptr[i + 1] == '\\' ?
				i + 2 : 0;
		}
		if (s.ptr[i] < 0x20)
			return 0;
	}
	return 0;
}

size_t
normal_interruption(struct span s, bool *more)
{
	if (!s.len)
		return 0;
	switch (s.ptr[0]) {
	case '\n':
	case '\b':
		return 1;
	case '\r':
		*more |= s.len == 1;
		return s.len > 1 && s.ptr[1] == '\n' ? 2 : 1;
	case 0x1b:
		*more |= s.len == 1;
		if (s.len == 1)
			return 0;
		return s.ptr[1] == '[' ? control_sequence(s, more) :
			s.ptr[1] == ']' ? system_command(s, more) : 0;
	default:
		return 0;
	}
}

size_t
normal_line_prefix(struct span s)
{
	static const bool is[256] = { [' '] = true, ['\t'] = true,
		['|'] = true, ['>'] = true, ['#'] = true, ['+'] = true,
		['-'] = true };
	size_t i = 0;

	while (i < s.len && i < LINE_PREFIX_MOST && is[s.ptr[i]])
		i++;
	return i;
}

/* ---- escapes ---- */

/* Two hex digits at s[at]: the byte, -1 when there are none, -2 when more
   must come. */
static int
hex_byte(struct span s, size_t at, bool final)
{
	int high, low;

	if (at < s.len && codec_hex_value(s.ptr[at]) < 0)
		return -1;
	if (at + 1 >= s.len)
		return final ? -1 : -2;
	high = codec_hex_value(s.ptr[at]);
	low = codec_hex_value(s.ptr[at + 1]);
	return low < 0 ? -1 : high << 4 | low;
}

static int
octal(struct span s, size_t n)
{
	int c = 0;

	for (size_t i = 0; i < n; i++) {
		if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '7')
			return -1;
		c = c * 8 + s.ptr[i] - '0';
	}
	return c > 255 ? -1 : c;
}

/*
 * Behind backslashes: three octal digits, or a 0 and three of a sign.  Sets
 * *c; 0: it is no number.
 */
static size_t
octal_escape(struct span s, int *c)
{
	int three = octal(s, 3), four = s.len && s.ptr[0] == '0' ?
		octal(span_skip(s, 1), 3) : -1;

	if (four >= 040 && !isalnum(four) && three < 040) {
		*c = four;
		return 4;
	}
	*c = three;
	return three < 0 ? 0 : 3;
}

/* How many characters stand before the two digits: \xHH, \u00HH; 0: none. */
static size_t
digits_of(struct span s)
{
	if (tolower(s.ptr[0]) == 'x')
		return 1;
	return s.len > 3 && tolower(s.ptr[0]) == 'u' && s.ptr[1] == '0' &&
		s.ptr[2] == '0' ? 3 : 0;
}

/* Behind backslashes; *c stays as it is when they are all there is. */
static size_t
behind_backslashes(struct span s, bool final, int *c, bool *line, bool *more)
{
	size_t digits = digits_of(s);
	int byte;

	*line = tolower(s.ptr[0]) == 'n' || tolower(s.ptr[0]) == 'r';
	if (*line)
		return 1;
	if (!digits)
		return octal_escape(s, c);
	byte = hex_byte(s, digits, final);
	*more = byte == -2;
	if (byte < 0)
		return 0;
	*c = byte;
	return digits + 2;
}

/* *c: what it stands for, NORMAL_NOTHING.  0: more must come. */
static size_t
backslashes(struct span s, bool final, int *c, bool *line)
{
	size_t n = 1, takes;
	bool more = false;
	struct span rest;

	while (n < s.len && n < BACKSLASHES_MOST && s.ptr[n] == '\\')
		n++;
	rest = span_skip(s, n);
	if (rest.len < 4 && !final && (!rest.len || isalnum(rest.ptr[0])))
		return 0;
	if (!rest.len)
		return n;
	takes = behind_backslashes(rest, final, c, line, &more);
	return more ? 0 : n + takes;
}

static size_t
percent(struct span s, bool final, int *c)
{
	int byte = hex_byte(s, 1, final), second;

	if (byte == -2)
		return 0;
	*c = byte < 0 ? '%' : byte;
	if (byte != '%')
		return byte < 0 ? 1 : 3;
	second = hex_byte(s, 3, final);
	if (second == -2)
		return 0;
	if (second >= 0)
		*c = second;
	return second < 0 ? 3 : 5;
}

static const struct { const char *name; char c; } entities[] = {
	{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
	{ "&apos;", '\'' }, { "&nbsp;", ' ' }
};

/* The number that s begins with, of at most five digits; *n of them. */
static int
number_of(struct span s, int base, size_t *n)
{
	int value = 0;

	for (*n = 0; *n < s.len && *n < 5; ++*n) {
		int digit = codec_hex_value(s.ptr[*n]);

		if (digit < 0 || digit >= base)
			break;
		value = value * base + digit;
	}
	return value;
}

/* &#N; and &#xN; */
static size_t
numeric_entity(struct span s, bool final, int *c)
{
	bool hex = s.len > 2 && tolower(s.ptr[2]) == 'x';
	size_t before = hex ? 3 : 2, n, end;
	int value = number_of(span_skip(s, before), hex ? 16 : 10, &n);

	end = before + n;
	if (end == s.len && !final)
		return 0;
	*c = '&';
	if (end == s.len || s.ptr[end] != ';' || !n || value > 255)
		return 1;
	*c = value;
	return end + 1;
}

static size_t
entity(struct span s, bool final, int *c)
{
	*c = '&';
	if (s.len == 1)
		return final ? 1 : 0;
	if (s.ptr[1] == '#')
		return numeric_entity(s, final, c);
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		size_t n = strlen(entities[i].name);
		size_t have = n < s.len ? n : s.len;

		if (strncasecmp((const char *)s.ptr, entities[i].name, have))
			continue;
		if (have < n && !final)
			return 0;
		if (have == n) {
			*c = entities[i].c;
			return n;
		}
	}
	return 1;
}

size_t
normal_take(const struct normal *n, struct span s, bool final, int *c,
	bool *line)
{
	bool ended = false, more = false;
	size_t takes = 1;

	*c = s.ptr[0];
	if (n->site[s.ptr[0]]) {
		switch (s.ptr[0]) {
		case '\\':
			*c = NORMAL_NOTHING;
			takes = backslashes(s, final, c, &ended);
			break;
		case '%':
			takes = percent(s, final, c);
			break;
		case '&':
			takes = entity(s, final, c);
			break;
		default:
			takes = normal_interruption(s, &more);
			if (more && !final && s.ptr[0] != '\r')
				return 0;
			takes = takes ? takes : 1;
			break;
		}
	}
	ended |= *c == '\n' || *c == '\r';
	if (*c >= 0 && n->drop[*c])
		*c = NORMAL_NOTHING;
	else if (*c == '+' && n->plus)
		*c = ' ';
	if (line)
		*line = ended;
	return takes;
}
