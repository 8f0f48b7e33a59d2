/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_text.c - PDF's syntax, byte by byte: see pdf_text.h. */
#include "unwrap/pdf_text.h"

#include <stdlib.h>

#include "base/codec.h"

enum {
	MARGIN = 8,		/* bytes that one byte may become */
	WORD_GAP = -180		/* thousandths of an em: a blank */
};

struct out {
	uint8_t *to;
	size_t n;
};

static void
put(struct out *out, uint8_t c)
{
	out->to[out->n++] = c;
}

void
pdf_text_begin(struct pdf_text *x, struct tap *from, bool objects)
{
	*x = (struct pdf_text){ .from = from, .objects = objects,
		.nibble = -1 };
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' ||
		c == '\f' || c == 0;
}

static bool
is_delimiter(uint8_t c)
{
	return c && strchr("()<>[]{}/%", c);
}

static void
tell(struct pdf_text *x, enum pdf_kind kind)
{
	if (x->on_token && !x->stopped)
		x->stopped = x->on_token(x->of, kind, span_of(x->token, x->n));
	x->n = 0;
}

/* A content before its first text: nothing is decoded. */
static bool
is_raw(const struct pdf_text *x)
{
	return !x->objects && !x->text;
}

/* ---- content: what stands between the strings that are shown ---- */

static void
keep_number(struct pdf_text *x)
{
	char *to = x->numbers[x->nnumbers++ % PDF_NUMBERS];
	size_t n = x->n < PDF_NUMBER - 1 ? x->n : PDF_NUMBER - 1;

	memcpy(to, x->token, n);
	to[n] = 0;
	if (x->array && !x->gap && strtol(to, NULL, 10) < WORD_GAP)
		x->gap = ' ';
}

/* The last number but `back`. */
static const char *
number(const struct pdf_text *x, unsigned back)
{
	return back < x->nnumbers ?
		x->numbers[(x->nnumbers - 1 - back) % PDF_NUMBERS] : "";
}

/* To another line, or on in this one. */
static void
move(struct pdf_text *x, bool line)
{
	if (line)
		x->gap = '\n';
	else if (!x->gap)
		x->gap = ' ';
}

static void
operate(struct pdf_text *x)
{
	struct span op = span_of(x->token, x->n);

	if (span_equal(op, span_str("Td")) || span_equal(op, span_str("TD"))) {
		move(x, strtod(number(x, 0), NULL) != 0);
	} else if (span_equal(op, span_str("Tm"))) {
		move(x, strcmp(number(x, 0), x->line) != 0);
		memcpy(x->line, number(x, 0), strlen(number(x, 0)) + 1);
	} else if (span_equal(op, span_str("T*")) ||
		span_equal(op, span_str("'")) ||
		span_equal(op, span_str("\""))) {
		move(x, true);
	}
	x->nnumbers = 0;
}

