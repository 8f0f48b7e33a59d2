/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_aws.c - AWS access key ids: four letters, then base 32 of ten bytes,
 * in which newer ids hold the account's number.  No checksum is known, so
 * nothing is proven; a fail keeps.
 */
#include "base/codec.h"
#include "judge/checks.h"

enum check_result
check_aws_key_id(const struct judge_case *c, struct judgement *out)
{
	uint64_t head = 0;
	struct buf raw;
	bool ok;

	if (c->secret.len != 20)
		return CHECK_NA;
	/* older ids begin so, and hold no account */
	if (c->secret.ptr[4] == 'I' || c->secret.ptr[4] == 'J')
		return CHECK_NA;
	buf_init(&raw, 10);
	ok = codec_base32_decode(&raw, span_skip(c->secret, 4)) &&
		raw.len == 10;
	for (size_t i = 0; ok && i < 6; i++)
		head = head << 8 | raw.ptr[i];
	buf_free(&raw);
	ok = ok && (head & 0x7fffffffff80) >> 7 < 1000000000000u;
	return ok ? CHECK_PASS : CHECK_FAIL;
}
