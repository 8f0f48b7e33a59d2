/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact_report.h - what a call of redact did, as one JSON object at its end:
 * docs/redaction.schema.json.  No secret is in it.
 */
#ifndef CLI_REDACT_REPORT_H
#define CLI_REDACT_REPORT_H

#include "cli/cli.h"
#include "cli/outfile.h"

#include <time.h>

struct streams;
struct stream;

struct redact_report {
	bool on;
	struct outfile file;	/* --report */
	int fd;			/* where it goes, of either */
	struct timespec began;
};

bool redact_report_asked(const struct cli *cli);
/* False: said. */
bool redact_report_open(struct redact_report *r, const struct cli *cli);
/* Of the n streams, and a call that ends with status.  False: said. */
bool redact_report_write(struct redact_report *r, const struct streams *all,
	const struct stream *of, size_t n, int status);
void redact_report_free(struct redact_report *r);

#endif
