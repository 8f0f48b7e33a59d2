/* SPDX-License-Identifier: Apache-2.0 */
/* pairs.c - a secret and what belongs to it: one finding, however it comes. */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "scan/pairs.h"

/*
 * lone: counts by itself, and for more with an id.  weak: only with an id.
 * must: not at all without both.  site: no secret.  best: surer than lone.
 */
static const char rules_text[] =
	"[[rules]]\nid = \"best\"\nregex = '''\\bzzkq[0-9a-z]{8}\\b'''\n"
	"[[rules]]\nid = \"id\"\nregex = '''\\bidno[0-9]{8}\\b'''\n"
	"[[rules]]\nid = \"site\"\nregex = '''\\bsite[0-9]{8}\\b'''\n"
	"part = true\n"
	"[[rules]]\nid = \"lone\"\nconfidence = \"contextual\"\n"
	"regex = '''\\blone=(?<secret>[0-9a-z]{12})\\b'''\n"
	"[[rules.with]]\nrule = \"id\"\nwithin = 40\n"
	"[[rules]]\nid = \"must\"\nconfidence = \"contextual\"\n"
	"regex = '''\\bmust=(?<secret>[0-9a-z]{12})\\b'''\n"
	"[[rules.with]]\nrule = \"id\"\nwithin = 60\nneeded = true\n"
	"[[rules.with]]\nrule = \"site\"\nwithin = 60\nneeded = true\n"
	"[[rules]]\nid = \"weak\"\nconfidence = \"heuristic\"\n"
	"regex = '''\\bweak=(?<secret>[0-9a-z]{12})\\b'''\n"
	"[[rules.with]]\nrule = \"id\"\nwithin = 40\n";

#define ID "idno27183904"
#define SITE "site93041728"
#define KEY "4kq7w1zt9x2m"
#define BEST "zzkq7w1zt9x2"
#define DOTS40 "........................................"

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(scan_pairs, .init = begin, .fini = fixture_end);

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	struct stanch_part p;

	buf_printf(&fix.told, "%s@%zu %s",
		stanch_rule_id(stanch_finding_rule(f)),
		(size_t)stanch_finding_start(f),
		stanch_confidence_name(stanch_finding_confidence(f)));
	for (size_t i = 0; stanch_finding_part(f, i, &p); i++)
		buf_printf(&fix.told, " +%s@%zu:%zu", stanch_rule_id(p.rule),
			(size_t)p.line, (size_t)p.column);
	return buf_byte(&fix.told, '\n');
}

static void
scan(const char *text, size_t step)
{
	struct stanch_scan_options opt = { .least = STANCH_CONTEXTUAL };

	fix.told.len = 0;
	fixture_scan(opt, span_str(text), step, on_finding);
	buf_byte(&fix.told, 0);
}

static void
filter(const char *text, size_t step, bool findings)
{
	struct stanch_filter_options opt = { .tag = "*",
		.least = STANCH_CONTEXTUAL,
		.on_finding = findings ? on_finding : NULL };

	fix.told.len = 0;
	cr_assert_eq(fixture_filter(opt, span_str(text), step, NULL),
		STANCH_OK);
	buf_byte(&fix.told, 0);
	buf_byte(&fix.out, 0);
}

