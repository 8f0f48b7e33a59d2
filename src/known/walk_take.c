/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk_take.c - what an element of a form may look like in text: escapes,
 * line ends, interruptions.  Each way in which it may adds a place.
 */
#include <ctype.h>
#include <stdio.h>

#include "base/codec.h"
#include "known/normal.h"
#include "known/walk.h"

enum { SIGN_ESCAPES = 4, BREAKS = 4, INDENT = 8, COLUMN = 20 };

void
places_add(struct places *p, size_t at)
{
	for (unsigned i = 0; i < p->n; i++)
		if (p->at[i] == at)
			return;
	if (p->n < PLACES_MOST)
		p->at[p->n++] = (uint32_t)at;
}

/* Where in the text one is while an element is tried; false once it fails. */
struct probe {
	struct span data;
	size_t at;
	bool fits, more;
};

static struct probe
probe_of(struct span data, size_t at)
{
	return (struct probe){ data, at, true, false };
}

/* One byte, in any case. */
static void
want(struct probe *p, uint8_t c)
{
	if (!p->fits)
		return;
	p->more = p->at >= p->data.len;
	p->fits = !p->more && tolower(p->data.ptr[p->at]) == tolower(c);
	p->at += p->fits;
}

static void
want_text(struct probe *p, const char *s)
{
	for (; *s && p->fits; s++)
		want(p, (uint8_t)*s);
}

/* So many digits of a number in base 8 or 16. */
static void
want_number(struct probe *p, uint8_t c, unsigned digits, unsigned bits)
{
	for (unsigned i = digits; i-- > 0; )
		want(p, (uint8_t)"0123456789abcdef"[c >> i * bits &
			((1u << bits) - 1)]);
}

static void
finish(struct places *out, const struct probe *p)
{
	out->more |= p->more;
	if (p->fits)
		places_add(out, p->at);
}

static void
try_text(struct places *out, struct span data, size_t at, const char *s)
{
	struct probe p = probe_of(data, at);

	want_text(&p, s);
	finish(out, &p);
}

static bool
is_at(struct span data, size_t at, uint8_t c)
{
	return at < data.len && data.ptr[at] == c;
}

/* ---- gaps ---- */

static void
gap_break(struct places *out, struct span data, size_t at)
{
	for (int i = 0; i < BREAKS; i++) {
		size_t n = normal_interruption(span_skip(data, at),
			&out->more);

		if (!n)
			return;
		/* Of a line end either half may be all there is. */
		if (n == 2)
			places_add(out, at + 1);
		at += n;
		places_add(out, at);
	}
	out->more |= at == data.len;
}

/* A line end as strings write it, \n or \r\n: behind it, or where it was. */
static size_t
skip_written(struct span data, size_t at, bool *more)
{
	size_t to = at, n = 0;

	for (const char *letter = "rn"; *letter; letter++) {
		for (n = 0; n < SIGN_ESCAPES && is_at(data, to + n, '\\'); n++)
			;
		*more |= to + n == data.len;
		if (n && is_at(data, to + n, (uint8_t)*letter))
			to += n + 1;
	}
	return to > at && data.ptr[to - 1] == 'n' ? to : at;
}

static void
gap_wrap(struct places *out, struct span data, size_t at)
{
	size_t written = skip_written(data, at, &out->more);

	at += is_at(data, at, '\r');
	out->more |= at == data.len;
	if (written > at)
		at = written;
	else if (is_at(data, at, '\n'))
		at++;
	else
		return;
	places_add(out, at);
	for (int i = 0; i < INDENT && (is_at(data, at, ' ') ||
		is_at(data, at, '\t')); i++)
		places_add(out, ++at);
	out->more |= at == data.len;
}

void
walk_gap(struct places *out, struct span data, size_t at, enum gap gap)
{
	places_add(out, at);
	if (gap == GAP_BREAK)
		gap_break(out, data, at);
	else if (gap == GAP_WRAP)
		gap_wrap(out, data, at);
}

/* ---- escapes ---- */

static void
try_number(struct places *out, struct span data, size_t at,
	const char *before, uint8_t c, unsigned digits)
{
	struct probe p = probe_of(data, at);

	want_text(&p, before);
	want_number(&p, c, digits, digits == 3 ? 3 : 4);
	finish(out, &p);
}

