/* SPDX-License-Identifier: Apache-2.0 */
/* scanner.c - findings of a place: order, lines, fingerprints. */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"bolt\"\nregex = '''bolt_[0-9a-z]{20}'''\n";

/* Of the rules of this file alone. */
#define ONE "acme_4kq7w1zt9x2m6c8v3b5n"
#define TWO "bolt_8r2d5y7p1h6j3f9g4s0l"

static char prints[4][80];	/* their fingerprints */
static size_t n;

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(scan_scanner, .init = begin, .fini = fixture_end);

/* Tells "rule line:column start-end". */
static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	buf_printf(&fix.told, "%s %zu:%zu %zu-%zu\n",
		stanch_rule_id(stanch_finding_rule(f)),
		(size_t)stanch_finding_line(f),
		(size_t)stanch_finding_column(f),
		(size_t)stanch_finding_start(f),
		(size_t)stanch_finding_end(f));
	if (n < 4)
		snprintf(prints[n++], sizeof prints[0], "%s",
			stanch_finding_fingerprint(f));
	return true;
}

static void
scan(const char *text, size_t len, size_t step, const char *key)
{
	struct stanch_scan_options opt = { .key = key,
		.key_len = key ? strlen(key) : 0 };

	fix.told.len = n = 0;
	fixture_scan(opt, span_of(text, len), step, on_finding);
	buf_byte(&fix.told, 0);
}

Test(scan_scanner, two_findings_on_a_line_in_order_cut_anywhere)
{
	static const char text[] = "\nk=" TWO " k=" ONE "\n" ONE;

	for (size_t step = 1; step < sizeof text; step++) {
		scan(text, sizeof text - 1, step, NULL);
		cr_expect_str_eq((const char *)fix.told.ptr,
			"bolt 2:3 3-28\nacme 2:31 31-56\nacme 3:1 57-82\n");
	}
}

Test(scan_scanner, line_and_column_after_a_megabyte)
{
	enum { LINES = 1024 * 16, WIDTH = 64 };
	size_t len = LINES * WIDTH + 4 + strlen(ONE);
	char *text = malloc(len + 1), want[80];

	memset(text, '.', len);
	for (size_t i = 1; i <= LINES; i++)
		text[i * WIDTH - 1] = '\n';
	memcpy(text + LINES * WIDTH + 4, ONE, strlen(ONE));
	snprintf(want, sizeof want, "acme %d:5 %d-%zu\n", LINES + 1,
		LINES * WIDTH + 4, len);
	scan(text, len, len, NULL);
	cr_expect_str_eq((const char *)fix.told.ptr, want);
	scan(text, len, 4099, NULL);
	cr_expect_str_eq((const char *)fix.told.ptr, want);
	free(text);
}

Test(scan_scanner, fingerprints_are_stable_and_keyed_ones_go_by_secret)
{
	static const char text[] = ONE " " ONE "\n" TWO;
	char before[4][80];

	scan(text, sizeof text - 1, 7, NULL);
	cr_assert_eq(n, 3);
	memcpy(before, prints, sizeof before);
	cr_expect_str_neq(prints[0], prints[1], "one for each place");
	scan(text, sizeof text - 1, 1000, NULL);
	for (size_t i = 0; i < 3; i++)
		cr_expect_str_eq(prints[i], before[i]);

	scan(text, sizeof text - 1, 7, "a key of 16 byte");
	cr_assert_eq(n, 3);
	cr_expect_str_eq(prints[0], prints[1]);
	cr_expect_str_neq(prints[0], prints[2]);
	memcpy(before, prints, sizeof before);
	scan(text, sizeof text - 1, 7, "b key of 16 byte");
	cr_expect_str_neq(prints[0], before[0]);
}

Test(scan_scanner, calls_out_of_order_are_refused)
{
	struct stanch_scan_options opt = { .size = sizeof opt };
	struct stanch_scanner *s = NULL;

	cr_expect_eq(stanch_scanner_new(&s, fix.engine, &opt, NULL, NULL, NULL),
		STANCH_EUSAGE);
	cr_expect_eq(stanch_scanner_new(&s, fix.engine, NULL, on_finding, NULL,
		NULL), STANCH_EUSAGE);
	cr_assert_eq(stanch_scanner_new(&s, fix.engine, &opt, on_finding, NULL,
		NULL), STANCH_OK);
	cr_expect_eq(stanch_scanner_feed(s, "x", 1), STANCH_EUSAGE);
	cr_expect_eq(stanch_scanner_finish(s), STANCH_EUSAGE);
	stanch_scanner_free(s);
}
