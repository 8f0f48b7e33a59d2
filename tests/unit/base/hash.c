/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "base/hash.h"

static void
expect_hex(const uint8_t digest[32], const char *hex)
{
	char text[65];

	hash_hex(digest, 32, text);
	cr_expect_str_eq(text, hex);
}

/* FIPS 180-2, appendix B. */
Test(base_hash, sha256_of_the_standard_examples)
{
	uint8_t digest[32];

	hash_sha256_of(span_str(""), digest);
	expect_hex(digest, "e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855");
	hash_sha256_of(span_str("abc"), digest);
	expect_hex(digest, "ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad");
}

Test(base_hash, running_sha256_is_that_of_the_whole)
{
	uint8_t bytes[300], whole[32], pieces[32];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 7);
	hash_sha256_of(span_of(bytes, sizeof bytes), whole);
	for (size_t cut = 0; cut <= sizeof bytes; cut += 13) {
		struct hash_sha256 *h = hash_sha256_new();

		cr_assert(h);
		hash_sha256_add(h, bytes, cut);
		hash_sha256_add(h, NULL, 0);
		hash_sha256_add(h, bytes + cut, sizeof bytes - cut);
		hash_sha256_end(h, pieces);
		cr_assert_arr_eq(whole, pieces, sizeof whole);
	}
}

/* RFC 4231, cases 1, 2 and 6: short keys and one longer than a block. */
Test(base_hash, hmac_of_the_standard_examples)
{
	uint8_t key[131], digest[32];

	memset(key, 0x0b, 20);
	hash_hmac_sha256(span_of(key, 20), span_str("Hi There"), digest);
	expect_hex(digest, "b0344c61d8db38535ca8afceaf0bf12b"
		"881dc200c9833da726e9376c2e32cff7");
	hash_hmac_sha256(span_str("Jefe"),
		span_str("what do ya want for nothing?"), digest);
	expect_hex(digest, "5bdcc146bf60754e6a042426089575c7"
		"5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	hash_hmac_sha256(span_of(key, sizeof key), span_str("Test Using "
		"Larger Than Block-Size Key - Hash Key First"), digest);
	expect_hex(digest, "60e431591ee0b67f0d8a26aacbf5b77f"
		"8e0bc6213728c5140546040f0ee37f54");
}

/* The check values of these codes: each of "123456789". */
Test(base_hash, crcs_of_the_check_string)
{
	struct span s = span_str("123456789");

	cr_expect_eq(hash_crc32(s), 0xcbf43926);
	cr_expect_eq(hash_crc16_xmodem(s), 0x31c3);
	cr_expect_eq(hash_crc24(s), 0x21cf02);
}

Test(base_hash, crcs_of_nothing)
{
	cr_expect_eq(hash_crc32(span_of(NULL, 0)), 0);
	cr_expect_eq(hash_crc16_xmodem(span_of(NULL, 0)), 0);
	cr_expect_eq(hash_crc24(span_of(NULL, 0)), 0xb704ce);
}

/* Computed by another implementation. */
Test(base_hash, marvin32_of_every_tail_length)
{
	cr_expect_eq(hash_marvin32(span_of(NULL, 0), 0), 0x92805aae);
	cr_expect_eq(hash_marvin32(span_str("abc"), 0x44656661756c7430),
		0x1a4c888e);
}
