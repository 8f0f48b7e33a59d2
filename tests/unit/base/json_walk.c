/* SPDX-License-Identifier: Apache-2.0 */
/* json_walk.c - tokens of JSON, and what is none. */
#include <criterion/criterion.h>

#include "base/json_walk.h"

static bool
valid(const char *text)
{
	return json_walk_valid(span_str(text));
}

Test(base_json_walk, json_is_json)
{
	static const char *const good[] = { "{}", "[]", " [ ] ", "0", "-1",
		"1.5e+10", "1E5", "true", "null", "\"\"", "\"a\\u00e9\\n\"",
		"{\"a\":1,\"a\":2}", "[1,[2,{\"x\":[]}],\"\"]",
		"{\"a\":{\"b\":[false]}}\r", "\"\xff\"",
		"123456789012345678901234567890" };

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		cr_expect(valid(good[i]), "%s", good[i]);
}

Test(base_json_walk, anything_else_is_not)
{
	static const char *const bad[] = { "", " ", "{", "}", "[1", "[1,]",
		"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{1:2}", "[1 2]", "01",
		"1.", ".5", "-", "1e", "+1", "tru", "nul", "True", "'a'",
		"\"a", "\"\\x\"", "\"\\u12\"", "\"\n\"", "{} {}", "[}",
		"{]", "{\"a\":1]", "\"a\"b", "{,}", "[:]", "{\"a\",1}",
		"\"\\" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect_not(valid(bad[i]), "%s", bad[i]);
}

Test(base_json_walk, nul_is_no_json)
{
	cr_expect_not(json_walk_valid(span_of("[\0]", 3)));
	cr_expect_not(json_walk_valid(span_of("\"\\\0\"", 4)));
}

Test(base_json_walk, deep_is_deep_and_no_deeper)
{
	char text[2 * JSON_WALK_DEPTH + 2];

	memset(text, '[', JSON_WALK_DEPTH + 1);
	memset(text + JSON_WALK_DEPTH, ']', JSON_WALK_DEPTH);
	cr_expect(json_walk_valid(span_of(text, 2 * JSON_WALK_DEPTH)));
	memset(text, '[', JSON_WALK_DEPTH + 1);
	memset(text + JSON_WALK_DEPTH + 1, ']', JSON_WALK_DEPTH + 1);
	cr_expect_not(json_walk_valid(span_of(text, sizeof text)));
}

Test(base_json_walk, characters_are_decoded)
{
	static const struct { const char *in, *out; size_t takes; } rows[] = {
		{ "ab", "a", 1 }, { "\\nb", "\n", 2 }, { "\\/", "/", 2 },
		{ "\\u0041b", "A", 6 }, { "\\u00e9", "\xc3\xa9", 6 },
		{ "\\u20ac", "\xe2\x82\xac", 6 },
		{ "\\ud83d\\ude00", "\xf0\x9f\x98\x80", 12 },
		{ "\\ud83dx", "\xef\xbf\xbd", 6 },
		{ "\\ude00\\ud83d", "\xef\xbf\xbd", 6 },
	};
	uint8_t out[4];
	size_t n;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_expect_eq(json_walk_char(span_str(rows[i].in), out, &n),
			rows[i].takes, "%s", rows[i].in);
		cr_expect(span_equal(span_of(out, n), span_str(rows[i].out)),
			"%s", rows[i].in);
	}
}
