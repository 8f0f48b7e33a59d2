/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode.c - bytes as they may be met encoded: in either base64, padded or
 * not, wrapped, behind something, escaped in part, cut, and encoded once more.
 */
#include <ctype.h>

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

/* One byte in the ways in which programs write it. */
static const struct form {
	const char *before, *after;
	int base, width;
} forms[] = {
	{ "%", "", 16, 2 }, { "%25", "", 16, 2 }, { "=", "", 16, 2 },
	{ "\\x", "", 16, 2 }, { "\\", "", 8, 3 }, { "\\u", "", 16, 4 },
	{ "\\\\u", "", 16, 4 }, { "&#", ";", 10, 0 }, { "&#x", ";", 16, 0 },
};

static void
put_form(struct buf *out, const struct form *f, uint8_t c)
{
	if (f->base == 8)
		buf_printf(out, "%s%03o", f->before, c);
	else if (f->base == 10)
		buf_printf(out, "%s%d%s", f->before, c, f->after);
	else if (c & 1)
		buf_printf(out, "%s%0*X%s", f->before, f->width, c, f->after);
	else
		buf_printf(out, "%s%0*x%s", f->before, f->width, c, f->after);
}

/* All bytes, every so many-th, or those that are no letters and digits. */
static void
put_escaped(struct buf *out, struct span in, struct rng *r)
{
	const struct form *form = &forms[rng_below(r, 9)];
	uint64_t which = rng_below(r, 3), every = 1 + rng_below(r, 40);

	for (size_t i = 0; i < in.len; i++) {
		uint8_t c = in.ptr[i];

		if (which == 0 || (which == 1 && rng_once_in(r, every)) ||
			(which == 2 && !isalnum(c)))
			put_form(out, form, c);
		else
			buf_byte(out, c);
	}
}

/* As quoted-printable has it: lines of 76, or narrower ones. */
static void
put_quoted(struct buf *out, struct span in, struct rng *r)
{
	size_t width = rng_once_in(r, 2) ? 76 : 20 + rng_below(r, 57);
	size_t column = rng_below(r, width);

	for (size_t i = 0; i < column; i++)
		buf_byte(out, i % 9 ? 'w' : ' ');
	for (size_t i = 0; i < in.len; i++) {
		uint8_t c = in.ptr[i];
		bool plain = c > ' ' && c < 0x7f && c != '=';

		if (column + (plain ? 1 : 3) >= width) {
			buf_str(out, width % 2 ? "=\r\n" : "=\n");
			column = 0;
		}
		column += plain ? 1 : 3;
		if (plain)
			buf_byte(out, c);
		else
			buf_printf(out, "=%02X", c);
	}
}

static const char *const betweens[] = { "", "", "", ":", " ", "-" };

static void
put_hex(struct buf *out, struct span in, struct rng *r)
{
	const char *between = betweens[rng_below(r, 6)];
	size_t width = rng_once_in(r, 2) ? SIZE_MAX : 10 + rng_below(r, 30);
	bool upper = rng_once_in(r, 3);

	buf_str(out, befores[rng_below(r, 9)]);
	for (size_t i = 0; i < in.len; i++) {
		if (i)
			buf_str(out, i % width ? between : "\n");
		if (upper)
			buf_printf(out, "%02X", in.ptr[i]);
		else
			buf_printf(out, "%02x", in.ptr[i]);
	}
}

typedef void encode_fn(struct buf *out, struct span in, struct rng *r);

static encode_fn *const encoders[] = {
	put_base64, put_base64, put_base64, put_wide, put_escaped,
	put_escaped, put_quoted, put_hex, put_hex,
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
