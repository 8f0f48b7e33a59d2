/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_gitlab.c - GitLab's routable tokens, from the generator in GitLab's
 * own source (lib/authn/token_field/generator/routable_token.rb), so that a
 * wrong checksum drops:
 *
 *	<prefix><payload>.01.<length:2><crc:7>
 *
 * payload is base64url, length its length, crc is CRC-32 of all before it,
 * both in base 36.  Before versions there was no "01.": the same shape with
 * one dot, which other things may have too, so there a fail says nothing.
 */
#include "base/codec.h"
#include "base/hash.h"
#include "judge/checks.h"

enum { LENGTH = 2, CRC = 7, TAIL = LENGTH + CRC, RANDOM = 16,
	PAYLOAD_LEAST = 27, PAYLOAD_MOST = 300 };

/* "c", "g", "o", "p", "t" or "u", a colon, base 36: who a token is for. */
static bool
route(struct span line)
{
	if (line.len < 3 || !memchr("cgoptu", line.ptr[0], 6) ||
	    line.ptr[1] != ':')
		return false;
	for (size_t i = 2; i < line.len; i++)
		if (!memchr(codec_base36, line.ptr[i], 36))
			return false;
	return true;
}

/* 16 random bytes, lines of routes with an o: among them, their length. */
static bool
routes(struct span raw)
{
	struct span text = span_skip(raw, RANDOM);
	bool organization = false;

	if (text.len < 4 || text.ptr[text.len - 1] != text.len - 1)
		return false;
	text.len--;
	while (text.len) {
		const uint8_t *lf = memchr(text.ptr, '\n', text.len);
		size_t n = lf ? (size_t)(lf - text.ptr) : text.len;

		if (!route(span_of(text.ptr, n)))
			return false;
		organization = organization || text.ptr[0] == 'o';
		text = span_skip(text, n + 1);
	}
	return organization;
}

/* The payload: as much before the dot as the two digits state. */
static bool
payload_of(struct span s, size_t dot, struct span *payload)
{
	size_t n = 0;

	for (size_t i = s.len - TAIL; i < s.len - CRC; i++) {
		const char *digit = memchr(codec_base36, s.ptr[i], 36);

		if (!digit)
			return false;
		n = n * 36 + (size_t)(digit - codec_base36);
	}
	if (n < PAYLOAD_LEAST || n > PAYLOAD_MOST || n >= dot)
		return false;
	*payload = span_of(s.ptr + dot - n, n);
	return true;
}

static bool
crc_fits(struct span s)
{
	char digits[CRC];

	codec_digits(hash_crc32(span_first(s, s.len - CRC)), codec_base36, 36,
		digits, CRC);
	return !memcmp(digits, s.ptr + s.len - CRC, CRC);
}

static void
owner_reason(struct span payload, struct judgement *out)
{
	struct buf raw;

	buf_init(&raw, PAYLOAD_MOST);
	if (codec_base64_decode(&raw, payload, CODEC_BASE64URL) &&
	    routes(buf_span(&raw)))
		judgement_reason(out, "its payload names its owner");
	buf_free(&raw);
}

enum check_result
check_gitlab_routable(const struct judge_case *c, struct judgement *out)
{
	struct span s = c->secret, payload;
	size_t dot;
	bool versioned;

	if (s.len < PAYLOAD_LEAST + TAIL + 4 || s.len > 2 * PAYLOAD_MOST ||
	    s.ptr[s.len - TAIL - 1] != '.')
		return CHECK_NA;
	dot = s.len - TAIL - 1;
	versioned = !memcmp(s.ptr + dot - 3, ".01", 3);
	if (versioned)
		dot -= 3;
	if (!payload_of(s, dot, &payload) || !crc_fits(s))
		return versioned ? CHECK_FAIL : CHECK_NA;
	owner_reason(payload, out);
	return CHECK_PASS;
}
