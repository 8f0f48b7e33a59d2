/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_wallet.c - private keys of wallets; where their forms come from
 * stands with their checks in judge/.
 */
#include <stdlib.h>

#include "base/base58.h"
#include "base/bech32.h"
#include "base/bip39.h"
#include "base/codec.h"
#include "base/hash.h"
#include "rule/recipe_make.h"

enum { ENTROPY_MOST = 32 };

static const char *
bitcoin_wif(struct recipe_state *r, const char *arg)
{
	uint8_t raw[34] = { 0x80 };

	recipe_bytes(r, raw + 1, 32);
	raw[33] = 1;
	base58_check_encode(r->out, span_of(raw, sizeof raw));
	return NULL;
}

/* The key of depth 0: xprv. */
static const char *
extended_key(struct recipe_state *r, const char *arg)
{
	uint8_t raw[78] = { 0x04, 0x88, 0xad, 0xe4 };

	recipe_bytes(r, raw + 13, 32);
	recipe_bytes(r, raw + 46, 32);
	base58_check_encode(r->out, span_of(raw, sizeof raw));
	return NULL;
}

static const char *
nostr_key(struct recipe_state *r, const char *arg)
{
	uint8_t raw[32];

	recipe_bytes(r, raw, sizeof raw);
	bech32_encode(r->out, span_of(raw, sizeof raw), "nsec");
	return NULL;
}

static const char *
stellar_seed(struct recipe_state *r, const char *arg)
{
	uint8_t raw[35] = { 0x90 };
	uint16_t crc;

	recipe_bytes(r, raw + 1, 32);
	crc = hash_crc16_xmodem(span_of(raw, 33));
	raw[33] = (uint8_t)crc;
	raw[34] = (uint8_t)(crc >> 8);
	codec_base32_encode(r->out, span_of(raw, sizeof raw));
	return NULL;
}

/* 4 bytes of the key to three words, with a bit of its SHA-256 to each. */
static const char *
bip39_words(struct recipe_state *r, const char *arg)
{
	unsigned long words = strtoul(arg, NULL, 10);
	uint8_t bits[ENTROPY_MOST + 32];
	size_t bytes = words / 3 * 4;

	if (words < 12 || words > 24 || words % 3)
		return "bip39 takes :WORDS, 12 to 24 in threes";
	recipe_bytes(r, bits, bytes);
	hash_sha256_of(span_of(bits, bytes), bits + bytes);
	for (size_t w = 0; w < words; w++) {
		unsigned index = 0;
		struct span word;

		for (size_t i = 11 * w; i < 11 * w + 11; i++)
			index = index << 1 | (bits[i / 8] >> (7 - i % 8) & 1);
		word = bip39_word(index);
		if (w)
			buf_byte(r->out, ' ');
		buf_append(r->out, word.ptr, word.len);
	}
	return NULL;
}

const struct recipe_part recipe_wallets[] = {
	{ "bitcoin-wif", bitcoin_wif, false },
	{ "extended-key", extended_key, false },
	{ "nostr-key", nostr_key, false },
	{ "stellar-seed", stellar_seed, false },
	{ "bip39", bip39_words, true },
	{ NULL, NULL, false }
};
