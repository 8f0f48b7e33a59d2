/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_atlassian.c - Atlassian API tokens: ATATT3xFfGF0 or ATCTT3xFfGN0,
 * base64url, '=', eight upper hex digits of CRC-32 over all before them.  Six
 * of eleven tokens seen have it, yet no word of the vendor's is known: proof
 * when right, no verdict when wrong.
 */
#include "base/buf.h"
#include "base/hash.h"
#include "judge/check_crc.h"

enum { LONGEST = 1024 };

/* How many bytes stand at s for one '=': itself, "\=", "%3d"; 0: none do. */
static size_t
equals_sign(struct span s)
{
	if (span_starts(s, "="))
		return 1;
	if (span_starts(s, "\\="))
		return 2;
	return span_starts(s, "%3d") || span_starts(s, "%3D") ? 3 : 0;
}

/* Both of how '=' is written in properties files and in URLs undone. */
static bool
unescape(struct buf *out, struct span s)
{
	while (s.len) {
		size_t n = equals_sign(s);

		if (!buf_byte(out, n ? '=' : s.ptr[0]))
			return false;
		s = span_skip(s, n ? n : 1);
	}
	return true;
}

static enum check_result
sum_check(struct span s)
{
	char digits[8];

	if (s.len < 32 || s.ptr[s.len - 9] != '=')
		return CHECK_NA;
	crc_digits(hash_crc32(span_first(s, s.len - 8)), CRC_HEX_UPPER,
		digits);
	return memcmp(digits, s.ptr + s.len - 8, 8) ? CHECK_FAIL : CHECK_PASS;
}

enum check_result
check_atlassian_token(const struct judge_case *c, struct judgement *out)
{
	enum check_result result = CHECK_NA;
	struct buf text;

	if (!span_starts(c->secret, "AT"))
		return CHECK_NA;
	buf_init(&text, LONGEST);
	if (unescape(&text, c->secret))
		result = sum_check(buf_span(&text));
	buf_free(&text);
	return result;
}
