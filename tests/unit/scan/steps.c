/* SPDX-License-Identifier: Apache-2.0 */
/* steps.c - what a watcher is told, and that it changes nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''\\bacme_[0-9a-z]{20}'''\n"
	"entropy = 3.5\n"
	"[[rules]]\nid = \"any\"\nconfidence = \"contextual\"\n"
	"regex = '''key=(?<secret>[0-9a-z_]{8,40})'''\n";

/* Found by both rules; not random; without a match; ruled out; UTF-16. */
static const char text[] = "key=acme_4kq7w1zt9x2m6c8v3b5n\n"
	"acme_00000000000000000001\nkey=!\nxacme_\n"
	"k\0e\0y\0=\0q\0w\0z\0t\0" "9\0x\0" "2\0m\0" "6\0c\0" "8\0v\0\n";

static struct buf found;

static void
begin(void)
{
	fixture_begin(rules_text);
	buf_init(&found, 4096);
}

static void
end(void)
{
	buf_free(&found);
	fixture_end();
}

TestSuite(scan_steps, .init = begin, .fini = end);

static void
on_step(const struct stanch_step *s, void *payload)
{
	buf_printf(&fix.told, "%s %s %d %zu-%zu%s%s%s%s\n",
		stanch_rule_id(s->rule), stanch_step_name(s->kind),
		(int)s->outcome, (size_t)s->start, (size_t)s->end,
		s->name[0] ? " " : "", s->name, s->text[0] ? ": " : "",
		s->text);
	cr_expect_null(s->secret, "nobody asked for secrets");
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	return buf_printf(&found, "%s %zu-%zu\n",
		stanch_rule_id(stanch_finding_rule(f)),
		(size_t)stanch_finding_start(f),
		(size_t)stanch_finding_end(f));
}

static void
scan(size_t step, stanch_step_fn *fn)
{
	struct stanch_scan_options opt = { .on_step = fn };

	fix.told.len = found.len = 0;
	fixture_scan(opt, span_of(text, sizeof text - 1), step, on_finding);
	buf_byte(&fix.told, 0);
	buf_byte(&found, 0);
}

Test(scan_steps, each_candidate_tells_what_becomes_of_it)
{
	scan(sizeof text, on_step);
	cr_expect_str_eq((const char *)fix.told.ptr,
		"any candidate 0 0-4\n"
		"any confirm 0 4-29\n"
		"any check 2 4-29 placeholder\n"
		"any judged 0 4-29\n"
		"acme candidate 0 4-9\n"
		"acme confirm 0 4-29\n"
		"acme check 2 4-29 placeholder\n"
		"acme measure 0 4-29 entropy, bits a byte\n"
		"acme judged 0 4-29\n"
		"acme candidate 0 30-35\n"
		"acme confirm 0 30-55\n"
		"acme check 1 30-55 placeholder: a placeholder: one character"
		" or a short text repeated\n"
		"acme judged 1 30-55: a placeholder: one character or a short"
		" text repeated\n"
		"any candidate 0 56-60\n"
		"any confirm 1 56-60: its expression does not match here\n"
		"acme candidate 0 63-68\n"
		"acme confirm 1 63-68: its expression does not match here\n"
		"any candidate 0 69-77\n"
		"any rival 1 4-29: it is surer\n"
		"acme cover 0 4-29\n"
		"any confirm 0 77-101\n"
		"any check 2 77-101 placeholder\n"
		"any judged 0 77-101\n"
		"any cover 0 77-101\n");
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of told, sorted: lanes take turns as bytes come. */
static size_t
sorted(char *lines[64])
{
	char *p = (char *)fix.told.ptr, *nl;
	size_t n = 0;

	for (; (nl = strchr(p, '\n')) && n < 64; p = nl + 1)
		lines[n++] = strndup(p, (size_t)(nl - p));
	qsort(lines, n, sizeof *lines, compare);
	return n;
}

Test(scan_steps, steps_are_the_same_however_the_bytes_come)
{
	char *want[64], *got[64];
	size_t n, k;

	scan(sizeof text, on_step);
	n = sorted(want);
	for (size_t step = 1; step < sizeof text; step += 3) {
		scan(step, on_step);
		k = sorted(got);
		cr_assert_eq(k, n, "step %zu: %zu", step, k);
		for (size_t i = 0; i < n; i++) {
			cr_expect_str_eq(got[i], want[i], "step %zu", step);
			free(got[i]);
		}
	}
	for (size_t i = 0; i < n; i++)
		free(want[i]);
}

Test(scan_steps, being_watched_changes_no_finding)
{
	char want[256];

	scan(sizeof text, NULL);
	snprintf(want, sizeof want, "%s", (const char *)found.ptr);
	cr_expect_str_eq(want, "acme 4-29\nany 77-101\n");
	for (size_t step = 1; step < sizeof text; step++) {
		scan(step, on_step);
		cr_expect_str_eq((const char *)found.ptr, want);
	}
}
