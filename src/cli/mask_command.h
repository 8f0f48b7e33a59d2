/* SPDX-License-Identifier: Apache-2.0 */
/* mask_command.h - a command whose output is values to mask. */
#ifndef CLI_MASK_COMMAND_H
#define CLI_MASK_COMMAND_H

#include <sys/types.h>

#include "cli/cli.h"

struct mask_command {
	pid_t pid;
	int fd;				/* of its output */
	void (*on_child)(int);		/* what SIGCHLD did before */
};

/* Starts `sh -c text`.  False: it could not be, which was said. */
bool mask_command_start(struct mask_command *c, const struct cli *cli,
	const char *text);
/* Closes fd and waits for its end.  False: it failed, which was said. */
bool mask_command_end(struct mask_command *c, const struct cli *cli,
	const char *text);

#endif
