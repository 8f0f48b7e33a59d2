/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_hook.c - "stanch hook run": a hook of git, which ends with a status
 * other than 0 when there is a secret in what git is about to take.  What that
 * is, hook.c knows; how it gets to its place, cmd_hook_install.c.
 */
#include <stdlib.h>

#include "cli/hook.h"

int
cmd_hook(struct cli *cli)
{
	opt_help_command(stderr, cli->cmd);
	return EXIT_TROUBLE;
}

int
cmd_hook_run(struct cli *cli)
{
	struct hook *h = calloc(1, sizeof *h);
	int status = EXIT_TROUBLE;

	if (h && hook_take(h, cli)) {
		cli->hook = h;
		status = h->nothing ? EXIT_CLEAN : cmd_scan(cli);
		cli->hook = NULL;
	}
	if (h)
		free(h->text);
	free(h);
	return status;
}
