/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outfile.h - a file that appears whole or not at all: written without a
 * name, or under a passing one, and put in its place at the end.
 */
#ifndef CLI_OUTFILE_H
#define CLI_OUTFILE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

struct outfile {
	int fd;			/* write here; -1: not open */
	char path[PATH_MAX];	/* where it will stand, links resolved */
	char passing[PATH_MAX + 32];	/* "" while it has no name */
	bool direct;		/* a device or pipe: written as it comes */
};

/* Each returns false with errno set when it cannot. */
bool outfile_open(struct outfile *o, const char *path, mode_t mode);
bool outfile_commit(struct outfile *o);
/* Leaves what was there before; does nothing after a commit. */
void outfile_drop(struct outfile *o);

#endif
