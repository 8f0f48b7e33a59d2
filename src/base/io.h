/* SPDX-License-Identifier: Apache-2.0 */
/*
 * io.h - read and write that do not stop for a signal, a short count or a
 * descriptor that somebody made non-blocking.
 */
#ifndef BASE_IO_H
#define BASE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* read(2) again after EINTR; waits when the descriptor does not block. */
ssize_t io_read(int fd, void *buf, size_t n);

/*
 * Reads until n bytes are there or the end is: how many, or -1 with errno
 * (what was read until then is in buf, but its number is lost).
 */
ssize_t io_read_all(int fd, void *buf, size_t n);

/*
 * Writes all n bytes.  False with errno (EPIPE: the caller must have SIGPIPE
 * ignored or blocked); some of the bytes may have been written.
 */
bool io_write_all(int fd, const void *buf, size_t n);

/*
 * Waits until fd can be read or `stop` (-1: none) can.  True: read fd now;
 * false: stop.
 */
bool io_wait_read(int fd, int stop);

#endif
