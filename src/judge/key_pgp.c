/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key_pgp.c - OpenPGP transferable secret keys (RFC 9580 section 10.2; older
 * ones RFC 4880): a sequence of packets, the first a secret key.  Only the
 * first one's state is told; subkeys usually share it.
 */
#include "judge/key.h"

enum { TAG_SECRET_KEY = 5, S2K_GNU = 101 };

/* A big-endian number of n bytes. */
static bool
number_take(struct span *in, size_t n, size_t *value)
{
	if (in->len < n)
		return false;
	*value = 0;
	for (size_t i = 0; i < n; i++)
		*value = *value << 8 | in->ptr[i];
	*in = span_skip(*in, n);
	return true;
}

/* Lengths of one, two and five octets; partial ones are for data only. */
static bool
new_length(struct span *in, size_t *len)
{
	size_t low;

	if (!number_take(in, 1, len))
		return false;
	if (*len < 192)
		return true;
	if (*len == 255)
		return number_take(in, 4, len);
	if (*len >= 224 || !number_take(in, 1, &low))
		return false;
	*len = (*len - 192) * 256 + low + 192;
	return true;
}

static bool
packet_take(struct span *in, uint8_t *tag, struct span *body)
{
	size_t head, len;

	if (!number_take(in, 1, &head) || !(head & 0x80))
		return false;
	if (head & 0x40) {
		*tag = head & 0x3f;
		if (!new_length(in, &len))
			return false;
	} else {
		*tag = head >> 2 & 15;
		if ((head & 3) == 3 ||
		    !number_take(in, (size_t)1 << (head & 3), &len))
			return false;
	}
	if (len > in->len)
		return false;
	*body = span_first(*in, len);
	*in = span_skip(*in, len);
	return true;
}

static bool
skip(struct span *in, size_t n)
{
	if (in->len < n)
		return false;
	*in = span_skip(*in, n);
	return true;
}

static bool
mpi_skip(struct span *in)
{
	size_t bits;

	return number_take(in, 2, &bits) && skip(in, (bits + 7) / 8);
}

/* What an algorithm's public part is made of: 'o' an object id or parameters
   with their length in a byte, 'm' a number, a digit as many of 8 bytes. */
static const struct algorithm {
	uint8_t id;
	const char *parts;
} algorithms[] = {
	{ 1, "mm" }, { 2, "mm" }, { 3, "mm" },	/* RSA */
	{ 16, "mmm" },				/* Elgamal */
	{ 17, "mmmm" },				/* DSA */
	{ 18, "omo" },				/* ECDH */
	{ 19, "om" }, { 22, "om" },		/* ECDSA, EdDSA */
	{ 25, "4" }, { 26, "7" },		/* X25519, X448 */
	{ 27, "4" },				/* Ed25519 */
};

static bool
part_skip(struct span *in, char part)
{
	size_t n;

	if (part == 'm')
		return mpi_skip(in);
	if (part == 'o')
		return number_take(in, 1, &n) && skip(in, n);
	return skip(in, 8 * (size_t)(part - '0'));
}

static bool
public_skip(struct span *in, size_t id)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
		const char *part = algorithms[i].parts;

		if (algorithms[i].id != id)
			continue;
		while (*part && part_skip(in, *part))
			part++;
		return !*part;
	}
	return false;
}

/* GnuPG's own: "the secret part is elsewhere". */
static bool
is_stub(struct span s)
{
	return s.len >= 6 && s.ptr[1] == S2K_GNU &&
		!memcmp(s.ptr + 3, "GNU", 3);
}

static enum key_state
secret_state(struct span secret)
{
	size_t usage;

	if (!number_take(&secret, 1, &usage) || secret.len < 3)
		return KEY_NONE;
	if (usage == 0)
		return KEY_PLAIN;
	return usage >= 253 && is_stub(secret) ? KEY_STUB : KEY_ENCRYPTED;
}

static enum key_state
secret_key(struct span body)
{
	size_t version, created, days, id, len;

	if (!number_take(&body, 1, &version) || version < 2 || version > 6 ||
	    !number_take(&body, 4, &created))
		return KEY_NONE;
	if (version < 4 && !number_take(&body, 2, &days))
		return KEY_NONE;
	if (!number_take(&body, 1, &id))
		return KEY_NONE;
	/* newer versions state how long the public part is */
	if (version > 4 ? !number_take(&body, 4, &len) || !skip(&body, len) :
	    !public_skip(&body, id))
		return KEY_NONE;
	return secret_state(body);
}

enum key_state
key_pgp(struct span raw)
{
	struct span first, body;
	uint8_t tag;

	if (!packet_take(&raw, &tag, &first) || tag != TAG_SECRET_KEY)
		return KEY_NONE;
	while (raw.len)
		if (!packet_take(&raw, &tag, &body))
			return KEY_NONE;
	return secret_key(first);
}
