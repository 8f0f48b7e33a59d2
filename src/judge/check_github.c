/* SPDX-License-Identifier: Apache-2.0 */
/* check_github.c - GitHub's tokens, old, fine-grained and stateless. */
#include "base/codec.h"
#include "base/hash.h"
#include "judge/check_crc.h"
#include "judge/check_jwt.h"

/* Longer refresh tokens are said to have the same checksum; none that has it
   was seen: proof when right, no verdict when wrong. */
static enum check_result
long_refresh_token(struct span s)
{
	static const struct crc_scheme scheme = { "ghr_", 70, CRC_BASE62, 0 };

	return crc_check(s, &scheme) == CHECK_PASS ? CHECK_PASS : CHECK_NA;
}

/*
 * Six base-62 digits of CRC-32 over the thirty characters before, for all
 * five prefixes: GitHub's blog, 2021-04-05, "Behind GitHub's new
 * authentication token formats"; 15 real-looking tokens in five places have
 * it.  So a fail drops, but only in exactly this shape: stateless ghs_ tokens
 * hold a JWT and no checksum.
 */
enum check_result
check_github_token(const struct judge_case *c, struct judgement *out)
{
	static const struct crc_scheme schemes[] = {
		{ "ghp_", 30, CRC_BASE62, 0 }, { "gho_", 30, CRC_BASE62, 0 },
		{ "ghu_", 30, CRC_BASE62, 0 }, { "ghs_", 30, CRC_BASE62, 0 },
		{ "ghr_", 30, CRC_BASE62, 0 }
	};
	enum check_result result;

	for (size_t i = 4; i < c->secret.len; i++)
		if (c->secret.ptr[i] == '_' || c->secret.ptr[i] == '-')
			return CHECK_NA;
	result = crc_check_any(c->secret, schemes,
		sizeof schemes / sizeof *schemes);
	return result == CHECK_NA ? long_refresh_token(c->secret) : result;
}

/*
 * Eight base-32 digits of SHA-256 over the 77 characters before, then eight
 * that are free.  Not published by GitHub; two of four real-looking tokens
 * have it: proof when right (40 bits), no verdict when wrong.
 */
enum check_result
check_github_fine_grained(const struct judge_case *c, struct judgement *out)
{
	enum { LENGTH = 93, SUMMED = 77, SUM = 8 };
	uint8_t digest[32];
	struct buf text;
	bool right;

	if (c->secret.len != LENGTH ||
	    !span_starts(c->secret, "github_pat_"))
		return CHECK_NA;
	hash_sha256_of(span_first(c->secret, SUMMED), digest);
	buf_init(&text, 64);
	if (!codec_base32_encode(&text, span_of(digest, sizeof digest))) {
		buf_free(&text);
		return CHECK_NA;
	}
	right = !memcmp(text.ptr, c->secret.ptr + SUMMED, SUM);
	buf_free(&text);
	return right ? CHECK_PASS : CHECK_FAIL;
}

/* ghs_, the application's number, _, a JWT.  No CRC in these. */
enum check_result
check_github_app_jwt(const struct judge_case *c, struct judgement *out)
{
	struct span rest = span_skip(c->secret, 4);
	size_t digits = 0;

	if (!span_starts(c->secret, "ghs_"))
		return CHECK_NA;
	while (digits < rest.len && rest.ptr[digits] >= '0' &&
	    rest.ptr[digits] <= '9')
		digits++;
	if (digits == 0 || digits >= rest.len || rest.ptr[digits] != '_')
		return CHECK_NA;
	return jwt_check(span_skip(rest, digits + 1), out);
}
