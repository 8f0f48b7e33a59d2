/* SPDX-License-Identifier: Apache-2.0 */
/* scramble.h - keys that vendors have published, so that they hide nothing. */
#ifndef BASE_SCRAMBLE_H
#define BASE_SCRAMBLE_H

#include <stdint.h>

/* Group policy preferences: [MS-GPPREF] 2.2.1.1.4, AES-256. */
static const uint8_t scramble_gpp[32] = {
	0x4e, 0x99, 0x06, 0xe8, 0xfc, 0xb6, 0x6c, 0xc9,
	0xfa, 0xf4, 0x93, 0x10, 0x62, 0x0f, 0xfe, 0xe8,
	0xf4, 0x96, 0xe8, 0x06, 0xcc, 0x05, 0x79, 0x90,
	0x20, 0x9b, 0x09, 0xa4, 0x33, 0xb6, 0x6c, 0x1b
};

/* Cisco IOS, passwords of type 7: each byte with one of these. */
static const char scramble_cisco[] =
	"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";

#endif
