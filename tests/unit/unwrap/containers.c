/* SPDX-License-Identifier: Apache-2.0 */
/* zip, tar, ar, cpio: each byte is a member's, or given out as it is. */
#include "made.h"

TestSuite(unwrap_containers, .timeout = 60);

static const struct made_zip deflated = { .method = 8 };

Test(unwrap_containers, zip_members_with_what_lies_around_them)
{
	struct buf b = made_buf();

	made_add(&b, "#!/bin/sh\n", 10);
	made_zip_member(&b, "a", span_str("first"), deflated);
	made_add(&b, "between", 7);
	made_zip_member(&b, "d/b", span_str("second"), (struct made_zip){ 0 });
	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f: #!/bin/sh\n",
		"f!a: first\n", "between\n", "f!d/b: second\n", "behind\n",
		NULL });
	buf_free(&b);
}

Test(unwrap_containers, zip_members_of_unknown_length)
{
	for (unsigned i = 0; i < 4; i++) {
		struct made_zip how = { .flags = 8, .method = i & 1 ? 8 : 0,
			.sign = i & 2 || !(i & 1) };
		struct buf b = made_buf();

		made_zip_member(&b, "a", span_str("first PK\7\10 PK"), how);
		made_zip_member(&b, "b", span_str("second"), how);
		made_add(&b, "behind", 6);
		made_has_all(buf_span(&b), (const char *[]){
			"f!a: first PK\7\10 PK\n", "f!b: second\n",
			"behind\n", NULL });
		buf_free(&b);
	}
}

Test(unwrap_containers, zip_a_wrong_checksum_is_a_gap_and_the_rest_goes_on)
{
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first"),
		(struct made_zip){ .method = 8, .wrong = 1 });
	made_zip_member(&b, "b", span_str("second"), deflated);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"gap f!a: corrupt: its checksum", "f!b: second\n", NULL });
	buf_free(&b);
}

Test(unwrap_containers, zip_a_length_that_lies_hides_nothing)
{
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first"),
		(struct made_zip){ .method = 8, .declared = 200 });
	made_zip_member(&b, "b", span_str("second"), deflated);
	made_zip_member(&b, "c", span_str("third"), deflated);
	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"second\n", "third\n", "behind\n", NULL });
	buf_free(&b);
}

Test(unwrap_containers, zip_what_is_encrypted_is_a_gap)
{
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first"),
		(struct made_zip){ .flags = 1 });
	made_zip_member(&b, "b", span_str("second"),
		(struct made_zip){ .method = 9 });
	made_zip_member(&b, "c", span_str("third"), deflated);
	made_has_all(buf_span(&b), (const char *[]){
		"gap f!a: encrypted: ", "f!a: first\n", "gap f!b: format: ",
		"f!b: second\n", "f!c: third\n", NULL });
	buf_free(&b);
}

Test(unwrap_containers, zip_cut_anywhere_is_no_silent_loss)
{
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first, first, first"), deflated);
	made_zip_member(&b, "b", span_str("second"), deflated);
	made_zip_end(&b);
	made_has_all(buf_span(&b), (const char *[]){ "f!b: second\n", NULL });
	for (size_t n = 32; n < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), SIZE_MAX, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu", n);
		buf_free(&m.text);
	}
	buf_free(&b);
}

Test(unwrap_containers, zip_a_directory_that_names_more_is_a_gap)
{
	static const char entry[46] = "PK\1\2";
	struct buf b = made_buf();

	made_zip_member(&b, "a", span_str("first"), deflated);
	made_add(&b, entry, sizeof entry);
	made_add(&b, entry, sizeof entry);
	made_zip_end(&b);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"gap f: corrupt: its directory names", NULL });
	buf_free(&b);
}

Test(unwrap_containers, tar_members_names_and_what_lies_behind)
{
	struct buf b = made_buf();

	made_tar_member(&b, "a", '0', span_str("first"));
	made_tar_member(&b, "././@LongLink", 'L', span_str("long/name"));
	made_tar_member(&b, "short", '0', span_str("second"));
	made_tar_member(&b, "pax", 'x', span_str("16 path=p/a/x/x\n"));
	made_tar_member(&b, "short", '0', span_str("third"));
	made_tar_header(&b, "directory", '5', 0);
	made_tar_header(&b, "link", '2', 700);
	made_tar_member(&b, "b", 0, span_str("fourth"));
	made_tar_end(&b);
	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"f!long/name: second\n", "f!p/a/x/x: third\n",
		"f!b: fourth\n", "behind\n", "f!headers@0: a", NULL });
	buf_free(&b);
}

