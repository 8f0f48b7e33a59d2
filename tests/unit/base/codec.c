/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "base/asn1.h"
#include "base/bech32.h"
#include "base/bignum.h"
#include "base/codec.h"

static bool
decodes64(const char *text, enum codec_base64 kind)
{
	struct buf out;
	bool ok;

	buf_init(&out, 64);
	buf_str(&out, "kept");
	ok = codec_base64_decode(&out, span_str(text), kind);
	cr_expect(ok || (out.len == 4 && !memcmp(out.ptr, "kept", 4)),
		"%s left something behind", text);
	buf_free(&out);
	return ok;
}

static bool
decodes32(const char *text)
{
	struct buf out;
	bool ok;

	buf_init(&out, 64);
	ok = codec_base32_decode(&out, span_str(text));
	buf_free(&out);
	return ok;
}

/* RFC 4648, section 10. */
static const struct { const char *plain, *base64, *base32; } examples[] = {
	{ "", "", "" },
	{ "f", "Zg==", "MY" },
	{ "fo", "Zm8=", "MZXQ" },
	{ "foo", "Zm9v", "MZXW6" },
	{ "foob", "Zm9vYg==", "MZXW6YQ" },
	{ "fooba", "Zm9vYmE=", "MZXW6YTB" },
	{ "foobar", "Zm9vYmFy", "MZXW6YTBOI" },
};

Test(base_codec, standard_examples_both_ways)
{
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct span plain = span_str(examples[i].plain);
		struct buf text, back;

		buf_init(&text, 64);
		buf_init(&back, 64);
		cr_assert(codec_base64_encode(&text, plain, CODEC_BASE64,
			true));
		cr_expect(span_equal(buf_span(&text),
			span_str(examples[i].base64)));
		cr_assert(codec_base64_decode(&back, buf_span(&text),
			CODEC_BASE64));
		cr_expect(span_equal(buf_span(&back), plain));
		text.len = back.len = 0;
		cr_assert(codec_base32_encode(&text, plain));
		cr_expect(span_equal(buf_span(&text),
			span_str(examples[i].base32)));
		cr_assert(codec_base32_decode(&back, buf_span(&text)));
		cr_expect(span_equal(buf_span(&back), plain));
		buf_free(&text);
		buf_free(&back);
	}
}

Test(base_codec, padding_may_be_left_out_but_not_be_wrong)
{
	cr_expect(decodes64("Zg", CODEC_BASE64));
	cr_expect(decodes64("Zg==", CODEC_BASE64));
	cr_expect_not(decodes64("Zg=", CODEC_BASE64));
	cr_expect_not(decodes64("Zg===", CODEC_BASE64));
	cr_expect_not(decodes64("Zm9v=", CODEC_BASE64));
	cr_expect_not(decodes64("Zm9v====", CODEC_BASE64));
	cr_expect_not(decodes64("=", CODEC_BASE64));
	cr_expect_not(decodes64("====", CODEC_BASE64));
	cr_expect_not(decodes64("Zg==Zg==", CODEC_BASE64));
	cr_expect(decodes32("MY======"));
	cr_expect_not(decodes32("MY====="));
}

Test(base_codec, trailing_bits_must_be_zero)
{
	cr_expect_not(decodes64("Zh", CODEC_BASE64));
	cr_expect_not(decodes64("Zm9=", CODEC_BASE64));
	cr_expect_not(decodes32("MZ"));
	cr_expect_not(decodes32("MZX"));
}

Test(base_codec, lengths_that_no_bytes_have_fail)
{
	cr_expect_not(decodes64("Z", CODEC_BASE64));
	cr_expect_not(decodes64("Zm9vA", CODEC_BASE64));
	cr_expect_not(decodes32("A"));
	cr_expect_not(decodes32("AAA"));
	cr_expect_not(decodes32("AAAAAA"));
}

Test(base_codec, alphabets_are_kept_apart)
{
	cr_expect(decodes64("+/+/", CODEC_BASE64));
	cr_expect_not(decodes64("+/+/", CODEC_BASE64URL));
	cr_expect(decodes64("-_-_", CODEC_BASE64URL));
	cr_expect_not(decodes64("-_-_", CODEC_BASE64));
	cr_expect_not(decodes64("Zm9\n", CODEC_BASE64));
	cr_expect_not(decodes64("\xc3\xa9zz", CODEC_BASE64));
	cr_expect(decodes32("mzxw6ytboi"));
	cr_expect_not(decodes32("MZXW6YT1"));
}

Test(base_codec, result_over_the_maximum_fails)
{
	struct buf out;

	buf_init(&out, 2);
	cr_expect_not(codec_base64_decode(&out, span_str("Zm9v"),
		CODEC_BASE64));
	cr_expect_eq(out.len, 0);
	cr_expect_not(codec_base64_encode(&out, span_str("foo"), CODEC_BASE64,
		false));
	buf_free(&out);
}

