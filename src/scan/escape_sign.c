/* SPDX-License-Identifier: Apache-2.0 */
/* escape_sign.c - which escapes show that something was encoded. */
#include "scan/escape_sign.h"

#include <ctype.h>
#include <string.h>

enum {
	NUMBER_MOST = 6,	/* characters of a percentage */
	LINE_WIDE = 72,		/* of a line of quoted-printable ... */
	LINE_MOST = 76,		/* ... that goes on in the next one */
	NAME_MOST = 11,		/* letters of a setting's name */
	GROUP = 4,		/* characters of base64 */
	RUN_LEAST = 15,		/* ... of what is decoded from it, but the = */
	HEAD_MOST = 256		/* bytes from a part's head to its text */
};

/* ---- quoted-printable ---- */

/* A line that ends in =; does it go on? */
enum line { LINE_ENDS, LINE_NARROW, LINE_GOES_ON };

/* What stands before data.ptr[at] in its line, or LINE_MOST bytes of that. */
static struct span
line_before(struct span data, size_t at)
{
	size_t n = at < LINE_MOST ? at : LINE_MOST;
	const uint8_t *end = data.ptr + at;
	const uint8_t *nl = n ? memrchr(end - n, '\n', n) : NULL;

	n = nl ? (size_t)(end - nl) - 1 : n;
	return span_of(end - n, n);
}

/* The name of a setting, or an operator: few characters and no digit. */
static bool
ends_in_name(struct span line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[line.len - n - 1] > ' ' &&
		!memchr("\"'`", line.ptr[line.len - n - 1], 3)) {
		if (isdigit(line.ptr[line.len - n - 1]))
			return false;
		n++;
	}
	return n <= NAME_MOST;
}

static bool
is_base64(uint8_t c)
{
	return isalnum(c) || c == '+' || c == '/';
}

/* A run of base64, if the = behind it is of its last group. */
static bool
ends_in_base64(struct span line)
{
	size_t n = 0;
	uint8_t before;

	while (n < line.len && is_base64(line.ptr[line.len - n - 1]))
		n++;
	before = n < line.len ? line.ptr[line.len - n - 1] : '\0';
	return n >= RUN_LEAST && n % GROUP == GROUP - 1 && before != '_' &&
		before != '-';
}

/* Whether the text is the first of a part whose head says how it is encoded. */
static bool
is_behind_head(struct span data, size_t at)
{
	static const char name[] = "quoted-printable";
	size_t n = at < HEAD_MOST ? at : HEAD_MOST;

	return memmem(data.ptr + at - n, n, name, sizeof name - 1) != NULL;
}

static enum line
line_at(struct span data, size_t at)
{
	struct span line = line_before(data, at);
	uint8_t last = line.len ? line.ptr[line.len - 1] : ' ';

	if (line.len >= LINE_MOST || last <= ' ' || last == '=')
		return LINE_ENDS;
	if (line.len >= LINE_WIDE || is_behind_head(data, at))
		return LINE_GOES_ON;
	return ends_in_name(line) || ends_in_base64(line) ? LINE_ENDS :
		LINE_NARROW;
}

/* =3D, or a line that goes on. */
static enum escape_answer
quoted_sign(struct span data, size_t at, bool final, struct escape *e)
{
	struct span s = span_skip(data, at);
	enum escape_answer a;

	if (s.len > 1 && s.ptr[1] == '3') {
		a = escape_read(s, final, e);
		return a == ESCAPE_YES && e->text[0] != '=' ? ESCAPE_NO : a;
	}
	if (line_at(data, at) == LINE_ENDS)
		return ESCAPE_NO;
	a = escape_read(s, final, e);
	return a == ESCAPE_YES && e->len ? ESCAPE_NO : a;
}

bool
escape_sign_is_sure(struct span data, size_t at, const struct escape *e)
{
	if (e->kind != ESCAPE_QUOTED)
		return true;
	if (!e->len)
		return line_at(data, at) == LINE_GOES_ON;
	return !isdigit(data.ptr[at + 1]) || !isdigit(data.ptr[at + 2]);
}

bool
escape_sign_may_come(struct span data, size_t at)
{
	return at + 1 == data.len && data.ptr[at] == '=';
}

/* ---- percent ---- */

/*
 * Whether the % at p is that of a percentage, with which a line of progress
 * may end: it must not wait for what comes.
 */
static bool
is_percentage(const uint8_t *first, const uint8_t *p)
{
	const uint8_t *percent = p;

	if (p - first > 1 && p[-1] == ' ' && isdigit(p[-2]))
		percent = --p;
	while (p > first && percent - p < NUMBER_MOST &&
		(isdigit(p[-1]) || p[-1] == '.'))
		p--;
	return p < percent && (p == first || strchr(" \t\r\n([", p[-1]));
}

/* ---- all ---- */

enum escape_answer
escape_sign(struct span data, size_t at, bool final, struct escape *e)
{
	const uint8_t *p = data.ptr + at;
	enum escape_answer a = ESCAPE_NO;

	if (*p == '=')
		a = quoted_sign(data, at, final, e);
	else if (*p != '%' || !is_percentage(data.ptr, p))
		a = escape_read(span_skip(data, at), final, e);
	if (a == ESCAPE_NO)
		e->takes = 1;
	return a == ESCAPE_YES && !e->strong ? ESCAPE_NO : a;
}
