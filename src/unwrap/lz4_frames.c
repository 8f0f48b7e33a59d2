/* SPDX-License-Identifier: Apache-2.0 */
/* lz4_frames.c - frames of lz4, by liblz4. */
#include <lz4frame.h>
#include <stdlib.h>

#include "unwrap/decoder.h"

enum { MOST_HELD = 9 * 1024 * 1024 };	/* two blocks of 4 MiB */

static void *
open_lz4(size_t memory)
{
	LZ4F_dctx *z;

	return memory < MOST_HELD || LZ4F_isError(
		LZ4F_createDecompressionContext(&z, LZ4F_VERSION)) ? NULL : z;
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	size_t used = in->len, r;

	*got = n;
	r = LZ4F_decompress(self, to, got, in->ptr, &used, NULL);
	if (!LZ4F_isError(r)) {
		*in = span_skip(*in, used);
		return r == 0 ? CODEC_END : CODEC_MORE;
	}
	*got = 0;
	return strstr(LZ4F_getErrorName(r), "hecksum") ? CODEC_CHECKSUM :
		CODEC_DAMAGED;
}

static size_t
held(const void *self)
{
	return MOST_HELD;
}

static void
shut(void *self)
{
	LZ4F_freeDecompressionContext(self);
}

/* The version, in the flags behind the magic number, is 1. */
static bool
is_lz4(struct span head)
{
	size_t n = decoder_skippable(head);

	if (n && n < head.len)
		head = span_skip(head, n);
	return span_starts(head, "\x04\x22\x4d\x18") && head.len >= 7 &&
		(head.ptr[4] & 0xc0) == 0x40;
}

const struct codec decoder_lz4 = {
	.is = is_lz4, .open = open_lz4, .step = step, .close = shut,
	.memory = held, .skips = true,
};
