/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.c - digests from libcrypto, CRC-32 from zlib, and the three checksums
 * neither has.
 *
 * SHA-256 goes through libcrypto's plain functions, deprecated as they are:
 * the first EVP call of a process reads openssl.cnf and the environment,
 * which this library must not do, and costs about a millisecond.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <libdeflate.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdlib.h>

enum { BLOCK = 64, DIGEST = 32 };	/* of SHA-256, in bytes */

struct hash_sha256 {
	SHA256_CTX ctx;
};

struct hash_sha256 *
hash_sha256_new(void)
{
	struct hash_sha256 *h = malloc(sizeof *h);

	if (h)
		SHA256_Init(&h->ctx);
	return h;
}

void
hash_sha256_add(struct hash_sha256 *h, const void *data, size_t len)
{
	if (len)
		SHA256_Update(&h->ctx, data, len);
}

void
hash_sha256_peek(const struct hash_sha256 *h, uint8_t out[32])
{
	SHA256_CTX ctx = h->ctx;

	SHA256_Final(out, &ctx);
	OPENSSL_cleanse(&ctx, sizeof ctx);
}

void
hash_sha256_end(struct hash_sha256 *h, uint8_t out[32])
{
	SHA256_Final(out, &h->ctx);
	OPENSSL_cleanse(h, sizeof *h);
	free(h);
}

/* SHA-256 of a then b: no allocation, nothing left behind. */
static void
sha256_of_two(struct span a, struct span b, uint8_t out[DIGEST])
{
	SHA256_CTX ctx;

	SHA256_Init(&ctx);
	if (a.len)
		SHA256_Update(&ctx, a.ptr, a.len);
	if (b.len)
		SHA256_Update(&ctx, b.ptr, b.len);
	SHA256_Final(out, &ctx);
	OPENSSL_cleanse(&ctx, sizeof ctx);
}

void
hash_sha256_of(struct span s, uint8_t out[32])
{
	sha256_of_two(s, span_of(NULL, 0), out);
}

void
hash_object(size_t len, struct span a, struct span b, uint8_t *out)
{
	SHA_CTX ctx;

	if (len != SHA_DIGEST_LENGTH) {
		sha256_of_two(a, b, out);
		return;
	}
	SHA1_Init(&ctx);
	if (a.len)
		SHA1_Update(&ctx, a.ptr, a.len);
	if (b.len)
		SHA1_Update(&ctx, b.ptr, b.len);
	SHA1_Final(out, &ctx);
	OPENSSL_cleanse(&ctx, sizeof ctx);
}

/* RFC 2104. */
void
hash_hmac_sha256(struct span key, struct span s, uint8_t out[32])
{
	uint8_t pad[BLOCK] = { 0 }, inner[DIGEST];

	if (key.len > BLOCK)
		hash_sha256_of(key, pad);
	else if (key.len)
		memcpy(pad, key.ptr, key.len);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36;
	sha256_of_two(span_of(pad, BLOCK), s, inner);
	for (size_t i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	sha256_of_two(span_of(pad, BLOCK), span_of(inner, DIGEST), out);
	OPENSSL_cleanse(pad, sizeof pad);
	OPENSSL_cleanse(inner, sizeof inner);
}

void
hash_hex(const uint8_t *bytes, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * n] = '\0';
}

uint32_t
hash_crc32(struct span s)
{
	return hash_crc32_more(0, s);
}

/* libdeflate takes a third of the time of zlib. */
uint32_t
hash_crc32_more(uint32_t crc, struct span s)
{
	return s.len ? libdeflate_crc32(crc, s.ptr, s.len) : crc;
}

uint16_t
hash_crc16_xmodem(struct span s)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < s.len; i++) {
		crc ^= (uint32_t)s.ptr[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0);
		crc &= 0xffff;
	}
	return (uint16_t)crc;
}

uint32_t
hash_crc24(struct span s)
{
	uint32_t crc = 0xb704ce;

	for (size_t i = 0; i < s.len; i++) {
		crc ^= (uint32_t)s.ptr[i] << 16;
		for (int bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc & 0x800000 ? 0x864cfb : 0);
		crc &= 0xffffff;
	}
	return crc;
}

static uint32_t
rotate(uint32_t x, int n)
{
	return x << n | x >> (32 - n);
}

/* Marvin's mixing step, on the two halves of its state. */
static void
marvin_block(uint32_t p[2])
{
	p[1] ^= p[0];
	p[0] = rotate(p[0], 20) + p[1];
	p[1] = rotate(p[1], 9) ^ p[0];
	p[0] = rotate(p[0], 27) + p[1];
	p[1] = rotate(p[1], 19);
}

uint32_t
hash_marvin32(struct span s, uint64_t seed)
{
	uint32_t p[2] = { (uint32_t)seed, (uint32_t)(seed >> 32) };
	uint32_t last = 0x80;
	size_t i = 0;

	for (; s.len - i >= 4; i += 4) {
		p[0] += (uint32_t)s.ptr[i] | (uint32_t)s.ptr[i + 1] << 8 |
			(uint32_t)s.ptr[i + 2] << 16 |
			(uint32_t)s.ptr[i + 3] << 24;
		marvin_block(p);
	}
	for (size_t n = s.len; n > i; n--)
		last = last << 8 | s.ptr[n - 1];
	p[0] += last;
	marvin_block(p);
	marvin_block(p);
	return p[0] ^ p[1];
}
