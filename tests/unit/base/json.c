/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>

#include "base/buf.h"
#include "base/json.h"

static bool
parses(const char *text)
{
	struct json *j = json_parse(span_str(text));
	bool ok = j != NULL;

	json_free(j);
	return ok;
}

Test(base_json, members_are_read_by_name_and_kind)
{
	struct json *j = json_parse(span_str("{\"s\":\"te\\u0078t\",\"i\":-7,"
		"\"r\":1.9,\"a\":[1,2],\"o\":{\"x\":null},\"z\":\"\"}"));
	const json_value *top;
	struct span s;
	int64_t n;

	cr_assert(j);
	top = json_top(j);
	cr_expect(json_get_object(top));
	cr_expect_eq(json_get_size(top), 6);
	cr_expect(json_get_string(json_get_member(top, "s"), &s));
	cr_expect(span_equal(s, span_str("text")));
	cr_expect(json_get_equal(json_get_member(top, "s"), "text"));
	cr_expect_not(json_get_equal(json_get_member(top, "s"), "tex"));
	cr_expect(json_get_integer(json_get_member(top, "i"), &n));
	cr_expect_eq(n, -7);
	cr_expect(json_get_integer(json_get_member(top, "r"), &n));
	cr_expect_eq(n, 1);
	cr_expect_not(json_get_integer(json_get_member(top, "s"), &n));
	cr_expect_not(json_get_string(json_get_member(top, "i"), &s));
	cr_expect_eq(json_get_size(json_get_member(top, "a")), 2);
	cr_expect(json_get_integer(json_get_element(
		json_get_member(top, "a"), 1), &n));
	cr_expect_eq(n, 2);
	cr_expect_null(json_get_element(json_get_member(top, "a"), 2));
	cr_expect_str_eq(json_get_name(top, 1), "i");
	cr_expect_null(json_get_name(top, 6));
	json_free(j);
}

Test(base_json, no_value_says_no)
{
	struct span s;
	int64_t n;

	cr_expect_not(json_get_object(NULL));
	cr_expect_eq(json_get_size(NULL), 0);
	cr_expect_null(json_get_member(NULL, "x"));
	cr_expect_null(json_get_element(NULL, 0));
	cr_expect_null(json_get_name(NULL, 0));
	cr_expect_not(json_get_string(NULL, &s));
	cr_expect_not(json_get_integer(NULL, &n));
	cr_expect_not(json_get_equal(NULL, ""));
	json_free(NULL);
}

Test(base_json, what_is_not_json_fails)
{
	static const char *const bad[] = { "", "{", "{}x", "{\"a\":1,}",
		"{\"a\":1,\"a\":2}", "{a:1}", "\"\xff\"", "[1", "nul", "'a'" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect_not(parses(bad[i]), "%s", bad[i]);
	cr_expect(parses("7"));
	cr_expect(parses(" [ ] "));
}

Test(base_json, depth_and_length_are_limited)
{
	char deep[2 * JSON_DEPTH + 3] = "";
	struct buf longer;

	memset(deep, '[', JSON_DEPTH);
	memset(deep + JSON_DEPTH, ']', JSON_DEPTH);
	cr_expect(parses(deep));
	memset(deep, '[', JSON_DEPTH + 1);
	memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	cr_expect_not(parses(deep));
	cr_expect(parses("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\""));

	buf_init(&longer, JSON_BYTES + 1);
	buf_byte(&longer, '"');
	while (longer.len < JSON_BYTES)
		buf_byte(&longer, 'x');
	longer.ptr[JSON_BYTES - 1] = '"';
	struct json *j = json_parse(buf_span(&longer));
	cr_expect(j);
	json_free(j);
	buf_byte(&longer, ' ');
	cr_expect_null(json_parse(buf_span(&longer)));
	buf_free(&longer);
}

Test(base_json, numbers_too_large_are_clamped)
{
	struct json *j = json_parse(span_str("[1e300,-1e300]"));
	int64_t n;

	cr_assert(j);
	cr_expect(json_get_integer(json_get_element(json_top(j), 0), &n));
	cr_expect_eq(n, INT64_MAX);
	cr_expect(json_get_integer(json_get_element(json_top(j), 1), &n));
	cr_expect_eq(n, INT64_MIN);
	json_free(j);
}
