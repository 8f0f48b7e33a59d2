/* SPDX-License-Identifier: Apache-2.0 */
/* io.c - whole reads and writes.  Buffering is left to the callers. */
#include "base/io.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

static void
wait_for(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	(void)poll(&p, 1, -1);	/* an error shows in the next call */
}

ssize_t
io_read(int fd, void *buf, size_t n)
{
	ssize_t got;

	for (;;) {
		got = read(fd, buf, n);
		if (got >= 0 || (errno != EINTR && errno != EAGAIN))
			return got;
		if (errno == EAGAIN)
			wait_for(fd, POLLIN);
	}
}

ssize_t
io_read_all(int fd, void *buf, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = io_read(fd, (uint8_t *)buf + done, n - done);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

bool
io_write_all(int fd, const void *buf, size_t n)
{
	const uint8_t *p = buf;

	while (n) {
		ssize_t put = write(fd, p, n);
		if (put >= 0) {
			p += put;
			n -= (size_t)put;
		} else if (errno == EAGAIN) {
			wait_for(fd, POLLOUT);
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

bool
io_wait_read(int fd, int stop)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = stop, .events = POLLIN },	/* -1 is ignored */
	};

	while (poll(p, 2, -1) < 0)
		if (errno != EINTR)
			return true;	/* read(2) will say what is wrong */
	return p[1].revents == 0;
}
