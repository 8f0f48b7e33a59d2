/* SPDX-License-Identifier: Apache-2.0 */
/* form.c - the forms of a part, element by element: see form.h. */
#include "known/form.h"

#include <ctype.h>

#include "stanch.h"

enum {
	ANCHOR_LEAST = 3,
	CUT_MIN = 12,		/* of a part whose first half is masked, too */
	SPACED_MOST = 160, CUT_MOST = 160
};

/* ---- every byte written in one way ---- */

/*
 * before, the number, and behind each group but the last: after.  From byte
 * `firm` on a new line may begin there, as `between` says, or with `wraps`
 * before the number.  first: bytes of the first group, if it is shorter.
 */
static const struct way {
	const char *before, *after;	/* before: of two characters, or none */
	uint8_t group, first, firm;
	bool wraps;
	int between;		/* enum between; -1: after, always */
} ways[] = {
	{ "", "", 1, 1, FORM_HEAD, true, -1 },
	{ "", ":", 1, 1, FORM_HEAD, false, -1 },
	{ "", "-", 1, 1, FORM_HEAD, false, -1 },
	{ "", ", ", 1, 1, FORM_HEAD, false, BETWEEN_LIST },
	{ "", ",", 1, 1, FORM_HEAD, false, BETWEEN_LIST },
	{ "0x", ", ", 1, 1, FORM_HEAD, false, BETWEEN_LIST },
	{ "0x", ",", 1, 1, FORM_HEAD, false, BETWEEN_LIST },
	{ "", " ", 1, 1, FORM_HEAD, false, BETWEEN_GROUPS },
	{ "", " ", 2, 2, FORM_HEAD, false, BETWEEN_GROUPS },
	{ "", " ", 2, 1, FORM_HEAD + 1, false, BETWEEN_GROUPS },
};

/* Where in a way an element lies. */
struct spot {
	size_t byte;		/* of the part */
	size_t in;		/* characters into what is written for it */
	bool after;		/* behind it, between two groups */
};

static struct spot
spot_of(const struct way *w, size_t element)
{
	unsigned i = (unsigned)element, each = w->before[0] ? 4 : 2;
	unsigned gap = w->after[0] != '\0', byte = 0;
	unsigned first = w->first * each + gap, group = w->group * each + gap;

	if (i >= first) {
		byte = w->first + (i - first) / group * w->group;
		i = (i - first) % group;
	} else {
		group = first;
	}
	if (gap && i == group - gap)
		return (struct spot){ byte + i / each - 1, 0, true };
	return (struct spot){ byte + i / each, i % each, false };
}

static size_t
number_elements(const struct form *f)
{
	const struct way *w = &ways[f->variant];
	size_t gaps = 0;

	if (w->after[0])
		gaps = (f->len - 1 + (w->group - w->first)) / w->group;
	return f->len * (strlen(w->before) + 2) + gaps;
}

static uint8_t
number_digit(uint8_t byte, size_t i)
{
	return (uint8_t)"0123456789abcdef"[i ? byte & 15 : byte >> 4];
}

static struct element
number_element(const struct form *f, size_t i)
{
	const struct way *w = &ways[f->variant];
	struct spot s = spot_of(w, i);
	size_t before = w->before[0] ? 2 : 0;
	uint8_t c = f->bytes[s.byte];
	struct element e = { ELEMENT_FOLD, GAP_NONE, 0 };

	if (s.after) {
		bool free = w->between >= 0 && s.byte + 1 >= w->firm;

		e.kind = free || w->after[1] ? ELEMENT_BETWEEN :
			ELEMENT_EXACT;
		e.c = free ? (uint8_t)w->between : w->after[1] ?
			BETWEEN_COMMA : (uint8_t)w->after[0];
		return e;
	}
	if (s.in < before)
		e.c = (uint8_t)w->before[s.in];
	else
		e.c = number_digit(c, s.in - before);
	if (w->wraps && !f->whole && s.in == 0 && s.byte >= w->firm)
		e.gap = GAP_WRAP;
	return e;
}

/* ---- base64, RFC 4648: at each of three offsets, both alphabets ---- */

/* Characters that share bits with what stands before the part. */
static const uint8_t shared[] = { 0, 2, 3 };

static size_t
base64_elements(const struct form *f)
{
	unsigned before = f->variant % 3;

	return (before + f->len) * 8u / 6 - shared[before];
}

