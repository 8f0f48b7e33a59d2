/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outfile.c - a file that appears whole or not at all.  Where the file
 * system allows it the file has no name while it is written: a scan does not
 * meet its own report, and a kill leaves nothing behind.
 */
#include "cli/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "dir/" of path into buf; "./" when it has none.  False: too long. */
static bool
folder_of(const char *path, char *buf, size_t size)
{
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path + 1) : 2;

	return snprintf(buf, size, "%.*s", n, slash ? path : "./") <
		(int)size;
}

/*
 * Where to write: a device or pipe itself, else what a link points to, so
 * that the file is replaced and not the link.
 */
static bool
resolve(struct outfile *o, const char *path)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;

	o->direct = exists && !S_ISREG(st.st_mode);
	if (exists && !o->direct)
		return realpath(path, o->path);
	if (!exists && (errno != ENOENT || lstat(path, &st) == 0))
		return false;	/* a link that leads nowhere */
	if ((size_t)snprintf(o->path, sizeof o->path, "%s", path) <
		sizeof o->path)
		return true;
	errno = ENAMETOOLONG;
	return false;
}

static bool
open_passing(struct outfile *o, const char *folder, mode_t mode)
{
	mode_t mask = umask(0);

	umask(mask);
	snprintf(o->passing, sizeof o->passing, "%s.stanch-XXXXXX", folder);
	o->fd = mkostemp(o->passing, O_CLOEXEC);
	if (o->fd < 0) {
		o->passing[0] = '\0';
		return false;
	}
	return fchmod(o->fd, mode & ~mask) == 0;
}

bool
outfile_open(struct outfile *o, const char *path, mode_t mode)
{
	char folder[PATH_MAX];

	o->fd = -1;
	o->passing[0] = '\0';
	o->direct = false;
	if (!resolve(o, path) || !folder_of(o->path, folder, sizeof folder))
		return false;
	if (o->direct) {
		o->fd = open(o->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return o->fd >= 0;
	}
	/* Without /proc it could never be given a name. */
	if (access("/proc/self/fd", X_OK) == 0)
		o->fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
	return o->fd >= 0 || open_passing(o, folder, mode);
}

/* Gives a file without a name one beside its place: a link replaces none. */
static bool
name_it(struct outfile *o)
{
	char self[64], folder[PATH_MAX];

	if (o->passing[0])
		return true;
	if (!folder_of(o->path, folder, sizeof folder))
		return false;
	snprintf(o->passing, sizeof o->passing, "%s.stanch-%ld", folder,
		(long)getpid());
	snprintf(self, sizeof self, "/proc/self/fd/%d", o->fd);
	unlink(o->passing);	/* of a process that is no more */
	if (linkat(AT_FDCWD, self, AT_FDCWD, o->passing,
		AT_SYMLINK_FOLLOW) == 0)
		return true;
	o->passing[0] = '\0';
	return false;
}

bool
outfile_commit(struct outfile *o)
{
	int fd = o->fd;

	if (!o->direct && (fsync(fd) != 0 || !name_it(o) ||
		rename(o->passing, o->path) != 0))
		return false;
	o->passing[0] = '\0';
	o->fd = -1;
	return close(fd) == 0;
}

void
outfile_drop(struct outfile *o)
{
	if (o->passing[0])
		unlink(o->passing);
	o->passing[0] = '\0';
	if (o->fd >= 0)
		close(o->fd);
	o->fd = -1;
}