/* The byte behind backslashes: \xHH, \u00HH, octal. */
static void
take_backslashes(struct places *out, struct span data, size_t at, uint8_t c)
{
	for (int i = 0; i < SIGN_ESCAPES && is_at(data, at, '\\'); i++) {
		at++;
		try_number(out, data, at, "x", c, 2);
		try_number(out, data, at, "u00", c, 2);
		try_number(out, data, at, "", c, 3);
		try_number(out, data, at, "0", c, 3);
	}
	out->more |= at == data.len;
}

static void
take_percent(struct places *out, struct span data, size_t at, uint8_t c)
{
	try_number(out, data, at, "%", c, 2);
	try_number(out, data, at, "%25", c, 2);
}

static const struct { char c; const char *as; } named[] = {
	{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
	{ '"', "&quot;" }, { '\'', "&apos;" }, { ' ', "&nbsp;" },
	{ '"', "\"\"" }, { '\'', "''" }, { '\'', "'\\''" },
	{ '\'', "'\"'\"'" }, { ' ', "+" }
};

static void
take_named(struct places *out, struct span data, size_t at, uint8_t c)
{
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if ((uint8_t)named[i].c == c)
			try_text(out, data, at, named[i].as);
}

static void
want_decimal(struct probe *p, uint8_t c)
{
	if (c > 99)
		want(p, '0' + c / 100);
	if (c > 9)
		want(p, '0' + c / 10 % 10);
	want(p, '0' + c % 10);
}

/* &#N; with zeros before it, and &#xN; */
static void
take_entity(struct places *out, struct span data, size_t at, uint8_t c)
{
	struct probe p = probe_of(data, at);

	want_text(&p, "&#x");
	want_number(&p, c, 2, 4);
	want(&p, ';');
	finish(out, &p);
	for (int zeros = 0; zeros < 3; zeros++) {
		p = probe_of(data, at);
		want_text(&p, zeros == 0 ? "&#" : zeros == 1 ? "&#0" :
			"&#00");
		want_decimal(&p, c);
		want(&p, ';');
		finish(out, &p);
	}
}

/* The sign behind \, ^ and `, of which there may be some. */
static void
take_sign(struct places *out, struct span data, size_t at, uint8_t c)
{
	for (int i = 0; i <= SIGN_ESCAPES; i++, at++) {
		if (is_at(data, at, c))
			places_add(out, at + 1);
		out->more |= at >= data.len;
		if (at >= data.len || !memchr("\\^`", data.ptr[at], 3))
			return;
	}
}

static void
take_escaped(struct places *out, struct span data, size_t at, uint8_t c)
{
	if (isalnum(c)) {
		struct probe p = probe_of(data, at);

		want(&p, c);
		finish(out, &p);
	} else {
		take_sign(out, data, at, c);
		take_named(out, data, at, c);
	}
	if (is_at(data, at, '\\'))
		take_backslashes(out, data, at, c);
	else if (is_at(data, at, '%'))
		take_percent(out, data, at, c);
	else if (is_at(data, at, '&'))
		take_entity(out, data, at, c);
}

/* ---- line ends of the value ---- */

/* Behind a line end: what the log puts before its lines, all or part. */
static void
add_line_prefix(struct places *out, struct span data, size_t at)
{
	size_t n = normal_line_prefix(span_skip(data, at));

	for (size_t i = 0; i <= n; i++)
		places_add(out, at + i);
	out->more |= at + n == data.len;
}

static void
take_line_end(struct places *out, struct span data, size_t at)
{
	static const char *const written[] = { "\r\n", "\n", "\r", " ", "\t",
		"%0a", "%0d%0a", "&#10;", "&#xa;" };
	struct places ends = { .n = 0 };
	size_t slashes = at;

	for (size_t i = 0; i < sizeof written / sizeof *written; i++)
		try_text(&ends, data, at, written[i]);
	while (slashes - at < SIGN_ESCAPES && is_at(data, slashes, '\\')) {
		slashes++;
		try_text(&ends, data, slashes, "n");
		for (size_t k = 1; k <= SIGN_ESCAPES; k++) {
			char text[8];

			snprintf(text, sizeof text, "r%.*sn", (int)k,
				"\\\\\\\\");
			try_text(&ends, data, slashes, text);
		}
	}
	out->more |= ends.more || slashes == data.len;
	for (unsigned i = 0; i < ends.n; i++)
		add_line_prefix(out, data, ends.at[i]);
}

/* ---- between two groups of a dump ---- */

/* The offset that a line of a dump begins with, and the blanks behind it. */
static void
take_offset(struct places *out, struct span data, size_t at)
{
	size_t n = 0, blanks = 0;

	while (n < 8 && at + n < data.len &&
		codec_hex_value(data.ptr[at + n]) >= 0)
		n++;
	out->more |= at + n == data.len;
	if (n < 6)
		return;
	n += is_at(data, at + n, ':');
	while (blanks < 2 && is_at(data, at + n, ' ')) {
		n++;
		places_add(out, at + n);
		blanks++;
	}
	out->more |= at + n == data.len;
}

/* A blank; or the rest of the line, and the next one's offset. */
static void
take_groups(struct places *out, struct span data, size_t at)
{
	size_t n = 0;

	try_text(out, data, at, " ");
	while (n < COLUMN + 3 && at + n < data.len && (n || is_at(data, at,
		' ')) && data.ptr[at + n] != '\r' && data.ptr[at + n] != '\n')
		n++;
	n += is_at(data, at + n, '\r');
	out->more |= at + n == data.len;
	if (is_at(data, at + n, '\n'))
		take_offset(out, data, at + n + 1);
}

static void
take_list(struct places *out, struct span data, size_t at)
{
	out->more |= at >= data.len;
	if (!is_at(data, at, ','))
		return;
	at++;
	places_add(out, at);
	for (int i = 0; i < INDENT && at < data.len && isspace(data.ptr[at]);
		i++)
		places_add(out, ++at);
	out->more |= at == data.len;
}

static void
take_between(struct places *out, struct span data, size_t at,
	enum between which)
{
	if (which == BETWEEN_COMMA)
		try_text(out, data, at, ", ");
	else if (which == BETWEEN_LIST)
		take_list(out, data, at);
	else
		take_groups(out, data, at);
}

/* ---- elements ---- */

/* A sign of base64, of either alphabet, may be escaped. */
static void
take_base64(struct places *out, struct span data, size_t at, uint8_t c)
{
	const char *signs = isalnum(c) ? "" : strchr("+-", c) ? "+-" : "/_";

	if (isalnum(c)) {
		if (is_at(data, at, c))
			places_add(out, at + 1);
		out->more |= at >= data.len;
	}
	for (; *signs; signs++)
		take_escaped(out, data, at, (uint8_t)*signs);
}

void
walk_take(struct places *out, struct span data, size_t at,
	const struct element *e)
{
	uint8_t c = at < data.len ? data.ptr[at] : 0;
	bool fits = false;

	switch (e->kind) {
	case ELEMENT_ESCAPED:
		take_escaped(out, data, at, e->c);
		return;
	case ELEMENT_LINE_END:
		take_line_end(out, data, at);
		return;
	case ELEMENT_BETWEEN:
		take_between(out, data, at, (enum between)e->c);
		return;
	case ELEMENT_NONE:
		places_add(out, at);
		return;
	case ELEMENT_EXACT:
		fits = c == e->c;
		break;
	case ELEMENT_FOLD:
		fits = tolower(c) == tolower(e->c);
		break;
	case ELEMENT_BASE64:
		take_base64(out, data, at, e->c);
		return;
	}
	out->more |= at >= data.len;
	if (fits && at < data.len)
		places_add(out, at + 1);
}

size_t
walk_tail(struct span data, size_t at, bool shares, bool *more)
{
	size_t n = 0, pads = 0;

	if (shares && at < data.len && (isalnum(data.ptr[at]) ||
		memchr("+/-_", data.ptr[at], 4)))
		n++;
	while (pads < 2 && is_at(data, at + n, '=')) {
		n++;
		pads++;
	}
	*more |= at + n == data.len && pads < 2;
	return n;
}
