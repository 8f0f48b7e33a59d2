/* SPDX-License-Identifier: Apache-2.0 */
/* known.c - given values: the forms they are found in, and the weak ones. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/codec.h"
#include "stanch.h"

#define TAG "<masked>"
#define VALUE "Tr0ub4dor&3xKw\"9/qL"	/* made up; signs in it need escapes */

static struct buf out;
static struct stanch_engine *engine;

static bool
on_output(const void *data, size_t len, void *payload)
{
	return buf_append(&out, data, len);
}

static void
begin(void)
{
	buf_init(&out, 1024 * 1024);
	cr_assert_eq(stanch_engine_new(&engine, stanch_rules_builtin(), NULL,
		NULL), STANCH_OK);
}

static void
end(void)
{
	stanch_engine_free(engine);
	buf_free(&out);
}

TestSuite(redact_known, .init = begin, .fini = end);

static struct stanch_values *
values_of(const char *const *v, size_t n)
{
	struct stanch_values *values;

	cr_assert_eq(stanch_values_new(&values, NULL, NULL), STANCH_OK);
	for (size_t i = 0; i < n; i++)
		cr_assert_eq(stanch_values_add(values, "V", v[i], strlen(v[i]),
			NULL, NULL, NULL), STANCH_OK);
	return values;
}

/* text through a filter that knows the values, in pieces of `piece`. */
static struct span
redacted(const char *const *v, size_t n, struct span text, size_t piece)
{
	struct stanch_values *values = values_of(v, n);
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .values = values };
	struct stanch_filter *f;
	size_t k;

	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	out.len = 0;
	for (size_t i = 0; i < text.len; i += k) {
		k = text.len - i < piece ? text.len - i : piece;
		cr_assert_eq(stanch_filter_write(f, text.ptr + i, k,
			STANCH_RUN), STANCH_OK);
	}
	cr_assert_eq(stanch_filter_write(f, "", 0, STANCH_FINISH), STANCH_OK);
	stanch_filter_free(f);
	stanch_values_free(values);
	return buf_span(&out);
}

/* The text, between others, is masked however it is cut. */
static void
expect_masked(const char *value, struct span form)
{
	struct buf text, want;

	buf_init(&text, 64 * 1024);
	buf_init(&want, 64 * 1024);
	cr_assert(buf_str(&text, "before: ") &&
		buf_append(&text, form.ptr, form.len) &&
		buf_str(&text, " behind\n"));
	cr_assert(buf_str(&want, "before: " TAG " behind\n"));
	for (size_t piece = 1; piece <= text.len; piece += piece < 8 ? 1 : 37)
		cr_expect(span_equal(redacted(&value, 1, buf_span(&text),
			piece), buf_span(&want)), "%.*s in pieces of %zu: "
			"%.*s", (int)form.len, form.ptr, piece, (int)out.len,
			out.ptr);
	buf_free(&text);
	buf_free(&want);
}

