/* SPDX-License-Identifier: Apache-2.0 */
/* lzma_streams.c - xz, the older lzma, and lzip, by liblzma. */
#include <lzma.h>
#include <stdlib.h>

#include "unwrap/decoder.h"

enum { ALONE_HEADER = 13 };

static lzma_ret
begin_xz(lzma_stream *z, uint64_t memory)
{
	return lzma_stream_decoder(z, memory, LZMA_TELL_UNSUPPORTED_CHECK);
}

static lzma_ret
begin_alone(lzma_stream *z, uint64_t memory)
{
	return lzma_alone_decoder(z, memory);
}

static lzma_ret
begin_lzip(lzma_stream *z, uint64_t memory)
{
	return lzma_lzip_decoder(z, memory, 0);
}

static void *
open_by(lzma_ret (*begin)(lzma_stream *, uint64_t), size_t memory)
{
	lzma_stream *z = calloc(1, sizeof *z);

	if (!z)
		return NULL;
	*z = (lzma_stream)LZMA_STREAM_INIT;
	if (begin(z, memory) == LZMA_OK)
		return z;
	free(z);
	return NULL;
}

static void *
open_xz(size_t memory)
{
	return open_by(begin_xz, memory);
}

static void *
open_alone(size_t memory)
{
	return open_by(begin_alone, memory);
}

static void *
open_lzip(size_t memory)
{
	return open_by(begin_lzip, memory);
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	lzma_stream *z = self;
	lzma_ret r;

	z->next_in = in->ptr;
	z->avail_in = in->len;
	z->next_out = to;
	z->avail_out = n;
	r = lzma_code(z, LZMA_RUN);
	*in = span_skip(*in, in->len - z->avail_in);
	*got = n - z->avail_out;
	switch (r) {
	case LZMA_OK:
	case LZMA_BUF_ERROR:
	case LZMA_UNSUPPORTED_CHECK:	/* decoded all the same */
		return CODEC_MORE;
	case LZMA_STREAM_END:
		return CODEC_END;
	case LZMA_MEMLIMIT_ERROR:
		return CODEC_MEMORY;
	case LZMA_MEM_ERROR:
		return CODEC_NOMEM;
	default:
		return CODEC_DAMAGED;
	}
}

static size_t
held(const void *self)
{
	return (size_t)lzma_memusage(self);
}

static void
shut(void *self)
{
	lzma_end(self);
	free(self);
}

static bool
is_xz(struct span head)
{
	return head.len >= 6 && !memcmp(head.ptr, "\xfd" "7zXZ\0", 6);
}

static bool
is_lzip(struct span head)
{
	return head.len >= 6 && !memcmp(head.ptr, "LZIP", 4) &&
		head.ptr[4] <= 1;
}

/*
 * There is no magic number: the usual properties, a dictionary as encoders
 * make them (2^n, or half as much again), a size that is unknown or sane.
 */
static bool
is_alone(struct span head)
{
	uint32_t dictionary;
	uint64_t size = 0;

	if (head.len < ALONE_HEADER || head.ptr[0] != 0x5d)
		return false;
	dictionary = head.ptr[1] | (uint32_t)head.ptr[2] << 8 |
		(uint32_t)head.ptr[3] << 16 | (uint32_t)head.ptr[4] << 24;
	for (int i = 0; i < 8; i++)
		size |= (uint64_t)head.ptr[5 + i] << 8 * i;
	if (dictionary < 4096 || (size != UINT64_MAX && size >> 38))
		return false;
	while (!(dictionary & 1))
		dictionary >>= 1;
	return dictionary == 1 || dictionary == 3;
}

const struct codec decoder_xz = {
	.is = is_xz, .open = open_xz, .step = step, .close = shut,
	.memory = held,
};

const struct codec decoder_lzma = {
	.is = is_alone, .open = open_alone, .step = step, .close = shut,
	.memory = held,
};

const struct codec decoder_lzip = {
	.is = is_lzip, .open = open_lzip, .step = step, .close = shut,
	.memory = held,
};
