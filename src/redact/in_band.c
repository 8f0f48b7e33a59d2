/* SPDX-License-Identifier: Apache-2.0 */
/* in_band.c - commands that name a value to mask: see in_band.h. */
#include "redact/in_band.h"

#include <ctype.h>
#include <string.h>

enum {
	SIGNS = 2,		/* "::" or "##": they stay as they are */
	ESCAPES = 6
};

/* An escape in the value, if the system knows it. */
struct escape {
	const char *text;
	char is;
};

static const struct escape of_github[ESCAPES] = {
	{ "%0D", '\r' }, { "%0A", '\n' }, { "%25", '%' }
};
static const struct escape of_github_old[ESCAPES] = {
	{ "%3B", ';' }, { "%0D", '\r' }, { "%0A", '\n' }, { "%5D", ']' },
	{ "%25", '%' }
};
static const struct escape of_azure[ESCAPES] = {
	{ "%3B", ';' }, { "%0D", '\r' }, { "%0A", '\n' }, { "%5D", ']' },
	{ "%AZP25", '%' }
};

/* The text, a blank and properties if there are any, and its close. */
static const struct opening {
	unsigned system;
	const char *text, *close, *name;
	const struct escape *escapes;
	bool asks;		/* only if issecret=true */
} openings[IN_BAND_OPENINGS] = {
	{ STANCH_IN_BAND_GITHUB, "::add-mask", "::", "add-mask", of_github,
		false },
	{ STANCH_IN_BAND_GITHUB, "##[add-mask", "]", "add-mask",
		of_github_old, false },
	{ STANCH_IN_BAND_AZURE, "##vso[task.setsecret", "]", "setsecret",
		of_azure, false },
	{ STANCH_IN_BAND_AZURE, "##vso[task.setvariable", "]", "setvariable",
		of_azure, true },
};

static const char *const systems[] = { "github", "azure" };

const char *
stanch_in_band_name(size_t i)
{
	return i < sizeof systems / sizeof *systems ? systems[i] : NULL;
}

bool
in_band_init(struct in_band *b, unsigned which)
{
	memset(b, 0, sizeof *b);
	b->systems = which;
	buf_init(&b->value, IN_BAND_VALUE);
	return !which || buf_reserve(&b->value, IN_BAND_VALUE);
}

void
in_band_free(struct in_band *b)
{
	buf_free(&b->value);
	explicit_bzero(b->of, sizeof b->of);
}

/* ---- openings ---- */

static bool
same_letter(char a, uint8_t b)
{
	return a == (char)tolower(b);
}

static void
forget(struct in_band_opening *o)
{
	o->at = 0;
	o->n = 0;
	o->closing = false;
}

/* c does not go on with it, but may be of another one. */
static void
begin_anew(struct in_band_opening *o, const char *text, uint8_t c)
{
	/* All of them begin with one sign twice, and have it nowhere else. */
	unsigned at = same_letter(text[0], c) ? o->at == SIGNS ? SIGNS : 1 : 0;

	forget(o);
	o->at = at;
}

/* The value of a property, of len bytes; NULL: there is none so called. */
static const char *
property(const struct in_band_opening *o, const char *name, size_t *len)
{
	const char *p = o->properties, *end = p + o->n;
	size_t k = strlen(name);

	while (p < end) {
		const char *stop = memchr(p, ';', (size_t)(end - p));

		stop = stop ? stop : end;
		while (p < stop && *p == ' ')
			p++;
		if ((size_t)(stop - p) > k && p[k] == '=' &&
			!strncasecmp(p, name, k)) {
			*len = (size_t)(stop - p) - k - 1;
			return p + k + 1;
		}
		p = stop < end ? stop + 1 : end;
	}
	return NULL;
}

static bool
is_secret(const struct in_band_opening *o)
{
	size_t len;
	const char *v = property(o, "issecret", &len);

	while (v && len && *v == ' ')
		v++, len--;
	while (v && len && v[len - 1] == ' ')
		len--;
	return v && len == 4 && !strncasecmp(v, "true", 4);
}

/* The command's value begins behind this byte. */
static void
open_command(struct in_band *b, unsigned i)
{
	struct in_band_opening *o = &b->of[i];
	const char *name = openings[i].name;
	size_t len = strlen(name);

	/* One inside another's value: this one has the value. */
	if (!b->on)
		b->start = o->from;
	b->on = true;
	b->too_long = false;
	b->is = i;
	b->value.len = 0;
	if (openings[i].asks && (!(name = property(o, "variable", &len)) ||
		!len)) {
		name = openings[i].name;
		len = strlen(name);
	}
	len = len < sizeof b->name ? len : sizeof b->name - 1;
	memcpy(b->name, name, len);
	b->name[len] = '\0';
}

enum met { NOT_YET, MET };

