/* SPDX-License-Identifier: Apache-2.0 */
/*
 * auditing.h - the audit log of a call: where it goes, under which key, and
 * what happens when it cannot be written.  What is in it is the library's.
 */
#ifndef CLI_AUDITING_H
#define CLI_AUDITING_H

#include "cli/cli.h"

struct auditing {
	const struct cli *cli;
	struct stanch_audit *log;	/* NULL: none is asked for */
	int fd;
	bool owned;		/* fd is ours to close */
	bool go_on;		/* without one, when it must be */
	bool failed;		/* it could not be written; said */
};

/* False: said. */
bool auditing_open(struct auditing *a, const struct cli *cli,
	const char *rules);
/* Each returns false when the call must not go on. */
bool auditing_redaction(struct auditing *a, enum stanch_stream stream,
	const struct stanch_redaction *r);
bool auditing_output(struct auditing *a, enum stanch_stream stream,
	const void *data, size_t len);
bool auditing_end(struct auditing *a, enum stanch_stream stream,
	const struct stanch_filter_stats *stats);
bool auditing_command(struct auditing *a, enum stanch_stream stream,
	const struct stanch_command *c);
bool auditing_degraded(struct auditing *a, const char *why);
bool auditing_close(struct auditing *a, int status);
/* Closes a log that nobody closed, as one of a call that failed. */
void auditing_free(struct auditing *a);

#endif
