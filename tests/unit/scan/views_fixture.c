/* SPDX-License-Identifier: Apache-2.0 */
/* views_fixture.c - see views_fixture.h. */
#include "views_fixture.h"

#include <criterion/criterion.h>
#include <inttypes.h>

#include "rule/rule_set.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"near\"\n"
	"regex = '''near=([0-9a-z\\x80-\\xff]{9,20})'''\n"
	"confidence = \"contextual\"\n"
	"[[rules]]\nid = \"line\"\nregex = '''line=([0-9a-z]{9})\\n'''\n"
	"[[rules]]\nid = \"key\"\nregex = '''-----BEGIN PRIVATE KEY-----'''\n"
	"block = \"pem\"\n";

static struct stanch_rules *rules;
static struct stanch_engine *engine;
struct buf views_in, views_out, views_told;

void
views_begin(void)
{
	cr_assert_eq(rule_set_read(&rules, NULL, rules_text,
		sizeof rules_text - 1, "t.toml", NULL, NULL, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_engine_new(&engine, rules, NULL, NULL), STANCH_OK);
	buf_init(&views_in, 1 << 24);
	buf_init(&views_out, 1 << 24);
	buf_init(&views_told, 1 << 24);
}

void
views_end(void)
{
	buf_free(&views_in);
	buf_free(&views_out);
	buf_free(&views_told);
	stanch_engine_free(engine);
	stanch_rules_free(rules);
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	(void)payload;
	return buf_printf(&views_told, "%s %" PRIu64 "-%" PRIu64 " %s %s\n",
		stanch_rule_id(stanch_finding_rule(f)),
		stanch_finding_start(f), stanch_finding_end(f),
		stanch_finding_decoded(f), stanch_finding_preview(f));
}

static bool
on_output(const void *data, size_t len, void *payload)
{
	(void)payload;
	return buf_append(&views_out, data, len);
}

static size_t
piece(size_t at, size_t step)
{
	return views_in.len - at < step ? views_in.len - at : step;
}

void
scan(size_t step, unsigned leave)
{
	struct stanch_scan_options opt = { .size = sizeof opt,
		.leave_encoded = leave };
	struct stanch_scanner *s;

	views_told.len = 0;
	cr_assert_eq(stanch_scanner_new(&s, engine, &opt, on_finding, NULL,
		NULL), STANCH_OK);
	cr_assert_eq(stanch_scanner_begin(s, "place"), STANCH_OK);
	for (size_t at = 0; at < views_in.len; at += step)
		cr_assert_eq(stanch_scanner_feed(s, views_in.ptr + at,
			piece(at, step)), STANCH_OK);
	cr_assert_eq(stanch_scanner_finish(s), STANCH_OK);
	stanch_scanner_free(s);
	buf_byte(&views_told, 0);
}

void
filter(size_t step)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .on_finding = on_finding };
	struct stanch_filter *f;

	views_told.len = views_out.len = 0;
	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	for (size_t at = 0; at < views_in.len; at += step)
		cr_assert_eq(stanch_filter_write(f, views_in.ptr + at,
			piece(at, step), STANCH_RUN), STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, NULL, 0, STANCH_FINISH),
		STANCH_OK);
	stanch_filter_free(f);
	buf_byte(&views_told, 0);
	buf_byte(&views_out, 0);
}

void
put(const char *text)
{
	buf_str(&views_in, text);
}

void
expect(const char *findings, const char *output)
{
	for (size_t step = 1; step <= views_in.len;
		step += step < 40 ? 1 : 37) {
		scan(step, 0);
		cr_expect_str_eq((const char *)views_told.ptr, findings,
			"scanned by %zu: %s", step, views_told.ptr);
		filter(step);
		cr_expect_str_eq((const char *)views_told.ptr, findings,
			"filtered by %zu: %s", step, views_told.ptr);
		cr_expect_str_eq((const char *)views_out.ptr, output,
			"by %zu: %s", step, views_out.ptr);
	}
	views_in.len = 0;
}

void
expect_out(const char *text)
{
	struct stanch_filter_options opt = { .size = sizeof opt, .tag = TAG,
		.on_output = on_output, .on_finding = on_finding };
	struct stanch_filter_stats stats;
	struct stanch_filter *f;

	cr_assert_eq(stanch_filter_new(&f, engine, &opt, NULL), STANCH_OK);
	cr_assert_eq(stanch_filter_write(f, text, strlen(text), STANCH_RUN),
		STANCH_OK);
	stanch_filter_get_stats(f, &stats);
	cr_expect_eq(stats.held, 0, "%zu held of %s", (size_t)stats.held,
		text);
	stanch_filter_free(f);
}
