/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe.h - examples as recipes: no live-looking token stands in the
 * repository, each is made when it is needed, the same on every machine.
 *
 * A recipe is text with {{...}} parts:
 *	{{NAME:N}}	N characters drawn from an alphabet: digit, lower,
 *			upper, alpha, alnum (= base62), hex, HEX, base32
 *			(A-Z2-7), base32l (a-z2-7), base36 (0-9a-z), BASE36
			(0-9A-Z), base58,
 *			base64 (A-Za-z0-9+/), base64url (A-Za-z0-9_-), word
 *			(A-Za-z0-9_), print (0x21-0x7e without quotes and
 *			backslash); {{NAME:N-M}} draws the length too
 *	{{(}} {{)}}	where the secret begins and ends; without them it is
 *			the whole text
 *	{{<}}		where the body of the next checksum begins; without it
 *			the body begins at the first drawn character since the
 *			start or the last checksum.  It ends where the checksum
 *			begins; a literal _ right before that only parts them
 *	{{CHECK}}	a checksum over the body: of CRC-32 in digits
 *			b62crc32:N (0-9A-Za-z), b62lcrc32:N (0-9a-zA-Z),
 *			b36crc32:N (0-9a-z), hexcrc32, HEXcrc32, hexcrc32le
 *			(of the little-endian bytes), b64crc32le:N (base64 of
 *			those); sha256b32:N (base32 of SHA-256)
 *	{{KIND}}	a whole generated object, by name: tokens are in
 *			recipe_token.c, azure-key:SIG and its like in
 *			recipe_azure.c, jwt... in recipe_jwt.c, pem-...,
 *			openssh-..., pgp-private in recipe_key.c (with
 *			-escaped after the name newlines are written \n).
 *			gitlab-routable and github-fine-grained-tail sum all
 *			from {{<}}, or from where the secret begins
 *	{{lf}} {{cr}} {{tab}} {{nul}} {{quote}} {{dquote}} {{bslash}}
 *	{{lbrace}} {{rbrace}}	characters hard to write
 *
 * The same recipe and seed give the same bytes everywhere.
 */
#ifndef RULE_RECIPE_H
#define RULE_RECIPE_H

#include "base/buf.h"
#include "stanch.h"

struct recipe_out {
	struct buf text;	/* init by the caller: states the maximum */
	size_t start, end;	/* of the secret in it */
};

/*
 * ERULE: err->column is the offset of the bad part in the recipe + 1.
 * ELIMIT: the text would be longer than its buffer may be, or memory is short.
 * Linear in what is made.  On failure out->text is empty.
 */
enum stanch_result recipe_expand(struct recipe_out *out, const char *recipe,
	uint64_t seed, struct stanch_error *err);

#endif