static const struct sample { const char *text, *findings, *masked; }
samples[] = {
	{ ID "\nlone=" KEY "\n",
	  "lone@18 shaped +id@1:1\n", "*\nlone=*\n" },
	{ "lone=" KEY "\n" ID "\n",
	  "lone@5 shaped +id@2:1\n", "lone=*\n*\n" },
	{ "lone=" KEY "\n" DOTS40 ID,
	  "lone@5 contextual\nid@58 shaped\n", "lone=*\n" DOTS40 "*" },
	{ ID DOTS40 "lone=" KEY, "id@0 shaped\nlone@57 contextual\n",
	  "*" DOTS40 "lone=*" },
	{ "weak=" KEY, "", "weak=" KEY },
	{ "weak=" KEY "\n" DOTS40 DOTS40 ID, "id@98 shaped\n",
	  "weak=" KEY "\n" DOTS40 DOTS40 "*" },
	{ "weak=" KEY " " ID, "weak@5 shaped +id@1:19\n", "weak=* *" },
	{ ID " weak=" KEY, "weak@18 shaped +id@1:1\n", "* weak=*" },
	{ "must=" KEY " " ID, "id@18 shaped\n", "must=" KEY " *" },
	{ SITE " must=" KEY " " ID,
	  "must@18 shaped +id@1:32 +site@1:1\n", SITE " must=* *" },
	{ SITE " " ID, "id@13 shaped\n", SITE " *" },
	/* The one before it is its id; the other stands alone. */
	{ ID " lone=" KEY " " ID, "lone@18 shaped +id@1:1\nid@31 shaped\n",
	  "* lone=* *" },
	/* As far away as it may be. */
	{ "lone=" KEY DOTS40 ID, "lone@5 shaped +id@1:58\n",
	  "lone=*" DOTS40 "*" },
	/* Another rule knows better, and takes the part over. */
	{ ID " lone=" BEST, "best@18 shaped +id@1:1\n", "* lone=*" },
	/* One id of two secrets. */
	{ "lone=" KEY " " ID " weak=" KEY,
	  "lone@5 shaped +id@1:19\nweak@36 shaped +id@1:19\n",
	  "lone=* * weak=*" },
};

enum { SAMPLES = sizeof samples / sizeof *samples };

Test(scan_pairs, a_pair_is_one_finding_cut_anywhere)
{
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t step = strlen(samples[i].text); step > 0; step--) {
			scan(samples[i].text, step);
			cr_expect_str_eq((const char *)fix.told.ptr,
				samples[i].findings, "sample %zu, step %zu: "
				"%s", i, step, (const char *)fix.told.ptr);
		}
}

Test(scan_pairs, the_filter_masks_the_secrets_and_no_site_cut_anywhere)
{
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t step = strlen(samples[i].text); step > 0; step--) {
			filter(samples[i].text, step, false);
			cr_expect_str_eq((const char *)fix.out.ptr,
				samples[i].masked, "sample %zu, step %zu: %s",
				i, step, (const char *)fix.out.ptr);
		}
}

Test(scan_pairs, a_filter_that_tells_findings_tells_those_of_a_scan)
{
	for (size_t i = 0; i < SAMPLES; i++) {
		filter(samples[i].text, 3, true);
		cr_expect_str_eq((const char *)fix.told.ptr,
			samples[i].findings);
		cr_expect_str_eq((const char *)fix.out.ptr, samples[i].masked);
	}
}

/* Bytes of the text that have come out before its end. */
static size_t
out_before_end(const char *text)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = "*",
		.on_output = fixture_output, .least = STANCH_CONTEXTUAL };
	struct stanch_filter *f;
	size_t n;

	fix.out.len = 0;
	cr_assert_eq(stanch_filter_new(&f, fix.engine, &opt, NULL), STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, text, strlen(text), STANCH_RUN),
		STANCH_OK);
	n = fix.out.len;
	stanch_filter_free(f);
	return n;
}

Test(scan_pairs, only_what_may_still_become_a_secret_is_held_back)
{
	cr_expect_eq(out_before_end(ID "\n$ "), 4, "an id");
	cr_expect_eq(out_before_end("lone=" KEY "\n$ "), 9, "counts alone");
	cr_expect_eq(out_before_end(ID " weak=" KEY "\n$ "), 11, "is known");
	cr_expect_eq(out_before_end("weak=" KEY "\n$ "), 5, "may become one");
	cr_expect_eq(out_before_end("weak=" KEY "\n" DOTS40 DOTS40), 98,
		"cannot any more");
}

Test(scan_pairs, parts_without_secrets_are_forgotten)
{
	struct rivals rs = { 0 };
	struct pairs ps;

	cr_assert(pairs_init(&ps, fix.rules, STANCH_CONTEXTUAL, false));
	for (uint64_t at = 0; at < 1000000; at += 16) {
		struct stanch_finding f = { .start = at, .end = at + 12,
			.rule = stanch_rules_find(fix.rules, "site") };

		cr_assert(pairs_note(&ps, &f));
		pairs_resolve(&ps, &rs, at + 16);
		cr_assert_leq(ps.n, (RULE_WITH_MAX + RULE_WIDTH_MAX) / 16 + 1);
	}
	pairs_free(&ps);
}
