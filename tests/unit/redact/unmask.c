/* SPDX-License-Identifier: Apache-2.0 */
/* unmask.c - one known value more never lets out what was masked without it. */
#include "fixture.h"

static void
begin(void)
{
	fixture_begin("[[rules]]\nid = \"acme\"\n"
		"regex = '''acme_[0-9a-z]{20}'''\n");
}

TestSuite(redact_unmask, .init = begin, .fini = fixture_end);

/* With a fill each byte stays in its place, and can be compared. */
static void
filled(struct buf *to, const char *const *v, size_t n, const char *text)
{
	struct stanch_filter_options opt = { .fill = 'X' };

	cr_assert_eq(stanch_values_new(&opt.values, NULL, NULL), STANCH_OK);
	for (size_t i = 0; i < n; i++)
		cr_assert_eq(stanch_values_add(opt.values, "V", v[i],
			strlen(v[i]), NULL, NULL, NULL), STANCH_OK);
	cr_assert_eq(fixture_filter(opt, span_str(text), 7, NULL), STANCH_OK);
	stanch_values_free(opt.values);
	to->len = 0;
	buf_append(to, fix.out.ptr, fix.out.len);
}

Test(redact_unmask, one_value_more_unmasks_nothing)
{
	static const char *const v[] = { "hq8Zk2-wPPxs71", "wPPxs71+Vb3Kd9",
		"2-wPPxs71+Vb", "q8Zk2-wP", "1234" };
	static const char text[] = "hq8Zk2-wPPxs71+Vb3Kd9 hq8Zk2-wPPxs7 1234 "
		"aHE4WmsyLXdQUHhzNzErVmIzS2Q5 17sxPPw-2kZ8qh wPPxs71+Vb3K "
		"acme_" "4kq7w1zt9x2m6c8v3b5n";
	struct buf few, more;

	buf_init(&few, 4096);
	buf_init(&more, 4096);
	filled(&few, v, 0, text);
	for (size_t n = 1; n <= sizeof v / sizeof *v; n++) {
		filled(&more, v, n, text);
		cr_assert_eq(few.len, more.len);
		for (size_t i = 0; i < few.len; i++)
			cr_expect(few.ptr[i] != 'X' || more.ptr[i] == 'X',
				"%zu values, byte %zu", n, i);
		filled(&few, v, n, text);
	}
	cr_expect_not_null(memmem(few.ptr, few.len, "XXXXXXXXXXXXXX", 14));
	buf_free(&few);
	buf_free(&more);
}
