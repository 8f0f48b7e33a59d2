/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base58.c - a number in base 58, its leading zero bytes as ones, behind it
 * the first four bytes of the SHA-256 of the SHA-256: en.bitcoin.it,
 * Base58Check encoding.  Lengths are bounded, so the square is no concern.
 */
#include "base/base58.h"

#include "base/hash.h"

enum { CHECKSUM = 4 };

static const char alphabet[] =
	"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* out, a number of that base, times `by` and plus the digit; false: it has
   grown out of its digits.  Most significant first. */
static bool
shift_in(uint8_t *out, size_t most, unsigned base, unsigned by, unsigned digit)
{
	for (size_t i = most; i-- > 0;) {
		digit += out[i] * by;
		out[i] = (uint8_t)(digit % base);
		digit /= base;
	}
	return digit == 0;
}

static void
checksum(struct span s, uint8_t sum[32])
{
	hash_sha256_of(s, sum);
	hash_sha256_of(span_of(sum, 32), sum);
}

/* How many of the first bytes are c. */
static size_t
run_of(struct span s, uint8_t c)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == c)
		n++;
	return n;
}

bool
base58_check_decode(struct buf *out, struct span text)
{
	uint8_t raw[BASE58_BYTES] = { 0 }, sum[32];
	size_t zeros, head;
	struct span all;
	bool ok = text.len > 0 && text.len <= BASE58_TEXT;

	for (size_t i = 0; ok && i < text.len; i++) {
		const char *at = text.ptr[i] ?
			strchr(alphabet, text.ptr[i]) : NULL;

		ok = at && shift_in(raw, sizeof raw, 256, 58,
			(unsigned)(at - alphabet));
	}
	zeros = run_of(text, '1');
	head = run_of(span_of(raw, sizeof raw), 0);
	ok = ok && zeros <= head && sizeof raw - head + zeros > CHECKSUM;
	if (ok) {
		all = span_skip(span_of(raw, sizeof raw), head - zeros);
		checksum(span_first(all, all.len - CHECKSUM), sum);
		ok = !memcmp(sum, all.ptr + all.len - CHECKSUM, CHECKSUM) &&
			buf_append(out, all.ptr, all.len - CHECKSUM);
	}
	explicit_bzero(raw, sizeof raw);
	return ok;
}

bool
base58_check_encode(struct buf *out, struct span bytes)
{
	uint8_t raw[BASE58_BYTES], digits[BASE58_TEXT + 8] = { 0 }, sum[32];
	size_t n = bytes.len + CHECKSUM, head, zeros;
	bool ok = bytes.len > 0 && n <= sizeof raw;

	if (!ok)
		return false;
	memcpy(raw, bytes.ptr, bytes.len);
	checksum(bytes, sum);
	memcpy(raw + bytes.len, sum, CHECKSUM);
	for (size_t i = 0; i < n; i++)
		shift_in(digits, sizeof digits, 58, 256, raw[i]);
	zeros = run_of(span_of(raw, n), 0);
	head = run_of(span_of(digits, sizeof digits), 0);
	for (size_t i = 0; i < zeros; i++)
		ok &= buf_byte(out, '1');
	for (size_t i = head; i < sizeof digits; i++)
		ok &= buf_byte(out, (uint8_t)alphabet[digits[i]]);
	explicit_bzero(raw, sizeof raw);
	explicit_bzero(digits, sizeof digits);
	return ok;
}
