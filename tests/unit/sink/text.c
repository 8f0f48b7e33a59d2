/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"
#include "sink/words.h"

Test(sink_text, a_finding_is_a_block_and_the_remedy_is_told_once)
{
	struct report r = { .opt.gaps_listed = 5 };
	struct stanch_finding f = finding_at("src/a.py");
	struct stanch_tally t = { .items = 1234, .bytes = 59454259,
		.findings = 3, .by_confidence = { 0, 2, 0, 1 },
		.seconds = 0.84 };

	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	f.line = 9;
	f.nreasons = 0;
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	f.rule = &rule_b;
	f.severity = STANCH_LOW;
	f.confidence = STANCH_CONTEXTUAL;
	f.nreasons = 1;
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_str_eq(r.text,
		"CRITICAL rule-a: A thing\n"
		"  src/a.py:2:3  tok_************ (20 bytes)\n"
		"  proven: it ends in its checksum; it looks random\n"
		"  to do: Revoke it.\n"
		"\n"
		"CRITICAL rule-a: A thing\n"
		"  src/a.py:9:3  tok_************ (20 bytes)\n"
		"  proven\n"
		"\n"
		"LOW rule-b\n"
		"  src/a.py:9:3  tok_************ (20 bytes)\n"
		"  contextual: it ends in its checksum\n"
		"\n"
		"Scanned 1,234 files, 56.7 MiB in 0.8 s: "
		"3 secrets (1 proven, 2 contextual).\n");
	report_free(&r);
}

Test(sink_text, nothing_found_is_one_sentence)
{
	struct report r = { .opt.gaps_listed = 5 };
	struct stanch_tally t = { .items = 1, .bytes = 1, .links = 1 };

	report_begin(&r, "text");
	report_end(&r, &t);
	cr_assert_str_eq(r.text, "Scanned 1 file, 1 byte in 0.0 s: no "
		"secrets. 1 symbolic link not followed.\n");
	report_free(&r);
}

Test(sink_text, gaps_are_listed_up_to_a_number)
{
	struct report r = { .opt.gaps_listed = 2 };
	struct gap g = gap_at("a");
	struct stanch_tally t = { .gaps = 4 };

	t.by_gap[STANCH_GAP_UNREADABLE] = 3;
	t.by_gap[STANCH_GAP_OVER_LIMIT] = 1;
	report_begin(&r, "text");
	cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	g.place = "b";
	g.why = STANCH_GAP_OVER_LIMIT;
	g.detail = "too large";
	g.bytes = 2048;
	for (int i = 0; i < 3; i++)
		cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_str_eq(r.text, "Not scanned:\n"
		"  a: unreadable: Permission denied\n"
		"  b: over-limit: too large (2.0 KiB)\n"
		"  and 2 more gaps\n"
		"\n"
		"Scanned 0 files, 0 bytes in 0.0 s: no secrets. "
		"4 gaps: 1 over-limit, 3 unreadable.\n");
	report_free(&r);
}

Test(sink_text, without_a_list_gaps_are_counted)
{
	struct report r = { .opt.gaps_listed = 0 };
	struct gap g = gap_at("a");
	struct stanch_tally t = { .gaps = 1, .by_gap = { 1 } };

	report_begin(&r, "text");
	cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_str_eq(r.text, "Scanned 0 files, 0 bytes in 0.0 s: no "
		"secrets. 1 gap: 1 unreadable.\n");
	report_free(&r);
}

/* No byte below 0x20 but newlines, no DEL, no invalid UTF-8: whatever comes
   in places, rule texts and secrets. */
Test(sink_text, nothing_from_outside_commands_the_terminal)
{
	static const char evil[] = "\x1b]0;x\x07\n\r\x7f\xc2\x9b" "2J\xff";
	static const struct stanch_rule rule = { .id = evil,
		.description = evil, .remediation = evil };
	struct report r = { .opt = { .show_secrets = true,
		.gaps_listed = 9 } };
	struct stanch_finding f = finding_at(evil);
	struct gap g = gap_at(evil);
	struct stanch_tally t = { .gaps = 1, .findings = 1 };

	f.rule = &rule;
	f.secret = span_str(evil);
	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	cr_assert_eq(sink_gap(r.sink, &g, NULL), STANCH_OK);
	report_end(&r, &t);
	for (const char *p = r.text; *p; p++)
		cr_assert((*p >= 0x20 && *p < 0x7f) || *p == '\n',
			"%#x", *p & 0xff);
	cr_assert_not_null(strstr(r.text, "secret: \\x1b]0;x\\x07\\n\\r"));
	report_free(&r);
}

Test(sink_text, secrets_are_shown_only_when_asked_for)
{
	struct report r = { .opt.show_secrets = false };
	struct stanch_finding f = finding_at("p");
	struct stanch_tally t = { .findings = 1 };

	f.secret = span_str("s3cret");
	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_null(strstr(r.text, "s3cret"));
	report_free(&r);
	r.opt.show_secrets = true;
	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_not_null(strstr(r.text, "\n  secret: s3cret\n"));
	report_free(&r);
}

Test(sink_text, colour_only_when_asked_for)
{
	struct report r = { .opt.colour = true };
	struct stanch_finding f = finding_at("p");
	struct stanch_tally t = { .findings = 1 };

	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	report_end(&r, &t);
	cr_assert_not_null(strstr(r.text, "\x1b[1;31mCRITICAL\x1b[0m "
		"\x1b[1mrule-a\x1b[0m: A thing\n"));
	report_free(&r);
}

static void
reads(uint64_t n, const char *count, const char *bytes)
{
	struct buf b;
	char *bar;

	buf_init(&b, 100);
	words_count(&b, n, "file");
	buf_byte(&b, '|');
	words_bytes(&b, n);
	buf_byte(&b, 0);
	bar = strchr((char *)b.ptr, '|');
	*bar = 0;
	cr_assert_str_eq((char *)b.ptr, count);
	cr_assert_str_eq(bar + 1, bytes);
	buf_free(&b);
}

Test(sink_words, numbers_read_well)
{
	reads(0, "0 files", "0 bytes");
	reads(1, "1 file", "1 byte");
	reads(999, "999 files", "999 bytes");
	reads(1000, "1,000 files", "1,000 bytes");
	reads(1024, "1,024 files", "1.0 KiB");
	reads(1048575, "1,048,575 files", "1.0 MiB");
	reads(1234567890, "1,234,567,890 files", "1.1 GiB");
	reads(UINT64_MAX, "18,446,744,073,709,551,615 files", "16.0 EiB");
}
