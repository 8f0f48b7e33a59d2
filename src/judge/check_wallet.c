/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_wallet.c - private keys of wallets as text: base58 with a checksum
 * (Bitcoin's WIF, BIP-32), bech32 (Nostr, NIP-19), base32 with a CRC-16
 * (Stellar, SEP-23), words (BIP-39).  Each standard has whoever reads such
 * a key verify it, so that a fail drops.
 */
#include "base/base58.h"
#include "base/bech32.h"
#include "base/bip39.h"
#include "base/codec.h"
#include "base/hash.h"
#include "judge/checks.h"

enum { WORDS_MOST = 24 };

/* What the bytes behind a good checksum must begin with and how many there
   are; 0 for any second length. */
struct base58_kind {
	uint8_t head[4];
	uint8_t nhead, len, len2;
};

static enum check_result
base58_check(struct span s, const struct base58_kind *kinds, size_t n)
{
	struct buf raw;
	bool ok;

	buf_init(&raw, BASE58_BYTES);
	ok = base58_check_decode(&raw, s);
	for (size_t i = 0; ok && i < n; i++) {
		const struct base58_kind *k = &kinds[i];

		if (raw.len >= k->nhead &&
		    !memcmp(raw.ptr, k->head, k->nhead) &&
		    (raw.len == k->len || raw.len == k->len2)) {
			buf_free(&raw);
			return CHECK_PASS;
		}
	}
	buf_free(&raw);
	return CHECK_FAIL;
}

/* en.bitcoin.it, Wallet import format: 0x80 (0xef in test networks), 32
   bytes, and 0x01 where the public key is compressed. */
enum check_result
check_bitcoin_wif(const struct judge_case *c, struct judgement *out)
{
	static const struct base58_kind kinds[] = {
		{ { 0x80 }, 1, 33, 34 }, { { 0xef }, 1, 33, 34 },
	};

	if (c->secret.len < 51 || c->secret.len > 52)
		return CHECK_NA;
	return base58_check(c->secret, kinds, 2);
}

/* BIP-32 and SLIP-132: the version of each mark, 78 bytes in all. */
enum check_result
check_extended_key(const struct judge_case *c, struct judgement *out)
{
	static const struct base58_kind kinds[] = {
		{ { 0x04, 0x88, 0xad, 0xe4 }, 4, 78, 0 },	/* xprv */
		{ { 0x04, 0x9d, 0x78, 0x78 }, 4, 78, 0 },	/* yprv */
		{ { 0x04, 0xb2, 0x43, 0x0c }, 4, 78, 0 },	/* zprv */
		{ { 0x04, 0x35, 0x83, 0x94 }, 4, 78, 0 },	/* tprv */
		{ { 0x04, 0x4a, 0x4e, 0x28 }, 4, 78, 0 },	/* uprv */
		{ { 0x04, 0x5f, 0x18, 0xbc }, 4, 78, 0 },	/* vprv */
	};

	if (c->secret.len != 111)
		return CHECK_NA;
	return base58_check(c->secret, kinds,
		sizeof kinds / sizeof *kinds);
}

enum check_result
check_nostr_key(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	bool ok;

	if (c->secret.len != 63 || !span_starts(c->secret, "nsec1"))
		return CHECK_NA;
	buf_init(&raw, 32);
	ok = bech32_decode(&raw, c->secret, "nsec") && raw.len == 32;
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/* Version 0x90 for seeds, 32 bytes, CRC-16/XMODEM, least byte first. */
enum check_result
check_stellar_seed(const struct judge_case *c, struct judgement *out)
{
	struct buf raw;
	uint16_t crc;
	bool ok;

	if (c->secret.len != 56 || c->secret.ptr[0] != 'S')
		return CHECK_NA;
	buf_init(&raw, 40);
	ok = codec_base32_decode(&raw, c->secret) && raw.len == 35 &&
		raw.ptr[0] == 0x90;
	if (ok) {
		crc = hash_crc16_xmodem(span_first(buf_span(&raw), 33));
		ok = raw.ptr[33] == (crc & 255) && raw.ptr[34] == crc >> 8;
	}
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/* The numbers of the words; 0: one is none of BIP-39's, or too many. */
static size_t
words_read(struct span s, uint16_t numbers[WORDS_MOST])
{
	size_t n = 0, at = 0, end;
	int index;

	while (at < s.len) {
		for (end = at; end < s.len && s.ptr[end] >= 'a' &&
		    s.ptr[end] <= 'z'; end++)
			;
		if (end > at) {
			index = bip39_index(span_of(s.ptr + at, end - at));
			if (index < 0 || n == WORDS_MOST)
				return 0;
			numbers[n++] = (uint16_t)index;
		}
		at = end + 1;
	}
	return n;
}

/* Eleven bits a word: 32 of the key to one of its SHA-256. */
static bool
words_fit(const uint16_t *numbers, size_t n)
{
	uint8_t bits[33 + 1] = { 0 }, sum[32];
	size_t total = 11 * n, key = total - n / 3;
	bool ok = true;

	for (size_t i = 0; i < total; i++)
		if (numbers[i / 11] >> (10 - i % 11) & 1)
			bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
	hash_sha256_of(span_of(bits, key / 8), sum);
	for (size_t i = key; ok && i < total; i++)
		ok = (bits[i / 8] >> (7 - i % 8) & 1) ==
			(sum[(i - key) / 8] >> (7 - (i - key) % 8) & 1);
	explicit_bzero(bits, sizeof bits);
	return ok;
}

/* Four to eight bits and the words: other wallets (Electrum) take the same
   words and sum otherwise, so only a foreign word fails. */
enum check_result
check_bip39(const struct judge_case *c, struct judgement *out)
{
	uint16_t numbers[WORDS_MOST];
	size_t n;
	bool fits;

	if (c->secret.len < 12 * 4)
		return CHECK_NA;
	n = words_read(c->secret, numbers);
	fits = n >= 12 && n % 3 == 0 && words_fit(numbers, n);
	explicit_bzero(numbers, sizeof numbers);
	return fits ? CHECK_PASS : n >= 12 ? CHECK_NA : CHECK_FAIL;
}
