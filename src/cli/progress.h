/* SPDX-License-Identifier: Apache-2.0 */
/* progress.h - one line on the terminal that says how far a long job is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

#include <time.h>

struct progress {
	bool wanted, shown;
	struct timespec next;	/* not shown again before */
};

/*
 * Nothing will be shown unless standard error is a terminal.  plain: the
 * report goes to a terminal too, and does not clear the lines it writes on.
 */
void progress_start(struct progress *p, const struct cli *cli, bool plain);
/* A stanch_progress_fn; payload is the struct progress. */
void progress_show(const struct stanch_tally *so_far, void *payload);
void progress_clear(struct progress *p);

#endif
