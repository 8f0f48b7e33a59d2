/* SPDX-License-Identifier: Apache-2.0 */
/* aes.c: there and back at every length, and what is no cipher text. */
#include <criterion/criterion.h>

#include "base/aes.h"
#include "base/codec.h"

static const uint8_t key[AES_CBC_KEY] = "stanch stanch stanch stanch 1234";

/* NIST SP 800-38A F.2.5 has another first vector; FIPS 197 C.3 is one block
   without one. */
Test(base_aes, block_of_the_standard_is_encrypted_as_it_shows)
{
	struct buf k, clear, out, want;

	buf_init(&k, AES_CBC_KEY);
	buf_init(&clear, 16);
	buf_init(&want, 16);
	buf_init(&out, 64);
	cr_assert(codec_hex_decode(&k, span_str("000102030405060708090a0b0c0d"
		"0e0f101112131415161718191a1b1c1d1e1f")));
	cr_assert(codec_hex_decode(&clear, span_str(
		"00112233445566778899aabbccddeeff")));
	cr_assert(codec_hex_decode(&want, span_str(
		"8ea2b7ca516745bfeafc49904b496089")));
	cr_assert(aes_cbc_encrypt(&out, buf_span(&clear), k.ptr));
	cr_assert(span_equal(span_first(buf_span(&out), 16),
		buf_span(&want)));
	buf_free(&k);
	buf_free(&clear);
	buf_free(&want);
	buf_free(&out);
}

Test(base_aes, every_length_goes_there_and_back)
{
	uint8_t bytes[80];
	struct buf sealed, back;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 7);
	for (size_t n = 0; n <= sizeof bytes; n++) {
		buf_init(&sealed, AES_CBC_MOST);
		buf_init(&back, AES_CBC_MOST);
		cr_assert(aes_cbc_encrypt(&sealed, span_of(bytes, n), key));
		cr_assert_eq(sealed.len % 16, 0);
		cr_assert(aes_cbc_decrypt(&back, buf_span(&sealed), key));
		cr_assert(span_equal(buf_span(&back), span_of(bytes, n)));
		buf_free(&sealed);
		buf_free(&back);
	}
}

Test(base_aes, what_is_no_cipher_text_is_refused)
{
	uint8_t bytes[AES_CBC_MOST + 16] = { 0 };
	struct buf out;

	buf_init(&out, AES_CBC_MOST);
	cr_assert_not(aes_cbc_decrypt(&out, span_of(bytes, 0), key));
	cr_assert_not(aes_cbc_decrypt(&out, span_of(bytes, 15), key));
	cr_assert_not(aes_cbc_decrypt(&out, span_of(bytes, 16), key));
	cr_assert_not(aes_cbc_decrypt(&out, span_of(bytes, sizeof bytes),
		key));
	cr_assert_not(aes_cbc_encrypt(&out, span_of(bytes, sizeof bytes),
		key));
	buf_free(&out);
}