/* Behind the text. */
static enum met
take_property(struct in_band_opening *o, const struct opening *is, uint8_t c)
{
	bool first = o->at == strlen(is->text), twice = is->close[1];

	if (c == (uint8_t)is->close[0]) {
		if (!twice || o->closing)
			return MET;
		o->closing = true;
	} else if (first && (c != ' ' || o->closing)) {
		begin_anew(o, is->text, c);
		return NOT_YET;
	} else {
		o->at += first;
		o->closing = false;
	}
	if (o->n < sizeof o->properties && !(first && c == ' '))
		o->properties[o->n++] = (char)c;
	return NOT_YET;
}

static void
take_opening(struct in_band *b, unsigned i, uint8_t c)
{
	struct in_band_opening *o = &b->of[i];
	const struct opening *is = &openings[i];

	if (o->at < strlen(is->text)) {
		if (!same_letter(is->text[o->at], c)) {
			begin_anew(o, is->text, c);
			return;
		}
		if (o->at++ == SIGNS)
			o->from = b->pos;
		return;
	}
	if (take_property(o, is, c) == MET) {
		if (!is->asks || is_secret(o))
			open_command(b, i);
		forget(o);
		/* "::add-mask ::add-mask::": the first ends in the next. */
		o->at = is->close[1] ? SIGNS : 0;
	} else if (o->n == sizeof o->properties) {
		/* To be safe: what it is about is not known. */
		open_command(b, i);
		b->too_long = true;
		forget(o);
	}
}

uint64_t
in_band_hold(const struct in_band *b)
{
	uint64_t from = b->on ? b->start : UINT64_MAX;

	for (size_t i = 0; i < IN_BAND_OPENINGS; i++)
		if (b->of[i].at > SIGNS && b->of[i].from < from)
			from = b->of[i].from;
	return from;
}

/* ---- values ---- */

/* In place; an escape is never shorter than what it stands for. */
static void
unescape(struct buf *value, const struct escape *escapes)
{
	uint8_t *to = value->ptr;
	size_t n = 0;

	for (size_t i = 0; i < value->len; ) {
		const struct escape *e = escapes;
		struct span rest = span_of(to + i, value->len - i);

		while (e->text && !span_starts(rest, e->text))
			e++;
		to[n++] = e->text ? (uint8_t)e->is : to[i];
		i += e->text ? strlen(e->text) : 1;
	}
	value->len = n;
}

/* What has come of the command, up to b->pos.  It is held until it is taken. */
static void
end_piece(struct in_band *b, bool whole, struct in_band_piece *piece)
{
	unescape(&b->value, openings[b->is].escapes);
	*piece = (struct in_band_piece){ .start = b->start, .end = b->pos,
		.whole = whole, .too_long = b->too_long, .name = b->name,
		.value = buf_span(&b->value) };
	/* "::add-mask::" and nothing. */
	if (whole && !b->too_long && !b->value.len)
		piece->start = piece->end;
	b->given = true;
	b->whole = whole;
}

/* What was given is taken. */
static void
leave_piece(struct in_band *b)
{
	if (!b->given)
		return;
	b->given = false;
	b->start = b->pos;
	b->on = b->too_long = !b->whole;
}

static bool
is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* False: the line of the command ends before c. */
static bool
take(struct in_band *b, uint8_t c)
{
	if (is_line_end(c)) {
		for (unsigned i = 0; i < IN_BAND_OPENINGS; i++)
			forget(&b->of[i]);
		return !b->on;
	}
	if (b->on && !b->too_long)
		b->too_long = !buf_byte(&b->value, c);
	for (unsigned i = 0; i < IN_BAND_OPENINGS; i++)
		if (openings[i].system & b->systems)
			take_opening(b, i, c);
	return true;
}

/* Nothing has begun: the bytes before the first sign of anything. */
static size_t
skip(const struct in_band *b, struct span bytes)
{
	size_t n = 0;

	if (b->on)
		return 0;
	for (size_t i = 0; i < IN_BAND_OPENINGS; i++)
		if (b->of[i].at)
			return 0;
	while (n < bytes.len && bytes.ptr[n] != ':' && bytes.ptr[n] != '#')
		n++;
	return n;
}

size_t
in_band_take(struct in_band *b, struct span bytes, bool final, bool *ended,
	struct in_band_piece *piece)
{
	size_t i = 0;

	leave_piece(b);
	for (*ended = false; i < bytes.len; i++, b->pos++) {
		size_t clean = skip(b, span_skip(bytes, i));

		b->pos += clean;
		i += clean;
		if (i == bytes.len)
			return i;
		if (b->on && b->pos - b->start == IN_BAND_VALUE) {
			*ended = true;
			end_piece(b, false, piece);
			return i;
		}
		if (!take(b, bytes.ptr[i])) {
			*ended = true;
			end_piece(b, true, piece);
			return i;
		}
	}
	if (final && b->on) {
		*ended = true;
		end_piece(b, true, piece);
	}
	return i;
}
