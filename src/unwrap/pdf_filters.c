/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_filters.c - ASCIIHex, ASCII85, RunLength and LZW of PDF. */
#include "unwrap/pdf_filters.h"

#include <stdlib.h>

#include "base/codec.h"

enum { LZW_CLEAR = 256, LZW_END = 257, LZW_FIRST = 258, LZW_WIDTH = 9 };

static const char damaged[] = "damaged: what follows was scanned as it is";

/* The next byte of its source; -1: there is none. */
static int
next_byte(struct pdf_filtered *f)
{
	struct span s = tap_look(f->from, 1);
	int c = s.len ? s.ptr[0] : -1;

	if (c >= 0)
		tap_inside(f->from, 1);
	return c;
}

static size_t
fail(struct pdf_filtered *f, struct tap *t)
{
	f->ended = true;
	t->broken = damaged;
	t->why = STANCH_GAP_CORRUPT;
	return 0;
}

static bool
is_blank(int c)
{
	return c == 0 || (c >= 9 && c <= 13) || c == ' ';
}

/* ---- ASCIIHex ---- */

static size_t
give_hex(struct pdf_filtered *f, struct tap *t, uint8_t *to, size_t n)
{
	int half = -1, c = 0, v;

	while (c >= 0) {
		c = next_byte(f);
		v = c < 0 ? -1 : codec_hex_value((uint8_t)c);
		if (v >= 0 && half >= 0) {
			*to = (uint8_t)(half << 4 | v);
			return 1;
		}
		if (v >= 0)
			half = v;
		else if (c == '>')
			break;
		else if (!is_blank(c) && c >= 0)
			return fail(f, t);
	}
	f->ended = true;
	*to = (uint8_t)((half < 0 ? 0 : half) << 4);
	return half >= 0;
}

/* ---- ASCII85 ---- */

/* The next character that is no blank; '~': its end. */
static int
next_of_85(struct pdf_filtered *f)
{
	int c;

	do
		c = next_byte(f);
	while (c >= 0 && is_blank(c));
	if (c == '~')
		(void)next_byte(f);	/* a > */
	return c < 0 ? '~' : c;
}

/* Four bytes of five characters; of fewer, one byte less than there are. */
static bool
read_group(struct pdf_filtered *f)
{
	uint64_t v = 0;
	unsigned n = 0;
	int c = 0;

	while (n < 5 && c != '~') {
		c = next_of_85(f);
		if (c == 'z' && n == 0)
			n = 5;
		else if (c >= '!' && c <= 'u')
			v = v * 85 + (uint64_t)(c - '!'), n++;
		else if (c != '~')
			return false;
	}
	f->ended = c == '~';
	f->given = 0;
	f->ngroup = n ? n - 1 : 0;
	for (; n && n < 5; n++)
		v = v * 85 + 84;
	for (unsigned i = 0; i < 4; i++)
		f->group[i] = (uint8_t)(v >> (24 - 8 * i));
	return v <= UINT32_MAX;
}

static size_t
give_85(struct pdf_filtered *f, struct tap *t, uint8_t *to, size_t n)
{
	if (f->given == f->ngroup && f->ended)
		return 0;
	if (f->given == f->ngroup && !read_group(f))
		return fail(f, t);
	if (f->given == f->ngroup)
		return 0;
	*to = f->group[f->given++];
	return 1;
}

/* ---- RunLength ---- */

static size_t
give_run(struct pdf_filtered *f, struct tap *t, uint8_t *to, size_t n)
{
	int c;

	if (!f->run) {
		c = next_byte(f);
		if (c < 0 || c == 128) {
			f->ended = true;
			return 0;
		}
		f->run = c < 128 ? (unsigned)c + 1 : 257 - (unsigned)c;
		f->same = c < 128 ? -1 : next_byte(f);
		if (c > 128 && f->same < 0)
			return fail(f, t);
	}
	c = f->same >= 0 ? f->same : next_byte(f);
	if (c < 0)
		return fail(f, t);
	f->run--;
	*to = (uint8_t)c;
	return 1;
}

/* ---- LZW, the most significant bit first ---- */

static void
clear(struct pdf_lzw *z)
{
	z->next = LZW_FIRST;
	z->width = LZW_WIDTH;
	z->code = -1;
}

