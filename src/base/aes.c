/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aes.c - AES from libcrypto, through its plain functions for the reason that
 * hash.c gives.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/aes.h"

#include <openssl/aes.h>

/* How many bytes of padding end the last block; 0: that is no padding. */
static size_t
padding(const uint8_t *clear, size_t n)
{
	size_t pad = clear[n - 1];

	if (pad > AES_BLOCK_SIZE)
		return 0;
	for (size_t i = 1; i <= pad; i++)
		if (clear[n - i] != pad)
			return 0;
	return pad;
}

bool
aes_cbc_decrypt(struct buf *out, struct span in,
	const uint8_t key[AES_CBC_KEY])
{
	uint8_t clear[AES_CBC_MOST], vector[AES_BLOCK_SIZE] = { 0 };
	AES_KEY schedule;
	size_t pad;
	bool ok;

	if (in.len == 0 || in.len > sizeof clear ||
	    in.len % AES_BLOCK_SIZE != 0 ||
	    AES_set_decrypt_key(key, 8 * AES_CBC_KEY, &schedule) != 0)
		return false;
	AES_cbc_encrypt(in.ptr, clear, in.len, &schedule, vector,
		AES_DECRYPT);
	pad = padding(clear, in.len);
	ok = pad > 0 && buf_append(out, clear, in.len - pad);
	explicit_bzero(clear, sizeof clear);
	explicit_bzero(&schedule, sizeof schedule);
	return ok;
}

bool
aes_cbc_encrypt(struct buf *out, struct span in,
	const uint8_t key[AES_CBC_KEY])
{
	uint8_t bytes[AES_CBC_MOST], vector[AES_BLOCK_SIZE] = { 0 };
	size_t pad = AES_BLOCK_SIZE - in.len % AES_BLOCK_SIZE;
	AES_KEY schedule;
	bool ok;

	if (in.len > sizeof bytes - AES_BLOCK_SIZE ||
	    AES_set_encrypt_key(key, 8 * AES_CBC_KEY, &schedule) != 0)
		return false;
	if (in.len)
		memcpy(bytes, in.ptr, in.len);
	memset(bytes + in.len, (int)pad, pad);
	AES_cbc_encrypt(bytes, bytes, in.len + pad, &schedule, vector,
		AES_ENCRYPT);
	ok = buf_append(out, bytes, in.len + pad);
	explicit_bzero(bytes, sizeof bytes);
	explicit_bzero(&schedule, sizeof schedule);
	return ok;
}
