/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views.c - encoded secrets, through a scanner and a filter: found where they
 * are, masked whole groups at a time, however they come in.  The one rule
 * here holds back nothing by itself, so what is held is held by the views.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/codec.h"
#include "rule/rule_set.h"

/* Stands for a secret. */
#define TAG "<@>"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"near\"\n"
	"regex = '''near=([0-9a-z\\x80-\\xff]{9,20})'''\n"
	"confidence = \"contextual\"\n"
	"[[rules]]\nid = \"key\"\nregex = '''-----BEGIN PRIVATE KEY-----'''\n"
	"block = \"pem\"\n";

#define ONE "acme_4kq7w1zt9x2m6c8v3b5n"

static struct stanch_rules *rules;
static struct stanch_engine *engine;
static struct buf in, out, told;

static void
begin(void)
{
	cr_assert_eq(rule_set_read(&rules, NULL, rules_text,
		sizeof rules_text - 1, "t.toml", NULL, NULL, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_engine_new(&engine, rules, NULL, NULL), STANCH_OK);
	buf_init(&in, 1 << 24);
	buf_init(&out, 1 << 24);
	buf_init(&told, 1 << 24);
}

static void
end(void)
{
	buf_free(&in);
	buf_free(&out);
	buf_free(&told);
	stanch_engine_free(engine);
	stanch_rules_free(rules);
}

TestSuite(scan_views, .init = begin, .fini = end);

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	(void)payload;
	return buf_printf(&told, "%s %" PRIu64 "-%" PRIu64 " %s %s\n",
		stanch_rule_id(stanch_finding_rule(f)),
		stanch_finding_start(f), stanch_finding_end(f),
		stanch_finding_decoded(f), stanch_finding_preview(f));
}

static bool
on_output(const void *data, size_t len, void *payload)
{
	(void)payload;
	return buf_append(&out, data, len);
}

/* Findings to told, ended with a NUL. */
static void
scan(size_t step, unsigned leave)
{
	struct stanch_scan_options opt = { .size = sizeof opt,
		.leave_encoded = leave };
	struct stanch_scanner *s;

	told.len = 0;
	cr_assert_eq(stanch_scanner_new(&s, engine, &opt, on_finding, NULL,
		NULL), STANCH_OK);
	cr_assert_eq(stanch_scanner_begin(s, "place"), STANCH_OK);
	for (size_t at = 0; at < in.len; at += step)
		cr_assert_eq(stanch_scanner_feed(s, in.ptr + at,
			in.len - at < step ? in.len - at : step), STANCH_OK);
	cr_assert_eq(stanch_scanner_finish(s), STANCH_OK);
	stanch_scanner_free(s);
	buf_byte(&told, 0);
}

/* The same through a filter; output to out, ended with a NUL. */
static void
filter(size_t step)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .on_finding = on_finding };
	struct stanch_filter *f;

	told.len = out.len = 0;
	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	for (size_t at = 0; at < in.len; at += step)
		cr_assert_eq(stanch_filter_write(f, in.ptr + at,
			in.len - at < step ? in.len - at : step, STANCH_RUN),
			STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, NULL, 0, STANCH_FINISH),
		STANCH_OK);
	stanch_filter_free(f);
	buf_byte(&told, 0);
	buf_byte(&out, 0);
}

static void
put(const char *text)
{
	buf_str(&in, text);
}

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

		buf_append(&in, b.ptr + at, n);
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

/* What is in `in` gives these findings and this output, cut anywhere. */
static void
expect(const char *findings, const char *output)
{
	for (size_t step = 1; step <= in.len; step += step < 40 ? 1 : 37) {
		scan(step, 0);
		cr_expect_str_eq((const char *)told.ptr, findings,
			"scanned by %zu: %s", step, told.ptr);
		filter(step);
		cr_expect_str_eq((const char *)told.ptr, findings,
			"filtered by %zu: %s", step, told.ptr);
		cr_expect_str_eq((const char *)out.ptr, output,
			"by %zu: %s", step, out.ptr);
	}
	in.len = 0;
}

