/* SPDX-License-Identifier: Apache-2.0 */
/* neutral.c - output that cannot act on who reads it: see neutral.h. */
#include "redact/neutral.h"

#include <ctype.h>
#include <string.h>

enum { ESC = 0x1b, WORD = 16 };

/* What is given out, and what went out before it. */
struct view {
	struct span data;
	const struct joint *joint;
};

/*
 * The byte k before data[i]; -1: there is none, or it is too far away, be it
 * here or not: pieces have no say.
 */
static int
back(const struct view *v, size_t i, size_t k)
{
	const struct joint *j = v->joint;

	if (k <= i && k <= JOINT_TAIL)
		return v->data.ptr[i - k];
	return k <= JOINT_TAIL && k - i <= j->n ? j->tail[j->n - (k - i)] :
		-1;
}

static bool
follows(const struct view *v, size_t i, const char *text)
{
	size_t n = strlen(text);

	for (size_t k = 1; k <= n; k++)
		if (back(v, i, k) != (uint8_t)text[n - k])
			return false;
	return true;
}

/* ---- commands of build systems ---- */

static bool
is_parameter(int c)
{
	return (c >= '0' && c <= '9') || c == ';' || c == ':';
}

/* Bytes of the colour that ends k before data[i]; 0: none does. */
static size_t
colour_back(const struct view *v, size_t i, size_t k)
{
	size_t n = 1;

	if (back(v, i, k) != 'm')
		return 0;
	while (n < NEUTRAL_SEQUENCE && is_parameter(back(v, i, k + n)))
		n++;
	return back(v, i, k + n) == '[' && back(v, i, k + n + 1) == ESC ?
		n + 2 : 0;
}

/* Nothing that can be seen stands between it and the byte k before i. */
static bool
begins_line(const struct view *v, size_t i, size_t k)
{
	size_t n;
	int c;

	for (;; k += n ? n : 1) {
		c = back(v, i, k);
		if (c < 0 || c == '\n' || c == '\r')
			return true;
		n = colour_back(v, i, k);
		if (!n && c > 0x20 && c < 0x7f)
			return false;
	}
}

/* "::" at the beginning of a line, and the markers of sections. */
static bool
is_colon_of_command(const struct view *v, size_t i)
{
	return (back(v, i, 1) == ':' && begins_line(v, i, 2)) ||
		follows(v, i, "section_start") ||
		follows(v, i, "section_end");
}

/* "##[", "##vso[", "##teamcity[" and whatever else is so called. */
static bool
is_bracket_of_command(const struct view *v, size_t i)
{
	size_t k = 1;

	while (k <= WORD && isalpha(back(v, i, k)))
		k++;
	return back(v, i, k) == '#' && back(v, i, k + 1) == '#';
}

/* ---- terminals ---- */

/* How many bytes more belong to the letter that this one begins. */
static size_t
letter_goes_on(int c)
{
	return c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 :
		c >= 0xf0 && c < 0xf5 ? 3 : 0;
}

/* A control character of the upper half, by itself or as U+0080 to U+009F;
   not a part of a letter in UTF-8. */
static bool
is_upper_control(const struct view *v, size_t i)
{
	int c;

	for (size_t k = 1; k <= 3; k++) {
		c = back(v, i, k);
		if (c < 0x80 || c >= 0xc0)
			return c == 0xc2 || letter_goes_on(c) < k;
	}
	return true;
}

/* Bytes of the sequence at data[i] if it sets a colour; *open: it ends with
   the data and may yet be one. */
static size_t
colour_at(struct span data, size_t i, bool *open)
{
	size_t n = 1;

	*open = false;
	if (i + n < data.len && data.ptr[i + n] != '[')
		return 0;
	for (n = 2; i + n < data.len && n < NEUTRAL_SEQUENCE &&
		is_parameter(data.ptr[i + n]); n++)
		;
	*open = i + n >= data.len && n < NEUTRAL_SEQUENCE;
	return !*open && n < NEUTRAL_SEQUENCE && data.ptr[i + n] == 'm' ?
		n + 1 : 0;
}