Test(unwrap_containers, tar_without_its_end_is_a_gap)
{
	struct buf b = made_buf();

	made_tar_member(&b, "a", '0', span_str("first"));
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"gap f: corrupt: without its end", NULL });
	made_has_all(span_of(b.ptr, 512 + 3), (const char *[]){ "f!a: fir\n",
		"gap f!a: corrupt: truncated", NULL });
	buf_free(&b);
}

Test(unwrap_containers, tar_goes_on_behind_a_damaged_header)
{
	struct buf b = made_buf();

	made_tar_member(&b, "a", '0', span_str("first"));
	made_tar_member(&b, "b", '0', span_str("second"));
	made_tar_member(&b, "c", '0', span_str("third"));
	made_tar_end(&b);
	b.ptr[1024] ^= 1;
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"gap f: corrupt: damaged", "second", "f!c: third\n", NULL });
	buf_free(&b);
}

Test(unwrap_containers, tar_archives_behind_each_other)
{
	struct buf b = made_buf();

	made_tar_member(&b, "a", '0', span_str("first"));
	made_tar_end(&b);
	made_tar_member(&b, "b", '0', span_str("second"));
	made_tar_end(&b);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"f!b: second\n", NULL });
	buf_free(&b);
}

Test(unwrap_containers, ar_members_and_long_names)
{
	static const char ar[] = "!<arch>\n"
		"//                                              13        `\n"
		"a/long/name/\n" "\n"
		"/0              0           0     0     644     5         `\n"
		"first\n"
		"#1/4            0           0     0     644     10        `\n"
		"bsd\0second"
		"short/          0           0     0     644     5         `\n"
		"third\n"
		"behind";

	made_has_all(span_of(ar, sizeof ar - 1), (const char *[]){
		"f!a/long/name: first\n", "f!bsd: second\n",
		"f!short: third\n", "behind", "gap f: corrupt", NULL });
}

Test(unwrap_containers, cpio_of_both_kinds)
{
	struct buf b = made_buf();
	static const char *const names[] = { "a", "TRAILER!!!" };

	for (int i = 0; i < 2; i++) {
		size_t name = strlen(names[i]) + 1, size = i ? 0 : 5;

		buf_printf(&b, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x"
			"%08x%08x%08zx%08x%s", 1, 0, 0, 0, 1, 0, size, 0, 0, 0,
			0, name, 0, names[i]);
		do
			buf_byte(&b, 0);
		while (b.len % 4);
		if (size)
			made_add(&b, "first\0\0\0", 8);
	}
	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f!a: first\n",
		"behind\n", NULL });
	b.len = 0;
	buf_printf(&b, "070707%06o%06o%06o%06o%06o%06o%06o%011o%06o%011o%s", 0,
		1, 0, 0, 0, 1, 0, 0, 2, 6, "b");
	made_add(&b, "\0second", 7);
	made_has_all(buf_span(&b), (const char *[]){ "f!b: second\n",
		"gap f: corrupt: damaged or without its end", NULL });
	buf_free(&b);
}

Test(unwrap_containers, archives_inside_each_other)
{
	struct buf jar = made_buf(), tar = made_buf(), z;

	made_zip_member(&jar, "conf/app", span_str("inner"), deflated);
	made_tar_member(&tar, "app.jar", '0', buf_span(&jar));
	made_tar_end(&tar);
	z = made_deflate(buf_span(&tar), 31);
	made_has_all(buf_span(&z), (const char *[]){
		"f!app.jar!conf/app: inner\n", NULL });
	buf_free(&jar);
	buf_free(&tar);
	buf_free(&z);
}

/* Each level holds the one below it sixteen times. */
static struct buf
copies(const char *text, unsigned levels)
{
	struct buf b = made_buf();

	made_add(&b, text, strlen(text));
	while (levels--) {
		struct buf next = made_buf();

		for (int i = 0; i < 16; i++)
			made_zip_member(&next, "z", buf_span(&b), deflated);
		made_zip_end(&next);
		buf_free(&b);
		b = next;
	}
	return b;
}

Test(unwrap_containers, copies_of_copies_are_decoded_once)
{
	struct buf b = copies("inmost", 6);
	struct made m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);

	cr_assert(made_has(&m, "f!z!z!z!z!z!z: inmost\n"));
	cr_assert_lt(m.count.members, 200);
	cr_assert_not(made_has(&m, "gap"));
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_containers, copies_with_news_are_all_told)
{
	struct buf b = copies("NEWS", 2);
	struct made m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);

	cr_assert_eq(m.news, 256);
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_containers, a_format_that_cannot_be_read_is_named)
{
	made_has_all(span_of("Rar!\x1a\7\1\0text", 12), (const char *[]){
		"gap f: format: a RAR archive", "text\n", NULL });
}
