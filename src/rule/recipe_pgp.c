/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_pgp.c - an OpenPGP secret key (RFC 9580 section 5.5): version 4,
 * EdDSA, not encrypted, and a user id.  The public point is random.
 */
#include "rule/recipe_make.h"

enum { SECRET_KEY = 0xc5, USER_ID = 0xcd };	/* packet headers */

/* A number of n bytes whose first is not zero. */
static void
mpi_put(struct buf *out, const uint8_t *bytes, size_t n)
{
	unsigned bits = (unsigned)n * 8;

	for (uint8_t top = bytes[0]; !(top & 0x80); top = (uint8_t)(top << 1))
		bits--;
	buf_byte(out, (uint8_t)(bits >> 8));
	buf_byte(out, (uint8_t)bits);
	buf_append(out, bytes, n);
}

/* The secret number, unencrypted, and the sum of its octets. */
static void
secret_put(struct recipe_state *r, struct buf *out)
{
	uint8_t scalar[32];
	unsigned sum = 0;
	size_t before;

	recipe_bytes(r, scalar, sizeof scalar);
	scalar[0] |= 0x80;
	buf_byte(out, 0);		/* S2K usage: none */
	before = out->len;
	mpi_put(out, scalar, sizeof scalar);
	for (size_t i = before; i < out->len; i++)
		sum += out->ptr[i];
	buf_byte(out, (uint8_t)(sum >> 8));
	buf_byte(out, (uint8_t)sum);
}

void
recipe_pgp(struct recipe_state *r, struct buf *out)
{
	static const uint8_t oid[] = { 9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f,
		1 };
	static const char user[] = "builder <builder@acme.example>";
	uint8_t created[4], point[33];
	struct buf key;

	buf_init(&key, RECIPE_SCRATCH);
	recipe_bytes(r, created, sizeof created);
	recipe_bytes(r, point, sizeof point);
	created[0] = 0x65;		/* late 2023 or 2024 */
	point[0] = 0x40;
	buf_byte(&key, 4);
	buf_append(&key, created, sizeof created);
	buf_byte(&key, 22);		/* EdDSA */
	buf_append(&key, oid, sizeof oid);
	mpi_put(&key, point, sizeof point);
	secret_put(r, &key);
	buf_byte(out, SECRET_KEY);
	buf_byte(out, (uint8_t)key.len);	/* below 192 */
	buf_append(out, key.ptr, key.len);
	buf_byte(out, USER_ID);
	buf_byte(out, sizeof user - 1);
	buf_append(out, user, sizeof user - 1);
	if (key.failed)
		out->failed = true;
	buf_free(&key);
}
