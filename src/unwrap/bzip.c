/* SPDX-License-Identifier: Apache-2.0 */
/* bzip.c - bzip2, by libbz2. */
#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

#include "unwrap/decoder.h"

enum { MOST_HELD = 4 * 1024 * 1024 };

static void *
open_bzip2(size_t memory)
{
	bz_stream *z = memory < MOST_HELD ? NULL : calloc(1, sizeof *z);

	if (z && BZ2_bzDecompressInit(z, 0, 0) != BZ_OK) {
		free(z);
		return NULL;
	}
	return z;
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	bz_stream *z = self;
	size_t most = in->len < UINT_MAX ? in->len : UINT_MAX;
	int r;

	z->next_in = (char *)in->ptr;
	z->avail_in = (unsigned)most;
	z->next_out = (char *)to;
	z->avail_out = (unsigned)n;
	r = BZ2_bzDecompress(z);
	*in = span_skip(*in, most - z->avail_in);
	*got = n - z->avail_out;
	switch (r) {
	case BZ_OK:
		return CODEC_MORE;
	case BZ_STREAM_END:
		return CODEC_END;
	case BZ_MEM_ERROR:
		return CODEC_NOMEM;
	case BZ_DATA_ERROR:
		return CODEC_DAMAGED;
	default:
		return CODEC_DAMAGED;
	}
}

static size_t
held(const void *self)
{
	return MOST_HELD;
}

static void
shut(void *self)
{
	BZ2_bzDecompressEnd(self);
	free(self);
}

/* A block of data, or the end at once. */
static bool
is_bzip2(struct span head)
{
	return head.len >= 10 && span_starts(head, "BZh") &&
		head.ptr[3] >= '1' && head.ptr[3] <= '9' &&
		(!memcmp(head.ptr + 4, "1AY&SY", 6) ||
		!memcmp(head.ptr + 4, "\x17\x72\x45\x38\x50\x90", 6));
}

const struct codec decoder_bzip2 = {
	.is = is_bzip2, .open = open_bzip2, .step = step, .close = shut,
	.memory = held,
};
