/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.h - the command that we run: starting it, signals to it, and what
 * becomes of it.
 *
 * With pipes it is our child and stays in our process group, so that the
 * shell's job control takes both as one.  With a pty it is a job of a session
 * of its own, whose leader is a process of ours, the monitor (monitor.h): a
 * session leader cannot be stopped and continued, and when it ends the
 * terminal is taken from all others.
 */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include "cli/cli.h"
#include "cli/terminal.h"

#include <signal.h>
#include <sys/types.h>

/* What a child is to be made of. */
struct child_plan {
	char **argv;		/* ends with NULL */
	int fds[3];		/* become 0, 1 and 2; -1: closed */
	struct pty *pty;	/* NULL: pipes */
	const struct given *given;
	int control;		/* stays open under its number; -1: none */
	sigset_t mask;		/* its blocked signals */
	void (*on_child)(int);	/* what it does with SIGCHLD */
};

struct child {
	pid_t pid;		/* the command's, or the monitor's */
	int report;		/* the monitor's statuses; -1: wait for pid */
	bool running;		/* the command, as far as we know */
	int status;		/* of wait(2), when it is not */
};

/* Where a start failed. */
enum child_step { CHILD_STARTED, CHILD_FORK, CHILD_SESSION, CHILD_EXEC };

/* errno says why it failed. */
enum child_step child_start(struct child *c, const struct child_plan *plan);
/*
 * Takes the next status there is.  True: it stopped by *signal (job control)
 * or, when c->running is false, ended.
 */
bool child_news(struct child *c, int *signal);
void child_signal(const struct child *c, int signal);
/* It and its group, whatever they do about it. */
void child_kill(const struct child *c);
/* Lets the monitor go.  After it nobody holds the session. */
void child_close(struct child *c);
/* The status as a shell has it. */
int child_exit_status(const struct child *c);

/* ---- for the monitor ---- */

struct child_failure { enum child_step step; int sys; };

/* In the child: becomes the command, or says why not, and ends. */
_Noreturn void child_become(const struct child_plan *plan, int failure);
_Noreturn void child_fail(int failure, enum child_step step);

#endif
