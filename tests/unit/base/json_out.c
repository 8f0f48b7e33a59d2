/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_out.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/utf8.h"

static struct buf out;

static const char *
text(void)
{
	cr_assert(buf_byte(&out, 0));
	out.len--;
	return (const char *)out.ptr;
}

static struct json_out
begin(void)
{
	struct json_out j;

	buf_init(&out, 1024 * 1024);
	json_out_init(&j, &out);
	return j;
}

Test(base_json_out, commas_stand_between_values_only)
{
	struct json_out j = begin();

	json_out_open(&j, NULL, '{');
	json_out_open(&j, "a", '[');
	json_out_close(&j, ']');
	json_out_open(&j, "b", '[');
	json_out_text(&j, NULL, "x");
	json_out_number(&j, NULL, UINT64_MAX);
	json_out_open(&j, NULL, '{');
	json_out_close(&j, '}');
	json_out_close(&j, ']');
	json_out_boolean(&j, "c", true);
	json_out_close(&j, '}');
	cr_assert_str_eq(text(),
		"{\"a\":[],\"b\":[\"x\",18446744073709551615,{}],\"c\":true}");
	buf_free(&out);
}

Test(base_json_out, strings_are_escaped)
{
	struct json_out j = begin();

	cr_assert(json_out_string(&j, NULL,
		span_of("\"\\\n\t\x01\0\x7f\xc2\x9b\xc3\xa9", 11)));
	cr_assert_str_eq(text(), "\"\\\"\\\\\\n\\t\\u0001\\u0000\\u007f"
		"\\u009b\xc3\xa9\"");
	buf_free(&out);
}

Test(base_json_out, bytes_that_are_no_text_come_as_base64_too)
{
	struct json_out j = begin();

	json_out_open(&j, NULL, '{');
	json_out_bytes(&j, "p", "p_b64", span_str("ok"));
	json_out_bytes(&j, "q", "q_b64", span_str("\xff\xfe!"));
	json_out_close(&j, '}');
	cr_assert_str_eq(text(), "{\"p\":\"ok\",\"q\":\"\xef\xbf\xbd"
		"\xef\xbf\xbd!\",\"q_b64\":\"//4h\"}");
	buf_free(&out);
}

/* Any bytes at all: what jansson, a strict reader, reads is what was written,
   and the return value tells whether it is. */
Test(base_json_out, any_bytes_give_json_that_reads_back)
{
	srand(7);
	for (int round = 0; round < 2000; round++) {
		char bytes[40];
		size_t n = (size_t)rand() % sizeof bytes;
		struct json_out j = begin();
		bool exact;
		json_t *v;

		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)(rand() % (round % 2 ? 256 : 160));
		exact = json_out_string(&j, NULL, span_of(bytes, n));
		v = json_loadb((char *)out.ptr, out.len,
			JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		cr_assert_not_null(v, "round %d", round);
		cr_assert_eq(exact, utf8_valid(span_of(bytes, n)));
		if (exact)
			cr_assert(span_equal(span_of(bytes, n),
				span_of(json_string_value(v),
				json_string_length(v))));
		json_decref(v);
		buf_free(&out);
	}
}

Test(base_json_out, a_full_buffer_shows)
{
	struct json_out j;

	buf_init(&out, 8);
	json_out_init(&j, &out);
	json_out_text(&j, NULL, "too long for it");
	cr_assert(out.failed);
	buf_free(&out);
}
