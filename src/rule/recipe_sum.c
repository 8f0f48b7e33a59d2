/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_sum.c - checksums over the body, written as issuers of tokens write
 * them.  A literal `_` right before a checksum parts the two and is not of
 * the body.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/codec.h"
#include "base/hash.h"
#include "rule/recipe_make.h"

/* The body as the sums take it: from its beginning, marked or not. */
static struct span
body(const struct recipe_state *r)
{
	struct span s = span_of(r->out->ptr + r->body, r->out->len - r->body);

	if (s.len && s.ptr[s.len - 1] == '_' && !r->drawn)
		s.len--;
	return s;
}

static const char *
digits_put(struct recipe_state *r, const char *arg, const char *alphabet,
	unsigned base)
{
	char *end, text[16];
	unsigned long width = strtoul(arg, &end, 10);

	if (*arg < '1' || *arg > '9' || *end || width > sizeof text)
		return "this checksum takes :WIDTH, at most 16";
	codec_digits(hash_crc32(body(r)), alphabet, base, text, width);
	buf_append(r->out, text, width);
	return NULL;
}

static const char *
b62crc32(struct recipe_state *r, const char *arg)
{
	return digits_put(r, arg, codec_base62_upper, 62);
}

static const char *
b62lcrc32(struct recipe_state *r, const char *arg)
{
	return digits_put(r, arg, codec_base62_lower, 62);
}

static const char *
b36crc32(struct recipe_state *r, const char *arg)
{
	return digits_put(r, arg, codec_base36, 36);
}

static const char *
hexcrc32(struct recipe_state *r, const char *arg)
{
	buf_printf(r->out, "%08x", hash_crc32(body(r)));
	return NULL;
}

static const char *
upper_hexcrc32(struct recipe_state *r, const char *arg)
{
	buf_printf(r->out, "%08X", hash_crc32(body(r)));
	return NULL;
}

static const char *
hexcrc32le(struct recipe_state *r, const char *arg)
{
	buf_printf(r->out, "%08x", __builtin_bswap32(hash_crc32(body(r))));
	return NULL;
}

/* The first characters, as many as arg says, of what encode() makes. */
static const char *
encoded_put(struct recipe_state *r, struct span raw, bool base64,
	const char *arg)
{
	char *end;
	unsigned long width = strtoul(arg, &end, 10);
	struct buf text;
	bool fits;

	buf_init(&text, 64);
	if (base64)
		codec_base64_encode(&text, raw, CODEC_BASE64, false);
	else
		codec_base32_encode(&text, raw);
	fits = *arg >= '1' && *arg <= '9' && !*end && width <= text.len;
	if (fits)
		buf_append(r->out, text.ptr, width);
	buf_free(&text);
	return fits ? NULL : "this checksum takes :WIDTH, and not so many";
}

static const char *
b64crc32le(struct recipe_state *r, const char *arg)
{
	uint32_t crc = hash_crc32(body(r));
	uint8_t raw[4];

	for (int i = 0; i < 4; i++)
		raw[i] = (uint8_t)(crc >> 8 * i);
	return encoded_put(r, span_of(raw, 4), true, arg);
}

static const char *
sha256b32(struct recipe_state *r, const char *arg)
{
	uint8_t digest[32];

	hash_sha256_of(body(r), digest);
	return encoded_put(r, span_of(digest, 32), false, arg);
}

const struct recipe_part recipe_sums[] = {
	{ "b62crc32", b62crc32, true },
	{ "b62lcrc32", b62lcrc32, true },
	{ "b36crc32", b36crc32, true },
	{ "hexcrc32", hexcrc32, false },
	{ "HEXcrc32", upper_hexcrc32, false },
	{ "hexcrc32le", hexcrc32le, false },
	{ "b64crc32le", b64crc32le, true },
	{ "sha256b32", sha256b32, true },
	{ NULL, NULL, false }
};
