/* SPDX-License-Identifier: Apache-2.0 */
/* bignum.c - libcrypto's numbers; all of them are cleared when freed. */
#include "base/bignum.h"

#include <openssl/bn.h>

static bool
multiply(struct buf *out, BIGNUM *a, BIGNUM *b, BIGNUM *product, BN_CTX *ctx)
{
	size_t len;

	if (!a || !b || !product || !ctx || !BN_mul(product, a, b, ctx))
		return false;
	len = (size_t)BN_num_bytes(product);
	if (len > out->max - out->len || !buf_reserve(out, out->len + len))
		return false;
	BN_bn2bin(product, out->ptr + out->len);
	out->len += len;
	return true;
}

bool
bignum_multiply(struct buf *out, struct span p, struct span q)
{
	BIGNUM *a, *b, *product;
	BN_CTX *ctx;
	bool ok;

	if (p.len > BIGNUM_BYTES || q.len > BIGNUM_BYTES)
		return false;
	a = BN_bin2bn(p.ptr, (int)p.len, NULL);
	b = BN_bin2bn(q.ptr, (int)q.len, NULL);
	product = BN_new();
	ctx = BN_CTX_secure_new();
	ok = multiply(out, a, b, product, ctx);
	BN_clear_free(a);
	BN_clear_free(b);
	BN_clear_free(product);
	BN_CTX_free(ctx);
	return ok;
}
