/* SPDX-License-Identifier: Apache-2.0 */
/* gitopts.h - which part of git repositories the options ask for. */
#ifndef CLI_GITOPTS_H
#define CLI_GITOPTS_H

#include "cli/cli.h"

struct gitopts {
	char *range;		/* taken apart */
	const char *from, *to;
	int64_t now;		/* 0: the clock's */
};

/* Says what is wrong and returns false. */
bool gitopts_take(struct gitopts *g, const struct cli *cli,
	struct stanch_source_options *opt);
void gitopts_free(struct gitopts *g);

#endif
