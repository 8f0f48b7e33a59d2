/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipe.h - examples as recipes: no live-looking token stands in the
 * repository, each is made when it is needed, the same on every machine.
 *
 * A recipe is text with {{...}} parts:
 *	{{NAME:N}}	N characters drawn from an alphabet: digit, lower,
 *			upper, alpha, alnum (= base62), hex, HEX, base32
 *			(A-Z2-7), base32l (a-z2-7), base36 (0-9a-z), base58,
 *			base64 (A-Za-z0-9+/), base64url (A-Za-z0-9_-), word
 *			(A-Za-z0-9_), print (0x21-0x7e without quotes and
 *			backslash); {{NAME:N-M}} draws the length too
 *	{{(}} {{)}}	where the secret begins and ends; without them it is
 *			the whole text
 *	{{<}}		where the body of the next checksum begins; without it
 *			the body begins at the first drawn character since the
 *			start or the last checksum
 *	{{CHECK}}	a checksum over the body, by name: the list in recipe.c
 *	{{KIND}}	a whole generated object, by name: jwt, pem-rsa, ...
 *	{{lf}} {{tab}} {{nul}} {{quote}} ...	characters hard to write
 */
#ifndef RULE_RECIPE_H
#define RULE_RECIPE_H

#include "base/buf.h"
#include "stanch.h"

struct recipe_out {
	struct buf text;	/* init by the caller: states the maximum */
	size_t start, end;	/* of the secret in it */
};

/* ERULE: err->column is the offset of the bad part in the recipe + 1. */
enum stanch_result recipe_expand(struct recipe_out *out, const char *recipe,
	uint64_t seed, struct stanch_error *err);

#endif
