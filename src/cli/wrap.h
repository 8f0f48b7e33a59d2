/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap.h - a command run with its output filtered.
 *
 *	stdin  ------------ or keys --> |         |
 *	stdout <-- filter <-- pipe, pty | command | <-- signals
 *	stderr <-- filter <-- pipe      |         | --> status
 *
 * One loop serves all of it, and nothing in it waits for one of them alone.
 */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include "cli/stream.h"

/* Runs the operands of all->cli.  The exit status is the command's, or ours. */
int wrap_run(struct streams *all);

#endif
