/* SPDX-License-Identifier: Apache-2.0 */
/* aes.h - AES-256 in CBC mode, the first vector zero, padded as in PKCS #7. */
#ifndef BASE_AES_H
#define BASE_AES_H

#include "base/buf.h"

enum { AES_CBC_KEY = 32, AES_CBC_MOST = 1024 };	/* bytes */

/* Appends the clear bytes; false: no whole blocks, wrong padding, too long. */
bool aes_cbc_decrypt(struct buf *out, struct span in,
	const uint8_t key[AES_CBC_KEY]);
bool aes_cbc_encrypt(struct buf *out, struct span in,
	const uint8_t key[AES_CBC_KEY]);

#endif
