/* SPDX-License-Identifier: Apache-2.0 */
/* limit.c - an expression that gives up hides nothing: fail closed. */
#include <stdio.h>

#include "fixture.h"

/* The second half of its BEGIN line is more than PCRE2 will try. */
static const char rules_text[] =
	"[[rules]]\nid = \"slow\"\nblock = \"pem\"\n"
	"regex = '''-----BEGIN (?:(?:[A-Z ]{1,20}){1,20}){1,20}!KEY-----'''\n";

#define HEAD "-----BEGIN " "A LONG NAME OF A VERY PRIVATE KEY-----"
#define LINE "Zm9vYmFy" "YmF6cXV4" "MDEyMzQ1" "Njc4OWFi" "Y2RlZmdo" "aWprbG1u"

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(redact_limit, .init = begin, .fini = fixture_end);

/* A key longer than any window. */
static void
put_key(struct buf *to, const char *after)
{
	buf_init(to, 1 << 20);
	buf_str(to, "log\n" HEAD "\n");
	for (int i = 0; i < 300; i++)
		buf_str(to, LINE "\n");
	buf_printf(to, "-----END KEY-----%s", after);
}

Test(redact_limit, a_key_whose_begin_line_costs_too_much_is_masked_whole)
{
	static const size_t steps[] = { 1, 7, 400, 5000, 100000 };
	struct stanch_filter_options opt = { .tag = "<@>" };
	struct buf text;

	put_key(&text, "\nend of the log\n");
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		cr_assert_eq(fixture_filter(opt, buf_span(&text), steps[i],
			NULL), STANCH_OK);
		cr_expect(fixture_out_is("log\n<@>\nend of the log\n"),
			"in pieces of %zu", steps[i]);
	}
	buf_free(&text);
}

/* What follows is no key: the window alone is taken for one. */
Test(redact_limit, a_mention_of_it_is_masked_as_far_as_it_was_tried)
{
	struct stanch_filter_options opt = { .tag = "<@>" };

	for (size_t step = 1; step < 200; step += 60) {
		cr_assert_eq(fixture_filter(opt, span_str("log\n" HEAD
			"\nnot a key"), step, NULL), STANCH_OK);
		cr_expect(fixture_out_is("log\n<@>"));
	}
}
