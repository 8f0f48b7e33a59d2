/* SPDX-License-Identifier: Apache-2.0 */
/* hook.h - what git asks of its hooks: names, arguments, lines, variables. */
#ifndef CLI_HOOK_H
#define CLI_HOOK_H

#include "cli/cli.h"

enum { HOOK_REFS = 4096 };	/* refs of one push */

struct hook {
	struct stanch_source_options opt;
	const char *path;	/* what to scan */
	const char *from[HOOK_REFS], *to[HOOK_REFS];
	char *text;		/* that they point into */
	char not_refs[512];
	bool nothing;		/* nothing is new: refs go away only */
};

bool hook_known(const char *name);
/* Whether git writes to its standard input. */
bool hook_reads(const char *name);
/* "pre-commit, pre-push, ..." */
extern const char hook_names[];
/* Reads what git tells; says what is wrong and returns false. */
bool hook_take(struct hook *h, const struct cli *cli);

#endif
