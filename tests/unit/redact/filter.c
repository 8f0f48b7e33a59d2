/* SPDX-License-Identifier: Apache-2.0 */
/* filter.c - what comes out, what never does, and when nothing may. */
#include <stdlib.h>

#include "fixture.h"

#define TAG "<masked>"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"key\"\nblock = \"pem\"\n"
	"regex = '''-----BEGIN PRIVATE KEY-----'''\n";

/* Neither live nor like one: it is of a rule of this file alone. */
#define SECRET "acme_" "4kq7w1zt9x2m6c8v3b5n"

static struct stanch_filter *filter;
static bool refuse;		/* output is not taken any more */

static bool
on_output(const void *data, size_t len, void *payload)
{
	return fixture_output(data, len, payload) && !refuse;
}

static void
begin(void)
{
	struct stanch_filter_options opt = { .size = sizeof opt,
		.tag = TAG, .on_output = on_output };

	fixture_begin(rules_text);
	cr_assert_eq(stanch_filter_new(&filter, fix.engine, &opt, NULL),
		STANCH_OK);
	refuse = false;
}

static void
end(void)
{
	stanch_filter_free(filter);
	fixture_end();
}

TestSuite(redact_filter, .init = begin, .fini = end);

static enum stanch_result
give(const void *data, size_t len, enum stanch_pump how)
{
	return stanch_filter_write(filter, data, len, how);
}

static bool
out_is(const void *data, size_t len)
{
	return span_equal(buf_span(&fix.out), span_of(data, len));
}

#define OUT_IS(text) out_is(text, sizeof text - 1)

static void
expect_sum(uint64_t tags)
{
	struct stanch_filter_stats st;

	stanch_filter_get_stats(filter, &st);
	cr_expect_eq(st.bytes_in - st.bytes_masked + tags, st.bytes_out);
	cr_expect_eq(st.bytes_out, fix.out.len);
	cr_expect_eq(st.held, 0);
}

Test(redact_filter, secret_is_masked_and_the_rest_stays)
{
	cr_assert_eq(give("k=" SECRET ";\n", 4 + strlen(SECRET),
		STANCH_FINISH), STANCH_OK);
	cr_expect(OUT_IS("k=" TAG ";\n"));
	expect_sum(strlen(TAG));
}

Test(redact_filter, secret_split_anywhere_is_masked)
{
	static const char text[] = "k=" SECRET ";\n";
	size_t n = sizeof text - 1;

	for (size_t cut = 0; cut <= n; cut++) {
		end();
		begin();
		cr_assert_eq(give(text, cut, STANCH_RUN), STANCH_OK);
		cr_expect_leq(fix.out.len, cut < 2 + strlen(SECRET) ? 2 : n);
		cr_assert_eq(give(text + cut, n - cut, STANCH_FINISH),
			STANCH_OK);
		cr_expect(OUT_IS("k=" TAG ";\n"), "cut at %zu", cut);
		expect_sum(strlen(TAG));
	}
}

Test(redact_filter, empty_input_gives_nothing)
{
	cr_assert_eq(give("", 0, STANCH_FINISH), STANCH_OK);
	cr_expect_eq(fix.out.len, 0);
	expect_sum(0);
}

Test(redact_filter, prompt_comes_out_at_once)
{
	cr_assert_eq(give("user@host $ ", 12, STANCH_RUN), STANCH_OK);
	cr_expect(OUT_IS("user@host $ "));
}

Test(redact_filter, random_bytes_come_out_as_they_are)
{
	enum { N = 3 * 1024 * 1024 };
	uint8_t *data = malloc(N);
	uint32_t x = 1;

	for (size_t i = 0; i < N; i++) {
		x = x * 1664525 + 1013904223;
		data[i] = (uint8_t)(x >> 24);
	}
	for (size_t from = 0, n; from < N; from += n) {
		n = N - from < 100003 ? N - from : 100003;
		cr_assert_eq(give(data + from, n, STANCH_RUN), STANCH_OK);
	}
	cr_assert_eq(give("", 0, STANCH_FINISH), STANCH_OK);
	cr_expect(out_is(data, N));
	expect_sum(0);
	free(data);
}

