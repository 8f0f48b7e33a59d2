/* SPDX-License-Identifier: Apache-2.0 */
/* zstandard.c - zstd (RFC 8878), by libzstd. */
#include <zstd.h>
#include <zstd_errors.h>

#include "unwrap/decoder.h"

enum { WINDOW_LOG_MOST = 27, WINDOW_LOG_LEAST = 10 };

/* The largest window that fits into memory. */
static int
window_log(size_t memory)
{
	int log = WINDOW_LOG_MOST;

	while (log > WINDOW_LOG_LEAST && (size_t)1 << log > memory)
		log--;
	return log;
}

static void *
open_zstd(size_t memory)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();

	if (z)
		ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax,
			window_log(memory));
	return z;
}

static enum codec_state
step(void *self, struct span *in, uint8_t *to, size_t n, size_t *got)
{
	ZSTD_inBuffer from = { in->ptr, in->len, 0 };
	ZSTD_outBuffer out = { to, n, 0 };
	size_t r = ZSTD_decompressStream(self, &out, &from);

	*in = span_skip(*in, from.pos);
	*got = out.pos;
	if (!ZSTD_isError(r))
		return r == 0 ? CODEC_END : CODEC_MORE;
	switch (ZSTD_getErrorCode(r)) {
	case ZSTD_error_checksum_wrong:
		return CODEC_CHECKSUM;
	case ZSTD_error_frameParameter_windowTooLarge:
		return CODEC_MEMORY;
	case ZSTD_error_memory_allocation:
		return CODEC_NOMEM;
	default:
		return CODEC_DAMAGED;
	}
}

static size_t
held(const void *self)
{
	return ZSTD_sizeof_DCtx(self);
}

static void
shut(void *self)
{
	ZSTD_freeDCtx(self);
}

/* A frame; or one without data, and a frame. */
static bool
is_zstd(struct span head)
{
	size_t n = decoder_skippable(head);

	if (n && n < head.len)
		head = span_skip(head, n);
	return span_starts(head, "\x28\xb5\x2f\xfd");
}

const struct codec decoder_zstd = {
	.is = is_zstd, .open = open_zstd, .step = step, .close = shut,
	.memory = held, .skips = true,
};
