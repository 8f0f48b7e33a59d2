/* SPDX-License-Identifier: Apache-2.0 */
/* bech32.c - BIP-173: 5-bit digits and a BCH code over them and the prefix. */
#include "base/bech32.h"

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

enum { CHECKSUM = 6 };		/* digits */

/* One more 5-bit value into the checksum. */
static uint32_t
step(uint32_t chk, uint8_t value)
{
	static const uint32_t generator[5] = {
		0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
	};
	uint32_t top = chk >> 25;

	chk = (chk & 0x1ffffff) << 5 ^ value;
	for (int i = 0; i < 5; i++)
		if (top >> i & 1)
			chk ^= generator[i];
	return chk;
}

/* The checksum's state once it has seen the prefix. */
static uint32_t
start(const char *hrp)
{
	uint32_t chk = 1;

	for (const char *p = hrp; *p; p++)
		chk = step(chk, (uint8_t)(*p >> 5));
	chk = step(chk, 0);
	for (const char *p = hrp; *p; p++)
		chk = step(chk, *p & 31);
	return chk;
}

bool
bech32_decode(struct buf *out, struct span text, const char *hrp)
{
	size_t before = out->len, n = strlen(hrp);
	uint32_t chk = start(hrp), acc = 0;
	unsigned held = 0;

	if (text.len < n + 1 + CHECKSUM || !span_starts(text, hrp) ||
	    text.ptr[n] != '1')
		return false;
	for (size_t i = n + 1; i < text.len; i++) {
		const char *at = memchr(alphabet, text.ptr[i], 32);
		uint8_t value = at ? (uint8_t)(at - alphabet) : 0;

		chk = step(chk, value);
		if (!at)
			return out->len = before, false;
		if (i + CHECKSUM >= text.len)
			continue;
		acc = acc << 5 | value;
		held += 5;
		if (held >= 8 && !buf_byte(out, (uint8_t)(acc >> (held -= 8))))
			return out->len = before, false;
		acc &= (1u << held) - 1;
	}
	if (chk != 1 || held >= 5 || acc)
		return out->len = before, false;
	return true;
}

/* One digit out, and into the checksum. */
static uint32_t
put(struct buf *out, uint32_t chk, uint32_t value)
{
	buf_byte(out, (uint8_t)alphabet[value & 31]);
	return step(chk, value & 31);
}

bool
bech32_encode(struct buf *out, struct span bytes, const char *hrp)
{
	uint32_t chk = start(hrp), acc = 0;
	unsigned held = 0;

	buf_str(out, hrp);
	buf_byte(out, '1');
	for (size_t i = 0; i < bytes.len; i++) {
		acc = (acc << 8 | bytes.ptr[i]) & 0xfff;
		for (held += 8; held >= 5; held -= 5)
			chk = put(out, chk, acc >> (held - 5));
	}
	if (held)
		chk = put(out, chk, acc << (5 - held));
	for (int i = 0; i < CHECKSUM; i++)
		chk = step(chk, 0);
	chk ^= 1;
	for (int i = 0; i < CHECKSUM; i++)
		buf_byte(out, (uint8_t)alphabet[chk >> 5 * (5 - i) & 31]);
	return !out->failed;
}