#define FOUND(from, to, way) "acme " #from "-" #to " " way \
	" acme_************ (25 bytes)\n"

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
			cr_expect_str_eq((const char *)told.ptr, want,
				"width %zu: %s", width, told.ptr);
			scan(in.len, 0);
			cr_expect_str_eq((const char *)told.ptr, want);
			filter(1);
			cr_expect_str_eq((const char *)told.ptr, want);
			in.len = 0;
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
	cr_assert(!memcmp(in.ptr, "\"Pz8/", 5));
	in.len = 4;
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
		in.len = 0;
		put_base64((char *)text.ptr, text.len, 10000, "", CODEC_BASE64,
			true);
		text.len = 0;
		buf_append(&text, in.ptr, in.len);
		scan(7, 0);
		if (depth == 4)
			cr_expect_str_eq((const char *)told.ptr, "");
		else
			cr_expect_neq(told.len, 1, "depth %d", depth);
		if (depth == 3)
			cr_expect(strstr((char *)told.ptr,
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
	for (size_t i = 0; i < in.len; i++) {
		buf_byte(&text, in.ptr[i]);
		buf_byte(&text, 0);
	}
	in.len = 0;
	buf_append(&in, text.ptr, text.len);
	scan(in.len, 0);
	cr_expect_str_eq((const char *)told.ptr,
		FOUND(0, 72, "utf-16+base64"));
	filter(1);
	cr_expect_eq(out.len, 2 * strlen(TAG) + 1);
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
	cr_expect_str_eq((const char *)out.ptr, "key: " TAG "\nmore");
	in.len -= 5;
	filter(61);
	cr_expect_str_eq((const char *)out.ptr, "key: " TAG);
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
		"************ (25 bytes)\n", in.len);
	put(" x");
	expect(want, "k=" TAG " x");
	/* Cut short, it still tells what it holds. */
	put_base64((char *)packed.ptr, packed.len - 9, 1000, "", CODEC_BASE64,
		false);
	scan(1, 0);
	cr_expect_neq(told.len, 1);
	scan(1, STANCH_DECODE_GZIP);
	cr_expect_eq(told.len, 1);
	buf_free(&packed);
}

/* Base64 of anything but text is full of bytes that are no text. */
Test(scan_views, rules_that_go_by_surroundings_need_a_text)
{
	put_plain("\x80\x81 with a text before, near=4kq7w1zt9x2m6\n");
	expect("near 36-56 base64 ************ (13 bytes)\n",
		"gIEgd2l0aCBhIHRleHQgYmVmb3JlLCBuZWFy" TAG);
	put_plain("near=4kq7w1\xfe\xff\x80" "zt9x2m and more of it");
	scan(in.len, 0);
	cr_expect_str_eq((const char *)told.ptr, "");
}

Test(scan_views, what_is_left_encoded_is_not_found)
{
	put_plain(ONE);
	scan(5, STANCH_DECODE_UTF16);
	cr_expect_neq(told.len, 1);
	scan(5, STANCH_DECODE_BASE64);
	cr_expect_str_eq((const char *)told.ptr, "");
}

/* Bytes of a line are not held when nothing can come of them. */
static void
expect_out(const char *text)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .on_finding = on_finding };
	struct stanch_filter_stats stats;
	struct stanch_filter *f;

	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, text, strlen(text), STANCH_RUN),
		STANCH_OK);
	stanch_filter_get_stats(f, &stats);
	cr_expect_eq(stats.held, 0, "%zu held of %s", (size_t)stats.held,
		text);
	stanch_filter_free(f);
}

Test(scan_views, prompts_and_paths_are_not_held)
{
	expect_out("(--More--) ");
	expect_out("/usr/lib/x86_64/\n");
	expect_out("/srv/projects/of/a/very/long/name\n");
	expect_out("Compiling SomeVeryLongIdentifierOfOurs\n");
	expect_out("0123456789abcdef0123456789abcdef01234567\n");
}
