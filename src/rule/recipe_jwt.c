/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_jwt.c - JSON web tokens (RFC 7519).  Signatures are random bytes of
 * the algorithm's length: nobody holds the key.
 */
#include "base/codec.h"
#include "rule/recipe_make.h"

/* $ is where eight drawn digits go; 4102444800 is in 2100. */
static const struct jwt {
	const char *name, *header, *payload;
	size_t signature;	/* bytes */
} jwts[] = {
	{ "jwt", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"sub\":\"$\",\"iat\":1700000000,\"exp\":4102444800}", 32 },
	{ "jwt-expired", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"sub\":\"$\",\"iat\":1500000000,\"exp\":1500003600}", 32 },
	{ "jwt-none", "{\"alg\":\"none\",\"typ\":\"JWT\"}",
		"{\"sub\":\"$\",\"iat\":1700000000,\"exp\":4102444800}", 0 },
	{ "jwt-kubernetes", "{\"alg\":\"RS256\",\"kid\":\"$\"}",
		"{\"iss\":\"kubernetes/serviceaccount\","
		"\"kubernetes.io/serviceaccount/namespace\":\"default\","
		"\"kubernetes.io/serviceaccount/secret.name\":"
		"\"builder-$\","
		"\"kubernetes.io/serviceaccount/service-account.name\":"
		"\"builder\","
		"\"sub\":\"system:serviceaccount:default:builder\"}", 256 },
	{ "jwt-supabase-service", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"iss\":\"supabase\",\"ref\":\"p$\",\"role\":"
		"\"service_role\",\"iat\":1700000000,\"exp\":4102444800}",
		32 },
	{ "jwt-supabase-anon", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"iss\":\"supabase\",\"ref\":\"p$\",\"role\":"
		"\"anon\",\"iat\":1700000000,\"exp\":4102444800}", 32 },
};

static void
part_put(struct recipe_state *r, const char *text)
{
	struct buf json;

	buf_init(&json, 1024);
	for (; *text; text++) {
		if (*text == '$')
			recipe_chars(r, &json, recipe_digit, 8);
		else
			buf_byte(&json, (uint8_t)*text);
	}
	codec_base64_encode(r->out, buf_span(&json), CODEC_BASE64URL, false);
	buf_free(&json);
}

static void
jwt_put(struct recipe_state *r, const struct jwt *jwt)
{
	uint8_t signature[256];

	part_put(r, jwt->header);
	buf_byte(r->out, '.');
	part_put(r, jwt->payload);
	buf_byte(r->out, '.');
	recipe_bytes(r, signature, jwt->signature);
	codec_base64_encode(r->out, span_of(signature, jwt->signature),
		CODEC_BASE64URL, false);
}

bool
recipe_jwt(struct recipe_state *r, const char *name)
{
	for (size_t i = 0; i < sizeof jwts / sizeof *jwts; i++)
		if (!strcmp(jwts[i].name, name)) {
			jwt_put(r, &jwts[i]);
			return true;
		}
	return false;
}
