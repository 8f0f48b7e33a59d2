/* SPDX-License-Identifier: Apache-2.0 */
/* What compilers make: constants of Java classes, strings of Python code. */
#include "made.h"

TestSuite(unwrap_compiled, .timeout = 60);

static void
be_16(struct buf *b, unsigned v)
{
	made_le(b, v >> 8, 1);
	made_le(b, v & 0xff, 1);
}

static void
utf8(struct buf *b, const char *text, size_t n)
{
	made_le(b, 1, 1);
	be_16(b, (unsigned)n);
	made_add(b, text, n);
}

static struct buf
class(void)
{
	struct buf b = made_buf();

	made_add(&b, "\xca\xfe\xba\xbe\0\0\0\x3d", 8);
	be_16(&b, 8);
	utf8(&b, "first", 5);
	made_add(&b, "\5\0\0\0\0\0\0\0\0", 9);		/* two slots */
	utf8(&b, "a\xc0\x80" "b", 4);
	made_add(&b, "\7\0\1", 3);
	utf8(&b, "\xed\xa0\xbd\xed\xb8\x80", 6);
	utf8(&b, "A second", 8);
	made_add(&b, "code", 4);
	return b;
}

Test(unwrap_compiled, class_a_line_is_a_constant)
{
	struct buf b = class();

	made_has_all(buf_span(&b), (const char *[]){
		"f!constants: first\n\n\na",
		"b\n\n\xf0\x9f\x98\x80\nA second\n",
		"code\n", NULL });
	buf_free(&b);
}

Test(unwrap_compiled, class_cut_or_changed_is_a_gap)
{
	struct buf b = class();

	for (size_t n = 11; n + 4 < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), 1, NULL);

		cr_assert(made_has(&m, "gap f!constants: corrupt"), "%zu", n);
		buf_free(&m.text);
	}
	b.ptr[18] = 99;		/* no tag */
	made_has_all(buf_span(&b), (const char *[]){ "f!constants: first\n",
		"gap f!constants: corrupt: damaged", "A second", NULL });
	buf_free(&b);
}

Test(unwrap_compiled, binaries_of_macs_are_no_classes)
{
	static const char fat[] = "\xca\xfe\xba\xbe\0\0\0\2text of no constant";

	made_has_all(span_of(fat, sizeof fat - 1), (const char *[]){
		"text of no constant\n", NULL });
}

/* Code of Python 3.7, with constants of all kinds. */
static struct buf
pyc(void)
{
	struct buf b = made_buf();

	made_add(&b, "\x42\x0d\r\n\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	made_add(&b, "\xe3", 1);
	for (int i = 0; i < 5; i++)
		made_le(&b, 64, 4);
	made_add(&b, "s\4\0\0\0code", 9);
	made_add(&b, ")\7" "z\5first" "N" "l\xfe\xff\xff\xff\1\2\3\4"
		"y\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" "{i\1\2\3\4" "z\3one" "0"
		"(\1\0\0\0u\6\0\0\0second" "r\0\0\0\0", 69);
	made_add(&b, ")\0)\0)\0)\0z\1fz\1n", 14);
	made_le(&b, 1, 4);
	made_add(&b, "s\0\0\0\0", 5);
	return b;
}

Test(unwrap_compiled, pyc_a_line_is_a_string)
{
	struct buf b = pyc();

	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f!strings: code\nfirst\n"
		"one\nsecond\nf\nn\n\n", "behind\n", NULL });
	b.len -= 6;
	for (size_t i = 0; i < 2; i++) {
		struct made m = made_unwrap(buf_span(&b), 1 + i, NULL);

		cr_assert_not(made_has(&m, "gap"), "%s", (char *)m.text.ptr);
		buf_free(&m.text);
	}
	buf_free(&b);
}

Test(unwrap_compiled, pyc_cut_or_changed_is_a_gap)
{
	struct buf b = pyc();

	for (size_t n = 17; n < b.len; n++) {
		struct made m = made_unwrap(span_of(b.ptr, n), 1, NULL);

		cr_assert(made_has(&m, "gap f!strings: corrupt"), "%zu", n);
		buf_free(&m.text);
	}
	b.ptr[46] = '?';	/* the tuple of constants */
	made_has_all(buf_span(&b), (const char *[]){
		"gap f!strings: corrupt: damaged", "first", NULL });
	buf_free(&b);
}


/* A pool of two strings in a compiled XML, and a chunk behind it. */
static struct buf
android(bool wide)
{
	static const char narrow[] = "\5\5first\0\6\6second\0\0\0";
	static const char wides[] = "\5\0f\0i\0r\0s\0t\0\0\0"
		"A\0s\0e\0c\0o\0n\0d\0";
	size_t n = wide ? 14 + 2 + 2 * 65 + 2 : sizeof narrow - 1;
	struct buf b = made_buf();

	made_le(&b, 0x00080003, 4);
	made_le(&b, 8 + 36 + n + 4, 4);
	made_le(&b, 0x001c0001, 4);
	made_le(&b, 36 + n, 4);
	made_le(&b, 2, 4);
	made_le(&b, 0, 4);
	made_le(&b, wide ? 0 : 1 << 8, 4);
	made_le(&b, 36, 4);
	made_le(&b, 0, 4);
	made_le(&b, 0, 4);
	made_le(&b, wide ? 14 : 8, 4);
	made_add(&b, wide ? wides : narrow, wide ? sizeof wides - 1 : n);
	while (wide && b.len < 44 + n)
		made_add(&b, b.len < 44 + n - 2 ? ".\0" : "\0\0", 2);
	made_add(&b, "code", 4);
	return b;
}

Test(unwrap_compiled, android_a_line_is_a_string)
{
	for (int wide = 0; wide < 2; wide++) {
		struct buf b = android(wide);

		made_has_all(buf_span(&b), (const char *[]){
			"f!strings: first\nsecond", "code\n", NULL });
		buf_free(&b);
	}
}

Test(unwrap_compiled, android_cut_is_a_gap)
{
	for (int wide = 0; wide < 2; wide++) {
		struct buf b = android(wide);

		for (size_t n = 36; n + 5 < b.len; n++) {
			struct made m = made_unwrap(span_of(b.ptr, n), 1,
				NULL);

			cr_assert(made_has(&m, "gap f!strings: corrupt"),
				"%zu", n);
			buf_free(&m.text);
		}
		buf_free(&b);
	}
}
