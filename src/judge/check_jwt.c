/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_jwt.c - JSON web tokens (RFC 7519, RFC 7515): three base64url parts,
 * a header with "alg", a payload that is an object, a signature of the
 * algorithm's length.  A pass is a full parse of two JSON objects, so it
 * proves; a fail keeps, for logs cut tokens short.
 *
 * What the payload says decides how bad a leak is: expired, unsigned, public
 * by design, or an account's key.
 */
#include "judge/check_jwt.h"

#include <time.h>

#include "base/codec.h"
#include "base/json.h"

enum { PART_MOST = 16384 };	/* bytes of one decoded part */

/* Bytes a signature has, RFC 7518 section 3 and RFC 8037; most 0: the key
   decides, and it has at least so many. */
static const struct algorithm {
	const char *name;
	uint16_t least, most;
} algorithms[] = {
	{ "HS256", 32, 32 }, { "HS384", 48, 48 }, { "HS512", 64, 64 },
	{ "ES256", 64, 64 }, { "ES384", 96, 96 }, { "ES512", 132, 132 },
	{ "ES256K", 64, 64 }, { "EdDSA", 64, 114 },
	{ "RS256", 128, 0 }, { "RS384", 128, 0 }, { "RS512", 128, 0 },
	{ "PS256", 128, 0 }, { "PS384", 128, 0 }, { "PS512", 128, 0 },
};

struct jwt {
	struct span header, payload, signature;
};

static bool
split(struct span s, struct jwt *jwt)
{
	const uint8_t *one = s.len ? memchr(s.ptr, '.', s.len) : NULL, *two;
	size_t rest;

	if (!one)
		return false;
	rest = s.len - (size_t)(one + 1 - s.ptr);
	two = rest ? memchr(one + 1, '.', rest) : NULL;
	if (!two)
		return false;
	jwt->header = span_of(s.ptr, (size_t)(one - s.ptr));
	jwt->payload = span_of(one + 1, (size_t)(two - one) - 1);
	jwt->signature = span_skip(s, (size_t)(two + 1 - s.ptr));
	return !jwt->signature.len ||
		!memchr(jwt->signature.ptr, '.', jwt->signature.len);
}

/* The object a part holds; NULL: none.  Free it with json_free(). */
static struct json *
object_read(struct span part)
{
	struct json *j = NULL;
	struct buf raw;

	buf_init(&raw, PART_MOST);
	if (codec_base64_decode(&raw, part, CODEC_BASE64URL))
		j = json_parse(buf_span(&raw));
	buf_free(&raw);
	if (j && !json_get_object(json_top(j))) {
		json_free(j);
		j = NULL;
	}
	return j;
}

static bool
length_fits(size_t len, const json_value *alg)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
		const struct algorithm *a = &algorithms[i];

		if (json_get_equal(alg, a->name))
			return len >= a->least && (!a->most || len <= a->most);
	}
	return len > 0;		/* an algorithm of tomorrow's */
}

static bool
signature_fits(struct span signature, const json_value *alg)
{
	struct buf raw;
	bool fits;

	if (json_get_equal(alg, "none"))
		return signature.len == 0;
	buf_init(&raw, PART_MOST);
	fits = codec_base64_decode(&raw, signature, CODEC_BASE64URL) &&
		length_fits(raw.len, alg);
	buf_free(&raw);
	return fits;
}

/* A member that is itself a secret, so that no signature is needed. */
static bool
holds_credential(const json_value *payload)
{
	static const char *const names[] = {
		"password", "passwd", "pwd", "secret", "client_secret",
		"token", "access_token", "refresh_token", "api_key", "apikey",
		"apiKey", "private_key", "privateKey"
	};
	struct span value;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (json_get_string(json_get_member(payload, names[i]),
		    &value) && value.len >= 4)
			return true;
	return false;
}

static bool
member_starts(const json_value *payload, const char *name, const char *text)
{
	struct span value;

	return json_get_string(json_get_member(payload, name), &value) &&
		span_starts(value, text);
}

/* Who issued it: kubernetes.io/docs on service accounts, supabase.com/docs on
   API keys, and the token that the world's examples show. */
static void
issuer_judge(const json_value *payload, struct judgement *out)
{
	const json_value *iss = json_get_member(payload, "iss");

	if (json_get_equal(iss, "kubernetes/serviceaccount") ||
	    member_starts(payload, "sub", "system:serviceaccount:"))
		judgement_raise(out, STANCH_HIGH,
			"it is a Kubernetes service account's token");
	else if (!json_get_equal(iss, "supabase"))
		return;
	else if (json_get_equal(json_get_member(payload, "role"),
	    "service_role"))
		judgement_raise(out, STANCH_HIGH,
			"it is a Supabase service_role key");
	else if (json_get_equal(json_get_member(payload, "role"), "anon"))
		judgement_lower(out, STANCH_INFO,
			"it is a Supabase anon key, public by design");
}

static void
payload_judge(const json_value *payload, bool has_signature,
	struct judgement *out)
{
	int64_t expires;

	issuer_judge(payload, out);
	if (json_get_integer(json_get_member(payload, "exp"), &expires) &&
	    expires < (int64_t)time(NULL))
		judgement_lower(out, STANCH_LOW, "it has expired");
	if (json_get_equal(json_get_member(payload, "sub"), "1234567890") &&
	    json_get_equal(json_get_member(payload, "name"), "John Doe"))
		judgement_lower(out, STANCH_INFO,
			"it is the usual example of a JWT");
	if (has_signature)
		return;
	if (holds_credential(payload))
		judgement_reason(out, "its payload holds a credential");
	else
		judgement_lower(out, STANCH_INFO, "it is not signed");
}

static enum check_result
parts_check(const struct jwt *jwt, const json_value *header,
	const json_value *payload, struct judgement *out)
{
	const json_value *alg = json_get_member(header, "alg");
	struct span name;

	if (!json_get_string(alg, &name) ||
	    !signature_fits(jwt->signature, alg))
		return CHECK_FAIL;
	payload_judge(payload, jwt->signature.len > 0, out);
	return CHECK_PASS;
}

enum check_result
jwt_check(struct span token, struct judgement *out)
{
	enum check_result result = CHECK_FAIL;
	struct json *header, *payload;
	struct jwt jwt;

	if (!split(token, &jwt))
		return CHECK_NA;
	header = object_read(jwt.header);
	payload = object_read(jwt.payload);
	if (header && payload)
		result = parts_check(&jwt, json_top(header),
			json_top(payload), out);
	json_free(header);
	json_free(payload);
	return result;
}

enum check_result
check_jwt(const struct judge_case *c, struct judgement *out)
{
	return jwt_check(c->secret, out);
}

/* A mark of the issuer's, then a token: the part from the first eyJ on. */
enum check_result
check_prefixed_jwt(const struct judge_case *c, struct judgement *out)
{
	const uint8_t *at = c->secret.len ?
		memmem(c->secret.ptr, c->secret.len, "eyJ", 3) : NULL;

	return !at ? CHECK_NA : jwt_check(span_skip(c->secret,
		(size_t)(at - c->secret.ptr)), out);
}