/* Where the six bits of a character begin. */
struct bits { size_t at, bit; };

static struct bits
base64_bits(const struct form *f, size_t i)
{
	unsigned before = f->variant % 3;
	size_t bit = (i + shared[before]) * 6 - before * 8u;

	return (struct bits){ bit / 8, bit % 8 };
}

static uint8_t
base64_char(const struct form *f, struct bits b)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned two = (unsigned)f->bytes[b.at] << 8 |
		(b.at + 1 < f->len ? f->bytes[b.at + 1] : 0u);
	uint8_t c = (uint8_t)digits[two >> (10 - b.bit) & 63];

	return f->variant < 3 ? c : c == '+' ? '-' : c == '/' ? '_' : c;
}

static struct element
base64_element(const struct form *f, size_t i)
{
	return (struct element){ ELEMENT_BASE64, i >= FORM_HEAD && !f->whole ?
		GAP_WRAP : GAP_NONE, base64_char(f, base64_bits(f, i)) };
}

/* ---- the value itself ---- */

static struct element
raw_element(const struct form *f, size_t i)
{
	uint8_t c = f->bytes[i];
	struct element e = { f->whole ? ELEMENT_FOLD : ELEMENT_ESCAPED,
		i >= f->head && i && !f->whole ? GAP_BREAK : GAP_NONE, c };

	if (c == '\n')
		e.kind = ELEMENT_LINE_END;
	else if (c == '\r' && i + 1 < f->len && f->bytes[i + 1] == '\n')
		e = (struct element){ ELEMENT_NONE, GAP_NONE, 0 };
	return e;
}

/*
 * Where the first letters and digits in a row end by which a part can be
 * told, at most FORM_HEAD of them.
 */
static size_t
head_of(struct span s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = isalnum(s.ptr[i]) ? run + 1 : 0;
		if (run == FORM_HEAD || (run >= ANCHOR_LEAST &&
			(i + 1 == s.len || !isalnum(s.ptr[i + 1]))))
			return i + 1;
	}
	return FORM_HEAD;
}

/* ---- the forms ---- */

static const struct {
	enum form_kind kind;
	uint8_t variants;
	uint16_t most;		/* bytes of a part */
	unsigned part_of;	/* enum stanch_value_forms; 0: always there */
} rows[] = {
	{ FORM_RAW, 1, FORM_PART, 0 },
	{ FORM_REVERSED, 1, FORM_PART, STANCH_FORM_REVERSED },
	{ FORM_BASE64, 6, FORM_PART, STANCH_FORM_BASE64 },
	{ FORM_SPACED, 1, SPACED_MOST, STANCH_FORM_SPACED },
	{ FORM_NUMBERS, sizeof ways / sizeof *ways, FORM_PART,
	  STANCH_FORM_HEX },
};

static uint16_t
half_of(struct span part)
{
	size_t half = (part.len + 1) / 2;

	if (part.len < CUT_MIN || part.len > CUT_MOST ||
		memchr(part.ptr, '\n', part.len))
		return 0;	/* its lines are parts, too */
	return (uint16_t)(half < FORM_LEAST ? FORM_LEAST : half);
}

bool
form_make(struct form *f, struct span part, size_t i, unsigned without)
{
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		if ((without & rows[k].part_of) || part.len > rows[k].most)
			continue;
		if (i >= rows[k].variants) {
			i -= rows[k].variants;
			continue;
		}
		*f = (struct form){ .bytes = part.ptr,
			.len = (uint16_t)part.len, .kind = rows[k].kind,
			.variant = (uint8_t)i,
			.whole = without & STANCH_FORM_BROKEN };
		if (f->kind == FORM_RAW) {
			f->head = (uint16_t)head_of(part);
			f->half = without & STANCH_FORM_CUT ? 0 :
				half_of(part);
		}
		return true;
	}
	return false;
}

size_t
form_elements(const struct form *f)
{
	switch (f->kind) {
	case FORM_BASE64:
		return base64_elements(f);
	case FORM_SPACED:
		return 2u * f->len - 1;
	case FORM_NUMBERS:
		return number_elements(f);
	default:
		return f->len;
	}
}

