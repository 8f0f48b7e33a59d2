/* SPDX-License-Identifier: Apache-2.0 */
/*
 * codec.c - base64, base32, hex and numbers in any base, both ways.  All of
 * the decoders are one: digits of some bits each, packed into bytes.
 */
#include "base/codec.h"

const char codec_base62_upper[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const char codec_base62_lower[] =
	"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const char codec_base36[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64url_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static int
base64_value(uint8_t c, char c62, char c63)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == c62 ? 62 : c == c63 ? 63 : -1;
}

static int
standard_value(uint8_t c)
{
	return base64_value(c, '+', '/');
}

static int
url_value(uint8_t c)
{
	return base64_value(c, '-', '_');
}

static int
base32_value(uint8_t c)
{
	if (c >= '2' && c <= '7')
		return c - '2' + 26;
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? c - 'a' : -1;
}

int
codec_hex_value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How a text of digits is read: bits a digit, digits a whole group. */
struct digits {
	int (*value)(uint8_t c);
	unsigned bits;
	size_t group;
};

static const struct digits digits_base64 = { standard_value, 6, 4 };
static const struct digits digits_base64url = { url_value, 6, 4 };
static const struct digits digits_base32 = { base32_value, 5, 8 };
static const struct digits digits_hex = { codec_hex_value, 4, 2 };

/* Takes off the padding; false when there is some and it is wrong. */
static bool
unpad(struct span *in, size_t group)
{
	size_t len = in->len;

	while (len && in->ptr[len - 1] == '=')
		len--;
	if (len != in->len && (in->len % group || in->len - len >= group))
		return false;
	in->len = len;
	return true;
}

static bool
decode(struct buf *out, struct span in, const struct digits *d)
{
	size_t before = out->len;
	uint32_t acc = 0;
	unsigned held = 0;

	if (!unpad(&in, d->group))
		return false;
	for (size_t i = 0; i < in.len; i++) {
		int value = d->value(in.ptr[i]);

		acc = acc << d->bits | (uint32_t)value;
		held += d->bits;
		if (value < 0 || (held >= 8 &&
		    !buf_byte(out, (uint8_t)(acc >> (held - 8)))))
			return out->len = before, false;
		if (held >= 8)
			held -= 8;
		acc &= (1u << held) - 1;
	}
	/* What is left is a digit too many, or bits that must be zero. */
	if (held >= d->bits || acc)
		return out->len = before, false;
	return true;
}

static bool
encode(struct buf *out, struct span in, const char *alphabet, unsigned bits)
{
	uint32_t acc = 0;
	unsigned held = 0;

	for (size_t i = 0; i < in.len; i++) {
		acc = acc << 8 | in.ptr[i];
		for (held += 8; held >= bits; held -= bits)
			buf_byte(out, (uint8_t)alphabet[
				acc >> (held - bits) & ((1u << bits) - 1)]);
		acc &= (1u << held) - 1;
	}
	if (held)
		buf_byte(out, (uint8_t)alphabet[acc << (bits - held)]);
	return !out->failed;
}

bool
codec_base64_decode(struct buf *out, struct span in,
	enum codec_base64 alphabet)
{
	return decode(out, in, alphabet == CODEC_BASE64URL ?
		&digits_base64url : &digits_base64);
}

bool
codec_base64_encode(struct buf *out, struct span in,
	enum codec_base64 alphabet, bool pad)
{
	encode(out, in, alphabet == CODEC_BASE64URL ? base64url_digits :
		base64_digits, 6);
	for (size_t n = in.len; pad && n % 3; n++)
		buf_byte(out, '=');
	return !out->failed;
}

bool
codec_base32_decode(struct buf *out, struct span in)
{
	return decode(out, in, &digits_base32);
}

bool
codec_base32_encode(struct buf *out, struct span in)
{
	return encode(out, in, base32_digits, 5);
}

bool
codec_hex_decode(struct buf *out, struct span in)
{
	return (in.len == 0 || in.ptr[in.len - 1] != '=') &&
		decode(out, in, &digits_hex);
}

void
codec_digits(uint64_t value, const char *alphabet, unsigned base, char *out,
	size_t width)
{
	while (width > 0) {
		out[--width] = alphabet[value % base];
		value /= base;
	}
}
