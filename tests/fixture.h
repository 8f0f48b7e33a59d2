/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fixture.h - what unit tests of scan and redact begin with: an engine of
 * rules in TOML text, and texts handed to a scanner or a filter in pieces.
 * What is told of findings is each test's own.
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <criterion/criterion.h>
#include <stdio.h>

#include "base/buf.h"
#include "rule/rule_set.h"
#include "stanch.h"

static struct fixture {
	struct stanch_rules *rules;
	struct stanch_engine *engine;
	struct buf out;		/* what filters gave out */
	struct buf told;	/* for what findings tell */
} fix;

static inline void
fixture_begin(const char *rules_text)
{
	cr_assert_eq(rule_set_read(&fix.rules, NULL, rules_text,
		strlen(rules_text), "t.toml", NULL, NULL, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_engine_new(&fix.engine, fix.rules, NULL, NULL),
		STANCH_OK);
	buf_init(&fix.out, 16 * 1024 * 1024);
	buf_init(&fix.told, 64 * 1024);
}

static inline void
fixture_end(void)
{
	buf_free(&fix.out);
	buf_free(&fix.told);
	stanch_engine_free(fix.engine);
	stanch_rules_free(fix.rules);
}

/* The whole text as one place, in pieces of step bytes. */
static inline void
fixture_scan(struct stanch_scan_options opt, struct span text, size_t step,
	stanch_finding_fn *on_finding)
{
	struct stanch_scanner *s;

	opt.size = sizeof opt;
	cr_assert_eq(stanch_scanner_new(&s, fix.engine, &opt, on_finding,
		NULL, NULL), STANCH_OK);
	cr_assert_eq(stanch_scanner_begin(s, "place"), STANCH_OK);
	for (size_t at = 0; at < text.len; at += step)
		cr_assert_eq(stanch_scanner_feed(s, text.ptr + at,
			text.len - at < step ? text.len - at : step),
			STANCH_OK);
	cr_assert_eq(stanch_scanner_finish(s), STANCH_OK);
	stanch_scanner_free(s);
}

/* A filter's on_output: to fix.out. */
static inline bool
fixture_output(const void *data, size_t len, void *payload)
{
	return buf_append(&fix.out, data, len);
}

/* What text becomes, in fix.out, in pieces of step bytes.  st may be NULL. */
static inline enum stanch_result
fixture_filter(struct stanch_filter_options opt, struct span text,
	size_t step, struct stanch_filter_stats *st)
{
	struct stanch_filter *f;
	enum stanch_result r;

	fix.out.len = 0;
	opt.size = sizeof opt;
	opt.on_output = fixture_output;
	r = stanch_filter_new(&f, fix.engine, &opt, NULL);
	if (r != STANCH_OK)
		return r;
	for (size_t at = 0; at < text.len && r == STANCH_OK; at += step)
		r = stanch_filter_write(f, text.ptr + at,
			text.len - at < step ? text.len - at : step,
			STANCH_RUN);
	if (r == STANCH_OK)
		r = stanch_filter_write(f, "", 0, STANCH_FINISH);
	if (st)
		stanch_filter_get_stats(f, st);
	stanch_filter_free(f);
	return r;
}

/* Whether fix.out is text; prints it if not. */
static inline bool
fixture_out_is(const char *text)
{
	bool ok = span_equal(buf_span(&fix.out), span_str(text));

	if (!ok)
		printf("got %.*s\n", (int)fix.out.len, (char *)fix.out.ptr);
	return ok;
}

#endif
