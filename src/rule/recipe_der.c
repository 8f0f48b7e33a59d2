/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_der.c - private keys in DER: PKCS#1 (RFC 8017 A.1.2), PKCS#8 (RFC
 * 5958), SEC1 (RFC 5915), encrypted PKCS#8 with PBES2 (RFC 8018).  The
 * structure is right, the mathematics is not: an RSA modulus is the product
 * of two odd numbers, a public point is not on its curve.  So none of these
 * works, and making one takes no search for primes.
 */
#include "base/asn1.h"
#include "base/bignum.h"
#include "rule/recipe_make.h"

enum { PRIME = 128 };		/* bytes of a factor: RSA-2048 */

#define OID(...) span_of((const uint8_t[]){ __VA_ARGS__ }, \
	sizeof (const uint8_t[]){ __VA_ARGS__ })

#define RSA_ENCRYPTION OID(0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1)
#define PRIME256V1 OID(0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7)
#define ED25519 OID(0x2b, 0x65, 0x70)
#define PBES2 OID(0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 5, 13)
#define PBKDF2 OID(0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 5, 12)
#define HMAC_SHA256 OID(0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 2, 9)
#define AES256_CBC OID(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 42)

/* Wraps what inner holds into an element of out, and frees inner. */
static void
wrap(struct buf *out, uint8_t tag, struct buf *inner)
{
	if (inner->failed || !asn1_put(out, tag, buf_span(inner)))
		out->failed = true;
	buf_free(inner);
}

static void
small_put(struct buf *out, unsigned value)
{
	uint8_t bytes[2] = { (uint8_t)(value >> 8), (uint8_t)value };

	asn1_put_integer(out, span_of(bytes, sizeof bytes));
}

static void
octets_put(struct recipe_state *r, struct buf *out, size_t n)
{
	struct buf bytes;

	buf_init(&bytes, RECIPE_SCRATCH);
	recipe_blob(r, &bytes, n);
	wrap(out, ASN1_OCTET_STRING, &bytes);
}

static void
integer_put(struct recipe_state *r, struct buf *out, size_t n)
{
	uint8_t bytes[2 * PRIME];

	recipe_bytes(r, bytes, n);
	asn1_put_integer(out, span_of(bytes, n));
}

/* An odd number of PRIME bytes, large enough that n has twice as many. */
static void
factor(struct recipe_state *r, uint8_t out[PRIME])
{
	recipe_bytes(r, out, PRIME);
	out[0] |= 0xc0;
	out[PRIME - 1] |= 1;
}

void
recipe_rsa(struct recipe_state *r, struct buf *out)
{
	static const uint8_t exponent[] = { 1, 0, 1 };
	uint8_t p[PRIME], q[PRIME];
	struct buf n, key;

	buf_init(&n, 2 * PRIME);
	buf_init(&key, RECIPE_SCRATCH);
	factor(r, p);
	factor(r, q);
	if (!bignum_multiply(&n, span_of(p, PRIME), span_of(q, PRIME)))
		out->failed = true;
	small_put(&key, 0);
	asn1_put_integer(&key, buf_span(&n));
	asn1_put_integer(&key, span_of(exponent, sizeof exponent));
	integer_put(r, &key, 2 * PRIME);
	asn1_put_integer(&key, span_of(p, PRIME));
	asn1_put_integer(&key, span_of(q, PRIME));
	for (int i = 0; i < 3; i++)
		integer_put(r, &key, PRIME);
	wrap(out, ASN1_SEQUENCE, &key);
	buf_free(&n);
}

/* PKCS#8 round a key, whose algorithm is an OID and maybe a NULL. */
static void
pkcs8(struct buf *out, struct span oid, bool null, struct buf *inner)
{
	struct buf algorithm, key;

	buf_init(&algorithm, RECIPE_SCRATCH);
	buf_init(&key, RECIPE_SCRATCH);
	asn1_put(&algorithm, ASN1_OID, oid);
	if (null)
		asn1_put(&algorithm, ASN1_NULL, span_of(NULL, 0));
	small_put(&key, 0);
	wrap(&key, ASN1_SEQUENCE, &algorithm);
	wrap(&key, ASN1_OCTET_STRING, inner);
	wrap(out, ASN1_SEQUENCE, &key);
}

void
recipe_pkcs8_rsa(struct recipe_state *r, struct buf *out)
{
	struct buf rsa;

	buf_init(&rsa, RECIPE_SCRATCH);
	recipe_rsa(r, &rsa);
	pkcs8(out, RSA_ENCRYPTION, true, &rsa);
}

void
recipe_ed25519(struct recipe_state *r, struct buf *out)
{
	struct buf key;

	buf_init(&key, RECIPE_SCRATCH);
	octets_put(r, &key, 32);
	pkcs8(out, ED25519, false, &key);
}

void
recipe_sec1(struct recipe_state *r, struct buf *out)
{
	struct buf key, inner, bits;

	buf_init(&key, RECIPE_SCRATCH);
	buf_init(&inner, RECIPE_SCRATCH);
	buf_init(&bits, RECIPE_SCRATCH);
	small_put(&key, 1);
	octets_put(r, &key, 32);
	asn1_put(&inner, ASN1_OID, PRIME256V1);
	wrap(&key, ASN1_CONTEXT_0, &inner);
	buf_append(&bits, "\0\4", 2);	/* no unused bits; a whole point */
	recipe_blob(r, &bits, 64);
	buf_init(&inner, RECIPE_SCRATCH);
	wrap(&inner, ASN1_BIT_STRING, &bits);
	wrap(&key, ASN1_CONTEXT_1, &inner);
	wrap(out, ASN1_SEQUENCE, &key);
}

/* The key derivation: salt, rounds, and the function it is done with. */
static void
pbkdf2_put(struct recipe_state *r, struct buf *out)
{
	struct buf kdf, inner, prf;

	buf_init(&kdf, RECIPE_SCRATCH);
	buf_init(&inner, RECIPE_SCRATCH);
	buf_init(&prf, RECIPE_SCRATCH);
	asn1_put(&prf, ASN1_OID, HMAC_SHA256);
	asn1_put(&prf, ASN1_NULL, span_of(NULL, 0));
	octets_put(r, &inner, 16);
	small_put(&inner, 2048);
	wrap(&inner, ASN1_SEQUENCE, &prf);
	asn1_put(&kdf, ASN1_OID, PBKDF2);
	wrap(&kdf, ASN1_SEQUENCE, &inner);
	wrap(out, ASN1_SEQUENCE, &kdf);
}

void
recipe_pkcs8_encrypted(struct recipe_state *r, struct buf *out)
{
	struct buf key, algorithm, parameters, cipher;

	buf_init(&key, RECIPE_SCRATCH);
	buf_init(&algorithm, RECIPE_SCRATCH);
	buf_init(&parameters, RECIPE_SCRATCH);
	buf_init(&cipher, RECIPE_SCRATCH);
	pbkdf2_put(r, &parameters);
	asn1_put(&cipher, ASN1_OID, AES256_CBC);
	octets_put(r, &cipher, 16);
	wrap(&parameters, ASN1_SEQUENCE, &cipher);
	asn1_put(&algorithm, ASN1_OID, PBES2);
	wrap(&algorithm, ASN1_SEQUENCE, &parameters);
	wrap(&key, ASN1_SEQUENCE, &algorithm);
	octets_put(r, &key, 1232);
	wrap(out, ASN1_SEQUENCE, &key);
}
