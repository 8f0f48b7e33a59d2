/* SPDX-License-Identifier: Apache-2.0 */
/* json.c - lines of JSON beside text, and secrets that mind no lines. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "rule/rule_set.h"
#include "stanch.h"

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

static struct stanch_rules *rules;
static struct stanch_engine *engine;
static struct buf out;

static bool
on_output(const void *data, size_t len, void *payload)
{
	return buf_append(&out, data, len);
}

static void
begin(void)
{
	cr_assert_eq(rule_set_read(&rules, NULL, rules_text,
		sizeof rules_text - 1, "t.toml", NULL, NULL, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_engine_new(&engine, rules, NULL, NULL), STANCH_OK);
	buf_init(&out, 16 * 1024 * 1024);
}

static void
end(void)
{
	buf_free(&out);
	stanch_engine_free(engine);
	stanch_rules_free(rules);
}

TestSuite(redact_json, .init = begin, .fini = end);

static struct stanch_filter_stats
filter(const char *tag, struct span text, size_t n)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = tag,
		.on_output = on_output, .json = true };
	struct stanch_filter_stats st;
	struct stanch_filter *f;

	out.len = 0;
	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	for (size_t at = 0; at < text.len; at += n)
		cr_assert_eq(stanch_filter_write(f, text.ptr + at,
			text.len - at < n ? text.len - at : n, STANCH_RUN),
			STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, "", 0, STANCH_FINISH),
		STANCH_OK);
	stanch_filter_get_stats(f, &st);
	stanch_filter_free(f);
	return st;
}

static bool
becomes(const char *tag, const char *text, const char *want)
{
	bool ok = true;

	for (size_t n = 1; n < 400 && ok; n += 9) {
		filter(tag, span_str(text), n);
		ok = span_equal(buf_span(&out), span_str(want));
	}
	if (!ok)
		printf("got %.*s\n", (int)out.len, (char *)out.ptr);
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
		cr_expect(memmem(out.ptr, out.len, "\n{\"<", 4),
			"%.*s", (int)out.len, (char *)out.ptr);
		cr_expect(memmem(out.ptr, out.len, ">\"}\n<", 5));
		cr_expect_null(memmem(out.ptr, out.len, "Zm9v", 4), "%.*s",
			(int)out.len, (char *)out.ptr);
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
	cr_expect(!memcmp(out.ptr + out.len - 6, "<\">\"}\n", 6));
	free(text);
}
