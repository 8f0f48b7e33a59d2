/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_seed.c - seeds of NATS and of age: secrets that are nothing but their
 * bytes and a checksum that every implementation must verify, so that a fail
 * drops.
 */
#include "base/bech32.h"
#include "base/codec.h"
#include "base/hash.h"
#include "judge/checks.h"

/* First bytes of what a key may be for, in units of 8: github.com/nats-io/
   nkeys.  Server, cluster, operator, account, user, curve. */
static const uint8_t nats_kinds[] = { 13, 2, 14, 0, 20, 23 };

/*
 * base32 of: 5 bits of "seed", 8 bits of kind, 3 bits of nothing, 32 bytes,
 * CRC-16/XMODEM of these, least significant byte first.  Unlike other checks
 * of this room a pass has odds of 2^-16, and the shape's.
 */
static bool
nats_valid(struct span raw)
{
	uint8_t kind;
	uint16_t crc;

	if (raw.len != 36 || raw.ptr[0] >> 3 != 18)
		return false;
	kind = (uint8_t)((raw.ptr[0] & 7) << 5 | raw.ptr[1] >> 3);
	crc = hash_crc16_xmodem(span_first(raw, 34));
	return !(kind & 7) && !(raw.ptr[1] & 7) &&
		memchr(nats_kinds, kind >> 3, sizeof nats_kinds) &&
		raw.ptr[34] == (crc & 255) && raw.ptr[35] == crc >> 8;
}

enum check_result
check_nats_seed(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	bool valid;

	if (c->secret.len != 58 || c->secret.ptr[0] != 'S')
		return CHECK_NA;
	buf_init(&raw, 40);
	valid = codec_base32_decode(&raw, c->secret) &&
		nats_valid(buf_span(&raw));
	buf_free(&raw);
	return valid ? CHECK_PASS : CHECK_FAIL;
}

/* age-encryption.org/v1: bech32, all upper case, of 32 bytes. */
enum check_result
check_age_key(const struct judge_case *c, struct judgement *out)
{
	uint8_t lower[74];
	struct buf raw;
	bool valid;

	if (c->secret.len != sizeof lower ||
	    !span_starts(c->secret, "AGE-SECRET-KEY-1"))
		return CHECK_NA;
	for (size_t i = 0; i < sizeof lower; i++) {
		uint8_t b = c->secret.ptr[i];

		/* lower-case letters must not pass for upper */
		lower[i] = b >= 'A' && b <= 'Z' ? b | 0x20 :
			b >= 'a' && b <= 'z' ? '?' : b;
	}
	buf_init(&raw, 32);
	valid = bech32_decode(&raw, span_of(lower, sizeof lower),
		"age-secret-key-") && raw.len == 32;
	buf_free(&raw);
	explicit_bzero(lower, sizeof lower);
	return valid ? CHECK_PASS : CHECK_FAIL;
}
