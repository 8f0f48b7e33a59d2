/* SPDX-License-Identifier: Apache-2.0 */
/*
 * azure_kind.h - Azure's identifiable keys as data: where a kind's signature
 * stands and how its checksum is made.  The recipes write them, the judge
 * reads them.  Source of layouts and seeds: Microsoft's own library for these
 * keys, github.com/microsoft/security-utilities, IdentifiableMetadata.cs and
 * IdentifiableSecrets.cs.
 */
#ifndef RULE_AZURE_KIND_H
#define RULE_AZURE_KIND_H

#include "base/span.h"

enum { AZURE_SEEDS = 7 };

/*
 * base64 of `bytes` bytes; the signature stands `before` characters in, six
 * characters before the padding; the last four bytes are Marvin32, in little
 * endian, of the bytes before them, under one of the seeds (one for each role
 * a key of the kind may have).
 */
struct azure_kind {
	char signature[5];
	uint8_t before, bytes;
	bool url;		/* - and _ instead of + and / */
	const char *seeds[AZURE_SEEDS];	/* none: not published */
};

/* The sum of the bytes under the kind's i-th seed, which must be there. */
uint32_t azure_kind_sum(const struct azure_kind *kind, size_t i,
	struct span bytes);

/* By signature; NULL: no such kind. */
const struct azure_kind *azure_kind_find(const char *signature);
/* The kind whose signature stands where it must in a key, padded or not, of
   this length; NULL: none. */
const struct azure_kind *azure_kind_of(struct span key);

/*
 * Azure DevOps personal access tokens, the old kind: base32 of 32 bytes, four
 * of which, here gathered, are the CRC-32 of the others under a seed
 * (SEC101_102_AdoPat.cs).
 */
enum { AZURE_DEVOPS_BYTES = 32 };
extern const uint32_t azure_devops_seeds[2];	/* of users, of applications */
uint32_t azure_devops_stated(const uint8_t raw[AZURE_DEVOPS_BYTES]);
uint32_t azure_devops_sum(const uint8_t raw[AZURE_DEVOPS_BYTES]);
void azure_devops_state(uint8_t raw[AZURE_DEVOPS_BYTES], uint32_t sum);

/* The three characters that end an Entra client secret (8Q~) after body. */
void azure_entra_tail(struct span body, char tail[3]);
extern const char azure_entra_alphabet[];

/*
 * Common annotated keys: 80 characters (60 bytes) and the checksum's first 4
 * characters, or all 6 and "==".  Writes those 6 for the 60 bytes, in base 62
 * (*base62) and in base 64.
 */
enum { AZURE_CASK_HEAD = 80, AZURE_CASK_BYTES = 60, AZURE_CASK_SUM = 6 };
void azure_cask_sum(struct span bytes, char base62[AZURE_CASK_SUM],
	char base64[AZURE_CASK_SUM]);

#endif