Test(redact_known, forms_that_escape_signs_are_masked)
{
	static const char *const forms[] = {
		VALUE, "tr0ub4dor&3xkw\"9/ql",
		"Tr0ub4dor%263xKw%229%2FqL",
		"Tr0ub4dor%25263xKw%25229%252fqL",
		"Tr0ub4dor\\u00263xKw\\\"9\\/qL",
		"Tr0ub4dor&amp;3xKw&quot;9/qL", "Tr0ub4dor&#38;3xKw&#x22;9/qL",
		"Tr0ub4dor\\&3xKw\\\"9/qL", "Tr0ub4dor\\x263xKw\\x229/qL",
		"Tr0ub4dor\\0463xKw\\0429/qL", "Tr0ub4dor^&3xKw\"9/qL",
		"Tr0ub4dor&3xKw`\"9/qL", "Tr0ub4dor\\\\u00263xKw\\\\\\\"9/qL",
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		expect_masked(VALUE, span_str(forms[i]));
}

Test(redact_known, value_that_is_interrupted_is_masked)
{
	expect_masked(VALUE, span_str("Tr0ub4\x1b[1mdor&3xKw\x1b[0m\"9/qL"));
	expect_masked(VALUE, span_str("Tr0ub4d\nor&3xKw\"\n9/qL"));
	expect_masked(VALUE, span_str("Tr0ub4dor\r&3xKw\"9/q\bL"));
	expect_masked(VALUE, span_str("Lq/9\"wKx3&rod4bu0rT"));
	expect_masked(VALUE, span_str(
		"T r 0 u b 4 d o r & 3 x K w \" 9 / q L"));
}

Test(redact_known, break_in_the_first_letters_lets_no_more_than_them_out)
{
	static const char *const forms[] = {
		"Tr0\nub4dor&3xKw\"9/qL", "T\x1b[31mr0ub4dor&3xKw\"9/qL"
	};
	const char *value = VALUE;

	for (size_t i = 0; i < 2; i++)
		for (size_t piece = 1; piece < 25; piece++) {
			struct span got = redacted(&value, 1,
				span_str(forms[i]), piece);

			cr_expect(memmem(got.ptr, got.len, "b" TAG,
				sizeof TAG) && !memmem(got.ptr, got.len,
				"4dor", 4), "%.*s", (int)got.len, got.ptr);
		}
}

Test(redact_known, value_that_overlaps_itself_is_masked_to_its_end)
{
	const char *value = "aab7QxK9zRt2aab7Qx";
	struct span got;

	for (size_t piece = 1; piece < 40; piece++) {
		got = redacted(&value, 1, span_str(
			"(aab7QxK9zRt2aab7QxK9zRt2aab7Qx)"), piece);
		cr_expect(span_equal(got, span_str("(" TAG ")")), "%.*s",
			(int)got.len, got.ptr);
	}
}

Test(redact_known, value_cut_short_is_masked)
{
	for (size_t n = (sizeof VALUE) / 2; n < sizeof VALUE; n++)
		expect_masked(VALUE, span_of((const uint8_t *)VALUE, n));
}

/* Each byte as the functions write it, with `between` them. */
static void
expect_way(const char *before, const char *digits, const char *between,
	const char *after)
{
	struct buf text;

	buf_init(&text, 4096);
	for (size_t i = 0; i + 1 < sizeof VALUE; i++) {
		uint8_t c = (uint8_t)VALUE[i];

		cr_assert(buf_str(&text, before) && buf_byte(&text,
			digits[c >> 4]) && buf_byte(&text, digits[c & 15]) &&
			(i + 2 == sizeof VALUE ? buf_str(&text, after) :
			buf_str(&text, between)));
	}
	expect_masked(VALUE, buf_span(&text));
	buf_free(&text);
}

Test(redact_known, bytes_written_as_numbers_are_masked)
{
	static const char lower[] = "0123456789abcdef",
		upper[] = "0123456789ABCDEF";

	expect_way("", lower, "", "");
	expect_way("", upper, "", "");
	expect_way("", lower, ":", "");
	expect_way("", upper, " ", "");
	expect_way("", upper, "-", "");
	expect_way("0x", lower, ", ", "");
	expect_way("\\x", lower, "", "");
	expect_way("%", upper, "", "");
	expect_way("\\u00", lower, "", "");
}

Test(redact_known, base64_at_any_offset_is_masked)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_";
	struct span got;
	struct buf in, text;

	for (size_t offset = 0; offset < 9; offset++)
		for (int url = 0; url < 2; url++) {
			const char *value = VALUE;
			size_t left = 0;

			buf_init(&in, 256);
			buf_init(&text, 256);
			cr_assert(buf_append(&in, "?user=me:", offset) &&
				buf_str(&in, VALUE "\n") &&
				codec_base64_encode(&text, buf_span(&in), url ?
				CODEC_BASE64URL : CODEC_BASE64, true));
			got = redacted(&value, 1, buf_span(&text), 3);
			cr_expect(memmem(got.ptr, got.len, TAG,
				sizeof TAG - 1), "offset %zu: %.*s", offset,
				(int)got.len, got.ptr);
			for (size_t i = 0; i < got.len; i++)
				left += strchr(digits, got.ptr[i]) != NULL;
			/* What stood before, the tag, and two characters that
			   share bits with the neighbours of the value. */
			cr_expect_leq(left, offset * 4 / 3 + 1 + 6 + 3);
			buf_free(&in);
			buf_free(&text);
		}
}