struct element
form_element(const struct form *f, size_t i)
{
	switch (f->kind) {
	case FORM_RAW:
		return raw_element(f, i);
	case FORM_BASE64:
		return base64_element(f, i);
	case FORM_NUMBERS:
		return number_element(f, i);
	case FORM_SPACED:
		return (struct element){ ELEMENT_FOLD, GAP_NONE,
			i % 2 ? ' ' : f->bytes[i / 2] };
	case FORM_REVERSED:
		return (struct element){ ELEMENT_EXACT, GAP_NONE,
			f->bytes[f->len - 1 - i] };
	default:
		return (struct element){ ELEMENT_EXACT, GAP_NONE,
			f->bytes[i] };
	}
}

/* ---- elements in a row ---- */

static inline bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* Whether c is the letter or digit, in any case. */
static inline bool
is_folded(uint8_t c, uint8_t element)
{
	uint8_t folded = element | 0x20;

	return is_digit(element) ? c == element : folded >= 'a' &&
		folded <= 'z' && (c | 0x20) == folded;
}

static size_t
raw_plain(const struct form *f, size_t i, struct span text)
{
	size_t n = 0;

	while (n < text.len && i + n < f->len &&
		is_folded(text.ptr[n], f->bytes[i + n]))
		n++;
	return n;
}

static size_t
reversed_plain(const struct form *f, size_t i, struct span text)
{
	size_t n = 0;

	while (n < text.len && i + n < f->len &&
		text.ptr[n] == f->bytes[f->len - 1 - i - n])
		n++;
	return n;
}

static size_t
spaced_plain(const struct form *f, size_t i, struct span text)
{
	size_t n = 0, all = form_elements(f);

	while (n < text.len && i + n < all && ((i + n) % 2 ?
		text.ptr[n] == ' ' : is_folded(text.ptr[n],
		f->bytes[(i + n) / 2])))
		n++;
	return n;
}

static size_t
base64_plain(const struct form *f, size_t i, struct span text)
{
	size_t n = 0, all = base64_elements(f);
	struct bits b = base64_bits(f, i);

	while (n < text.len && i + n < all && isalnum(text.ptr[n]) &&
		text.ptr[n] == base64_char(f, b)) {
		n++;
		b.at += b.bit > 1;
		b.bit = (b.bit + 6) % 8;
	}
	return n;
}

/* Digits of one group only: where the next begins takes working out. */
static size_t
number_plain(const struct form *f, size_t i, struct span text)
{
	const struct way *w = &ways[f->variant];
	struct spot s = spot_of(w, i);
	size_t n = 0, all = number_elements(f);

	if (s.after || w->before[0])
		return 0;
	while (n < text.len && i + n < all && is_folded(text.ptr[n],
		number_digit(f->bytes[s.byte], s.in))) {
		n++;
		s.byte += s.in;
		s.in = !s.in;
		if (!s.in && w->after[0] && s.byte % w->group ==
			w->first % w->group)
			break;
	}
	return n;
}

size_t
form_plain(const struct form *f, size_t i, struct span text)
{
	switch (f->kind) {
	case FORM_RAW:
		return raw_plain(f, i, text);
	case FORM_REVERSED:
		return reversed_plain(f, i, text);
	case FORM_SPACED:
		return spaced_plain(f, i, text);
	case FORM_BASE64:
		return base64_plain(f, i, text);
	case FORM_NUMBERS:
		return number_plain(f, i, text);
	default:
		return 0;
	}
}

bool
form_shares_last(const struct form *f)
{
	return (f->variant % 3u + f->len) * 8u % 6 != 0;
}

/* What an element is when nothing is odd about it. */
static size_t
element_text(const struct element *e, uint8_t out[2])
{
	static const char *const between[] = {
		[BETWEEN_COMMA] = ", ", [BETWEEN_LIST] = ",",
		[BETWEEN_GROUPS] = " " };

	out[0] = e->c;
	if (e->kind == ELEMENT_LINE_END)
		out[0] = ' ';
	if (e->kind != ELEMENT_BETWEEN)
		return e->kind != ELEMENT_NONE;
	memcpy(out, between[e->c], strlen(between[e->c]));
	return strlen(between[e->c]);
}

size_t
form_text(const struct form *f, uint8_t *out, size_t size)
{
	size_t n = form_elements(f), len = 0, put;
	uint8_t text[2];

	for (size_t i = 0; i < n && len < size; i++) {
		struct element e = form_element(f, i);

		put = element_text(&e, text);
		put = put < size - len ? put : size - len;
		memcpy(out + len, text, put);
		len += put;
	}
	return len;
}
