/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key_ssh.c - OpenSSH's container of private keys (PROTOCOL.key of OpenSSH):
 * magic, cipher, kdf, its options, how many, public key, private part.  With
 * the cipher "none" the private part can be read: a number twice, the key, a
 * comment, 1 2 3 ... to fill the block.
 */
#include "judge/key.h"

static const char magic[] = "openssh-key-v1";	/* and its NUL */

static bool
number_take(struct span *in, uint32_t *n)
{
	if (in->len < 4)
		return false;
	*n = (uint32_t)in->ptr[0] << 24 | (uint32_t)in->ptr[1] << 16 |
		(uint32_t)in->ptr[2] << 8 | in->ptr[3];
	*in = span_skip(*in, 4);
	return true;
}

static bool
string_take(struct span *in, struct span *s)
{
	struct span rest = *in;
	uint32_t n;

	if (!number_take(&rest, &n) || n > rest.len)
		return false;
	*s = span_first(rest, n);
	*in = span_skip(rest, n);
	return true;
}

/* 1, 2, 3 ..., less than a block. */
static bool
is_padding(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != i + 1)
			return false;
	return s.len < 16;
}

/* The public part of an Ed25519 key stands in the private part too. */
static bool
ed25519_fits(struct span private, struct span public)
{
	struct span type, inside, outside;

	return string_take(&public, &type) &&
		string_take(&public, &outside) &&
		string_take(&private, &inside) && span_equal(inside, outside);
}

static bool
fields_fit(struct span type, struct span private, struct span public)
{
	struct span field;

	if (span_starts(type, "sk-"))	/* on a token; a lone byte inside */
		return true;
	if (span_equal(type, span_str("ssh-ed25519")) &&
	    !ed25519_fits(private, public))
		return false;
	while (private.len && string_take(&private, &field))
		;
	return is_padding(private);
}

static bool
private_fits(struct span private, struct span public)
{
	struct span type, public_rest = public, public_type;
	uint32_t one, two;

	return number_take(&private, &one) && number_take(&private, &two) &&
		one == two && string_take(&private, &type) && type.len &&
		string_take(&public_rest, &public_type) &&
		span_equal(type, public_type) &&
		fields_fit(type, private, public);
}

struct container {
	struct span cipher, kdf, options, public, private;
	struct span rest;	/* after all of these */
};

static bool
container_read(struct span raw, struct container *c)
{
	uint32_t count;

	if (raw.len < sizeof magic || memcmp(raw.ptr, magic, sizeof magic))
		return false;
	c->rest = span_skip(raw, sizeof magic);
	return string_take(&c->rest, &c->cipher) &&
		string_take(&c->rest, &c->kdf) &&
		string_take(&c->rest, &c->options) &&
		number_take(&c->rest, &count) && count == 1 &&
		string_take(&c->rest, &c->public) &&
		string_take(&c->rest, &c->private) && c->private.len > 0;
}

enum key_state
key_ssh(struct span raw)
{
	struct container c;

	if (!container_read(raw, &c))
		return KEY_NONE;
	/* an authenticated cipher leaves its tag after all */
	if (!span_equal(c.cipher, span_str("none")))
		return c.kdf.len && c.rest.len <= 16 ? KEY_ENCRYPTED :
			KEY_NONE;
	return c.rest.len == 0 && private_fits(c.private, c.public) ?
		KEY_PLAIN : KEY_NONE;
}
