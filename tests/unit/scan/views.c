/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views.c - encoded secrets, through a scanner and a filter: found where they
 * are, masked whole groups at a time, however they come in.  The one rule
 * here holds back nothing by itself, so what is held is held by the views.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/codec.h"
#include "views_fixture.h"

TestSuite(scan_views, .init = views_begin, .fini = views_end);

/* Base64 of text, a line end after each `width` characters. */
static void
put_base64(const char *text, size_t len, size_t width, const char *line_end,
	enum codec_base64 alphabet, bool pad)
{
	struct buf b;

	buf_init(&b, 1 << 24);
	cr_assert(codec_base64_encode(&b, span_of(text, len), alphabet, pad));
	for (size_t at = 0; at < b.len; at += width) {
		size_t n = b.len - at < width ? b.len - at : width;

		buf_append(&views_in, b.ptr + at, n);
		if (at + n < b.len)
			put(line_end);
	}
	buf_free(&b);
}

static void
put_plain(const char *text)
{
	put_base64(text, strlen(text), 10000, "", CODEC_BASE64, true);
}

static void
put_wrapped(const char *text, size_t width, const char *line_end)
{
	put_base64(text, strlen(text), width, line_end, CODEC_BASE64, true);
}

Test(scan_views, secret_in_base64_at_each_of_three_phases)
{
	put("k: ");
	put_plain(ONE);
	put(" x");
	expect(FOUND(3, 39, "base64"), "k: " TAG " x");
	put("k: ");
	put_plain("1" ONE);
	expect(FOUND(3, 39, "base64"), "k: " TAG);
	put("k: ");
	put_plain("12" ONE "345");
	expect(FOUND(3, 39, "base64"), "k: " TAG "MzQ1");
	put("k: ");
	put_plain("123" ONE "45 and more");
	expect(FOUND(7, 43, "base64"), "k: MTIz" TAG "IGFuZCBtb3Jl");
}

Test(scan_views, secret_in_unpadded_and_in_url_base64)
{
	put("\"");
	put_base64("x~~~" ONE, 4 + strlen(ONE), 1000, "",
		CODEC_BASE64URL, false);
	put("\"");
	expect(FOUND(5, 40, "base64"), "\"eH5-" TAG "\"");
}

Test(scan_views, secret_wrapped_at_any_width_by_any_line_end)
{
	static const char *const ends[] = { "\n", "\r\n", "\\n", "\\r\\n",
		"\n    " };
	char want[64];

	for (size_t i = 0; i < 5; i++)
		for (size_t width = 16; width < 50; width++) {
			size_t each = strlen(ends[i]);
			size_t from = 16 + 16 / width * each;
			size_t to = 52 + 51 / width * each;

			put_wrapped("twelve bytes" ONE "67", width, ends[i]);
			snprintf(want, sizeof want, "acme %zu-%zu base64 "
				"acme_************ (25 bytes)\n", from, to);
			scan(1, 0);
			cr_expect_str_eq((const char *)views_told.ptr, want,
				"width %zu: %s", width, views_told.ptr);
			scan(views_in.len, 0);
			cr_expect_str_eq((const char *)views_told.ptr, want);
			filter(1);
			cr_expect_str_eq((const char *)views_told.ptr, want);
			views_in.len = 0;
		}
}

Test(scan_views, secret_behind_a_path_begins_anew_there)
{
	put("/v1/");
	put_plain(ONE);
	expect(FOUND(4, 40, "base64"), "/v1/" TAG);
	put("a-b_");
	put_plain(ONE " and text");
	expect(FOUND(4, 40, "base64"), "a-b_" TAG "bmQgdGV4dA==");
}

Test(scan_views, secret_with_slashes_escaped_as_json_may)
{
	put("\"");
	put_plain("???" ONE);
	cr_assert(!memcmp(views_in.ptr, "\"Pz8/", 5));
	views_in.len = 4;
	put("\\/");
	put_plain(ONE);
	put("\"");
	expect(FOUND(6, 42, "base64"), "\"Pz8\\/" TAG "\"");
}

Test(scan_views, secret_encoded_twice_and_three_times_but_not_four)
{
	struct buf text;

	buf_init(&text, 1 << 16);
	buf_str(&text, ONE);
	for (int depth = 1; depth <= 4; depth++) {
		views_in.len = 0;
		put_base64((char *)text.ptr, text.len, 10000, "", CODEC_BASE64,
			true);
		text.len = 0;
		buf_append(&text, views_in.ptr, views_in.len);
		scan(7, 0);
		if (depth == 4)
			cr_expect_str_eq((const char *)views_told.ptr, "");
		else
			cr_expect_neq(views_told.len, 1, "depth %d", depth);
		if (depth == 3)
			cr_expect(strstr((char *)views_told.ptr,
				"base64+base64+base64"));
	}
	buf_free(&text);
}

