/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deflate.c - gzip (RFC 1952), zlib (RFC 1950: loose objects of git) and bare
 * deflate (RFC 1951), by zlib.
 */
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "unwrap/decoder.h"

enum { GZIP_WINDOW = 16 + 15, ZLIB_WINDOW = 15, BARE_WINDOW = -15 };

static void *
open_window(int bits)
{
	z_stream *z = calloc(1, sizeof *z);

	if (z && inflateInit2(z, bits) != Z_OK) {
		free(z);
		return NULL;
	}
	return z;
}

static void *
open_gzip(size_t memory)
{
	return open_window(GZIP_WINDOW);
}

static void *
open_zlib(size_t memory)
{
	return open_window(ZLIB_WINDOW);
}

static void *
open_bare(size_t memory)
{
	return open_window(BARE_WINDOW);
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	z_stream *z = self;
	size_t most = in->len < UINT_MAX ? in->len : UINT_MAX;
	int r;

	z->next_in = (Bytef *)in->ptr;
	z->avail_in = (uInt)most;
	z->next_out = to;
	z->avail_out = (uInt)n;
	r = inflate(z, Z_NO_FLUSH);
	*in = span_skip(*in, most - z->avail_in);
	*got = n - z->avail_out;
	switch (r) {
	case Z_OK:
	case Z_BUF_ERROR:
		return CODEC_MORE;
	case Z_STREAM_END:
		return CODEC_END;
	case Z_MEM_ERROR:
		return CODEC_NOMEM;
	default:
		return z->msg && (strstr(z->msg, "data check") ||
			strstr(z->msg, "length check")) ? CODEC_CHECKSUM :
			CODEC_DAMAGED;
	}
}

static void
shut(void *self)
{
	inflateEnd(self);
	free(self);
}

/* Of the flags the upper three are reserved. */
static bool
is_gzip(struct span head)
{
	return span_starts(head, "\x1f\x8b\x08") && head.len > 9 &&
		!(head.ptr[3] & 0xe0);
}

const struct codec decoder_gzip = {
	.is = is_gzip, .open = open_gzip, .step = step, .close = shut,
	.prompt = true,
};

/* Two bytes are no magic number: it must be possible to decode it, too. */
static bool
is_zlib(struct span head)
{
	return head.len > 6 && (head.ptr[0] & 0x8f) == 8 &&
		!(head.ptr[1] & 0x20) &&
		(head.ptr[0] << 8 | head.ptr[1]) % 31 == 0 &&
		decoder_probe(&decoder_zlib, head);
}

const struct codec decoder_zlib = {
	.is = is_zlib, .open = open_zlib, .step = step, .close = shut,
	.prompt = true,
};

const struct codec decoder_deflate = {
	.open = open_bare, .step = step, .close = shut,
};
