/* SPDX-License-Identifier: Apache-2.0 */
/* dir.c - an open directory, counted. */
#include "source/dir.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct dir {
	atomic_uint held;	/* by any thread */
	int fd;
};

struct dir *
dir_new(int fd)
{
	struct dir *d = malloc(sizeof *d);

	if (!d) {
		close(fd);
		return NULL;
	}
	atomic_init(&d->held, 1);
	d->fd = fd;
	return d;
}

int
dir_fd(const struct dir *d)
{
	return d->fd;
}

struct dir *
dir_hold(struct dir *d)
{
	atomic_fetch_add_explicit(&d->held, 1, memory_order_relaxed);
	return d;
}

void
dir_drop(struct dir *d)
{
	if (!d || atomic_fetch_sub(&d->held, 1) != 1)
		return;
	close(d->fd);
	free(d);
}
