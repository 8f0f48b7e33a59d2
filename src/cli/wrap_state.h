/* SPDX-License-Identifier: Apache-2.0 */
/* wrap_state.h - what the files that make up wrap.h share; nobody else's. */
#ifndef CLI_WRAP_STATE_H
#define CLI_WRAP_STATE_H

#include "cli/child.h"
#include "cli/control.h"
#include "cli/keys.h"
#include "cli/terminal.h"
#include "cli/wrap.h"

enum { WRAP_STREAMS = 2 };

struct wrap {
	struct streams *all;
	struct child child;
	struct terminal term;	/* opened only when there is a pty */
	struct pty pty;
	struct keys keys;
	struct control control;	/* values that come while it runs */
	bool keyed;		/* standard input is the keyboard */
	struct stream streams[WRAP_STREAMS];
	int in[WRAP_STREAMS];	/* to be closed; -1: closed */
	int out[WRAP_STREAMS];
	bool out_ours[WRAP_STREAMS];
	size_t n;
	int signals;		/* signalfd(2) */
	sigset_t was_blocked;
	void (*on_child)(int);	/* what was done with SIGCHLD */
	int64_t deadline;	/* 0: none; of the clock of wrap.c */
	bool failed;		/* the status is ours, not the command's */
	bool cut;		/* --drain-timeout had its way */
};

/* Starts the command.  False: *status, all said, nothing to close. */
bool wrap_open(struct wrap *w, struct streams *all, int *status);
void wrap_close(struct wrap *w);

/* The next signal that came to us. */
void wrap_take_signal(struct wrap *w);
/* The command was stopped by signal: so are we, until we are continued. */
void wrap_stopped(struct wrap *w, int signal);
/* Our terminal is raw while the command is to have its keys. */
void wrap_mind_terminal(struct wrap *w);

#endif
