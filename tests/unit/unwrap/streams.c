/* SPDX-License-Identifier: Apache-2.0 */
/* What is compressed, and what lies before, between and behind it. */
#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zstd.h>

#include "made.h"

TestSuite(unwrap_streams, .timeout = 60);

static void
add_gzip(struct buf *b, const char *text)
{
	struct buf z = made_gzip(text);

	made_add(b, z.ptr, z.len);
	buf_free(&z);
}

Test(unwrap_streams, streams_that_follow_each_other_are_one)
{
	struct buf b = made_buf();

	add_gzip(&b, "one ");
	add_gzip(&b, "two");
	made_has_all(buf_span(&b), (const char *[]){ "f: one two\n", NULL });
	buf_free(&b);
}

Test(unwrap_streams, what_lies_between_and_behind_is_given_out)
{
	struct buf b = made_buf();

	add_gzip(&b, "one");
	made_add(&b, "between", 7);
	add_gzip(&b, "two");
	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f: one\n",
		"f!raw@23: between\n", "f!raw@30: two\n", "behind\n", NULL });
	buf_free(&b);
}

Test(unwrap_streams, bzip2_in_the_midst_is_decoded_too)
{
	unsigned n = 200;
	struct buf b = made_buf();
	char z[200];

	cr_assert_eq(BZ2_bzBuffToBuffCompress(z, &n, (char *)"one", 3, 9, 0,
		0), BZ_OK);
	made_add(&b, "text BZh9, BZ and ", 18);
	made_add(&b, z, n);
	made_add(&b, "between", 7);
	made_add(&b, z, n);
	made_has_all(buf_span(&b), (const char *[]){
		"f: text BZh9, BZ and \n", "f!raw@18: one\n", "between\n",
		NULL });
	buf_free(&b);
}

Test(unwrap_streams, a_cut_stream_gives_what_there_is_and_a_gap)
{
	struct buf b = made_gzip("all of a text");

	made_has_all(span_of(b.ptr, b.len - 3), (const char *[]){
		"f: all of a text\n", "gap f: corrupt: truncated\n", NULL });
	buf_free(&b);
}

Test(unwrap_streams, a_wrong_checksum_is_a_gap)
{
	struct buf b = made_gzip("all of a text");

	for (size_t i = b.len - 8; i < b.len; i++) {
		b.ptr[i] ^= 1;
		made_has_all(buf_span(&b), (const char *[]){
			"f: all of a text\n", "gap f: corrupt: its checksum",
			NULL });
		b.ptr[i] ^= 1;
	}
	buf_free(&b);
}

Test(unwrap_streams, what_only_begins_like_one_is_given_out)
{
	made_has_all(span_str("\x1f\x8b\x08 some text"), (const char *[]){
		" some text", NULL });
	made_has_all(span_str("text, PK\3\4 and \x1f\x8b\x08 and (\xb5/\xfd"
		" and more"), (const char *[]){ "f: text, PK\3\4 and "
		"\x1f\x8b\x08 and (\xb5/\xfd and more\n", NULL });
}

/* An empty header of a member, and gzip with more in its header than there
   is: programs have such bytes in them. */
Test(unwrap_streams, magic_numbers_alone_are_no_gap)
{
	static const char text[] = "a PK\3\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0 and "
		"\x1f\x8b\x08\4abcdef\xff\x0f end";
	struct made m = made_unwrap(span_of(text, sizeof text - 1), 7, NULL);

	cr_assert_not(made_has(&m, "gap"));
	cr_assert(made_has(&m, " end\n"));
	buf_free(&m.text);
}

Test(unwrap_streams, every_codec_gives_its_text)
{
	static const char text[] = "the text of all codecs, the text of all";
	struct buf b = made_buf();
	unsigned n = 4096;
	size_t len = 0;

	cr_assert(buf_reserve(&b, 4096));
	b.len = ZSTD_compress(b.ptr, b.cap, text, sizeof text - 1, 3);
	made_has_all(buf_span(&b), (const char *[]){ "f: the text of all "
		"codecs, the text of all\n", NULL });
	cr_assert_eq(BZ2_bzBuffToBuffCompress((char *)b.ptr, &n, (char *)text,
		sizeof text - 1, 9, 0, 0), BZ_OK);
	made_has_all(span_of(b.ptr, n), (const char *[]){ "f: the text of all "
		"codecs, the text of all\n", NULL });
	cr_assert_eq(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, NULL,
		(const uint8_t *)text, sizeof text - 1, b.ptr, &len, 4096),
		LZMA_OK);
	made_has_all(span_of(b.ptr, len), (const char *[]){ "f: the text of "
		"all codecs, the text of all\n", NULL });
	len = LZ4F_compressFrame(b.ptr, 4096, text, sizeof text - 1, NULL);
	made_has_all(span_of(b.ptr, len), (const char *[]){ "f: the text of "
		"all codecs, the text of all\n", NULL });
	buf_free(&b);
}

