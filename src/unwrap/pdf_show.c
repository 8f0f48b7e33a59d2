/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_show.c - the syntax of contents and CMaps.  pdf_text.c reads the same
 * bytes, and gives them out as they are.
 */
#include "unwrap/pdf_show.h"

#include <stdlib.h>

#include "base/codec.h"
#include "unwrap/pdf_fonts.h"

enum {
	MOST = 1000000,		/* thousandths that are told apart */
	HEAD = 1 + sizeof(uint32_t)	/* of a text in the log */
};

void
pdf_show_init(struct pdf_show *s, struct pdf_held *held)
{
	*s = (struct pdf_show){ .held = held };
	buf_init(&s->log, PDF_HELD);
	buf_init(&s->operand, PDF_HELD);
}

void
pdf_show_free(struct pdf_show *s)
{
	pdf_held_free(s->held, &s->log);
	pdf_held_free(s->held, &s->operand);
}

/* ---- the log ---- */

static void
note(struct pdf_show *s, struct buf *b, enum pdf_tag tag, const void *p,
	size_t n)
{
	uint8_t record[1 + sizeof(uint64_t)] = { (uint8_t)tag };

	if (n)
		memcpy(record + 1, p, n);
	if (!pdf_held_add(s->held, b, record, 1 + n))
		s->over = true;
}

static int32_t
thousandths(double v)
{
	/* Not a number is not less, either. */
	if (!(v < MOST))
		return MOST;
	return v > -MOST ? (int32_t)v : -MOST;
}

static void
note_font(struct pdf_show *s)
{
	const struct pdf_state *now = &s->moves.now;
	int32_t spacing = now->spacing != 0 ?
		thousandths(now->spacing / now->size * 1000) : 0;

	if (!s->any || now->font != s->font)
		note(s, &s->log, PDF_TAG_FONT, &now->font, sizeof now->font);
	if (spacing != s->spacing)
		note(s, &s->log, PDF_TAG_SPACING, &spacing, sizeof spacing);
	s->font = now->font;
	s->spacing = spacing;
}

/* All of it or nothing. */
static void
show(struct pdf_show *s)
{
	const struct { uint64_t font; int32_t spacing; } was = { s->font,
		s->spacing };
	size_t before = s->log.len;
	int32_t by;
	enum pdf_move move;

	if (!s->text || (!s->operand.len && !s->over))
		return;
	move = pdf_moves_show(&s->moves, &by);
	if (s->lost || s->log.len + s->operand.len > PDF_LOG)
		s->over = true;
	if (!s->over && move == PDF_NEXT_LINE)
		note(s, &s->log, PDF_TAG_LINE, NULL, 0);
	else if (!s->over && move == PDF_MOVES)
		note(s, &s->log, PDF_TAG_MOVE, &by, sizeof by);
	if (!s->over)
		note_font(s);
	if (s->over || !pdf_held_add(s->held, &s->log, s->operand.ptr,
		s->operand.len)) {
		s->log.len = before;
		s->font = was.font;
		s->spacing = was.spacing;
		s->unsaid = true;
		return;
	}
	s->any = true;
	s->guessed = s->guessed || !s->chosen;
}

/* ---- operators ---- */

static void
choose(struct pdf_show *s)
{
	s->moves.now.font = s->name;
	s->chosen = true;
}

static void
operate(struct pdf_show *s, struct span op)
{
	pdf_cmap_word(&s->cmap, op);
	pdf_moves_operate(&s->moves, op, s->numbers + 6 - s->nnumbers,
		s->nnumbers);
	if (span_equal(op, span_str("BT")))
		s->text = true;
	else if (span_equal(op, span_str("Tf")))
		choose(s);
	else if (span_equal(op, span_str("ID")))
		s->state = SHOW_IMAGE;
	else if (span_equal(op, span_str("Tj")) ||
		span_equal(op, span_str("TJ")) ||
		span_equal(op, span_str("'")) ||
		span_equal(op, span_str("\"")))
		show(s);
	s->operand.len = 0;
	s->over = false;
	s->nnumbers = 0;
	s->array = 0;
	memset(s->before, ' ', sizeof s->before);
}

static void
note_kern(struct pdf_show *s, double v)
{
	int32_t by = thousandths(v);

	if (s->operand.len < PDF_OPERAND)
		note(s, &s->operand, PDF_TAG_KERN, &by, sizeof by);
	else
		s->over = true;
}

static void
keep_number(struct pdf_show *s)
{
	char text[PDF_TOKEN + 1];
	double v;

	memcpy(text, s->token, s->n);
	text[s->n] = 0;
	v = strtod(text, NULL);
	memmove(s->numbers, s->numbers + 1, 5 * sizeof *s->numbers);
	s->numbers[5] = v;
	s->nnumbers += s->nnumbers < 6;
	if (s->array && s->operand.len && !pdf_cmap_wants(&s->cmap))
		note_kern(s, v);
}

static void
end_word(struct pdf_show *s)
{
	uint8_t c = s->token[0];

	if (!s->n)
		return;
	if (c == '/')
		s->name = pdf_fonts_name(span_of(s->token + 1, s->n - 1));
	else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.')
		keep_number(s);
	else
		operate(s, span_of(s->token, s->n));
	s->n = 0;
}

/* ---- strings ---- */

static void
put(struct pdf_show *s, uint8_t c)
{
	if (s->operand.len >= PDF_OPERAND ||
		!pdf_held_add(s->held, &s->operand, &c, 1))
		s->over = true;
}

