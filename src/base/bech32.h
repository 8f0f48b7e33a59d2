/* SPDX-License-Identifier: Apache-2.0 */
/* bech32.h - text with a 30-bit checksum, as in BIP-173.  Lower case only. */
#ifndef BASE_BECH32_H
#define BASE_BECH32_H

#include "base/buf.h"

/*
 * Whether text is hrp, '1', and digits whose last six are the checksum;
 * appends the bytes of the others to out.  False, and out as it was, for any
 * other text, non-zero trailing bits, or out too small.
 */
bool bech32_decode(struct buf *out, struct span text, const char *hrp);
bool bech32_encode(struct buf *out, struct span bytes, const char *hrp);

#endif