/* -1: there is none. */
static int
next_code(struct pdf_filtered *f)
{
	int c;

	while (f->nbits < f->lzw->width) {
		c = next_byte(f);
		if (c < 0)
			return -1;
		f->bits = f->bits << 8 | (uint32_t)c;
		f->nbits += 8;
	}
	f->nbits -= f->lzw->width;
	return (int)(f->bits >> f->nbits & ((1U << f->lzw->width) - 1));
}

/* The bytes of a code onto the stack; the first of them. */
static uint8_t
push(struct pdf_lzw *z, unsigned code)
{
	while (code >= LZW_FIRST) {
		z->stack[z->nstack++] = z->last[code];
		code = z->before[code];
	}
	z->stack[z->nstack++] = (uint8_t)code;
	return (uint8_t)code;
}

/* A code more is known; the width grows a code early. */
static void
learn(struct pdf_lzw *z, uint8_t first)
{
	if (z->code < 0 || z->next == PDF_LZW_CODES)
		return;
	z->before[z->next] = (uint16_t)z->code;
	z->last[z->next++] = first;
	if (z->next + 1 >= 1U << z->width && z->width < 12)
		z->width++;
}

static uint8_t
first_of(const struct pdf_lzw *z, unsigned code)
{
	while (code >= LZW_FIRST)
		code = z->before[code];
	return (uint8_t)code;
}

static size_t
give_lzw(struct pdf_filtered *f, struct tap *t, uint8_t *to, size_t n)
{
	struct pdf_lzw *z = f->lzw;
	int code;

	if (!z->nstack) {
		code = next_code(f);
		if (code == LZW_CLEAR) {
			clear(z);
			return 0;
		}
		if (code < 0 || code == LZW_END) {
			f->ended = true;
			return 0;
		}
		if (code > LZW_END && (z->code < 0 ||
			(unsigned)code > z->next || code >= PDF_LZW_CODES))
			return fail(f, t);
		learn(z, first_of(z, (unsigned)code == z->next ?
			(unsigned)z->code : (unsigned)code));
		if (code > LZW_END && (unsigned)code >= z->next)
			return fail(f, t);
		push(z, (unsigned)code);
		z->code = code;
	}
	*to = z->stack[--z->nstack];
	return 1;
}

/* ---- all of them ---- */

typedef size_t give_fn(struct pdf_filtered *f, struct tap *t, uint8_t *to,
	size_t n);

static size_t
fill(struct tap *t, uint8_t *to, size_t n, give_fn *give)
{
	struct pdf_filtered *f = t->of;
	size_t got = 0;

	while (got < n && !f->u->stopped && !t->broken &&
		(!f->ended || f->given < f->ngroup))
		got += give(f, t, to + got, n - got);
	if (got && !unwrap_decoded(f->u, got))
		f->ended = true;
	return got;
}

static size_t
fill_hex(struct tap *t, uint8_t *to, size_t n)
{
	return fill(t, to, n, give_hex);
}

static size_t
fill_85(struct tap *t, uint8_t *to, size_t n)
{
	return fill(t, to, n, give_85);
}

static size_t
fill_run(struct tap *t, uint8_t *to, size_t n)
{
	return fill(t, to, n, give_run);
}

static size_t
fill_lzw(struct tap *t, uint8_t *to, size_t n)
{
	return fill(t, to, n, give_lzw);
}

bool
pdf_filters_open(struct pdf_filtered *f, struct tap *t, uint8_t *room,
	struct unwrap *u, struct tap *from, enum pdf_filter filter)
{
	*f = (struct pdf_filtered){ .u = u, .from = from };
	tap_init(t, room, filter == PDF_LZW ? fill_lzw :
		filter == PDF_HEX ? fill_hex :
		filter == PDF_ASCII85 ? fill_85 : fill_run, f);
	if (filter != PDF_LZW)
		return true;
	f->lzw = calloc(1, sizeof *f->lzw);
	if (!f->lzw) {
		u->nomem = u->stopped = true;
		return false;
	}
	clear(f->lzw);
	return true;
}

void
pdf_filters_close(struct pdf_filtered *f)
{
	if (f->lzw)
		explicit_bzero(f->lzw, sizeof *f->lzw);
	free(f->lzw);
}
