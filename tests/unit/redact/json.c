/* SPDX-License-Identifier: Apache-2.0 */
/* json.c - lines of JSON beside text, and secrets that mind no lines. */
#include <stdlib.h>

#include "fixture.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"pair\"\n"
	"regex = '''two:[0-9]{4}\\n\\[?\"?[0-9]{4}'''\n"
	"[[rules]]\nid = \"key\"\nblock = \"pem\"\n"
	"regex = '''-----BEGIN PRIVATE KEY-----'''\n";

/* Neither live nor like one: it is of a rule of this file alone. */
#define SECRET "acme_" "4kq7w1zt9x2m6c8v3b5n"
#define HEAD "-----BEGIN " "PRIVATE KEY-----"
#define BODY "Zm9vYmFy" "YmF6cXV4" "MDEyMzQ1" "Njc4OWFi" "Y2RlZmdo" "aWprbG1u"

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(redact_json, .init = begin, .fini = fixture_end);

static struct stanch_filter_stats
filter(const char *tag, struct span text, size_t n)
{
	struct stanch_filter_options opt = { .tag = tag, .json = true };
	struct stanch_filter_stats st;

	cr_assert_eq(fixture_filter(opt, text, n, &st), STANCH_OK);
	return st;
}

static bool
becomes(const char *tag, const char *text, const char *want)
{
	bool ok = true;

	for (size_t n = 1; n < 400 && ok; n += 9) {
		filter(tag, span_str(text), n);
		ok = fixture_out_is(want);
	}
	return ok;
}

Test(redact_json, text_and_json_take_turns)
{
	cr_expect(becomes("<\">", SECRET "\n{\"a\":\"" SECRET "\"}\n" SECRET
		"\n[\"" SECRET "\"",
		"<\">\n{\"a\":\"<\\\">\"}\n<\">\n[\"<\">\""));
}

Test(redact_json, a_key_round_a_line_of_json_leaves_it_json)
{
	static const char *const tags[] = { "<x>", "<{length}>" };

	for (size_t i = 0; i < 2; i++) {
		filter(tags[i], span_str(HEAD "\n" BODY "\n{\"a\":\"" BODY
			"\"}\n" BODY "\nend."), 7);
		cr_expect(memmem(fix.out.ptr, fix.out.len, "\n{\"<", 4),
			"%.*s", (int)fix.out.len, (char *)fix.out.ptr);
		cr_expect(memmem(fix.out.ptr, fix.out.len, ">\"}\n<", 5));
		cr_expect_null(memmem(fix.out.ptr, fix.out.len, "Zm9v", 4),
			"%.*s", (int)fix.out.len, (char *)fix.out.ptr);
	}
}

Test(redact_json, a_match_over_two_lines_leaves_the_second_json)
{
	cr_expect(becomes("<x>", "a two:1234\n[\"5678\"]\n",
		"a <x>\n[\"<x>\"]\n"));
}

Test(redact_json, a_secret_half_escaped_is_one)
{
	cr_expect(becomes("<x>", "{\"" "acm\\u0065_4kq7w1zt9x2m6c8v3b5n\":0}",
		"{\"<x>\":0}"));
	cr_expect(becomes("<x>", "[\"" SECRET "\\n" SECRET "\"]",
		"[\"<x>\\n<x>\"]"));
}

Test(redact_json, lines_are_counted)
{
	struct stanch_filter_stats st = filter("<x>", span_str("{}\nno\n"
		"[1]\n{]\n\"a\""), 3);

	cr_expect_eq(st.json_lines, 3);
	cr_expect_eq(st.json_long, 0);
	cr_expect_eq(st.bytes_in, st.bytes_out);
}

/* 3 MB of a line that never ends: little is held, and it is text. */
Test(redact_json, a_line_too_long_is_text)
{
	enum { N = 3 * 1024 * 1024 };
	uint8_t *text = malloc(N);
	struct stanch_filter_stats st;

	memset(text, 'x', N);
	memcpy(text, "{\"a\":\"", 6);
	memcpy(text + N - strlen(SECRET) - 3, SECRET "\"}\n",
		strlen(SECRET) + 3);
	st = filter("<\">", span_of(text, N), 5000);
	cr_expect_eq(st.json_long, 1);
	cr_expect_eq(st.json_lines, 0);
	cr_expect_eq(st.findings, 1);
	cr_expect_leq(st.held_most, 512 * 1024);
	cr_expect(!memcmp(fix.out.ptr + fix.out.len - 6, "<\">\"}\n", 6));
	free(text);
}
