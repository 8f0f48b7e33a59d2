/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key_der.c - private keys in DER: PKCS#1 (RFC 8017 A.1.2), SEC1 (RFC 5915),
 * PKCS#8 (RFC 5958) plain and encrypted, DSA as OpenSSL writes it.  All
 * lengths must fit exactly, and an RSA modulus must be its factors' product.
 */
#include "base/asn1.h"
#include "base/bignum.h"
#include "judge/key.h"

/* The content of a SEQUENCE that is all there is. */
static bool
sequence(struct span raw, struct span *body)
{
	return asn1_take(&raw, ASN1_SEQUENCE, body) && raw.len == 0;
}

/* A non-negative INTEGER, without its sign byte; may be empty for zero. */
static bool
integer_take(struct span *in, struct span *n)
{
	if (!asn1_take(in, ASN1_INTEGER, n) || n->len == 0 ||
	    n->ptr[0] >= 0x80)
		return false;
	if (n->ptr[0] == 0)
		*n = span_skip(*n, 1);
	return true;
}

static bool
is_product(struct span n, struct span p, struct span q)
{
	struct buf product;
	bool equal;

	buf_init(&product, 2 * BIGNUM_BYTES);
	equal = bignum_multiply(&product, p, q) &&
		span_equal(buf_span(&product), n);
	buf_free(&product);
	return equal;
}

/* version, n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p. */
static bool
pkcs1(struct span raw)
{
	struct span body, part[8], others;
	unsigned version;

	if (!sequence(raw, &body) || !asn1_take_small(&body, &version))
		return false;
	for (int i = 0; i < 8; i++)
		if (!integer_take(&body, &part[i]))
			return false;
	if (version == 1)	/* more than two primes */
		return asn1_take(&body, ASN1_SEQUENCE, &others) && !body.len;
	return version == 0 && body.len == 0 && part[0].len >= 32 &&
		is_product(part[0], part[3], part[4]);
}

/* version 0, p, q, g, y, x. */
static bool
dsa(struct span raw)
{
	struct span body, part;
	unsigned version;

	if (!sequence(raw, &body) || !asn1_take_small(&body, &version) ||
	    version != 0)
		return false;
	for (int i = 0; i < 5; i++)
		if (!integer_take(&body, &part) || part.len == 0)
			return false;
	return body.len == 0;
}

/* version 1, the number, [0] curve, [1] public point. */
static bool
sec1(struct span raw)
{
	struct span body, secret, part;
	unsigned version;

	if (!sequence(raw, &body) || !asn1_take_small(&body, &version) ||
	    version != 1 || !asn1_take(&body, ASN1_OCTET_STRING, &secret) ||
	    secret.len < 14 || secret.len > 72)
		return false;
	asn1_take(&body, ASN1_CONTEXT_0, &part);
	asn1_take(&body, ASN1_CONTEXT_1, &part);
	return body.len == 0;
}

/* Ed25519, X25519, Ed448, X448 (RFC 8410): an OCTET STRING of the bytes. */
static bool
curve_octets(struct span raw)
{
	struct span secret;

	return asn1_take(&raw, ASN1_OCTET_STRING, &secret) && raw.len == 0 &&
		(secret.len == 32 || secret.len == 56 || secret.len == 57);
}

static bool
any_element(struct span raw)
{
	struct span body;

	return (asn1_take(&raw, ASN1_SEQUENCE, &body) ||
		asn1_take(&raw, ASN1_INTEGER, &body) ||
		asn1_take(&raw, ASN1_OCTET_STRING, &body)) &&
		raw.len == 0 && body.len > 0;
}

/* What a PKCS#8 key of an algorithm holds, by how its OID begins. */
static const struct algorithm {
	uint8_t len, oid[8];
	bool (*holds)(struct span raw);
} algorithms[] = {
	{ 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1 }, pkcs1 },
	{ 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1 }, sec1 },
	{ 2, { 0x2b, 0x65 }, curve_octets },
	{ 0, { 0 }, any_element },
};

static bool
algorithm_holds(struct span oid, struct span raw)
{
	const struct algorithm *a = algorithms;

	while (oid.len < a->len || memcmp(oid.ptr, a->oid, a->len) != 0)
		a++;		/* the last fits any */
	return a->holds(raw);
}

/* version, { algorithm }, key, [0] attributes, [1] public key. */
static bool
pkcs8(struct span raw)
{
	struct span body, algorithm, oid, key, part;
	unsigned version;

	if (!sequence(raw, &body) || !asn1_take_small(&body, &version) ||
	    version > 1 || !asn1_take(&body, ASN1_SEQUENCE, &algorithm) ||
	    !asn1_take(&algorithm, ASN1_OID, &oid) || oid.len == 0 ||
	    !asn1_take(&body, ASN1_OCTET_STRING, &key))
		return false;
	asn1_take(&body, ASN1_CONTEXT_0, &part);
	if (!asn1_take(&body, ASN1_CONTEXT_1, &part))
		asn1_take(&body, 0x81, &part);
	return body.len == 0 && algorithm_holds(oid, key);
}

/* { algorithm of PKCS#5 or PKCS#12 }, cipher text. */
static bool
pkcs8_encrypted(struct span raw)
{
	static const uint8_t pkcs[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1 };
	struct span body, algorithm, oid, text;

	return sequence(raw, &body) &&
		asn1_take(&body, ASN1_SEQUENCE, &algorithm) &&
		asn1_take(&algorithm, ASN1_OID, &oid) &&
		oid.len > sizeof pkcs && !memcmp(oid.ptr, pkcs, sizeof pkcs) &&
		(oid.ptr[sizeof pkcs] == 5 || oid.ptr[sizeof pkcs] == 12) &&
		asn1_take(&body, ASN1_OCTET_STRING, &text) &&
		text.len >= 16 && body.len == 0;
}

enum key_state
key_der(struct span raw)
{
	if (pkcs8(raw) || pkcs1(raw) || sec1(raw) || dsa(raw))
		return KEY_PLAIN;
	return pkcs8_encrypted(raw) ? KEY_ENCRYPTED : KEY_NONE;
}
