/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe_ssh.c - Ed25519 keys in OpenSSH's own container, as PROTOCOL.key of
 * OpenSSH describes it.  The public half is random: it does not fit.
 */
#include "rule/recipe_make.h"

enum { HALF = 32 };		/* bytes of an Ed25519 public key, or seed */

static void
number_put(struct buf *out, uint32_t n)
{
	uint8_t bytes[4];

	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(n >> 8 * (3 - i));
	buf_append(out, bytes, sizeof bytes);
}

static void
string_put(struct buf *out, struct span s)
{
	number_put(out, (uint32_t)s.len);
	buf_append(out, s.ptr, s.len);
}

/* Puts what inner holds as a string, and frees it. */
static void
nested_put(struct buf *out, struct buf *inner)
{
	if (inner->failed)
		out->failed = true;
	string_put(out, buf_span(inner));
	buf_free(inner);
}

static void
public_put(struct buf *out, const uint8_t public[HALF])
{
	struct buf blob;

	buf_init(&blob, RECIPE_SCRATCH);
	string_put(&blob, span_str("ssh-ed25519"));
	string_put(&blob, span_of(public, HALF));
	nested_put(out, &blob);
}

static void
private_put(struct recipe_state *r, struct buf *out,
	const uint8_t public[HALF])
{
	uint32_t check = (uint32_t)recipe_draw(r, UINT32_MAX);
	struct buf blob, seed;

	buf_init(&blob, RECIPE_SCRATCH);
	buf_init(&seed, RECIPE_SCRATCH);
	number_put(&blob, check);
	number_put(&blob, check);
	string_put(&blob, span_str("ssh-ed25519"));
	string_put(&blob, span_of(public, HALF));
	recipe_blob(r, &seed, HALF);
	buf_append(&seed, public, HALF);
	nested_put(&blob, &seed);
	string_put(&blob, span_str("builder"));
	for (uint8_t pad = 1; blob.len % 8; pad++)
		buf_byte(&blob, pad);
	nested_put(out, &blob);
}

static void
head_put(struct buf *out, const char *cipher, const char *kdf)
{
	buf_append(out, "openssh-key-v1", 15);	/* with its NUL */
	string_put(out, span_str(cipher));
	string_put(out, span_str(kdf));
}

void
recipe_openssh(struct recipe_state *r, struct buf *out)
{
	uint8_t public[HALF];

	recipe_bytes(r, public, HALF);
	head_put(out, "none", "none");
	number_put(out, 0);
	number_put(out, 1);
	public_put(out, public);
	private_put(r, out, public);
}

void
recipe_openssh_encrypted(struct recipe_state *r, struct buf *out)
{
	struct buf options, body;
	uint8_t public[HALF];

	buf_init(&options, RECIPE_SCRATCH);
	buf_init(&body, RECIPE_SCRATCH);
	recipe_bytes(r, public, HALF);
	head_put(out, "aes256-ctr", "bcrypt");
	number_put(&options, 16);
	recipe_blob(r, &options, 16);	/* salt */
	number_put(&options, 16);	/* rounds */
	nested_put(out, &options);
	number_put(out, 1);
	public_put(out, public);
	recipe_blob(r, &body, 144);
	nested_put(out, &body);
}
