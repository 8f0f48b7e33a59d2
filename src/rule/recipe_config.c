/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_config.c - passwords as configurations scramble them, and keys of
 * WireGuard; where their forms come from stands with their checks in judge/.
 */
#include "base/aes.h"
#include "base/codec.h"
#include "base/scramble.h"
#include "rule/recipe_make.h"

enum { LETTERS = 12 };	/* of a password */

static const char *
gpp_cpassword(struct recipe_state *r, const char *arg)
{
	uint8_t wide[2 * LETTERS] = { 0 };
	struct buf text, raw;

	buf_init(&text, LETTERS);
	buf_init(&raw, AES_CBC_MOST);
	recipe_chars(r, &text, recipe_lower, LETTERS);
	for (size_t i = 0; i < text.len; i++)
		wide[2 * i] = text.ptr[i];
	if (!aes_cbc_encrypt(&raw, span_of(wide, sizeof wide), scramble_gpp))
		r->out->failed = true;
	codec_base64_encode(r->out, buf_span(&raw), CODEC_BASE64, false);
	buf_free(&text);
	buf_free(&raw);
	return NULL;
}

static const char *
cisco_type_7(struct recipe_state *r, const char *arg)
{
	unsigned at = (unsigned)recipe_draw(r, 16);
	struct buf text;

	buf_init(&text, LETTERS);
	recipe_chars(r, &text, recipe_lower, LETTERS);
	buf_printf(r->out, "%02u", at);
	for (size_t i = 0; i < text.len; i++)
		buf_printf(r->out, "%02X", text.ptr[i] ^
			(uint8_t)scramble_cisco[at + i]);
	buf_free(&text);
	return NULL;
}

static const char *
wireguard_key(struct recipe_state *r, const char *arg)
{
	uint8_t raw[32];

	recipe_bytes(r, raw, sizeof raw);
	raw[0] &= 0xf8;
	raw[31] = (raw[31] & 0x7f) | 0x40;
	codec_base64_encode(r->out, span_of(raw, sizeof raw), CODEC_BASE64,
		true);
	return NULL;
}

const struct recipe_part recipe_configs[] = {
	{ "gpp-cpassword", gpp_cpassword, false },
	{ "cisco-type-7", cisco_type_7, false },
	{ "wireguard-key", wireguard_key, false },
	{ NULL, NULL, false }
};
