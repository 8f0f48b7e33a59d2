/* SPDX-License-Identifier: Apache-2.0 */
/* gitdir.c - the files of a repository that one input makes. */
#include "gitdir.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/stat.h>
#include <zlib.h>

enum { FILES = 64, NAME = 128, BLOCK = 0xffff };

static char root[64];
static char written[FILES][NAME];
static size_t nwritten;

static const char *const dirs[] = { "objects", "objects/pack", "objects/info",
	"objects/00", "refs", "refs/heads", "refs/tags", "logs", "logs/refs",
	"logs/refs/heads", "reftable" };

enum { DIRS = sizeof dirs / sizeof *dirs };

void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
leave(void)
{
	char path[NAME];

	gitdir_empty();
	for (size_t i = DIRS; i-- > 0; ) {
		snprintf(path, sizeof path, "%s/%s", root, dirs[i]);
		rmdir(path);
	}
	rmdir(root);
}

const char *
gitdir_path(void)
{
	char path[NAME];

	if (root[0])
		return root;
	snprintf(root, sizeof root, "/dev/shm/stanch-fuzz-XXXXXX");
	if (!mkdtemp(root)) {
		snprintf(root, sizeof root, "/tmp/stanch-fuzz-XXXXXX");
		must(mkdtemp(root) != NULL);
	}
	for (size_t i = 0; i < DIRS; i++) {
		snprintf(path, sizeof path, "%s/%s", root, dirs[i]);
		must(mkdir(path, 0700) == 0);
	}
	atexit(leave);
	return root;
}

void
gitdir_write(const char *name, struct span data)
{
	char path[NAME];
	int fd;

	must(nwritten < FILES);
	snprintf(path, sizeof path, "%s/%s", gitdir_path(), name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd >= 0 && write(fd, data.ptr, data.len) == (ssize_t)data.len);
	close(fd);
	memcpy(written[nwritten++], path, sizeof path);
}

void
gitdir_empty(void)
{
	while (nwritten)
		unlink(written[--nwritten]);
}

/* In blocks as they are: to press them takes longer than all else. */
void
gitdir_pack(struct buf *out, struct span data)
{
	uLong sum = adler32(adler32(0, NULL, 0), data.ptr, (uInt)data.len);
	size_t n;

	must(buf_append(out, "\x78\x01", 2));
	do {
		n = data.len < BLOCK ? data.len : BLOCK;
		must(buf_byte(out, n == data.len) &&
			buf_byte(out, (uint8_t)n) &&
			buf_byte(out, (uint8_t)(n >> 8)) &&
			buf_byte(out, (uint8_t)~n) &&
			buf_byte(out, (uint8_t)(~n >> 8)) &&
			buf_append(out, data.ptr, n));
		data = span_skip(data, n);
	} while (data.len);
	for (unsigned i = 4; i-- > 0; )
		must(buf_byte(out, (uint8_t)(sum >> 8 * i)));
}
