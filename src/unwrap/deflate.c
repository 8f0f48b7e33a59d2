/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deflate.c - gzip (RFC 1952), zlib (RFC 1950: loose objects of git) and bare
 * deflate (RFC 1951), by ISA-L, which takes half the time of zlib and works
 * in pieces, which libdeflate does not.
 */
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "unwrap/decoder.h"

/*
 * Where damage is noticed depends by some bytes on how the input comes.  So
 * it comes in pieces that end at multiples of PIECE, however it was read.
 * Behind damage some bytes of its own buffer may come out, which must not be
 * those of anybody else: it begins with zeros.
 */
enum { PIECE = 16 * 1024, AHEAD = 8 };

struct deflate {
	struct inflate_state z;
	uint64_t taken;		/* of the input, with what was read ahead */
};

static void *
open_kind(uint32_t kind)
{
	struct deflate *d = calloc(1, sizeof *d);

	if (!d)
		return NULL;
	isal_inflate_init(&d->z);
	d->z.crc_flag = kind;
	return d;
}

static void *
open_gzip(size_t memory)
{
	return open_kind(ISAL_GZIP);
}

static void *
open_zlib(size_t memory)
{
	return open_kind(ISAL_ZLIB);
}

static void *
open_bare(size_t memory)
{
	return open_kind(ISAL_DEFLATE);
}

/* Whole bytes that were read ahead, and are not used yet. */
static size_t
ahead(const struct inflate_state *z)
{
	return z->read_in_length > 0 ? (size_t)z->read_in_length / 8 : 0;
}

/* What it has read ahead stays with the caller, who may need it when the
   stream ends: so in begins with it the next time. */
static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	struct deflate *d = self;
	struct inflate_state *z = &d->z;
	size_t had = ahead(z), most = in->len - had;
	int r;

	if (most > PIECE - d->taken % PIECE)
		most = PIECE - d->taken % PIECE;
	z->next_in = (uint8_t *)in->ptr + had;
	z->avail_in = (uint32_t)most;
	z->next_out = to;
	z->avail_out = (uint32_t)n;
	r = isal_inflate(z);
	*got = n - z->avail_out;
	d->taken += most - z->avail_in;
	*in = span_skip(*in, had + most - z->avail_in - ahead(z));
	if (r == ISAL_DECOMP_OK)
		return z->block_state == ISAL_BLOCK_FINISH ? CODEC_END :
			CODEC_MORE;
	return r == ISAL_INCORRECT_CHECKSUM ? CODEC_CHECKSUM : CODEC_DAMAGED;
}

/* Of the flags the upper three are reserved. */
static bool
is_gzip(struct span head)
{
	return span_starts(head, "\x1f\x8b\x08") && head.len > 9 &&
		!(head.ptr[3] & 0xe0);
}

const struct codec decoder_gzip = {
	.is = is_gzip, .open = open_gzip, .step = step, .close = free,
	.prompt = true, .look = PIECE + AHEAD,
};

static bool
is_zlib(struct span head)
{
	return head.len > 6 && (head.ptr[0] & 0x8f) == 8 &&
		!(head.ptr[1] & 0x20) &&
		(head.ptr[0] << 8 | head.ptr[1]) % 31 == 0;
}

/* Two bytes are no magic number. */
const struct codec decoder_zlib = {
	.is = is_zlib, .open = open_zlib, .step = step, .close = free,
	.prompt = true, .doubtful = true, .look = PIECE + AHEAD,
};

const struct codec decoder_deflate = {
	.open = open_bare, .step = step, .close = free,
	.look = PIECE + AHEAD,
};
