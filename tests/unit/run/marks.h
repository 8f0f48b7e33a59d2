/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marks.h - a stand-in for the scanner: every '!' is a finding.  A place that
 * ends in "fail" makes it give up, one that ends in "slow" takes its time.
 */
#ifndef TESTS_RUN_MARKS_H
#define TESTS_RUN_MARKS_H

#include "fs.h"
#include "run/run.h"

struct stanch_scanner {
	stanch_finding_fn *on_finding;
	void *payload;
	struct stanch_finding f;
	char place[8192];
	uint64_t at, line, line_start;
};

static const struct stanch_rule mark_rule = {
	.id = "mark", .description = "", .provider = "", .remediation = "",
};

static inline enum stanch_result
marks_make(struct stanch_scanner **out, const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, stanch_finding_fn *on_finding,
	void *payload, struct stanch_error *err)
{
	struct stanch_scanner *s = calloc(1, sizeof *s);

	cr_assert_not_null(s);
	s->on_finding = on_finding;
	s->payload = payload;
	*out = s;
	return STANCH_OK;
}

static inline bool
marks_ends(const struct stanch_scanner *s, const char *end)
{
	size_t n = strlen(s->place), k = strlen(end);

	return n >= k && !strcmp(s->place + n - k, end);
}

static inline enum stanch_result
marks_begin(struct stanch_scanner *s, const char *place)
{
	snprintf(s->place, sizeof s->place, "%s", place);
	s->at = s->line_start = 0;
	s->line = 1;
	return STANCH_OK;
}

static inline bool
marks_report(struct stanch_scanner *s, uint64_t at)
{
	struct stanch_finding f = { .rule = &mark_rule, .place = s->place,
		.start = at, .end = at + 1, .line = s->line,
		.column = at - s->line_start + 1,
		.confidence = STANCH_SHAPED, .severity = STANCH_HIGH,
		.preview = "*", .fingerprint = "l1:"
			"00000000000000000000000000000000" };

	return s->on_finding(&f, s->payload);
}

static inline enum stanch_result
marks_feed(struct stanch_scanner *s, const void *data, size_t len)
{
	const char *p = data;

	if (marks_ends(s, "fail"))
		return STANCH_ELIMIT;
	if (marks_ends(s, "slow"))
		usleep(20000);
	for (size_t i = 0; i < len; i++) {
		if (p[i] == '!' && !marks_report(s, s->at + i))
			return STANCH_ESTOP;
		if (p[i] == '\n') {
			s->line++;
			s->line_start = s->at + i + 1;
		}
	}
	s->at += len;
	return STANCH_OK;
}

static inline enum stanch_result
marks_finish(struct stanch_scanner *s)
{
	return STANCH_OK;
}

static inline void
marks_free(struct stanch_scanner *s)
{
	free(s);
}

static const struct run_scanner marks = {
	marks_make, marks_begin, marks_feed, marks_finish, marks_free, NULL,
	NULL,
};

/* One run, its report and its outcome. */
struct marks_run {
	unsigned jobs;
	int fd;		/* of the report; -1: a file without a name */
	stanch_progress_fn *on_progress;
	void *payload;
	uint64_t max_file_size;
	/* after it: */
	enum stanch_result result;
	struct stanch_error err;
	struct stanch_tally tally;
	char *report;
};

static inline void
marks_scan(struct marks_run *m, const char *path)
{
	struct stanch_source_options so = { .size = sizeof so,
		.max_file_size = m->max_file_size };
	bool own = m->fd < 0;
	int fd = own ? open(P_tmpdir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600) :
		m->fd;
	struct run run = { .scanner = &marks, .about = { "d", 1 }, .opt = {
		.size = sizeof run.opt, .jobs = m->jobs,
		.on_progress = m->on_progress, .payload = m->payload } };

	cr_assert_geq(fd, 0);
	cr_assert_eq(stanch_source_paths(&run.source, &path, 1, &so, NULL),
		STANCH_OK);
	cr_assert_eq(stanch_sink_open(&run.sink, "jsonl", fd, NULL, NULL),
		STANCH_OK);
	m->result = run_all(&run, &m->tally, &m->err);
	if (own) {
		off_t n = lseek(fd, 0, SEEK_END);
		m->report = calloc(1, (size_t)n + 1);
		cr_assert_eq(pread(fd, m->report, (size_t)n, 0), n);
		close(fd);
	}
	stanch_sink_free(run.sink);
	stanch_source_free(run.source);
}

#endif
