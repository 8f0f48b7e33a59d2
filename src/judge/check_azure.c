/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_azure.c - Azure's identifiable keys, DevOps tokens and Entra client
 * secrets.  Layouts and seeds: rule/azure_kind.h, from Microsoft's own
 * library, which refuses other checksums; so a fail drops, but where said.
 */
#include "base/codec.h"
#include "judge/checks.h"
#include "rule/azure_kind.h"

static uint32_t
little_endian(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		(uint32_t)p[3] << 24;
}

static bool
sum_fits(const struct azure_kind *kind, struct span raw)
{
	struct span summed = span_first(raw, raw.len - 4);
	uint32_t stated = little_endian(raw.ptr + raw.len - 4);

	for (size_t i = 0; i < AZURE_SEEDS && kind->seeds[i]; i++)
		if (azure_kind_sum(kind, i, summed) == stated)
			return true;
	return false;
}

/*
 * Whether a wrong sum says anything.  Not when no seed is published.  Not for
 * registries: of the tokens seen only Microsoft's own have it.  Not for caches
 * whose tail has a P or F: older ones write those for + and /, after summing.
 */
static bool
fail_tells(const struct azure_kind *kind, struct span key)
{
	if (!kind->seeds[0] || !strcmp(kind->signature, "+ACR"))
		return false;
	if (strcmp(kind->signature, "AzCa") != 0)
		return true;
	key = span_skip(key, (size_t)kind->before + 4);
	return !memchr(key.ptr, 'P', key.len) &&
		!memchr(key.ptr, 'F', key.len);
}

enum check_result
check_azure_key(const struct judge_case *c, struct judgement *out)
{
	const struct azure_kind *kind = azure_kind_of(c->secret);
	struct buf raw;
	bool right;

	if (!kind)
		return CHECK_NA;
	buf_init(&raw, kind->bytes);
	right = codec_base64_decode(&raw, c->secret,
		kind->url ? CODEC_BASE64URL : CODEC_BASE64) &&
		raw.len == kind->bytes && sum_fits(kind, buf_span(&raw));
	buf_free(&raw);
	if (right)
		return CHECK_PASS;
	return fail_tells(kind, c->secret) ? CHECK_FAIL : CHECK_NA;
}

/* 52 characters of base 32 are a common sight: without the sum it is none. */
enum check_result
check_azure_devops_pat(const struct judge_case *c, struct judgement *out)
{
	enum check_result result = CHECK_FAIL;
	struct buf raw;

	if (c->secret.len != 52)
		return CHECK_NA;
	buf_init(&raw, AZURE_DEVOPS_BYTES);
	if (codec_base32_decode(&raw, c->secret) &&
	    raw.len == AZURE_DEVOPS_BYTES) {
		uint32_t sum = azure_devops_sum(raw.ptr);
		uint32_t stated = azure_devops_stated(raw.ptr);

		if ((sum ^ stated) == azure_devops_seeds[0] ||
		    (sum ^ stated) == azure_devops_seeds[1])
			result = CHECK_PASS;
	}
	buf_free(&raw);
	return result;
}

/*
 * Eighteen bits, in the newer kind only; two of seventeen seen have them.  So
 * a pass proves, and a fail says nothing.
 */
enum check_result
check_azure_entra_secret(const struct judge_case *c, struct judgement *out)
{
	struct span s = c->secret;
	char tail[3];

	if (s.len < 37 || s.len > 40 || memcmp(s.ptr + 3, "8Q~", 3) != 0)
		return CHECK_NA;
	azure_entra_tail(span_first(s, s.len - 3), tail);
	return memcmp(tail, s.ptr + s.len - 3, 3) ? CHECK_NA : CHECK_PASS;
}
