/* SPDX-License-Identifier: Apache-2.0 */
/* recipe_azure.c - Azure's keys, made by the table in azure_kind.c. */
#include "base/codec.h"
#include "rule/azure_kind.h"
#include "rule/recipe_make.h"

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/*
 * The text up to the signature is drawn; the six digits after it hold the sum
 * and, before it, such bits as must be zero.
 */
static const char *
azure_key(struct recipe_state *r, const char *arg)
{
	const struct azure_kind *k = azure_kind_find(arg);
	enum codec_base64 kind;
	struct buf text, raw;
	uint32_t sum;

	if (!k)
		return "azure-key takes a signature it knows, as :+ASt";
	kind = k->url ? CODEC_BASE64URL : CODEC_BASE64;
	buf_init(&text, 96);
	buf_init(&raw, 96);
	recipe_chars(r, &text, ALNUM, k->before);
	buf_str(&text, k->signature);
	buf_str(&text, "AAAAAA");
	if (codec_base64_decode(&raw, buf_span(&text), kind)) {
		sum = !k->seeds[0] ? (uint32_t)recipe_draw(r, UINT32_MAX) :
			azure_kind_sum(k, 0, span_of(raw.ptr, raw.len - 4));
		for (size_t i = 0; i < 4; i++)
			raw.ptr[raw.len - 4 + i] = (uint8_t)(sum >> 8 * i);
		codec_base64_encode(r->out, buf_span(&raw), kind, true);
	} else
		r->out->failed = true;	/* only for want of memory */
	buf_free(&text);
	buf_free(&raw);
	return NULL;
}

static const char *
azure_devops_pat(struct recipe_state *r, const char *arg)
{
	uint8_t raw[AZURE_DEVOPS_BYTES];
	size_t before = r->out->len;

	recipe_bytes(r, raw, sizeof raw);
	azure_devops_state(raw, azure_devops_sum(raw) ^ azure_devops_seeds[0]);
	codec_base32_encode(r->out, span_of(raw, sizeof raw));
	for (size_t i = before; i < r->out->len; i++)
		if (r->out->ptr[i] >= 'A')
			r->out->ptr[i] |= 0x20;
	return NULL;
}

static const char *
azure_entra_secret(struct recipe_state *r, const char *arg)
{
	size_t before = r->out->len;
	char tail[3];

	recipe_chars(r, r->out, ALNUM, 3);
	buf_str(r->out, "8Q~");
	recipe_chars(r, r->out, ALNUM, 31);
	if (!r->out->failed) {
		azure_entra_tail(span_of(r->out->ptr + before,
			r->out->len - before), tail);
		buf_append(r->out, tail, sizeof tail);
	}
	return NULL;
}

/* Random, JQQJ9 and a kind, date, platform, provider, signature, checksum. */
static const char *
azure_cask(struct recipe_state *r, const char *arg)
{
	char base62[AZURE_CASK_SUM], base64[AZURE_CASK_SUM];
	struct buf text, raw;

	if (strlen(arg) != 4)
		return "azure-cask takes a provider's signature, as :AZDO";
	buf_init(&text, 96);
	buf_init(&raw, AZURE_CASK_BYTES);
	recipe_chars(r, &text, ALNUM, 52);
	buf_str(&text, "JQQJ99BFAAAAAAAAAAAAAAAA");
	buf_str(&text, arg);
	if (!codec_base64_decode(&raw, buf_span(&text), CODEC_BASE64)) {
		buf_free(&text);
		return "azure-cask takes a signature of base64 characters";
	}
	azure_cask_sum(buf_span(&raw), base62, base64);
	buf_append(&text, base62, 4);
	buf_append(r->out, text.ptr, text.len);
	buf_free(&text);
	buf_free(&raw);
	return NULL;
}

const struct recipe_part recipe_azures[] = {
	{ "azure-key", azure_key, true },
	{ "azure-devops-pat", azure_devops_pat, false },
	{ "azure-entra-secret", azure_entra_secret, false },
	{ "azure-cask", azure_cask, true },
	{ NULL, NULL, false }
};