static bool
is_number(const struct pdf_text *x)
{
	uint8_t c = x->token[0];

	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

/* ---- tokens ---- */

static void
end_word(struct pdf_text *x, struct out *out)
{
	bool name = x->n && x->token[0] == '/';

	if (!x->n)
		return;
	if (x->text && !name && is_number(x))
		keep_number(x);
	else if (x->text && !name)
		operate(x);
	else if (!x->objects && span_equal(span_of(x->token, x->n),
		span_str("BT")))
		x->text = true;
	tell(x, name ? PDF_NAME : PDF_WORD);
}

static void
begin_string(struct pdf_text *x, struct out *out, uint8_t c)
{
	if (!x->text) {
		put(out, c);
	} else if (x->gap) {
		put(out, x->gap);
	}
	x->gap = 0;
	x->parens = 1;
	x->escaped = false;
	x->digits = 0;
	x->nibble = -1;
	x->state = c == '(' ? PDF_IN_STRING : PDF_IN_HEX;
}

static void
end_string(struct pdf_text *x, struct out *out, uint8_t c)
{
	if (x->objects || !x->text)
		put(out, c);
	x->state = PDF_PLAIN;
	tell(x, PDF_STRING);
}

/* ---- strings ---- */

static void
unescape(struct pdf_text *x, struct out *out, uint8_t c)
{
	static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
	const char *p = c ? strchr(names, c) : NULL;

	x->escaped = false;
	if (c >= '0' && c <= '7') {
		x->octal = c - '0';
		x->digits = 1;
	} else if (c != '\r' && c != '\n') {	/* else the string goes on */
		put(out, p ? (uint8_t)bytes[p - names] : c);
	}
}

static void
in_raw_string(struct pdf_text *x, struct out *out, uint8_t c)
{
	put(out, c);
	x->parens += !x->escaped && c == '(';
	if (!x->escaped && c == ')' && --x->parens == 0)
		x->state = PDF_PLAIN;
	x->escaped = !x->escaped && c == '\\';
}

static void
in_string(struct pdf_text *x, struct out *out, uint8_t c)
{
	if (x->digits && x->digits < 3 && c >= '0' && c <= '7') {
		x->octal = x->octal * 8 + (c - '0');
		x->digits++;
		return;
	}
	if (x->digits)
		put(out, (uint8_t)x->octal);
	x->digits = 0;
	if (x->escaped) {
		unescape(x, out, c);
	} else if (c == '\\') {
		x->escaped = true;
	} else if (c == ')' && --x->parens == 0) {
		end_string(x, out, c);
	} else {
		x->parens += c == '(';
		put(out, c);
	}
}

static void
in_hex(struct pdf_text *x, struct out *out, uint8_t c)
{
	int v = codec_hex_value(c);

	if (v >= 0 && x->nibble < 0) {
		x->nibble = v;
	} else if (v >= 0) {
		put(out, (uint8_t)(x->nibble << 4 | v));
		x->nibble = -1;
	} else if (!is_space(c)) {
		if (x->nibble >= 0)
			put(out, (uint8_t)(x->nibble << 4));
		end_string(x, out, c);
	}
}

/* ---- delimiters ---- */

static void
delimiter(struct pdf_text *x, struct out *out, uint8_t c)
{
	bool twin = x->angle;

	x->angle = false;
	switch (c) {
	case '(':
		begin_string(x, out, c);
		return;
	case '<':
		x->state = PDF_ANGLE;
		return;
	case '>':
		x->angle = !twin;
		if (twin)
			tell(x, PDF_CLOSE_DICT);
		break;
	case '[':
		x->array++;
		tell(x, PDF_OPEN_ARRAY);
		break;
	case ']':
		x->array -= x->array > 0;
		tell(x, PDF_CLOSE_ARRAY);
		break;
	case '%':
		x->state = PDF_IN_COMMENT;
		break;
	case '/':
		x->token[x->n++] = c;
		break;
	default:
		break;
	}
	if (!x->text)
		put(out, c);
}

static void
plain(struct pdf_text *x, struct out *out, uint8_t c)
{
	if (is_delimiter(c)) {
		delimiter(x, out, c);
		return;
	}
	x->angle = false;
	if (!is_space(c) && x->n < PDF_TOKEN)
		x->token[x->n++] = c;
	if (!x->text)
		put(out, c);
}

/* What follows a < : another one, or a string. */
static void
behind_angle(struct pdf_text *x, struct out *out, uint8_t c)
{
	x->state = PDF_PLAIN;
	if (c == '<') {
		if (!x->text) {
			put(out, c);
			put(out, c);
		}
		tell(x, PDF_OPEN_DICT);
	} else if (is_raw(x)) {
		put(out, '<');
		plain(x, out, c);
	} else {
		begin_string(x, out, '<');
		in_hex(x, out, c);
	}
}

static void
in_comment(struct pdf_text *x, struct out *out, uint8_t c)
{
	if (c == '\r' || c == '\n') {
		x->state = PDF_PLAIN;
		tell(x, PDF_COMMENT);
		if (x->stopped)
			return;
	} else if (x->n < PDF_TOKEN) {
		x->token[x->n++] = c;
	}
	if (!x->text)
		put(out, c);
}

/* ---- bytes ---- */

/* False: a token that ends before c was the last wanted. */
static bool
take(struct pdf_text *x, struct out *out, uint8_t c)
{
	switch (x->state) {
	case PDF_IN_STRING:
		if (is_raw(x))
			in_raw_string(x, out, c);
		else
			in_string(x, out, c);
		break;
	case PDF_IN_HEX:
		in_hex(x, out, c);
		break;
	case PDF_IN_COMMENT:
		in_comment(x, out, c);
		break;
	case PDF_ANGLE:
		behind_angle(x, out, c);
		break;
	default:
		if (is_space(c) || is_delimiter(c))
			end_word(x, out);
		if (x->stopped)
			return false;
		plain(x, out, c);
	}
	return true;
}

static void
end(struct pdf_text *x, struct out *out)
{
	if (x->state == PDF_PLAIN)
		end_word(x, out);
	else if (x->state == PDF_IN_STRING && x->digits)
		put(out, (uint8_t)x->octal);
	else if (x->state == PDF_IN_COMMENT)
		tell(x, PDF_COMMENT);
	x->stopped = true;
}

size_t
pdf_text_read(struct pdf_text *x, uint8_t *to, size_t n)
{
	struct out out = { .to = to };

	while (!x->stopped && !out.n) {
		struct span s = tap_look(x->from, 1);
		size_t i = 0;

		if (!s.len)
			end(x, &out);
		while (!x->stopped && i < s.len && out.n + MARGIN <= n &&
			take(x, &out, s.ptr[i])) {
			i++;
			x->at++;
		}
		if (x->on_bytes)
			x->on_bytes(x->of, span_of(s.ptr, i));
		tap_inside(x->from, i);
	}
	return out.n;
}
