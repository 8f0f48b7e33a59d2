/* SPDX-License-Identifier: Apache-2.0 */
/* wide.c - runs of UTF-16 at any place, cut anywhere. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "scan/wide.h"

enum { MOST = 4096 };

static uint8_t data[MOST];
static size_t len;

static void
put(const void *bytes, size_t n)
{
	memcpy(data + len, bytes, n);
	len += n;
}

static void
put_wide(const char *text, bool big)
{
	for (; *text; text++) {
		uint8_t pair[2] = { (uint8_t)*text, 0 };

		if (big) {
			pair[0] = 0;
			pair[1] = (uint8_t)*text;
		}
		put(pair, 2);
	}
}

/* All runs, each as "from:big:text;". */
static void
runs(struct buf *out, size_t first, size_t step)
{
	struct wide w;
	size_t end = first < len ? first : len;
	enum view_event e;

	wide_init(&w, MOST);
	wide_begin(&w);
	for (;; end = end + step < len ? end + step : len) {
		bool final = end == len;

		do {
			e = wide_take(&w, span_of(data, end), 0, final);
			cr_assert_neq(e, VIEW_NOMEM);
			if (e == VIEW_RUN_ENDED)
				buf_printf(out, "%zu:%d:%.*s;",
					(size_t)w.from, w.big,
					(int)w.v.text.len,
					(const char *)w.v.text.ptr);
		} while (e == VIEW_RUN_ENDED);
		cr_expect_leq(w.v.held, end);
		cr_expect_leq(w.v.pos, end);
		if (final)
			break;
	}
	wide_free(&w);
}

static void
expect_runs(const char *want, size_t first, size_t step)
{
	struct buf b;

	buf_init(&b, 4 * MOST);
	runs(&b, first, step);
	buf_byte(&b, 0);
	cr_expect_str_eq((const char *)b.ptr, want,
		"cut at %zu, each %zu: %s", first, step, b.ptr);
	buf_free(&b);
}

static void
expect_everywhere(const char *want)
{
	for (size_t first = 0; first <= len; first++)
		expect_runs(want, first, len);
	for (size_t step = 1; step < 20; step++)
		expect_runs(want, step, step);
}

static void
begin(void)
{
	len = 0;
}

TestSuite(scan_wide, .init = begin);

Test(scan_wide, little_endian_at_any_offset_cut_anywhere)
{
	for (size_t lead = 0; lead < 20; lead++) {
		char want[64];

		len = 0;
		put("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
			"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", lead);
		put_wide("password=hunter2", false);
		put("\xff\xff", 2);
		snprintf(want, sizeof want, "%zu:0:password=hunter2;", lead);
		expect_everywhere(want);
	}
}

Test(scan_wide, big_endian_at_any_offset_cut_anywhere)
{
	for (size_t lead = 0; lead < 20; lead++) {
		char want[64];

		len = 0;
		put("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
			"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", lead);
		put_wide("password=hunter2", true);
		put("\xff\xff", 2);
		snprintf(want, sizeof want, "%zu:1:password=hunter2;",
			lead + 1);
		expect_everywhere(want);
	}
}

Test(scan_wide, run_at_the_very_end)
{
	put_wide("abcdefghij", false);
	expect_everywhere("0:0:abcdefghij;");
	len = 0;
	put_wide("abcdefghij", true);
	expect_everywhere("1:1:abcdefghij;");
}

Test(scan_wide, seven_characters_are_too_few)
{
	put("\x80", 1);
	put_wide("abcdefg", false);
	put("\xff\xff", 2);
	expect_everywhere("");
	len = 0;
	put("\x80", 1);
	put_wide("abcdefgh", false);
	put("\xff\xff", 2);
	expect_everywhere("1:0:abcdefgh;");
}

Test(scan_wide, more_than_one_run)
{
	put_wide("first run", false);
	put("\x01\x02plain text between\x03", 21);
	put_wide("second run", true);
	put("\x80\x80", 2);
	put_wide("third\r\n\trun", false);
	expect_everywhere("0:0:first run;40:1:second run;"
		"61:0:third\r\n\trun;");
}

Test(scan_wide, plain_text_and_noise_hold_none)
{
	put("just some text, and no NUL in it at all, for a long while", 57);
	expect_everywhere("");
	len = 0;
	for (size_t i = 0; i < 300; i++)
		put(i % 3 ? "\0" : "x", 1);
	expect_everywhere("");
	len = 0;
	expect_runs("", 0, 1);
}

Test(scan_wide, plain_text_is_not_held_back)
{
	struct wide w;

	put("some text $ ", 12);
	wide_init(&w, MOST);
	wide_begin(&w);
	cr_assert_eq(wide_take(&w, span_of(data, len), 0, false), VIEW_NONE);
	cr_expect_eq(w.v.held, 12);
	wide_free(&w);
}

/* The view is dropped as it is used up; places stay right. */
Test(scan_wide, places_after_a_drop)
{
	struct wide w;

	put("\xff", 1);
	put_wide("0123456789abcdef", true);
	wide_init(&w, MOST);
	wide_begin(&w);
	cr_assert_eq(wide_take(&w, span_of(data, len - 2), 0, false),
		VIEW_NONE);
	cr_assert(w.v.active);
	cr_expect_eq(wide_place(&w, 3), 1 + 2 * 3);
	view_drop(&w.v, 5);
	cr_expect_eq(w.v.base, 5);
	cr_expect_eq(w.v.text.ptr[0], '5');
	cr_expect_eq(wide_place(&w, 10), 1 + 2 * 10);
	view_drop(&w.v, 5);
	view_drop(&w.v, 2);
	cr_expect_eq(w.v.base, 5);
	cr_assert_eq(wide_take(&w, span_of(data, len), 0, true),
		VIEW_RUN_ENDED);
	cr_expect_eq(w.v.base + w.v.text.len, 16);
	wide_free(&w);
}

Test(scan_wide, view_over_its_maximum_is_said)
{
	struct wide w;

	put_wide("0123456789abcdef", false);
	wide_init(&w, 10);
	wide_begin(&w);
	cr_expect_eq(wide_take(&w, span_of(data, len), 0, false), VIEW_NOMEM);
	wide_free(&w);
}