Test(base_codec, hex_takes_pairs_of_either_case)
{
	struct buf out;

	buf_init(&out, 8);
	cr_expect(codec_hex_decode(&out, span_str("00fFA5")));
	cr_expect_eq(out.len, 3);
	cr_expect_arr_eq(out.ptr, "\x00\xff\xa5", 3);
	cr_expect_not(codec_hex_decode(&out, span_str("0")));
	cr_expect_not(codec_hex_decode(&out, span_str("0g")));
	cr_expect_not(codec_hex_decode(&out, span_str("==")));
	cr_expect_not(codec_hex_decode(&out, span_str("00==")));
	buf_free(&out);
}

Test(base_codec, digits_are_filled_with_zeros_on_the_left)
{
	char out[6];

	codec_digits(0, codec_base62_upper, 62, out, 6);
	cr_expect_arr_eq(out, "000000", 6);
	codec_digits(61, codec_base62_upper, 62, out, 6);
	cr_expect_arr_eq(out, "00000z", 6);
	codec_digits(61, codec_base62_lower, 62, out, 6);
	cr_expect_arr_eq(out, "00000Z", 6);
	codec_digits(36 * 36 + 35, codec_base36, 36, out, 6);
	cr_expect_arr_eq(out, "00010z", 6);
}

/* BIP-173's own first example, in lower case. */
Test(base_bech32, standard_example_decodes_and_no_altered_one)
{
	char text[] = "a12uel5l";
	struct buf out;

	buf_init(&out, 8);
	cr_expect(bech32_decode(&out, span_str(text), "a"));
	cr_expect_eq(out.len, 0);
	for (size_t i = 2; text[i]; i++) {
		char was = text[i];

		text[i] = was == 'q' ? 'p' : 'q';
		cr_expect_not(bech32_decode(&out, span_str(text), "a"));
		text[i] = was;
	}
	cr_expect_not(bech32_decode(&out, span_str(text), "b"));
	cr_expect_not(bech32_decode(&out, span_str("a1"), "a"));
	buf_free(&out);
}

Test(base_bech32, bytes_of_every_length_come_back)
{
	uint8_t bytes[40];

	for (size_t n = 0; n <= sizeof bytes; n++) {
		struct buf text, back;

		for (size_t i = 0; i < n; i++)
			bytes[i] = (uint8_t)(i * 151 + n);
		buf_init(&text, 256);
		buf_init(&back, 64);
		cr_assert(bech32_encode(&text, span_of(bytes, n), "x-y"));
		cr_assert(bech32_decode(&back, buf_span(&text), "x-y"));
		cr_expect(span_equal(buf_span(&back), span_of(bytes, n)));
		buf_free(&text);
		buf_free(&back);
	}
}

Test(base_asn1, element_of_every_length_comes_back)
{
	static const size_t lengths[] = { 0, 1, 127, 128, 255, 256, 65535,
		65536 };
	struct buf body, out;

	buf_init(&body, 65536);
	buf_init(&out, 65600);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct span in, got;

		while (body.len < lengths[i])
			buf_byte(&body, (uint8_t)body.len);
		out.len = 0;
		cr_assert(asn1_put(&out, ASN1_OCTET_STRING, buf_span(&body)));
		in = buf_span(&out);
		cr_assert(asn1_take(&in, ASN1_OCTET_STRING, &got));
		cr_expect(span_equal(got, buf_span(&body)));
		cr_expect_eq(in.len, 0);
		in = span_first(buf_span(&out), out.len - 1);
		cr_expect_not(asn1_take(&in, ASN1_OCTET_STRING, &got));
		in = buf_span(&out);
		cr_expect_not(asn1_take(&in, ASN1_SEQUENCE, &got));
	}
	buf_free(&body);
	buf_free(&out);
}

Test(base_asn1, lengths_that_are_not_minimal_fail)
{
	static const struct { uint8_t bytes[6]; size_t len; } bad[] = {
		{ { 4 }, 1 },
		{ { 4, 0x80, 0, 0 }, 4 },
		{ { 4, 0x81, 0x7f }, 3 },
		{ { 4, 0x82, 0, 0x80 }, 4 },
		{ { 4, 0x84, 0, 0, 0, 1 }, 6 },
		{ { 4, 0x81 }, 2 },
		{ { 4, 0xff, 1 }, 3 },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct span in = span_of(bad[i].bytes, bad[i].len), body;

		cr_expect_not(asn1_take(&in, 4, &body), "%zu", i);
		cr_expect_eq(in.len, bad[i].len);
	}
}

Test(base_bignum, product_has_no_leading_zeros)
{
	static const uint8_t p[] = { 0, 0, 1, 0 }, q[] = { 0xff, 0xff };
	static const uint8_t zero[] = { 0 };
	uint8_t huge[BIGNUM_BYTES + 1] = { 1 };
	struct buf out;

	buf_init(&out, 16);
	cr_assert(bignum_multiply(&out, span_of(p, 4), span_of(q, 2)));
	cr_expect_eq(out.len, 3);
	cr_expect_arr_eq(out.ptr, "\xff\xff\x00", 3);
	out.len = 0;
	cr_assert(bignum_multiply(&out, span_of(p, 4), span_of(zero, 1)));
	cr_expect_eq(out.len, 0);
	cr_expect_not(bignum_multiply(&out, span_of(p, 4),
		span_of(huge, sizeof huge)));
	cr_expect_not(bignum_multiply(&out, span_of(huge, BIGNUM_BYTES),
		span_of(q, 2)));
	buf_free(&out);
}
