/* SPDX-License-Identifier: Apache-2.0 */
/*
 * codec.h - strict encoders and decoders: base64, base62, base36, base32,
 * hex.  Decoders return false on any byte outside the alphabet, on wrong
 * padding, on non-zero trailing bits, and when the result exceeds its buffer;
 * out is then as it was.  Encoders return false when out is too small, now or
 * before (buf.failed); part of the text may then be in it.
 */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include "base/buf.h"

enum codec_base64 {
	CODEC_BASE64,		/* + and / */
	CODEC_BASE64URL		/* - and _ */
};

/* Padding may be there or not, but if it is it must be right. */
bool codec_base64_decode(struct buf *out, struct span in,
	enum codec_base64 alphabet);
bool codec_base64_encode(struct buf *out, struct span in,
	enum codec_base64 alphabet, bool pad);
bool codec_base32_decode(struct buf *out, struct span in);  /* RFC 4648, any
							       case, padded
							       or not */
bool codec_base32_encode(struct buf *out, struct span in);  /* no padding */
/* Of a digit of either case; -1: it is none. */
int codec_hex_value(uint8_t c);
bool codec_hex_decode(struct buf *out, struct span in);

/* value in `width` digits of the alphabet, most significant first, zero
   filled.  The alphabet has `base` characters.  out is not terminated. */
void codec_digits(uint64_t value, const char *alphabet, unsigned base,
	char *out, size_t width);

extern const char codec_base62_upper[];	/* 0-9A-Za-z */
extern const char codec_base62_lower[];	/* 0-9a-zA-Z */
extern const char codec_base36[];	/* 0-9a-z */

#endif
