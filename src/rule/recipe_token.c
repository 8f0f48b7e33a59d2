/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_token.c - tokens with a structure of their own, whole.  Where the
 * structure comes from stands with its check in judge/.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/bech32.h"
#include "base/codec.h"
#include "base/hash.h"
#include "rule/recipe_make.h"

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define BASE64URL ALNUM "-_"

/* The base64 of text, with or without padding; text is done with then. */
static void
base64_put(struct recipe_state *r, struct buf *text, enum codec_base64 kind,
	bool pad)
{
	if (text->failed)
		r->out->failed = true;
	codec_base64_encode(r->out, buf_span(text), kind, pad);
	buf_free(text);
}

/* n random bytes as base64. */
static void
random64_put(struct recipe_state *r, size_t n, enum codec_base64 kind,
	bool pad)
{
	struct buf raw;

	buf_init(&raw, n);
	recipe_blob(r, &raw, n);
	base64_put(r, &raw, kind, pad);
}

static const char *
gitlab_routable(struct recipe_state *r, const char *arg)
{
	char length[2], sum[7];
	uint8_t random[16];
	struct buf payload;
	size_t before = r->out->len;
	uint64_t organization, user;

	buf_init(&payload, 120);
	recipe_bytes(r, random, sizeof random);
	buf_append(&payload, random, sizeof random);
	organization = 1 + recipe_draw(r, 9);	/* one draw a statement */
	user = 1 + recipe_draw(r, 9);
	buf_printf(&payload, "o:%" PRIu64 "\nu:%" PRIu64, organization,
		user);
	buf_byte(&payload, (uint8_t)(payload.len - sizeof random));
	base64_put(r, &payload, CODEC_BASE64URL, false);
	codec_digits(r->out->len - before, codec_base36, 36, length, 2);
	buf_str(r->out, ".01.");
	buf_append(r->out, length, 2);
	codec_digits(hash_crc32(recipe_body(r)), codec_base36, 36, sum, 7);
	buf_append(r->out, sum, 7);
	return NULL;
}

static const char *
github_tail(struct recipe_state *r, const char *arg)
{
	uint8_t digest[32];
	struct buf text;

	hash_sha256_of(recipe_body(r), digest);
	buf_init(&text, 64);
	codec_base32_encode(&text, span_of(digest, sizeof digest));
	if (text.len >= 8)
		buf_append(r->out, text.ptr, 8);
	buf_free(&text);
	recipe_chars(r, r->out, ALNUM, 8);
	return NULL;
}

static const char *
aws_key_id(struct recipe_state *r, const char *arg)
{
	/* 48 bits: one set, 40 of the account, 7 and 4 bytes more random */
	uint64_t account = recipe_draw(r, 1000000000000u);
	uint64_t head = 1ull << 47 | account << 7 | recipe_draw(r, 128);
	uint8_t raw[10];

	if (strlen(arg) != 4)
		return "aws-key-id takes its prefix of four, as :AKIA";
	recipe_bytes(r, raw, sizeof raw);
	for (int i = 0; i < 6; i++)
		raw[i] = (uint8_t)(head >> 8 * (5 - i));
	buf_str(r->out, arg);
	codec_base32_encode(r->out, span_of(raw, sizeof raw));
	return NULL;
}

static const char *
nats_seed(struct recipe_state *r, const char *arg)
{
	uint8_t raw[36] = { 18 << 3 | 20 >> 2, (uint8_t)(20 << 6) };
	uint16_t crc;

	recipe_bytes(r, raw + 2, 32);
	crc = hash_crc16_xmodem(span_of(raw, 34));
	raw[34] = (uint8_t)crc;
	raw[35] = (uint8_t)(crc >> 8);
	codec_base32_encode(r->out, span_of(raw, sizeof raw));
	return NULL;
}

static const char *
age_key(struct recipe_state *r, const char *arg)
{
	size_t before = r->out->len;
	uint8_t raw[32];

	recipe_bytes(r, raw, sizeof raw);
	bech32_encode(r->out, span_of(raw, sizeof raw), "age-secret-key-");
	for (size_t i = before; i < r->out->len; i++)
		if (r->out->ptr[i] >= 'a' && r->out->ptr[i] <= 'z')
			r->out->ptr[i] -= 0x20;
	return NULL;
}

