/* SPDX-License-Identifier: Apache-2.0 */
/* report.h - made-up findings, and what a sink makes of them. */
#ifndef TESTS_SINK_REPORT_H
#define TESTS_SINK_REPORT_H

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sink/sink.h"

#define DIGEST "0123456789abcdef0123456789abcdef" \
	"0123456789abcdef0123456789abcdef"

static const struct stanch_rule rule_a = {
	.id = "rule-a", .description = "A thing", .provider = "maker",
	.remediation = "Revoke it.",
};
static const struct stanch_rule rule_b = {
	.id = "rule-b", .description = "", .provider = "", .remediation = "",
};

static inline struct stanch_finding
finding_at(const char *place)
{
	return (struct stanch_finding){
		.rule = &rule_a, .place = place, .start = 10, .end = 30,
		.line = 2, .column = 3, .severity = STANCH_CRITICAL,
		.confidence = STANCH_PROVEN, .nreasons = 2,
		.reasons = { "it ends in its checksum", "it looks random" },
		.preview = "tok_************ (20 bytes)",
		.fingerprint = "l1:00112233445566778899aabbccddeeff",
	};
}

static inline struct gap
gap_at(const char *place)
{
	return (struct gap){ .place = place, .why = STANCH_GAP_UNREADABLE,
		.detail = "Permission denied", .bytes = GAP_BYTES_UNKNOWN };
}

struct report {
	struct stanch_sink *sink;
	struct stanch_sink_options opt;
	int fd;		/* a file without a name */
	char *text;	/* after report_end() */
};

static inline void
report_begin(struct report *r, const char *format)
{
	struct sink_about about = { .rules_digest = DIGEST, .rules = 7 };

	r->opt.size = sizeof r->opt;
	r->fd = memfd_create("report", MFD_CLOEXEC);
	r->text = NULL;
	cr_assert_eq(stanch_sink_open(&r->sink, format, r->fd, &r->opt, NULL),
		STANCH_OK);
	cr_assert_eq(sink_begin(r->sink, &about, NULL), STANCH_OK);
}

static inline void
report_end(struct report *r, const struct stanch_tally *tally)
{
	off_t n;

	cr_assert_eq(sink_end(r->sink, tally, NULL), STANCH_OK);
	n = lseek(r->fd, 0, SEEK_END);
	r->text = calloc(1, (size_t)n + 1);
	cr_assert_eq(pread(r->fd, r->text, (size_t)n, 0), n);
}

static inline void
report_free(struct report *r)
{
	stanch_sink_free(r->sink);
	close(r->fd);
	free(r->text);
}

#endif
