/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode.c - bytes as they may be met encoded: in either base64, padded or
 * not, wrapped, behind something, cut, and encoded once more.
 */
#include "base/codec.h"
#include "prop.h"

static const char *const line_ends[] = { "\n", "\r\n", "\\n", "\\r\\n",
	"\n    ", "\n\t" };
static const char *const befores[] = { "", "", "path/", "a-b_", "\n", "x",
	"data:text/plain;base64,", "\\n", "=" };

static void
put_base64(struct buf *out, struct span in, struct rng *r)
{
	size_t width = rng_once_in(r, 2) ? SIZE_MAX : 12 + rng_below(r, 70);
	const char *end = line_ends[rng_below(r, 6)];
	struct buf text;

	buf_init(&text, PROP_INPUT_MAX);
	codec_base64_encode(&text, in, rng_once_in(r, 3) ? CODEC_BASE64URL :
		CODEC_BASE64, !rng_once_in(r, 3));
	buf_str(out, befores[rng_below(r, 9)]);
	for (size_t at = 0; at < text.len; at += width) {
		size_t n = text.len - at < width ? text.len - at : width;

		buf_append(out, text.ptr + at, n);
		if (n < text.len - at)
			buf_str(out, end);
		if (width == SIZE_MAX)
			break;
	}
	buf_free(&text);
}

static void
put_wide(struct buf *out, struct span in, struct rng *r)
{
	bool big = rng_once_in(r, 2);

	for (size_t i = 0; i < in.len; i++) {
		if (big)
			buf_byte(out, 0);
		buf_byte(out, in.ptr[i]);
		if (!big)
			buf_byte(out, 0);
	}
}

typedef void encode_fn(struct buf *out, struct span in, struct rng *r);

static encode_fn *const encoders[] = {
	put_base64, put_base64, put_base64, put_wide,
};

void
encode(struct buf *out, struct span in, struct rng *r)
{
	struct buf once, again;

	buf_init(&once, PROP_INPUT_MAX);
	buf_init(&again, PROP_INPUT_MAX);
	buf_append(&once, in.ptr, in.len);
	do {
		again.len = 0;
		encoders[rng_below(r, sizeof encoders / sizeof *encoders)](
			&again, buf_span(&once), r);
		once.len = 0;
		buf_append(&once, again.ptr, again.len);
	} while (rng_once_in(r, 3));
	if (rng_once_in(r, 5))
		once.len = rng_below(r, once.len + 1);
	buf_append(out, once.ptr, once.len);
	buf_free(&once);
	buf_free(&again);
}