Test(redact_known, value_in_base64_of_what_encodes_it_again_is_masked)
{
	static const char value[] = VALUE;
	struct buf once, twice;

	buf_init(&once, 256);
	buf_init(&twice, 256);
	cr_assert(codec_base64_encode(&once, span_str(value), CODEC_BASE64,
		true) && codec_base64_encode(&twice, buf_span(&once),
		CODEC_BASE64, true));
	expect_masked(value, buf_span(&twice));
	once.len = twice.len = 0;
	for (size_t i = 0; value[i]; i++)
		cr_assert(buf_byte(&once, value[i]) && buf_byte(&once, 0));
	cr_assert(codec_base64_encode(&twice, buf_span(&once), CODEC_BASE64,
		true));
	expect_masked(value, buf_span(&twice));
	buf_free(&once);
	buf_free(&twice);
}

Test(redact_known, lines_of_a_value_are_masked_with_a_log_round_them)
{
	const char *value = "q8Zk2 first line of it\nW4vJ7 second line";
	static const char text[] = "12:00 q8Zk2 first line of it\n"
		"12:01 W4vJ7 second line\n";
	static const char want[] = "12:00 " TAG "\n12:01 " TAG "\n";
	struct span got = redacted(&value, 1, span_str(text), 5);

	cr_expect(span_equal(got, span_str(want)), "%.*s", (int)got.len,
		got.ptr);
	expect_masked(value, span_str("q8Zk2 first line of it\r\n"
		"W4vJ7 second line"));
	expect_masked(value, span_str("q8Zk2 first line of it\\n"
		"W4vJ7 second line"));
	expect_masked(value, span_str("q8Zk2 first line of it "
		"W4vJ7 second line"));
}

Test(redact_known, order_of_the_values_has_no_say)
{
	static const char text[] = "aabaabX7 aabaabX7yyQ2kk ABCDwxyz9 "
		"wxyz9FGHIJ ABCDwxyz9FGHIJ ----====----==== \n";
	const char *v[] = { "aabaabX7", "aabaabX7yyQ2kk", "ABCDwxyz9",
		"wxyz9FGHIJ", "--=-=+--=-=+" };
	const char *back[] = { v[4], v[3], v[2], v[1], v[0] };
	char first[512];
	struct span got = redacted(v, 5, span_str(text), 7);
	size_t n = got.len;

	cr_assert_lt(n, sizeof first);
	memcpy(first, got.ptr, n);
	got = redacted(back, 5, span_str(text), 4);
	cr_expect(span_equal(got, span_of((uint8_t *)first, n)), "%.*s",
		(int)got.len, got.ptr);
	cr_expect_null(memmem(first, n, "Q2kk", 4));
	cr_expect_null(memmem(first, n, "FGHIJ", 5));
	cr_expect_null(memmem(first, n, "ABCD", 4));
}

Test(redact_known, letters_of_an_escape_before_the_value_hide_none_of_it)
{
	expect_masked("nQ8&kw2Rt", span_str("nQ8\\&kw2Rt"));
	for (size_t i = 0; i < 3; i++) {
		static const char *const before[] = { "\\", "%2", "\\x4" };
		const char *value = "4a;Qw/9\"Lk0";
		struct span got;
		struct buf text;

		buf_init(&text, 256);
		cr_assert(buf_printf(&text, "%s4a\\;Qw\\/9\\\"Lk0",
			before[i]));
		got = redacted(&value, 1, buf_span(&text), 1);
		cr_expect_null(memmem(got.ptr, got.len, "Qw", 2), "%.*s",
			(int)got.len, got.ptr);
		buf_free(&text);
	}
}

