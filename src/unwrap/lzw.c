/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lzw.c - what compress(1) made: LZW with codes of 9 to 16 bits.  No library
 * of Debian has it.  The format has neither length nor checksum: that its end
 * is missing cannot be seen.
 *
 * A stream is 1f 9d, a byte with the most bits of a code (and 80: the table
 * can be emptied by code 256), and codes, least bit first.  Eight codes
 * of one width are a group; when the width changes the rest of the group is
 * left out.
 */
#include <stdlib.h>

#include "unwrap/decoder.h"

enum {
	HEADER = 3, BITS_LEAST = 9, BITS_MOST = 16, CLEAR = 256,
	TABLE = 1 << BITS_MOST, NONE = -1
};

struct lzw {
	uint8_t head[HEADER];
	size_t nhead;
	unsigned most, width;	/* bits of a code */
	bool clears;
	uint32_t bits;		/* read, and not used yet ... */
	unsigned nbits;		/* ... so many */
	unsigned group;		/* codes of this width so far */
	int skip;		/* bits to leave out */
	int before;		/* the code before this; NONE */
	uint8_t first;		/* the first byte of its string */
	unsigned next;		/* code to be defined */
	uint16_t prefix[TABLE];
	uint8_t last[TABLE];
	uint8_t out[TABLE];	/* a string, from its end, to be given out */
	size_t nout;
};

static void *
open_lzw(size_t memory)
{
	struct lzw *z = calloc(1, sizeof *z);

	if (z)
		z->before = NONE;
	return z;
}

static bool
take_header(struct lzw *z, struct span *in)
{
	while (z->nhead < HEADER && in->len) {
		z->head[z->nhead++] = in->ptr[0];
		*in = span_skip(*in, 1);
	}
	if (z->nhead < HEADER || z->most)
		return true;
	z->most = z->head[2] & 31;
	z->clears = z->head[2] & 128;
	z->width = BITS_LEAST;
	z->next = z->clears ? CLEAR + 1 : CLEAR;
	for (unsigned i = 0; i < CLEAR; i++)
		z->last[i] = (uint8_t)i;
	return z->most >= BITS_LEAST && z->most <= BITS_MOST;
}

static void
set_width(struct lzw *z, unsigned width)
{
	z->skip = (int)((8 - z->group % 8) % 8 * z->width);
	z->group = 0;
	z->width = width;
}

/* False: there are not enough bits yet. */
static bool
next_code(struct lzw *z, struct span *in, unsigned *code)
{
	while (z->skip > 0 || z->nbits < z->width) {
		if (z->skip > 0 && z->nbits) {
			unsigned n = (unsigned)z->skip < z->nbits ?
				(unsigned)z->skip : z->nbits;
			z->bits >>= n;
			z->nbits -= n;
			z->skip -= (int)n;
			continue;
		}
		if (!in->len)
			return false;
		z->bits |= (uint32_t)in->ptr[0] << z->nbits;
		z->nbits += 8;
		*in = span_skip(*in, 1);
	}
	*code = z->bits & ((1u << z->width) - 1);
	z->bits >>= z->width;
	z->nbits -= z->width;
	z->group++;
	return true;
}

/* The string of a code into out, and the new entry; false: no such code. */
static bool
expand(struct lzw *z, unsigned code)
{
	unsigned c = code;

	z->nout = 0;
	if (code > z->next || (code == z->next && z->before == NONE))
		return false;
	if (code == z->next) {	/* the string before, and its first byte */
		z->out[z->nout++] = z->first;
		c = (unsigned)z->before;
	}
	while (c >= CLEAR && z->nout < TABLE - 1) {
		z->out[z->nout++] = z->last[c];
		c = z->prefix[c];
	}
	if (c >= CLEAR)
		return false;
	z->out[z->nout++] = z->first = (uint8_t)c;
	if (z->before != NONE && z->next < 1u << z->most) {
		z->prefix[z->next] = (uint16_t)z->before;
		z->last[z->next++] = z->first;
	}
	z->before = (int)code;
	return true;
}

static void
empty(struct lzw *z)
{
	set_width(z, BITS_LEAST);
	z->next = CLEAR + 1;
	z->before = NONE;
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	struct lzw *z = self;
	unsigned code;

	*got = 0;
	if (!take_header(z, in))
		return CODEC_DAMAGED;
	while (z->nhead == HEADER && *got < n) {
		if (z->nout) {
			to[(*got)++] = z->out[--z->nout];
			continue;
		}
		if (z->next >= 1u << z->width && z->width < z->most)
			set_width(z, z->width + 1);
		if (!next_code(z, in, &code))
			break;
		if (code == CLEAR && z->clears)
			empty(z);
		else if (!expand(z, code))
			return CODEC_DAMAGED;
	}
	return CODEC_MORE;
}

static void
shut(void *self)
{
	explicit_bzero(self, sizeof(struct lzw));
	free(self);
}

static bool
is_lzw(struct span head)
{
	return head.len > HEADER && span_starts(head, "\x1f\x9d") &&
		!(head.ptr[2] & 0x60) && (head.ptr[2] & 31) >= BITS_LEAST &&
		(head.ptr[2] & 31) <= BITS_MOST;
}

const struct codec decoder_compress = {
	.is = is_lzw, .open = open_lzw, .step = step, .close = shut,
	.endless = true,
};