/* 1f 9d 90, then codes of 9 bits, the least bit first. */
Test(unwrap_streams, compress_is_known_too)
{
	static const unsigned codes[] = { 'a', 'b', 257, 259, 'c' };
	struct buf b = made_buf();
	uint64_t bits = 0;

	for (size_t i = 0; i < 5; i++)
		bits |= (uint64_t)codes[i] << 9 * i;
	made_add(&b, "\x1f\x9d\x90", 3);
	made_le(&b, bits, 6);
	made_has_all(buf_span(&b), (const char *[]){ "f: abababac", NULL });
	b.ptr[5] = 0xff;	/* a code that is not defined yet */
	made_has_all(buf_span(&b), (const char *[]){ "gap f: corrupt", NULL });
	buf_free(&b);
}

Test(unwrap_streams, a_frame_that_holds_no_data_is_given_out_all_the_same)
{
	static const char skip[] = "\x50\x2a\x4d\x18\x06\0\0\0hidden";
	struct buf b = made_buf();
	uint8_t z[200];

	made_add(&b, skip, sizeof skip - 1);
	made_add(&b, z, ZSTD_compress(z, sizeof z, "one ", 4, 3));
	made_add(&b, skip, 8);
	made_add(&b, "as well", 6);
	made_add(&b, z, ZSTD_compress(z, sizeof z, "two", 3, 3));
	made_has_all(buf_span(&b), (const char *[]){ "f: one two\n", "hidden",
		"as wel",
		"f!headers@0", NULL });
	buf_free(&b);
}

/* ---- limits ---- */

static struct buf
nested(const char *text, unsigned deep)
{
	struct buf b = made_gzip(text);

	while (--deep) {
		struct buf z = made_deflate(buf_span(&b), 31);

		buf_free(&b);
		b = z;
	}
	return b;
}

Test(unwrap_streams, deeper_than_may_be_is_a_gap)
{
	struct buf b = nested("inmost", 16);
	struct unwrap_options opt = { .depth = 15 };
	struct made m;

	made_has_all(buf_span(&b), (const char *[]){ "f: inmost\n", NULL });
	m = made_unwrap(buf_span(&b), SIZE_MAX, &opt);
	cr_assert_not(made_has(&m, "inmost"));
	cr_assert(made_has(&m, "gap f: over-limit: deeper than --max-depth"));
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_streams, more_than_may_be_decoded_is_a_gap)
{
	static char many[1000000];
	struct unwrap_options opt = { .decoded = 500000 };
	struct buf b = made_buf(), z;
	struct made m;

	memset(many, 'x', sizeof many);
	z = made_deflate(span_of(many, sizeof many), 31);
	made_add(&b, z.ptr, z.len);
	made_add(&b, "behind", 6);
	m = made_unwrap(buf_span(&b), SIZE_MAX, &opt);
	cr_assert(made_has(&m, "gap f: over-limit: more was decoded"));
	cr_assert(made_has(&m, "behind"));
	cr_assert_lt(m.text.len, 900000);
	buf_free(&m.text);
	buf_free(&z);
	buf_free(&b);
}

Test(unwrap_streams, nothing_is_looked_into_when_it_is_off)
{
	struct unwrap_options opt = { .off = true };
	struct buf b = made_gzip("some text, some text");
	struct made m = made_unwrap(buf_span(&b), SIZE_MAX, &opt);

	cr_assert_not(made_has(&m, "some text, some"));
	cr_assert_eq(m.count.raw, b.len);
	buf_free(&m.text);
	buf_free(&b);
}

/* What of the bytes is copied from plain ones need not be searched. */
static bool
is_plain(const char *text, const struct kin_copy *copies, size_t n)
{
	const struct unwrap_out out = { 0 };
	const struct unwrap_options opt = { 0 };
	const struct kin kin = { .copies = copies, .ncopies = n };
	struct unwrap *u = unwrap_new(&opt, &out);
	bool plain = unwrap_is_plain(u, span_str(text), n ? &kin : NULL);

	unwrap_free(u);
	return plain;
}

Test(unwrap_streams, a_magic_number_over_the_edge_of_a_copy_is_seen)
{
	static const char text[] = "some text PK\3\4 and more of it";
	const char *pk = strchr(text, 'P');
	size_t at = (size_t)(pk - text), len = sizeof text - 1;

	cr_assert(is_plain("some text PK and more of it", NULL, 0));
	cr_assert(!is_plain(text, NULL, 0));
	for (size_t cut = at - 3; cut <= at + 6; cut++) {
		const struct kin_copy both[] = { { 0, 0, cut },
			{ cut, cut, len - cut } };
		bool over = cut > at && cut < at + 4;

		cr_assert(!over || !is_plain(text, both, 2), "%zu", cut);
	}
}
