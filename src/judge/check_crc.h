/* SPDX-License-Identifier: Apache-2.0 */
/* check_crc.h - CRC-32 at a token's end, for the checks that use one. */
#ifndef JUDGE_CHECK_CRC_H
#define JUDGE_CHECK_CRC_H

#include "judge/checks.h"

/* How the checksum is written; filled with zeros on the left. */
enum crc_form {
	CRC_BASE62,		/* 6 digits of 0-9A-Za-z */
	CRC_BASE62_LOWER_FIRST,	/* 6 digits of 0-9a-zA-Z */
	CRC_HEX,		/* 8 lower */
	CRC_HEX_UPPER,		/* 8 upper */
	CRC_HEX_LE,		/* 8 lower, least significant byte first */
	CRC_BASE64_LE		/* 6, of the 4 bytes in that order */
};

enum {
	CRC_PREFIXED = 1,	/* the prefix is summed too */
	CRC_PARTED = 2,		/* a '_' before the checksum, not summed */
	CRC_LONGER = 4		/* the body may be longer */
};

struct crc_scheme {
	const char *prefix;
	size_t body;		/* characters between prefix and checksum */
	enum crc_form form;
	unsigned flags;
};

/* Writes the digits, returns how many; 0: out of memory. */
size_t crc_digits(uint32_t crc, enum crc_form form, char out[8]);
/* NA: not of the scheme's shape. */
enum check_result crc_check(struct span s, const struct crc_scheme *scheme);
/* The first of the schemes that applies. */
enum check_result crc_check_any(struct span s,
	const struct crc_scheme *schemes, size_t n);

#endif