/* Of version 4, made of random bits (RFC 9562, 5.4). */
static void
uuid_put(struct recipe_state *r, struct buf *out)
{
	static const struct { const char *lead, *first; uint8_t rest; }
	groups[] = {
		{ "", "", 8 }, { "-", "", 4 }, { "-4", "", 3 },
		{ "-", "89ab", 3 }, { "-", "", 12 }
	};

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		buf_str(out, groups[i].lead);
		if (*groups[i].first)
			recipe_chars(r, out, groups[i].first, 1);
		recipe_chars(r, out, recipe_hex, groups[i].rest);
	}
}

static const char *
pypi_token(struct recipe_state *r, const char *arg)
{
	static const uint8_t head[] = { 2, 1, 8, 'p', 'y', 'p', 'i', '.', 'o',
		'r', 'g', 2, 36 };
	struct buf raw;

	buf_init(&raw, 512);
	buf_append(&raw, head, sizeof head);
	uuid_put(r, &raw);
	buf_append(&raw, "\0\2\53[3,\"", 8);	/* EOS; caveat of 43 bytes */
	uuid_put(r, &raw);
	buf_append(&raw, "\"]\0\0\6\40", 6);	/* EOS twice, signature */
	recipe_blob(r, &raw, 32);
	buf_str(r->out, "pypi-");
	base64_put(r, &raw, CODEC_BASE64URL, false);
	return NULL;
}

static const char *
sentry_org_token(struct recipe_state *r, const char *arg)
{
	struct buf json;

	buf_init(&json, 512);
	buf_str(&json, "{\"iat\":17");
	recipe_chars(r, &json, recipe_digit, 8);
	buf_byte(&json, '.');
	recipe_chars(r, &json, recipe_digit, 6);
	buf_str(&json, ",\"url\":\"https://sentry.example\",\"region_url\":"
		"\"https://us.sentry.example\",\"org\":\"");
	recipe_chars(r, &json, recipe_lower, 8);
	buf_str(&json, "\"}");
	buf_str(r->out, "sntrys_");
	base64_put(r, &json, CODEC_BASE64, true);
	buf_byte(r->out, '_');
	random64_put(r, 32, CODEC_BASE64, false);
	return NULL;
}

/* Members of the object inside a service account token, drawn. */
static const char *
onepassword_sa(struct recipe_state *r, const char *arg)
{
	struct buf json;

	buf_init(&json, 2048);
	buf_str(&json, "{\"signInAddress\":\"acme.example\",\"userAuth\":{"
		"\"method\":\"SRPg-4096\",\"alg\":\"PBES2g-HS256\","
		"\"iterations\":650000,\"salt\":\"");
	recipe_chars(r, &json, BASE64URL, 22);
	buf_str(&json, "\"},\"email\":\"");
	recipe_chars(r, &json, recipe_lower, 12);
	buf_str(&json, "@acme.example\",\"srpX\":\"");
	recipe_chars(r, &json, recipe_hex, 64);
	buf_str(&json, "\",\"muk\":{\"alg\":\"A256GCM\",\"kty\":\"oct\","
		"\"kid\":\"mp\",\"k\":\"");
	recipe_chars(r, &json, BASE64URL, 43);
	buf_str(&json, "\"},\"secretKey\":\"A3-");
	recipe_chars(r, &json, recipe_upper, 6);
	for (int i = 0; i < 4; i++) {
		buf_byte(&json, '-');
		recipe_chars(r, &json, recipe_upper, i ? 5 : 6);
	}
	buf_str(&json, "\",\"deviceUuid\":\"");
	recipe_chars(r, &json, recipe_lower, 26);
	buf_str(&json, "\"}");
	buf_str(r->out, "ops_");
	base64_put(r, &json, CODEC_BASE64, true);
	return NULL;
}

