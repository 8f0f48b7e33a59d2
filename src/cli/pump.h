/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pump.h - one descriptor through a filter into another.
 *
 *	in --read--> room | filter | pieces --writev--> out
 *
 * The bytes are copied by the kernel alone: read(2) goes into the filter's
 * own room, writev(2) takes what the filter lets go from where it lies.
 *
 * pump_step() does what can be done and tells what it waits for, so that one
 * loop around poll(2) can drive any number of pumps whose descriptors do not
 * block.  At most one push is ever on its way: a slow reader stops us from
 * reading.  A pump that failed never writes again.
 */
#ifndef CLI_PUMP_H
#define CLI_PUMP_H

#include "stanch.h"

#include <poll.h>
#include <signal.h>
#include <sys/uio.h>

enum {
	PUMP_READ_MAX = 256 * 1024,	/* bytes of one read(2) */
	PUMP_PIPE_SIZE = 1024 * 1024,	/* asked for, not insisted on */
	PUMP_PIECES = 256		/* of one writev(2), <= IOV_MAX */
};

enum pump_state {
	PUMP_ON,	/* call pump_step() again */
	PUMP_WAIT_IN,	/* ... when `in` can be read */
	PUMP_WAIT_OUT,	/* ... when `out` can be written */
	PUMP_DONE,	/* input at its end, all of it written */
	PUMP_FAILED	/* see fault */
};

enum pump_fault { PUMP_NONE, PUMP_BAD_IN, PUMP_BAD_OUT, PUMP_BAD_FILTER };

struct pump {
	int in, out;
	struct stanch_filter *filter;	/* borrowed */
	enum pump_state state;
	enum pump_fault fault;
	int sys;			/* errno of a bad in or out */
	enum stanch_result result;	/* of a bad filter */
	bool pty;			/* `in` is one: EIO is its end */
	bool closing;			/* of `in`: what is there, no more */
	size_t left;			/* ... and of that at most this */
	const volatile sig_atomic_t *stop;	/* NULL, or: not 0 is the end
					   of all reading and writing */
	bool ended;			/* the filter has seen the end */
	unsigned first, n;		/* pieces [first, n): not written */
	struct iovec piece[PUMP_PIECES];
};

/*
 * A descriptor to write to in the place of fd that does not block, where that
 * can be had without a change for who shares fd; else fd itself.  *ours: it
 * is to be closed.
 */
int pump_own_out(int fd, bool *ours);
/* The filter is set when it has been made with pump_take and this pump. */
void pump_init(struct pump *p, int in, int out);
/* The filter's on_output; payload is the struct pump. */
bool pump_take(const void *data, size_t len, void *payload);
/* Returns, and leaves in p->state, where it stands. */
enum pump_state pump_step(struct pump *p);
/*
 * Takes what there is to read, at most PUMP_PIPE_SIZE bytes, as all that will
 * ever come.  `in` does not block.
 */
void pump_close_in(struct pump *p);
/* What to poll for in PUMP_WAIT_IN and PUMP_WAIT_OUT. */
struct pollfd pump_waits(const struct pump *p);
/* Steps and waits to the end.  True: PUMP_DONE. */
bool pump_run(struct pump *p);

#endif
