/* SPDX-License-Identifier: Apache-2.0 */
/* views_escapes.c - secrets of which some bytes, or all, are escaped. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "views_fixture.h"

TestSuite(scan_escaped, .init = views_begin, .fini = views_end);

Test(scan_escaped, secret_with_one_byte_escaped_in_any_way)
{
	static const struct { const char *form, *way; } all[] = {
		{ "%6d", "percent" }, { "%6D", "percent" },
		{ "\\x6d", "escapes" }, { "\\155", "escapes" },
		{ "\\u006D", "escapes" }, { "\\u{6d}", "escapes" },
		{ "\\U0000006d", "escapes" }, { "&#109;", "entities" },
		{ "&#x6d;", "entities" },
	};
	char want[100];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		put("\"ac");
		put(all[i].form);
		put("e_4kq7w1zt9x2m6c8v3b5n\"");
		snprintf(want, sizeof want, "acme 1-%zu %s acme_************ "
			"(25 bytes)\n", views_in.len - 1, all[i].way);
		expect(want, "\"" TAG "\"");
	}
}

/* Fail closed: no part of an escape stays. */
Test(scan_escaped, first_and_last_byte_escaped_are_masked_whole)
{
	put("x=%61cme_4kq7w1zt9x2m6c8v3b5%6e&y");
	expect(FOUND(2, 31, "percent"), "x=" TAG "&y");
}

Test(scan_escaped, each_byte_escaped)
{
	static const char one[] = ONE;
	char form[16];

	put("k: ");
	for (size_t i = 0; i < sizeof one - 1; i++) {
		snprintf(form, sizeof form, "\\u%04x", one[i]);
		put(form);
	}
	put(" x");
	expect(FOUND(3, 153, "escapes"), "k: " TAG " x");
}

Test(scan_escaped, escaped_twice_and_in_two_ways)
{
	put("a%2563me_4kq7w1zt9x2m6c8v3b5n");
	expect(FOUND(0, 29, "percent+percent"), TAG);
	put("a\\\\u0063me_4kq7w1zt9x2m6c8v3b5n");
	expect(FOUND(0, 31, "escapes+escapes"), TAG);
	put("a%63m\\u0065_4kq7w1zt9x2m6c8v3b5n");
	expect(FOUND(0, 32, "percent+escapes"), TAG);
	put("a&amp;#99;me_4kq7w1zt9x2m6c8v3b5n");
	expect(FOUND(0, 33, "entities+entities"), TAG);
}

Test(scan_escaped, base64_that_is_escaped_and_escapes_in_base64)
{
	/* Of "???" and ONE. */
	put("k=Pz8%2FYWNtZV80a3E3dzF6dDl4Mm02Yzh2M2I1bg%3D%3D&x");
	expect(FOUND(8, 48, "percent+base64"), "k=Pz8%2F" TAG "&x");
	/* Of a%63me_... */
	put("YSU2M21lXzRrcTd3MXp0OXgybTZjOHYzYjVu");
	expect(FOUND(0, 36, "base64+percent"), TAG);
}

Test(scan_escaped, what_is_found_as_it_stands_is_told_so)
{
	put("{\"a\": \"\\u00e9\\n" ONE "\\u0020\"}");
	expect(FOUND(15, 40, ""), "{\"a\": \"\\u00e9\\n" TAG "\\u0020\"}");
	put("%20far away from it: " ONE);
	expect(FOUND(21, 46, ""), "%20far away from it: " TAG);
}

static void
put_line(size_t len)
{
	while (len--)
		put(len % 7 ? "w" : " ");
}

Test(scan_escaped, secret_broken_in_a_line_of_quoted_printable)
{
	for (size_t n = 1; n < 25; n++) {
		char want[100], head[100];

		put_line(75 - n);
		snprintf(head, sizeof head, "%.*s" TAG, 75 - (int)n,
			(const char *)views_in.ptr);
		buf_append(&views_in, ONE, n);
		put("=\r\n");
		put(ONE + n);
		snprintf(want, sizeof want, "acme %zu-%zu quoted-printable "
			"acme_************ (25 bytes)\n", 75 - n, 103 - n);
		expect(want, head);
	}
}

/* It was covered up to the line's end only, or not at all. */
Test(scan_escaped, secret_broken_in_a_narrow_line_of_mail_leaks_no_part)
{
	put("it is acme_4kq7w1zt9x=\r\n2m6c8v3b5n.");
	expect(FOUND(6, 34, "quoted-printable"), "it is " TAG ".");
	put("Content-Transfer-Encoding: quoted-printable\n\n"
		"acme_=\n4kq7w1zt9x2m6c8v=\n3b5n\n");
	expect(FOUND(45, 74, "quoted-printable"),
		"Content-Transfer-Encoding: quoted-printable\n\n" TAG "\n");
	put("acme_4=\nkq7w1zt9x=\n2m6c8v=\n3b5n.");
	expect(FOUND(0, 31, "quoted-printable"), TAG ".");
}

/* The D of =3D stood before it as if it were a part of the word. */
Test(scan_escaped, secret_behind_an_encoded_equals_sign_of_mail_leaks)
{
	put("key=3Dacme=5F4kq7w1zt9x2m6c8v=\n3b5n.");
	expect(FOUND(6, 35, "quoted-printable"), "key=3D" TAG ".");
	put("near=3Da1b2c3d4e5=\nf6g7.");
	expect("near 7-23 quoted-printable ************ (14 bytes)\n",
		"near=3D" TAG ".");
	put("line=3D4kq7w1zt9\n");
	expect("line 7-16 quoted-printable ************ (9 bytes)\n",
		"line=3D" TAG "\n");
}