static void
begin_string(struct pdf_show *s, int state)
{
	const uint32_t none = 0;

	s->string = s->operand.len;
	note(s, &s->operand, PDF_TAG_TEXT, &none, sizeof none);
	s->parens = 1;
	s->escaped = false;
	s->digits = 0;
	s->nibble = -1;
	s->state = state;
}

static void
end_string(struct pdf_show *s)
{
	uint32_t n;

	s->state = SHOW_PLAIN;
	if (s->over || s->operand.len < s->string + HEAD)
		return;
	n = (uint32_t)(s->operand.len - s->string - HEAD);
	memcpy(s->operand.ptr + s->string + 1, &n, sizeof n);
	if (!pdf_cmap_wants(&s->cmap))
		return;
	pdf_cmap_string(&s->cmap,
		span_of(s->operand.ptr + s->string + HEAD, n));
	s->operand.len = s->string;
}

static void
unescape(struct pdf_show *s, uint8_t c)
{
	static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
	const char *p = c ? strchr(names, c) : NULL;

	s->escaped = false;
	if (c >= '0' && c <= '7') {
		s->octal = c - '0';
		s->digits = 1;
	} else if (c == '\r') {			/* and a \n */
		s->digits = 4;
	} else if (c != '\n') {
		put(s, p ? (uint8_t)bytes[p - names] : c);
	}
}

static void
in_string(struct pdf_show *s, uint8_t c)
{
	unsigned digits = s->digits;

	if (digits && digits < 3 && c >= '0' && c <= '7') {
		s->octal = s->octal * 8 + (c - '0');
		s->digits++;
		return;
	}
	s->digits = 0;
	if (digits == 4 && c == '\n')
		return;
	if (digits && digits < 4)
		put(s, (uint8_t)s->octal);
	if (s->escaped) {
		unescape(s, c);
	} else if (c == '\\') {
		s->escaped = true;
	} else if (c == ')' && --s->parens == 0) {
		end_string(s);
	} else {
		s->parens += c == '(';
		put(s, c);
	}
}

static void
in_hex(struct pdf_show *s, uint8_t c)
{
	int v = codec_hex_value(c);

	if (v >= 0 && s->nibble < 0) {
		s->nibble = v;
	} else if (v >= 0) {
		put(s, (uint8_t)(s->nibble << 4 | v));
		s->nibble = -1;
	} else if (c == '>') {
		if (s->nibble >= 0)
			put(s, (uint8_t)(s->nibble << 4));
		end_string(s);
	}
}

/* ---- bytes ---- */

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' ||
		c == '\f' || c == 0;
}

static void
plain(struct pdf_show *s, uint8_t c)
{
	if (is_space(c)) {
		end_word(s);
		return;
	}
	if (!strchr("()<>[]{}/%", c)) {
		if (s->n < PDF_TOKEN)
			s->token[s->n++] = c;
		return;
	}
	end_word(s);
	if (s->state == SHOW_IMAGE)
		return;
	if (c == '(')
		begin_string(s, SHOW_STRING);
	else if (c == '<')
		s->state = SHOW_ANGLE;
	else if (c == '%')
		s->state = SHOW_COMMENT;
	else if (c == '/')
		s->token[s->n++] = c;
	else if (c == '[' || c == ']')
		pdf_cmap_array(&s->cmap, c == '[');
	if (c == '[')
		s->array = 1;
	else if (c == ']')
		s->array = 0;
}

/* A picture in the midst of a content ends with EI between blanks. */
static void
in_image(struct pdf_show *s, uint8_t c)
{
	uint8_t *b = s->before;

	if (is_space(b[0]) && b[1] == 'E' && b[2] == 'I' && is_space(c))
		s->state = SHOW_PLAIN;
	b[0] = b[1];
	b[1] = b[2];
	b[2] = c;
}

static void
take(struct pdf_show *s, uint8_t c)
{
	switch (s->state) {
	case SHOW_STRING:
		in_string(s, c);
		break;
	case SHOW_HEX:
		in_hex(s, c);
		break;
	case SHOW_COMMENT:
		if (c == '\r' || c == '\n')
			s->state = SHOW_PLAIN;
		break;
	case SHOW_IMAGE:
		in_image(s, c);
		break;
	case SHOW_ANGLE:
		s->state = SHOW_PLAIN;
		if (c == '<')		/* a dictionary: its strings are none */
			break;
		begin_string(s, SHOW_HEX);
		in_hex(s, c);
		break;
	default:
		plain(s, c);
	}
}

/* ---- a stream ---- */

void
pdf_show_begin(struct pdf_show *s, struct pdf_maps *maps, uint64_t object)
{
	pdf_cmap_begin(&s->cmap, maps, object);
	pdf_moves_begin(&s->moves);
	s->begin = s->log.len;
	s->any = s->text = s->over = s->escaped = s->chosen = false;
	s->state = SHOW_PLAIN;
	s->n = s->nnumbers = 0;
	s->array = s->digits = 0;
	s->spacing = 0;
	s->operand.len = 0;
	note(s, &s->log, PDF_TAG_STREAM, &object, sizeof object);
	s->lost = s->over;
	s->over = false;
}

void
pdf_show_bytes(struct pdf_show *s, struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		take(s, bytes.ptr[i]);
}

void
pdf_show_end(struct pdf_show *s)
{
	if (s->state == SHOW_PLAIN)
		end_word(s);
	pdf_cmap_end(&s->cmap);
	if (!s->any)
		s->log.len = s->begin;
	s->operand.len = 0;
}