Test(redact_known, value_of_signs_that_escape_is_masked)
{
	expect_masked("1)$`.\"c\"", span_str("\\x31\\x29\\x24\\x60\\x2e"
		"\\x22\\x63\\x22"));
	expect_masked("a%d27ihg&lt;", span_str("a&#x25;d27ihg&#38;lt;"));
	expect_masked("a%d27ihg&lt;", span_str("a%25d27ihg%26lt%3b"));
	expect_masked("a%d27ihg&lt;", span_str("a%d27ihg\n&lt;"));
}

/* A filter that runs, and a set of values that grows. */
struct running { struct stanch_values *values; struct stanch_filter *f; };

static struct running
run_with(const char *const *v, size_t n)
{
	struct running r = { .values = values_of(v, n) };
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .values = r.values };

	cr_assert_eq(stanch_filter_new(&r.f, engine, &opt, NULL), STANCH_OK);
	out.len = 0;
	return r;
}

static void
push(struct running *r, const char *text, enum stanch_pump how)
{
	cr_assert_eq(stanch_filter_write(r->f, text, strlen(text), how),
		STANCH_OK);
}

static void
stop(struct running *r)
{
	stanch_filter_free(r->f);
	stanch_values_free(r->values);
}

Test(redact_known, value_that_is_added_later_is_masked_from_then_on)
{
	struct running r = run_with(NULL, 0);

	push(&r, "before " VALUE "\n", STANCH_RUN);
	cr_assert_eq(stanch_values_add(r.values, "LATE", VALUE,
		sizeof VALUE - 1, NULL, NULL, NULL), STANCH_OK);
	push(&r, "behind " VALUE "\n", STANCH_FINISH);
	cr_expect(span_equal(buf_span(&out), span_str("before " VALUE
		"\nbehind " TAG "\n")), "%.*s", (int)out.len, out.ptr);
	stop(&r);
}

Test(redact_known, value_that_is_added_later_is_masked_in_what_is_held)
{
	/* The second half of the first value is held, and is the second. */
	static const char first[] = "zQ8kw2Rt-5Xy7Lm3Nf9bVd1";
	const char *v = first;
	struct running r = run_with(&v, 1);

	push(&r, "a zQ8kw2Rt-5Xy7Lm3", STANCH_RUN);
	cr_expect_eq(out.len, 2);
	cr_assert_eq(stanch_values_add(r.values, "LATE", "w2Rt-5Xy7Lm3", 12,
		NULL, NULL, NULL), STANCH_OK);
	push(&r, "Nf9_ and zQ8kw2\n", STANCH_FINISH);
	cr_expect_null(memmem(out.ptr, out.len, "5Xy7", 4));
	cr_expect_not_null(memmem(out.ptr, out.len, "and zQ8kw2\n", 11),
		"%.*s", (int)out.len, out.ptr);
	stop(&r);
}

Test(redact_known, value_that_is_added_later_is_masked_in_a_line_that_is_held)
{
	struct running r = { .values = values_of(NULL, 0) };
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .values = r.values, .json = true };

	cr_assert_eq(stanch_filter_new(&r.f, engine, &opt, NULL), STANCH_OK);
	push(&r, "{\"a\":\"w2Rt-5Xy7Lm3\",", STANCH_RUN);
	cr_assert_eq(stanch_values_add(r.values, "LATE", "w2Rt-5Xy7Lm3", 12,
		NULL, NULL, NULL), STANCH_OK);
	push(&r, "\"b\":1}\n", STANCH_FINISH);
	cr_expect(span_equal(buf_span(&out), span_str("{\"a\":\"" TAG
		"\",\"b\":1}\n")), "%.*s", (int)out.len, out.ptr);
	stop(&r);
}

