/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_basic.c - base64 of `user:password` (RFC 7617, docker, npm), or with
 * NULs between the two (SASL's PLAIN, RFC 4616): whether there is such a pair,
 * and whether its password is one that a manual or a test made up.  The
 * password itself is judged as in a URL.
 */
#include "base/codec.h"
#include "judge/checks.h"

enum { PAIR_LEAST = 4, PAIR_MOST = 4096 };	/* of the base64; the pair */

/* Pairs that standards and manuals show, decoded. */
static const char *const shown[] = {
	"Aladdin:open sesame", "Aladdin:opensesame", "aladdin:opensesame",
	"test:123\xc2\xa3", "s6BhdRkqt3:gX1fBat3bV",
	"s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw", "Mufasa:Circle Of Life",
};

static bool
is_shown(struct span pair)
{
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		if (span_equal(pair, span_str(shown[i])))
			return true;
	return false;
}

static bool
is_text(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
			return false;
	return true;
}

/* "//user:password" as the filter of URLs reads it. */
static enum check_result
pair_check(struct buf *url, struct judgement *out)
{
	struct span pair = span_skip(buf_span(url), 2);
	const uint8_t *colon = pair.len ? memchr(pair.ptr, ':', pair.len) :
		NULL;
	struct judge_case inner = { .match = buf_span(url), .place = "" };

	if (!colon || !is_text(pair)) {
		judgement_reason(out, "it is no name and password in base64");
		return CHECK_FAIL;
	}
	if (is_shown(pair)) {
		judgement_reason(out, "the example of a standard");
		return CHECK_FAIL;
	}
	inner.secret = span_skip(pair, (size_t)(colon + 1 - pair.ptr));
	if (inner.secret.len == 0) {
		judgement_reason(out, "a name without a password");
		return CHECK_FAIL;
	}
	return check_url_password(&inner, out);
}

/* NUL user NUL password, a name before the first or none: to the pair. */
static struct span
plain_pair(struct buf *raw)
{
	struct span s = buf_span(raw);
	uint8_t *first = s.len ? memchr(raw->ptr, 0, s.len) : NULL, *second;

	if (!first)
		return s;
	s = span_skip(s, (size_t)(first + 1 - raw->ptr));
	second = s.len ? memchr(first + 1, 0, s.len) : NULL;
	if (second)
		*second = ':';
	return s;
}

enum check_result
check_basic_pair(const struct judge_case *c, struct judgement *out)
{
	enum check_result result = CHECK_NA;
	struct buf url, raw;
	struct span pair;

	if (c->secret.len < PAIR_LEAST)
		return CHECK_NA;
	buf_init(&raw, PAIR_MOST);
	buf_init(&url, PAIR_MOST + 2);
	if (codec_base64_decode(&raw, c->secret, CODEC_BASE64)) {
		pair = plain_pair(&raw);
		if (buf_str(&url, "//") &&
			buf_append(&url, pair.ptr, pair.len))
			result = pair_check(&url, out);
	}
	buf_free(&raw);
	buf_free(&url);
	return result;
}
