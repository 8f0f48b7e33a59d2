/* SPDX-License-Identifier: Apache-2.0 */
/* base58.h - base58 with four bytes of SHA-256 twice, as Bitcoin writes it. */
#ifndef BASE_BASE58_H
#define BASE_BASE58_H

#include "base/buf.h"

enum { BASE58_TEXT = 128, BASE58_BYTES = 96 };	/* the longest taken */

/* Appends the bytes less the checksum; false: it is not right, or too long. */
bool base58_check_decode(struct buf *out, struct span text);
/* Appends the text of the bytes and their checksum. */
bool base58_check_encode(struct buf *out, struct span bytes);

#endif
