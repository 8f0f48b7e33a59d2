/* SPDX-License-Identifier: Apache-2.0 */
/* bignum.h - big numbers as big-endian bytes: what RSA keys need, no more. */
#ifndef BASE_BIGNUM_H
#define BASE_BIGNUM_H

#include "base/buf.h"

enum { BIGNUM_BYTES = 2048 };	/* the longest factor, 16384 bits */

/*
 * Appends p * q without leading zeros.  False when a factor is longer than
 * BIGNUM_BYTES, out is too small, or memory is short.
 */
bool bignum_multiply(struct buf *out, struct span p, struct span q);

#endif
