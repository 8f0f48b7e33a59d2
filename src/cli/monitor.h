/* SPDX-License-Identifier: Apache-2.0 */
/*
 * monitor.h - the process that leads the session of a command on a pty.
 *
 * The command is a job of that session, in its foreground.  The monitor tells
 * us when it stops or ends, hands on signals, and holds the session until we
 * have read all there is: when a session leader ends, what the others wrote
 * and nobody has read yet is lost.
 *
 *	us -> monitor	a signal: for the command; SIGCONT for its group
 *			a byte: kill the group; end of file: we are done
 *	monitor -> us	an int, as wait(2) has it
 */
#ifndef CLI_MONITOR_H
#define CLI_MONITOR_H

#include "cli/child.h"

/* In a new process; the signals that it is to hand on are blocked. */
_Noreturn void monitor_run(const struct child_plan *plan, int failure,
	int report);

#endif