/* ---- the whole ---- */

enum kind { PLAIN, COLON, BRACKET, ESCAPE, CONTROL, UPPER };

static enum kind
kind_of(uint8_t c)
{
	if (c >= 0x80)
		return c < 0xa0 ? UPPER : PLAIN;
	switch (c) {
	case ':':
		return COLON;
	case '[':
		return BRACKET;
	case ESC:
		return ESCAPE;
	case 0x05:	/* a terminal answers it */
	case 0x0e:	/* other letters from here on */
	case 0x0f:
		return CONTROL;
	default:
		return PLAIN;
	}
}

/* The byte that data[i] becomes, a piece that stays; NULL: it is left. */
static const char *
instead(const struct view *v, size_t i)
{
	switch (kind_of(v->data.ptr[i])) {
	case COLON:
		return is_colon_of_command(v, i) ? "_" : NULL;
	case BRACKET:
		return is_bracket_of_command(v, i) ? "_" : NULL;
	case UPPER:
		/* The second half of U+00B7, so that it stays UTF-8. */
		return !is_upper_control(v, i) ? NULL :
			back(v, i, 1) == 0xc2 ? "\xb7" : "_";
	case ESCAPE:
	case CONTROL:
		return "_";
	default:
		return NULL;
	}
}

static bool
give_held(struct neutral *n, struct standin *s, bool colour,
	stanch_output_fn *out, void *payload)
{
	uint8_t *copy = standin_passing(s, n->n);
	size_t len = n->n;

	if (!copy)
		return false;
	memcpy(copy, n->held, len);
	if (!colour)
		copy[0] = '_';
	n->n = 0;
	return out(copy, len, payload);
}

/* A sequence that began before data: whether it is decided, *ok: given out.
   What of it is in data is given out with that. */
static size_t
go_on(struct neutral *n, struct standin *s, struct span data, bool *ok,
	stanch_output_fn *out, void *payload)
{
	uint8_t all[2 * NEUTRAL_SEQUENCE];
	size_t most = sizeof all - n->n;
	size_t len = n->n + (data.len < most ? data.len : most), taken;
	size_t colour;
	bool open;

	memcpy(all, n->held, n->n);
	memcpy(all + n->n, data.ptr, len - n->n);
	colour = colour_at(span_of(all, len), 0, &open);
	if (open) {
		memcpy(n->held, all, len);
		n->n = len;
		return data.len;
	}
	taken = colour ? colour - n->n : 0;
	*ok = give_held(n, s, colour, out, payload) &&
		(!taken || out(data.ptr, taken, payload));
	return taken;
}

static bool
give(struct span data, size_t from, size_t to, stanch_output_fn *out,
	void *payload)
{
	return from == to || out(data.ptr + from, to - from, payload);
}

bool
neutral_give(struct neutral *n, struct standin *s, struct span data,
	stanch_output_fn *out, void *payload)
{
	struct view v = { data, &s->joint };
	size_t from = 0, i = 0, colour;
	bool ok = true, open = false;
	const char *other;

	if (n->n)
		from = i = go_on(n, s, data, &ok, out, payload);
	while (ok && i < data.len) {
		if (data.ptr[i] == ESC) {
			colour = colour_at(data, i, &open);
			i += colour;
			if (open)
				break;
			if (colour)
				continue;
		}
		other = instead(&v, i);
		if (other) {
			ok = give(data, from, i, out, payload) &&
				out(other, 1, payload);
			from = i + 1;
		}
		i++;
	}
	if (ok && open) {
		n->n = data.len - i;
		memcpy(n->held, data.ptr + i, n->n);
	}
	return ok && give(data, from, i, out, payload);
}

bool
neutral_end(struct neutral *n, struct standin *s, stanch_output_fn *out,
	void *payload)
{
	return !n->n || give_held(n, s, false, out, payload);
}