Test(redact_filter, output_that_fails_ends_all_output)
{
	struct stanch_filter_stats st;
	size_t n;

	refuse = true;
	cr_expect_eq(give("line\n", 5, STANCH_RUN), STANCH_ESTOP);
	n = fix.out.len;
	refuse = false;
	cr_expect_eq(give("more\n", 5, STANCH_RUN), STANCH_EUSAGE);
	cr_expect_eq(give("", 0, STANCH_FINISH), STANCH_EUSAGE);
	cr_expect_eq(fix.out.len, n);
	stanch_filter_get_stats(filter, &st);
	cr_expect_eq(st.bytes_in, 5);
}

Test(redact_filter, nothing_is_taken_after_the_end)
{
	cr_assert_eq(give("a", 1, STANCH_FINISH), STANCH_OK);
	cr_expect_eq(give("b", 1, STANCH_RUN), STANCH_EUSAGE);
	cr_expect_eq(give("", 0, STANCH_FINISH), STANCH_EUSAGE);
	cr_expect(OUT_IS("a"));
}

Test(redact_filter, more_than_the_room_is_refused)
{
	size_t size;

	cr_assert_not_null(stanch_filter_room(filter, &size));
	cr_expect_geq(size, 64 * 1024);
	cr_expect_eq(stanch_filter_push(filter, (size_t)-1, STANCH_RUN),
		STANCH_EUSAGE);
	cr_expect_eq(fix.out.len, 0);
}

static size_t
widen(uint8_t *to, const char *text, bool big)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++) {
		to[2 * i + big] = (uint8_t)text[i];
		to[2 * i + !big] = 0;
	}
	return 2 * n;
}

Test(redact_filter, tag_in_utf_16_is_utf_16)
{
	uint8_t in[256], want[256];

	for (int big = 0; big < 2; big++) {
		size_t n = widen(in, "set k=" SECRET " here\r\n", big);
		size_t m = widen(want, "set k=" TAG " here\r\n", big);

		end();
		begin();
		for (size_t i = 0; i < n; i++)
			cr_assert_eq(give(in + i, 1, i + 1 < n ? STANCH_RUN :
				STANCH_FINISH), STANCH_OK);
		cr_expect(out_is(want, m), "%s", big ? "BE" : "LE");
		expect_sum(2 * strlen(TAG) - (size_t)big);
	}
}

/* 5 MB of a key whose END never comes: one tag, and little is held. */
Test(redact_filter, endless_key_never_comes_out)
{
	static const char head[] = "-----BEGIN PRIVATE KEY-----\n";
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct stanch_filter_stats st;
	char line[65];
	uint32_t x = 7;

	cr_assert_eq(give("log\n", 4, STANCH_RUN), STANCH_OK);
	cr_assert_eq(give(head, sizeof head - 1, STANCH_RUN), STANCH_OK);
	for (size_t i = 0; i < 5 * 1024 * 1024 / 65; i++) {
		for (size_t k = 0; k < 64; k++) {
			x = x * 1664525 + 1013904223;
			line[k] = alphabet[x >> 26];
		}
		line[64] = '\n';
		cr_assert_eq(give(line, 65, STANCH_RUN), STANCH_OK);
	}
	stanch_filter_get_stats(filter, &st);
	cr_expect_lt(st.held_most, 64 * 1024);
	cr_expect(OUT_IS("log\n" TAG));
	cr_assert_eq(give("", 0, STANCH_FINISH), STANCH_OK);
	cr_expect(OUT_IS("log\n" TAG "\n"));
	expect_sum(strlen(TAG));
}

Test(redact_filter, options_that_cannot_be_used_are_refused)
{
	struct stanch_filter_options opt = { .size = sizeof opt };
	struct stanch_filter *f = NULL;
	struct stanch_error err;

	cr_expect_eq(stanch_filter_new(&f, fix.engine, NULL, &err),
		STANCH_EUSAGE);
	cr_expect_eq(stanch_filter_new(&f, fix.engine, &opt, &err),
		STANCH_EUSAGE);
	opt.on_output = on_output;
	opt.tag = "{nosuch}";
	cr_expect_eq(stanch_filter_new(&f, fix.engine, &opt, &err),
		STANCH_EUSAGE);
	opt.tag = SECRET;
	cr_expect_eq(stanch_filter_new(&f, fix.engine, &opt, &err),
		STANCH_EUSAGE, "a tag that is a secret itself");
	cr_expect_null(f);
	stanch_filter_free(NULL);
}
