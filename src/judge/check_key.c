/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_key.c - private keys in armour, from -----BEGIN on: undoes what the
 * text round them did (pem.c), decodes, and has the key parsed (key_*.c).
 *
 * A whole parse proves.  A block with hardly any base64 in it holds no key,
 * whoever wrote it, so that drops.  What has key material but does not parse
 * may be cut short or altered: no verdict.
 */
#include "base/codec.h"
#include "base/hash.h"
#include "judge/checks.h"
#include "judge/key.h"
#include "judge/pem.h"

enum {
	MATERIAL_LEAST = 40,	/* base64 of the shortest key there is */
	LOOKED_LEAST = 512	/* bytes, before no end mark says anything */
};

/* How far the line of the match is indented, or what a log put before it. */
static size_t
indent_of(struct span before)
{
	size_t n = 0;

	while (n < before.len && before.ptr[before.len - 1 - n] != '\n')
		n++;
	return n;
}

static bool
label_has(const struct pem *pem, const char *word)
{
	return pem->label.len && memmem(pem->label.ptr, pem->label.len, word,
		strlen(word)) != NULL;
}

/* RFC 9580 lets the checksum out; a wrong one means altered bytes. */
static bool
crc_fits(struct span raw, struct span crc)
{
	uint32_t sum = hash_crc24(raw), stated = 0;
	struct buf bytes;
	bool ok;

	if (crc.len == 0)
		return true;
	buf_init(&bytes, 3);
	ok = codec_base64_decode(&bytes, crc, CODEC_BASE64) && bytes.len == 3;
	for (size_t i = 0; ok && i < 3; i++)
		stated = stated << 8 | bytes.ptr[i];
	buf_free(&bytes);
	return ok && stated == sum;
}

static enum key_state
raw_state(const struct pem *pem, struct span raw, struct span crc)
{
	if (label_has(pem, "PGP"))
		return crc_fits(raw, crc) ? key_pgp(raw) : KEY_NONE;
	if (pem->old_encrypted)
		return raw.len >= MATERIAL_LEAST && raw.len % 8 == 0 ?
			KEY_ENCRYPTED : KEY_NONE;
	return label_has(pem, "OPENSSH") ? key_ssh(raw) : key_der(raw);
}

/* The key as one view of the armour shows it. */
static enum key_state
view_state(const struct pem *pem, enum pem_view view, size_t indent)
{
	enum key_state state = KEY_NONE;
	struct buf text, crc, raw;

	buf_init(&text, PEM_MOST);
	buf_init(&crc, 4);
	buf_init(&raw, PEM_MOST);
	if (pem_base64(pem, view, indent, &text, &crc) &&
	    codec_base64_decode(&raw, buf_span(&text), CODEC_BASE64))
		state = raw_state(pem, buf_span(&raw), buf_span(&crc));
	buf_free(&text);
	buf_free(&crc);
	buf_free(&raw);
	return state;
}

static enum check_result
state_result(enum key_state state, struct judgement *out)
{
	if (state == KEY_PLAIN)
		judgement_reason(out,
			"it parses as a private key and is not encrypted");
	else if (state == KEY_ENCRYPTED)
		judgement_lower(out, STANCH_INFO,
			"it is encrypted with a passphrase");
	else if (state == KEY_STUB)
		judgement_lower(out, STANCH_INFO,
			"it is a stub without the secret part");
	return state == KEY_NONE ? CHECK_NA : CHECK_PASS;
}

static enum check_result
armour_check(const struct pem *pem, size_t indent, struct judgement *out)
{
	enum key_state state = KEY_NONE;

	if (!label_has(pem, "PRIVATE KEY"))
		return CHECK_NA;
	if (pem_material(pem) < MATERIAL_LEAST)
		return pem->ended || pem->body.len >= LOOKED_LEAST ?
			CHECK_FAIL : CHECK_NA;
	for (int view = PEM_ALL; view < PEM_VIEWS && !state; view++)
		state = view_state(pem, (enum pem_view)view, indent);
	return state_result(state, out);
}

enum check_result
check_private_key(const struct judge_case *c, struct judgement *out)
{
	enum check_result result = CHECK_NA;
	struct pem pem;

	if (pem_open(&pem, c->secret))
		result = armour_check(&pem, indent_of(c->before), out);
	pem_free(&pem);
	return result;
}