Test(scan_views, secret_in_utf_16_in_base64_as_powershell_takes_it)
{
	static const char text[] = ONE;
	char wide[2 * sizeof text];

	for (size_t i = 0; i < sizeof text - 1; i++) {
		wide[2 * i] = text[i];
		wide[2 * i + 1] = 0;
	}
	put("powershell -enc ");
	put_base64(wide, 2 * (sizeof text - 1), 1000, "", CODEC_BASE64, true);
	expect(FOUND(16, 84, "base64+utf-16"), "powershell -enc " TAG);
}

Test(scan_views, base64_in_utf_16_is_masked_in_whole_characters)
{
	struct buf text;

	put_plain(ONE "ab");
	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < views_in.len; i++) {
		buf_byte(&text, views_in.ptr[i]);
		buf_byte(&text, 0);
	}
	views_in.len = 0;
	buf_append(&views_in, text.ptr, text.len);
	scan(views_in.len, 0);
	cr_expect_str_eq((const char *)views_told.ptr,
		FOUND(0, 72, "utf-16+base64"));
	filter(1);
	cr_expect_eq(views_out.len, 2 * strlen(TAG) + 1);
	buf_free(&text);
}

Test(scan_views, private_key_in_base64_is_one_secret_of_any_length)
{
	enum { LINES = 3000 };
	struct buf text;

	buf_init(&text, 1 << 20);
	buf_str(&text, "-----BEGIN PRIVATE KEY-----\n");
	for (int i = 0; i < LINES; i++)
		buf_str(&text, "MIIaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789+/"
			"AbCdEfGhIjKlMnOpQrStUv0\n");
	buf_str(&text, "-----END PRIVATE KEY-----\n");
	put("key: ");
	put_base64((char *)text.ptr, text.len, 1 << 20, "", CODEC_BASE64,
		true);
	put("\nmore");
	filter(4001);
	cr_expect_str_eq((const char *)views_out.ptr, "key: " TAG "\nmore");
	views_in.len -= 5;
	filter(61);
	cr_expect_str_eq((const char *)views_out.ptr, "key: " TAG);
	buf_free(&text);
}

/* As gzip -n packs text. */
static void
put_gzip(struct buf *to, const char *text)
{
	uint8_t packed[1024];
	z_stream z = { .next_in = (Bytef *)text, .avail_in =
		(uInt)strlen(text), .next_out = packed,
		.avail_out = sizeof packed };

	cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8,
		Z_DEFAULT_STRATEGY), Z_OK);
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	buf_append(to, packed, z.total_out);
	deflateEnd(&z);
}

Test(scan_views, secret_in_gzip_in_base64_masks_all_of_it)
{
	char want[64];
	struct buf packed;

	buf_init(&packed, 4096);
	put_gzip(&packed, "a release of Helm: " ONE " and more");
	put("k=");
	put_base64((char *)packed.ptr, packed.len, 1000, "", CODEC_BASE64,
		true);
	snprintf(want, sizeof want, "acme 2-%zu base64+gzip acme_"
		"************ (25 bytes)\n", views_in.len);
	put(" x");
	expect(want, "k=" TAG " x");
	/* Cut short, it still tells what it holds. */
	put_base64((char *)packed.ptr, packed.len - 9, 1000, "", CODEC_BASE64,
		false);
	scan(1, 0);
	cr_expect_neq(views_told.len, 1);
	scan(1, STANCH_DECODE_GZIP);
	cr_expect_eq(views_told.len, 1);
	buf_free(&packed);
}

/* Base64 of anything but text is full of bytes that are no text. */
Test(scan_views, rules_that_go_by_surroundings_need_a_text)
{
	put_plain("\x80\x81 with a text before, near=4kq7w1zt9x2m6\n");
	expect("near 36-56 base64 ************ (13 bytes)\n",
		"gIEgd2l0aCBhIHRleHQgYmVmb3JlLCBuZWFy" TAG);
	put_plain("near=4kq7w1\xfe\xff\x80" "zt9x2m and more of it");
	scan(views_in.len, 0);
	cr_expect_str_eq((const char *)views_told.ptr, "");
}

Test(scan_views, what_is_left_encoded_is_not_found)
{
	put_plain(ONE);
	scan(5, STANCH_DECODE_UTF16);
	cr_expect_neq(views_told.len, 1);
	scan(5, STANCH_DECODE_BASE64);
	cr_expect_str_eq((const char *)views_told.ptr, "");
}

Test(scan_views, prompts_and_paths_are_not_held)
{
	expect_out("(--More--) ");
	expect_out("/usr/lib/x86_64/\n");
	expect_out("/srv/projects/of/a/very/long/name\n");
	expect_out("Compiling SomeVeryLongIdentifierOfOurs\n");
	expect_out("0123456789abcdef0123456789abcdef01234567\n");
}
