/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

Test(sink_sink, an_unknown_format_is_the_callers_mistake)
{
	struct stanch_sink *s = NULL;
	struct stanch_error err;
	char text[800];

	cr_assert_eq(stanch_sink_open(&s, "xml", 1, NULL, &err),
		STANCH_EUSAGE);
	cr_assert_null(s);
	cr_assert_str_eq(stanch_error_format(&err, text, sizeof text),
		"xml: unknown report format; there are text and jsonl");
	stanch_sink_free(NULL);
}

/* Writes findings until it fails; how many calls that took. */
static int
write_until(struct stanch_sink *s, struct stanch_error *err)
{
	struct stanch_finding f = finding_at("p");
	struct sink_about about = { .rules_digest = DIGEST };

	cr_assert_eq(sink_begin(s, &about, err), STANCH_OK);
	for (int i = 1; i < 100000; i++)
		if (sink_finding(s, &f, err) != STANCH_OK)
			return i;
	return 0;
}

static void
fails(const char *format, int fd, int sys, const char *want)
{
	struct stanch_tally t = { .items = 0 };
	struct stanch_finding f = finding_at("p");
	struct stanch_sink *s;
	struct stanch_error err;
	char text[800];

	cr_assert_eq(stanch_sink_open(&s, format, fd, NULL, NULL),
		STANCH_OK);
	cr_assert_gt(write_until(s, &err), 1);	/* writes are gathered */
	cr_assert_eq(err.result, STANCH_EIO);
	cr_assert_eq(err.sys, sys);
	cr_assert_str_eq(stanch_error_format(&err, text, sizeof text), want);
	cr_assert_eq(sink_finding(s, &f, &err), STANCH_EIO);
	cr_assert_eq(err.sys, 0);	/* told once */
	cr_assert_eq(sink_end(s, &t, &err), STANCH_EIO);
	stanch_sink_free(s);
}

Test(sink_sink, a_full_disk_is_told_once)
{
	int fd = open("/dev/full", O_WRONLY);

	fails("text", fd, ENOSPC,
		"report: cannot be written: No space left on device");
	fails("jsonl", fd, ENOSPC,
		"report: cannot be written: No space left on device");
	close(fd);
}

Test(sink_sink, a_reader_that_is_gone_is_told_once)
{
	int p[2];

	signal(SIGPIPE, SIG_IGN);
	cr_assert_eq(pipe(p), 0);
	close(p[0]);
	fails("text", p[1], EPIPE, "report: cannot be written: Broken pipe");
	fails("jsonl", p[1], EPIPE, "report: cannot be written: Broken pipe");
	close(p[1]);
}

Test(sink_sink, a_short_report_fails_at_its_end)
{
	struct stanch_tally t = { .items = 0 };
	struct sink_about about = { .rules_digest = DIGEST };
	struct stanch_sink *s;
	struct stanch_error err;
	int fd = open("/dev/full", O_WRONLY);

	cr_assert_eq(stanch_sink_open(&s, "jsonl", fd, NULL, NULL),
		STANCH_OK);
	cr_assert_eq(sink_begin(s, &about, &err), STANCH_OK);
	cr_assert_eq(sink_end(s, &t, &err), STANCH_EIO);
	cr_assert_eq(err.sys, ENOSPC);
	stanch_sink_free(s);
	close(fd);
}

Test(sink_sink, flush_writes_what_was_gathered)
{
	struct report r = { .opt.size = 0 };
	struct stanch_finding f = finding_at("p");

	report_begin(&r, "text");
	cr_assert_eq(sink_finding(r.sink, &f, NULL), STANCH_OK);
	cr_assert_eq(lseek(r.fd, 0, SEEK_END), 0);
	cr_assert_eq(sink_flush(r.sink, NULL), STANCH_OK);
	cr_assert_gt(lseek(r.fd, 0, SEEK_END), 0);
	report_free(&r);
}
