/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terminal.h - the terminal that we were started on, its modes, and a
 * pseudo-terminal for a command that is to believe it stands on one.
 *
 *	keyboard --> [ ours, raw ] --keys--> [ pty ] --> command
 *	screen   <-- [ ours, raw ] <-filter- [ pty ] <-- command
 *
 * While ours is raw the modes of the pty decide what a key does: the command
 * sets them as it would set ours.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

struct terminal {
	int fd;			/* -1: we have none */
	bool raw;
	struct termios was;	/* when raw: what to put back */
};

struct pty { int master, slave; };	/* -1 each: none */

/* The terminal that controls us. */
void terminal_open(struct terminal *t);
void terminal_close(struct terminal *t);	/* puts its modes back, too */
/* Whether we are in its foreground: only then is it ours to read. */
bool terminal_front(const struct terminal *t);
/* Every key comes as it is.  Nothing happens in the background. */
void terminal_raw(struct terminal *t);
void terminal_restore(struct terminal *t);

/* With the modes and the size of t, if there is one.  False: see errno. */
bool pty_open(struct pty *p, const struct terminal *t);
void pty_resize(const struct pty *p, const struct terminal *t);
/* Whether who reads the pty wants single keys, or no echo. */
bool pty_wants_keys(const struct pty *p);
void pty_close(struct pty *p);

#endif