/* What goes on may not have ended: of what a name says that is not taken. */
Test(scan_escaped, setting_without_a_value_joins_no_other)
{
	put("near=a1b2c3d4e=\nf6g7h8=1\n");
	expect("near 5-14  ************ (9 bytes)\n",
		"near=" TAG "=\nf6g7h8=1\n");
	put("ACME=\nnear=a1b2c3d4e5\n");
	expect("near 11-21  ************ (10 bytes)\n",
		"ACME=\nnear=" TAG "\n");
	put("k: YWNtZV80a3E3dzF6dDl4Mm02Yzh2M2I1bjE=\nx: 1\n");
	expect(FOUND(3, 39, "base64"), "k: " TAG "\nx: 1\n");
}

static void
put_key(const char *begin, const char *line_end)
{
	put(begin);
	put(line_end);
	for (int i = 0; i < 20; i++) {
		put("MIIaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789AbCdEfGhIjKlMnOpQrS"
			"tUv0");
		put(line_end);
	}
	put("-----END PRIVATE KEY-----");
}

Test(scan_escaped, private_key_is_one_secret_to_its_end)
{
	static const char *const ends[] = { "%0A", "%0d%0a", "\\n", "\\\\n",
		"&#10;", "\\u000a", "\n" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		put("k=");
		put_key("-----BEGIN%20PRIVATE KEY-----", ends[i]);
		put(" more");
		filter(views_in.len);
		cr_expect_str_eq((const char *)views_out.ptr,
			"k=" TAG " more", "%s: %s", ends[i], views_out.ptr);
		filter(7);
		cr_expect_str_eq((const char *)views_out.ptr,
			"k=" TAG " more", "%s: %s", ends[i], views_out.ptr);
		views_in.len = 0;
	}
}

/* In JSON, notebooks and HAR files a key's lines end in \n. */
Test(scan_escaped, private_key_in_a_string_of_json)
{
	put("{\"source\": [\"key = \\\"\"");
	put_key("-----BEGIN PRIVATE KEY-----", "\\n");
	put("\\n\\\"\\u003d\"]}");
	filter(11);
	cr_expect_str_eq((const char *)views_out.ptr,
		"{\"source\": [\"key = \\\"\"" TAG "\\n\\\"\\u003d\"]}");
}

/* Cut right before the escape, it was told twice. */
Test(scan_escaped, secret_that_ended_before_an_escape_came_is_told_once)
{
	put("line=4kq7w1zt9\n\\x34");
	expect("line 5-14  ************ (9 bytes)\n",
		"line=" TAG "\n\\x34");
}

/* With the escapes undone its key goes on, for gaps are shorter then. */
Test(scan_escaped, secret_behind_a_key_that_ended_is_found_however_it_comes)
{
	static const char want[] = "key 0-58  -----BEGIN************ "
		"(58 bytes)\n" FOUND(300, 336, "base64");

	put("-----BEGIN" " PRIVATE KEY-----hi4ktgVLhfFgyzCyH4AC3054.");
	for (int i = 0; i < 34; i++)
		put("\\u002d");
	while (views_in.len < 300)
		put(".");
	put("YWNtZV80a3E3dzF6dDl4Mm02Yzh2M2I1bg==");
	for (size_t step = 1; step <= views_in.len; step += 29) {
		scan(step, 0);
		cr_expect_str_eq((const char *)views_told.ptr, want,
			"by %zu: %s", step, views_told.ptr);
	}
	scan(views_in.len, 0);
	cr_expect_str_eq((const char *)views_told.ptr, want, "%s",
		views_told.ptr);
}

Test(scan_escaped, what_is_left_encoded_is_not_found)
{
	put("a%63me_4kq7w1zt9x2m6c8v3b5n a&#99;me_4kq7w1zt9x2m6c8v3b5n");
	scan(5, STANCH_DECODE_PERCENT);
	cr_expect_str_eq((const char *)views_told.ptr,
		FOUND(28, 57, "entities"));
	scan(5, STANCH_DECODE_ENTITIES | STANCH_DECODE_ESCAPES);
	cr_expect_str_eq((const char *)views_told.ptr,
		FOUND(0, 27, "percent"));
	scan(5, STANCH_DECODE_ENTITIES | STANCH_DECODE_PERCENT);
	cr_expect_str_eq((const char *)views_told.ptr, "");
}

/* Longer than a view keeps: what is decoded is let go. */
Test(scan_escaped, long_stretches_are_bounded_and_mapped)
{
	enum { TIMES = 60000 };
	char want[100];

	for (size_t i = 0; i < TIMES; i++)
		put("%41b\\n&lt;");
	snprintf(want, sizeof want, "acme %zu-%zu percent acme_************ "
		"(25 bytes)\n", views_in.len + 1, views_in.len + 28);
	put(" a%63me_4kq7w1zt9x2m6c8v3b5n ");
	scan(4001, 0);
	cr_expect_str_eq((const char *)views_told.ptr, want);
	scan(views_in.len, 0);
	cr_expect_str_eq((const char *)views_told.ptr, want);
}

Test(scan_escaped, nothing_is_held_where_none_begins)
{
	expect_out("(50%)");
	expect_out("\rDownloading 100%");
	expect_out("C:\\Users\\Name>");
	expect_out("printf(\"%d\\n\");\n");
	expect_out("Password=");
	expect_out("PIN2: x1==");
	expect_out("a & b\n");
}
