/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_encoded.c - tokens with a part that is base64 of something telling:
 * a JSON object, a number, a reference.  A fail always keeps.
 */
#include <time.h>

#include "base/codec.h"
#include "base/json.h"
#include "judge/checks.h"

enum { RAW_MOST = 16384 };

/* The object in base64, of either alphabet, padded or not; NULL: none. */
static struct json *
object_decode(struct span text)
{
	struct json *j = NULL;
	struct buf raw;

	buf_init(&raw, RAW_MOST);
	if (codec_base64_decode(&raw, text, CODEC_BASE64) ||
	    codec_base64_decode(&raw, text, CODEC_BASE64URL))
		j = json_parse(buf_span(&raw));
	buf_free(&raw);
	if (j && !json_get_object(json_top(j))) {
		json_free(j);
		j = NULL;
	}
	return j;
}

static bool
base64_char(uint8_t b)
{
	return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') ||
		(b >= 'a' && b <= 'z') || b == '+' || b == '/' || b == '-' ||
		b == '_' || b == '=';
}

/* Where base64 of "{\"" or of "{", blank begins; the length: nowhere. */
static size_t
object_at(struct span s)
{
	for (size_t i = 0; i + 3 <= s.len; i++)
		if (s.ptr[i] == 'e' && (s.ptr[i + 1] == 'y' ||
		    s.ptr[i + 1] == 'w') && (i == 0 ||
		    strchr("_-.:=", s.ptr[i - 1])))
			return i;
	return s.len;
}

/*
 * The first part of the secret that may be an object; it ends at its first
 * '.', or where base64 ends.  Such a token carries whose it is, which says
 * nothing of the rest: not a proof.
 */
enum check_result
check_base64_json(const struct judge_case *c, struct judgement *out)
{
	struct span part = span_skip(c->secret, object_at(c->secret));
	struct json *j;
	bool found;

	for (size_t i = 0; i < part.len; i++)
		if (!base64_char(part.ptr[i]))
			part.len = i;
	j = object_decode(part);
	found = j && json_get_size(json_top(j)) > 0;
	json_free(j);
	return found ? CHECK_PASS : CHECK_FAIL;
}

static bool
sentry_object(const json_value *v)
{
	struct span text;
	int64_t issued;

	return json_get_integer(json_get_member(v, "iat"), &issued) &&
		json_get_string(json_get_member(v, "url"), &text) &&
		json_get_string(json_get_member(v, "org"), &text);
}

/*
 * sntrys_, base64 of {"iat", "url", "region_url", "org"}, _, base64 of 32
 * bytes: docs.sentry.io, token formats.  Both parts are parsed whole.
 */
enum check_result
check_sentry_org_token(const struct judge_case *c, struct judgement *out)
{
	struct span s = c->secret, tail;
	struct json *j;
	struct buf raw;
	bool ok;

	if (!span_starts(s, "sntrys_") || s.len < 7 + 8 + 1 + 43 ||
	    s.ptr[s.len - 44] != '_')
		return CHECK_NA;
	tail = span_skip(s, s.len - 43);
	j = object_decode(span_skip(span_first(s, s.len - 44), 7));
	buf_init(&raw, 32);
	ok = j && sentry_object(json_top(j)) &&
		codec_base64_decode(&raw, tail, CODEC_BASE64);
	buf_free(&raw);
	json_free(j);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/* ops_, base64 of an object with an account's keys.  Its members are known
   from hearsay only: not a proof. */
enum check_result
check_onepassword_sa(const struct judge_case *c, struct judgement *out)
{
	static const char *const names[] = { "signInAddress", "userAuth",
		"email", "srpX", "muk", "secretKey" };
	const json_value *top;
	struct json *j;
	int found = 0;

	if (!span_starts(c->secret, "ops_"))
		return CHECK_NA;
	j = object_decode(span_skip(c->secret, 4));
	top = j ? json_top(j) : NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		found += json_get_member(top, names[i]) != NULL;
	json_free(j);
	return found >= 2 ? CHECK_PASS : CHECK_FAIL;
}

/* Takes a run of digits and the colon after it; false: not there. */
static bool
number_take(struct span *s, int64_t *n)
{
	size_t i = 0;

	for (*n = 0; i < s->len && i < 18 && s->ptr[i] >= '0' &&
	    s->ptr[i] <= '9'; i++)
		*n = *n * 10 + (s->ptr[i] - '0');
	if (i == 0 || i >= s->len || s->ptr[i] != ':')
		return false;
	*s = span_skip(*s, i + 1);
	return true;
}

static bool
reference(struct span s, int64_t *expires)
{
	int64_t version;

	if (!span_starts(s, "reftkn:"))
		return false;
	s = span_skip(s, 7);
	return number_take(&s, &version) && number_take(&s, expires) &&
		s.len >= 16;
}

/* JFrog: base64 of "reftkn:VERSION:EXPIRES:RANDOM", EXPIRES 0 for never. */
enum check_result
check_jfrog_reftkn(const struct judge_case *c, struct judgement *out)
{
	int64_t expires = 0;
	struct buf raw;
	bool ok;

	buf_init(&raw, 256);
	ok = codec_base64_decode(&raw, c->secret, CODEC_BASE64) &&
		reference(buf_span(&raw), &expires);
	buf_free(&raw);
	if (ok && expires && expires < (int64_t)time(NULL))
		judgement_lower(out, STANCH_LOW, "it has expired");
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/*
 * Discord: base64 of the account's number, a time, a signature.  The number
 * is a snowflake (discord.com/developers, reference): milliseconds since 2015
 * above 22 bits, so 17 to 19 digits.  The rest is not looked at: no proof.
 */
enum check_result
check_discord_bot(const struct judge_case *c, struct judgement *out)
{
	const uint8_t *dot = c->secret.len ?
		memchr(c->secret.ptr, '.', c->secret.len) : NULL;
	struct buf raw;
	bool ok;

	if (!dot)
		return CHECK_NA;
	buf_init(&raw, 20);
	ok = codec_base64_decode(&raw, span_of(c->secret.ptr,
		(size_t)(dot - c->secret.ptr)), CODEC_BASE64URL) &&
		raw.len >= 17 && raw.len <= 19 && raw.ptr[0] != '0';
	for (size_t i = 0; ok && i < raw.len; i++)
		ok = raw.ptr[i] >= '0' && raw.ptr[i] <= '9';
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}

/*
 * Jira, Confluence and Bitbucket of one's own: base64 of a number, a colon and
 * random bytes.  That is what others have seen, not the issuer's word.
 */
enum check_result
check_atlassian_dc(const struct judge_case *c, struct judgement *out)
{
	struct span s = c->secret, text;
	struct buf raw;
	int64_t number = 0;
	bool ok;

	if (span_starts(s, "BBDC-"))
		s = span_skip(s, 5);
	buf_init(&raw, 64);
	ok = codec_base64_decode(&raw, s, CODEC_BASE64);
	text = buf_span(&raw);
	ok = ok && number_take(&text, &number) && number >= 1000 && text.len;
	buf_free(&raw);
	return ok ? CHECK_PASS : CHECK_FAIL;
}
