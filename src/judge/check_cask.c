/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_cask.c - Azure's common annotated security keys: 52 characters at
 * random, JQQJ9 and what it was made for (9, D, H), year and month as letters,
 * room for platform and provider, the provider's four letters, a checksum.
 * The layout is the vendor's (rule/azure_kind.h), but there are older writings
 * of the checksum than these two, so a fail keeps.
 */
#include "base/codec.h"
#include "judge/checks.h"
#include "rule/azure_kind.h"

enum { MARK = 52, SHORT = 84, LONG = 88 };

static bool
shaped(struct span s)
{
	const uint8_t *p = s.ptr + MARK;

	return (s.len == SHORT || (s.len == LONG && s.ptr[LONG - 1] == '=' &&
		s.ptr[LONG - 2] == '=')) && !memcmp(p, "JQQJ9", 5) &&
		memchr("9DH", p[5], 3) && p[6] >= 'A' && p[6] <= 'Z' &&
		p[7] >= 'A' && p[7] <= 'L';
}

enum check_result
check_azure_cask(const struct judge_case *c, struct judgement *out)
{
	char base62[AZURE_CASK_SUM], base64[AZURE_CASK_SUM];
	const uint8_t *stated;
	struct buf raw;
	size_t n;

	if (!shaped(c->secret))
		return CHECK_NA;
	buf_init(&raw, AZURE_CASK_BYTES);
	if (!codec_base64_decode(&raw, span_first(c->secret, AZURE_CASK_HEAD),
	    CODEC_BASE64)) {
		buf_free(&raw);
		return CHECK_NA;
	}
	azure_cask_sum(buf_span(&raw), base62, base64);
	buf_free(&raw);
	stated = c->secret.ptr + AZURE_CASK_HEAD;
	n = c->secret.len == SHORT ? 4 : AZURE_CASK_SUM;
	return memcmp(stated, base62, n) && memcmp(stated, base64, n) ?
		CHECK_FAIL : CHECK_PASS;
}
