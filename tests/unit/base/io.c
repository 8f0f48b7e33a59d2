/* SPDX-License-Identifier: Apache-2.0 */
#include "base/io.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MUCH = 1024 * 1024 };	/* more than a pipe holds */

static void *
drain_slowly(void *fd)
{
	static char all[MUCH];
	size_t n = 0;
	ssize_t got;

	usleep(20000);
	while ((got = read(*(int *)fd, all + n, sizeof all - n)) > 0)
		n += (size_t)got;
	return n == MUCH ? all : NULL;
}

Test(base_io, write_all_waits_for_a_pipe_that_does_not_block)
{
	char *data = malloc(MUCH);
	void *seen;
	int p[2];
	pthread_t t;

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(fcntl(p[1], F_SETFL, O_NONBLOCK), 0);
	for (size_t i = 0; i < MUCH; i++)
		data[i] = (char)(i * 7);
	pthread_create(&t, NULL, drain_slowly, &p[0]);
	cr_assert(io_write_all(p[1], data, MUCH));
	close(p[1]);
	pthread_join(t, &seen);
	cr_assert_not_null(seen);
	cr_assert_eq(memcmp(seen, data, MUCH), 0);
	free(data);
}

Test(base_io, write_all_says_that_nobody_reads)
{
	int p[2];

	signal(SIGPIPE, SIG_IGN);
	cr_assert_eq(pipe(p), 0);
	close(p[0]);
	cr_assert_not(io_write_all(p[1], "x", 1));
	cr_assert_eq(errno, EPIPE);
}

Test(base_io, write_all_says_that_the_disk_is_full)
{
	int fd = open("/dev/full", O_WRONLY);

	cr_assert_geq(fd, 0);
	cr_assert_not(io_write_all(fd, "x", 1));
	cr_assert_eq(errno, ENOSPC);
	close(fd);
}

static void *
write_in_pieces(void *fd)
{
	for (int i = 0; i < 10; i++) {
		usleep(1000);
		if (write(*(int *)fd, "0123456789", 10) != 10)
			break;
	}
	close(*(int *)fd);
	return NULL;
}

Test(base_io, read_all_gathers_short_reads_up_to_the_end)
{
	char buf[200];
	int p[2];
	pthread_t t;

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(fcntl(p[0], F_SETFL, O_NONBLOCK), 0);
	pthread_create(&t, NULL, write_in_pieces, &p[1]);
	cr_assert_eq(io_read_all(p[0], buf, 95), 95);
	cr_assert_eq(io_read_all(p[0], buf + 95, sizeof buf - 95), 5);
	cr_assert_eq(memcmp(buf + 90, "0123456789", 10), 0);
	pthread_join(t, NULL);
}

Test(base_io, read_all_reports_an_error)
{
	char c;

	cr_assert_eq(io_read_all(-1, &c, 1), -1);
	cr_assert_eq(errno, EBADF);
}

Test(base_io, wait_read_prefers_to_stop, .timeout = 10)
{
	int data[2], stop[2];

	cr_assert_eq(pipe(data), 0);
	cr_assert_eq(pipe(stop), 0);
	cr_assert_eq(write(data[1], "x", 1), 1);
	cr_assert(io_wait_read(data[0], stop[0]));
	cr_assert(io_wait_read(data[0], -1));
	cr_assert_eq(write(stop[1], "x", 1), 1);
	cr_assert_not(io_wait_read(data[0], stop[0]));
}
