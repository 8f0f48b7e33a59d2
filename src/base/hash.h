/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h - digests and checksums.  The tree has no other copy of any. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

struct hash_sha256;	/* a running SHA-256 */

struct hash_sha256 *hash_sha256_new(void);	/* NULL: out of memory */
void hash_sha256_add(struct hash_sha256 *h, const void *data, size_t len);
/* The digest so far; more may be added. */
void hash_sha256_peek(const struct hash_sha256 *h, uint8_t out[32]);
/* Writes the digest and frees h. */
void hash_sha256_end(struct hash_sha256 *h, uint8_t out[32]);

void hash_sha256_of(struct span s, uint8_t out[32]);
void hash_hmac_sha256(struct span key, struct span s, uint8_t out[32]);
void hash_hex(const uint8_t *bytes, size_t n, char *out);  /* 2n + NUL */

/* Of a and b together: SHA-1 for a len of 20 bytes, else SHA-256.  As git
   names objects. */
void hash_object(size_t len, struct span a, struct span b, uint8_t *out);

/* CRC-32 as in IEEE 802.3 and zlib (RFC 1952 section 8). */
uint32_t hash_crc32(struct span s);
/* ... of what had the sum crc, or 0 for nothing, with s behind it. */
uint32_t hash_crc32_more(uint32_t crc, struct span s);
/* CRC-16/XMODEM: polynomial 0x1021, start 0. */
uint16_t hash_crc16_xmodem(struct span s);
/* CRC-24 of ASCII armour (RFC 4880 section 6.1, RFC 9580 section 6.1). */
uint32_t hash_crc24(struct span s);
/* Marvin32 (Microsoft), seed read as a big-endian number. */
uint32_t hash_marvin32(struct span s, uint64_t seed);

#endif
