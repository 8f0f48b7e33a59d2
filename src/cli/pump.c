/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pump.c - one descriptor through a filter into another.  What may leave,
 * and when, is the filter's to say; to whom a failure is told, the caller's.
 */
#include "cli/pump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A larger pipe means fewer turns between its two ends. */
static void
widen(int fd)
{
	int size = fcntl(fd, F_GETPIPE_SZ);

	if (size > 0 && size < PUMP_PIPE_SIZE)
		fcntl(fd, F_SETPIPE_SZ, PUMP_PIPE_SIZE);
}

/*
 * Whether it blocks belongs to the open file, and that one to others, too.
 * A pipe or a terminal can be opened once more; a file would begin anew.
 */
int
pump_own_out(int fd, bool *ours)
{
	char name[64];
	struct stat st;
	int own = -1;

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	if (fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || isatty(fd)))
		own = open(name, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	*ours = own >= 0;
	return *ours ? own : fd;
}

void
pump_init(struct pump *p, int in, int out)
{
	memset(p, 0, sizeof *p);
	p->in = in;
	p->out = out;
	widen(in);
	widen(out);
}

static enum pump_state
fail(struct pump *p, enum pump_fault fault, int sys)
{
	p->fault = fault;
	p->sys = sys;
	p->first = p->n = 0;
	return p->state = PUMP_FAILED;
}

/* Counts len bytes of the pieces as written. */
static void
advance(struct pump *p, size_t len)
{
	while (len > 0) {
		struct iovec *v = &p->piece[p->first];

		if (len < v->iov_len) {
			v->iov_base = (char *)v->iov_base + len;
			v->iov_len -= len;
			return;
		}
		len -= v->iov_len;
		p->first++;
	}
}

static bool
is_stopped(const struct pump *p)
{
	return p->stop && *p->stop;
}

/* PUMP_ON: all is written. */
static enum pump_state
write_pieces(struct pump *p)
{
	while (p->first < p->n) {
		ssize_t n = writev(p->out, p->piece + p->first,
			(int)(p->n - p->first));

		if (n >= 0)
			advance(p, (size_t)n);
		else if (errno == EAGAIN)
			return p->state = PUMP_WAIT_OUT;
		else if (errno != EINTR || is_stopped(p))
			return fail(p, PUMP_BAD_OUT, errno);
	}
	p->first = p->n = 0;
	return p->state = PUMP_ON;
}

struct pollfd
pump_waits(const struct pump *p)
{
	if (p->state == PUMP_WAIT_OUT)
		return (struct pollfd){ .fd = p->out, .events = POLLOUT };
	return (struct pollfd){ .fd = p->in, .events = POLLIN };
}

static void
wait(const struct pump *p)
{
	struct pollfd fd = pump_waits(p);

	/* When poll fails the next read or write tells why. */
	poll(&fd, 1, -1);
}

/* More pieces in one push than there is room for: the oldest must go now. */
static bool
make_room(struct pump *p)
{
	while (p->n == PUMP_PIECES) {
		if (write_pieces(p) == PUMP_FAILED)
			return false;
		if (p->state == PUMP_WAIT_OUT)
			wait(p);
	}
	return true;
}

bool
pump_take(const void *data, size_t len, void *payload)
{
	struct pump *p = payload;

	if (len == 0)
		return true;
	if (p->n > 0) {
		struct iovec *last = &p->piece[p->n - 1];

		if ((char *)last->iov_base + last->iov_len == data) {
			last->iov_len += len;
			return true;
		}
	}
	if (!make_room(p))
		return false;
	p->piece[p->n++] = (struct iovec){ (void *)data, len };
	return true;
}

static enum pump_state
push(struct pump *p, size_t n)
{
	p->ended = n == 0;
	p->result = stanch_filter_push(p->filter, n,
		p->ended ? STANCH_FINISH : STANCH_RUN);
	if (p->result == STANCH_OK)
		return write_pieces(p);
	if (p->state == PUMP_FAILED)	/* pump_take() knows better why */
		return p->state;
	return fail(p, PUMP_BAD_FILTER, 0);
}

void
pump_close_in(struct pump *p)
{
	p->closing = true;
	p->left = PUMP_PIPE_SIZE;
	if (p->state == PUMP_WAIT_IN)
		p->state = PUMP_ON;
}

/* As read(2).  Tells the end of a pipe, of a pty and of our patience alike. */
static ssize_t
read_some(struct pump *p, void *room, size_t size)
{
	ssize_t n;

	size = size < PUMP_READ_MAX ? size : PUMP_READ_MAX;
	if (p->closing && size > p->left)
		size = p->left;
	do
		n = read(p->in, room, size);
	while (n < 0 && errno == EINTR && !is_stopped(p));
	if (n < 0 && ((p->pty && errno == EIO) ||
		(p->closing && errno == EAGAIN)))
		return 0;
	if (p->closing && n > 0)
		p->left -= (size_t)n;
	return n;
}

enum pump_state
pump_step(struct pump *p)
{
	size_t size;
	void *room;
	ssize_t n;

	if (p->state >= PUMP_DONE)
		return p->state;
	if (p->first < p->n && write_pieces(p) != PUMP_ON)
		return p->state;
	if (p->ended)
		return p->state = PUMP_DONE;
	room = stanch_filter_room(p->filter, &size);
	if (!room) {
		p->result = STANCH_ENOMEM;
		return fail(p, PUMP_BAD_FILTER, 0);
	}
	n = read_some(p, room, size);
	if (n >= 0)
		return push(p, (size_t)n);
	if (errno == EAGAIN)
		return p->state = PUMP_WAIT_IN;
	return fail(p, PUMP_BAD_IN, errno);
}

bool
pump_run(struct pump *p)
{
	while (pump_step(p) < PUMP_DONE)
		if (p->state != PUMP_ON)
			wait(p);
	return p->state == PUMP_DONE;
}