Test(redact_known, forms_that_are_left_out_are_not_masked)
{
	static const struct { enum stanch_value_forms form; const char *text; }
	cases[] = {
		{ STANCH_FORM_BASE64, "VHIwdWI0ZG9yJjN4S3ciOS9xTA" },
		{ STANCH_FORM_HEX, "547230756234646f722633784b7722392f714c" },
		{ STANCH_FORM_REVERSED, "Lq/9\"wKx3&rod4bu0rT" },
		{ STANCH_FORM_SPACED,
		  "T r 0 u b 4 d o r & 3 x K w \" 9 / q L" },
		{ STANCH_FORM_CUT, "Tr0ub4dor&3" },
		{ STANCH_FORM_BROKEN, "Tr0ub4dor%263xKw%229%2FqL" },
	};
	static const char *const all[] = { VALUE, "tr0ub4dor&3xkw\"9/ql" };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t k = 0; k <= 2; k++) {
			struct stanch_values_options how = { .size =
				sizeof how, .without = cases[i].form };
			struct running r = run_with(NULL, 0);
			const char *text = k < 2 ? all[k] : cases[i].text;

			stop(&r);
			cr_assert_eq(stanch_values_new(&r.values, &how, NULL),
				STANCH_OK);
			cr_assert_eq(stanch_values_add(r.values, "V", VALUE,
				sizeof VALUE - 1, NULL, NULL, NULL),
				STANCH_OK);
			struct stanch_filter_options opt = { .size =
				sizeof opt, .tag = TAG, .on_output =
				on_output, .values = r.values };
			cr_assert_eq(stanch_filter_new(&r.f, engine, &opt,
				NULL), STANCH_OK);
			out.len = 0;
			push(&r, text, STANCH_FINISH);
			cr_expect(span_equal(buf_span(&out), span_str(k < 2 ?
				TAG : text)), "%zu: %.*s", i, (int)out.len,
				out.ptr);
			stop(&r);
			expect_masked(VALUE, span_str(cases[i].text));
		}
}

Test(redact_known, text_without_the_value_is_left_alone)
{
	static const char text[] = "Tr0ub\xff\0\r\nTr0ub4do tr0ub4 VHIwd\n\n";
	const char *value = VALUE;
	struct span in = span_of((const uint8_t *)text, sizeof text - 1);

	for (size_t piece = 1; piece < sizeof text; piece++)
		cr_expect(span_equal(redacted(&value, 1, in, piece), in));
}

Test(redact_known, weak_values_are_words_or_refused_and_said)
{
	static const struct {
		const char *value;
		enum stanch_value_use use;
		const char *why;
	} cases[] = {
		{ "", STANCH_VALUE_REFUSED, "is empty" },
		{ " \"ab1\" \n", STANCH_VALUE_REFUSED,
		  "is shorter than 4 bytes" },
		{ "Qx7_k", STANCH_VALUE_WORD, "is shorter than 8 bytes" },
		{ "Password", STANCH_VALUE_WORD, "is a common word" },
		{ "12345678901", STANCH_VALUE_WORD, "is a short number" },
		{ "correcth", STANCH_VALUE_WORD, "is a short word" },
		{ "ababababab-", STANCH_VALUE_WORD,
		  "has few different characters" },
		{ "x7Kq-2wZ", STANCH_VALUE_FULL, "" },
	};
	struct stanch_values *values = values_of(NULL, 0);
	enum stanch_value_use use;
	const char *why;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cr_assert_eq(stanch_values_add(values, "V", cases[i].value,
			strlen(cases[i].value), &use, &why, NULL), STANCH_OK);
		cr_expect_eq(use, cases[i].use, "%s", cases[i].value);
		cr_expect_str_eq(why, cases[i].why);
	}
	cr_expect_eq(stanch_values_count(values), 6);
	stanch_values_free(values);
}

Test(redact_known, weak_value_is_masked_as_a_word_only)
{
	const char *value = "Qx7_k";
	struct span got = redacted(&value, 1,
		span_str("Qx7_k=Qx7_kk aQx7_k (Qx7_k)"), 2);

	cr_expect(span_equal(got, span_str(TAG "=Qx7_kk aQx7_k (" TAG ")")),
		"%.*s", (int)got.len, got.ptr);
}

Test(redact_known, value_of_signs_is_masked_as_it_is)
{
	expect_masked("+-+-/=/=+-+=%", span_str("+-+-/=/=+-+=%"));
	expect_masked("$$$$$$abc", span_str("$$$$$$abc"));
	expect_masked("%!?&ab1/cd2", span_str("\\%\\!?&amp;ab1\\/c\nd2"));
}