static const char *
jfrog_reftkn(struct recipe_state *r, const char *arg)
{
	struct buf text;

	buf_init(&text, 64);
	buf_str(&text, "reftkn:01:4102444800:");
	recipe_chars(r, &text, ALNUM, 27);
	base64_put(r, &text, CODEC_BASE64, false);
	return NULL;
}

static const char *
discord_bot(struct recipe_state *r, const char *arg)
{
	struct buf id;

	buf_init(&id, 32);
	recipe_chars(r, &id, "123456789", 1);
	recipe_chars(r, &id, recipe_digit, 17);
	base64_put(r, &id, CODEC_BASE64URL, false);
	buf_byte(r->out, '.');
	recipe_chars(r, r->out, BASE64URL, 6);
	buf_byte(r->out, '.');
	recipe_chars(r, r->out, BASE64URL, 37);
	recipe_chars(r, r->out, ALNUM, 1);	/* so that \b holds after it */
	return NULL;
}

static const char *
atlassian_dc(struct recipe_state *r, const char *arg)
{
	struct buf raw;

	buf_init(&raw, 33);
	recipe_chars(r, &raw, "123456789", 1);
	recipe_chars(r, &raw, recipe_digit, 11);
	buf_byte(&raw, ':');
	recipe_blob(r, &raw, 20);
	base64_put(r, &raw, CODEC_BASE64, false);
	return NULL;
}

static const char *
sealed_base64(struct recipe_state *r, const char *arg)
{
	size_t n = 0;

	for (const char *p = arg; *p; p++) {
		if (*p < '0' || *p > '9' || n > RECIPE_SCRATCH)
			return "sealed-base64 takes :BYTES, at most 8192";
		n = n * 10 + (size_t)(*p - '0');
	}
	if (n < 1 || n > RECIPE_SCRATCH)
		return "sealed-base64 takes :BYTES, at most 8192";
	random64_put(r, n, CODEC_BASE64, true);
	return NULL;
}

/* base64 of a name and a password drawn, each behind a sign. */
static const char *
pair(struct recipe_state *r, const char *arg, const char *first, uint8_t second)
{
	unsigned long n = strtoul(arg, NULL, 10);
	struct buf text;

	if (n < 1 || n > 256)
		return "a pair takes :CHARACTERS, at most 256";
	buf_init(&text, 512);
	if (first)
		buf_byte(&text, (uint8_t)*first);
	recipe_chars(r, &text, recipe_lower, 5);
	buf_byte(&text, second);
	recipe_chars(r, &text, ALNUM, n);
	base64_put(r, &text, CODEC_BASE64, true);
	return NULL;
}

static const char *
basic_pair(struct recipe_state *r, const char *arg)
{
	return pair(r, arg, NULL, ':');
}

/* As SASL has it: NUL name NUL password. */
static const char *
plain_pair(struct recipe_state *r, const char *arg)
{
	return pair(r, arg, "", '\0');
}

/* The bytes themselves, for what is no text. */
static const char *
bytes(struct recipe_state *r, const char *arg)
{
	if (!*arg || !codec_hex_decode(r->out, span_str(arg)))
		return "bytes takes :HEX";
	return NULL;
}

static const char *
uuid(struct recipe_state *r, const char *arg)
{
	uuid_put(r, r->out);
	return NULL;
}

const struct recipe_part recipe_tokens[] = {
	{ "gitlab-routable", gitlab_routable, false },
	{ "github-fine-grained-tail", github_tail, false },
	{ "aws-key-id", aws_key_id, true },
	{ "nats-seed", nats_seed, false },
	{ "age-key", age_key, false },
	{ "pypi-token", pypi_token, false },
	{ "sentry-org-token", sentry_org_token, false },
	{ "onepassword-sa", onepassword_sa, false },
	{ "jfrog-reftkn", jfrog_reftkn, false },
	{ "discord-bot", discord_bot, false },
	{ "atlassian-dc", atlassian_dc, false },
	{ "sealed-base64", sealed_base64, true },
	{ "basic-pair", basic_pair, true },
	{ "plain-pair", plain_pair, true },
	{ "bytes", bytes, true },
	{ "uuid", uuid, false },
	{ NULL, NULL, false }
};
