/* SPDX-License-Identifier: Apache-2.0 */
/* keep.c - who may write what, and files that are renamed into their place. */
#include "base/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/io.h"

enum { DIGEST = 32, TEMP_NAME = 160 };

/* Ours alone to write. */
static bool
is_ours(int fd, mode_t kind, struct stat *st)
{
	return fstat(fd, st) == 0 && (st->st_mode & S_IFMT) == kind &&
		st->st_uid == geteuid() &&
		!(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* The cache directory, made when it is missing; -1: not to be trusted. */
static int
open_dir(const char *dir, bool make, char *why_not, size_t size)
{
	struct stat st;
	int fd;

	if (make && mkdir(dir, 0700) < 0 && errno != EEXIST) {
		snprintf(why_not, size, "cache directory: %s",
			strerror(errno));
		return -1;
	}
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		snprintf(why_not, size, "cache directory: %s",
			strerror(errno));
		return -1;
	}
	if (!is_ours(fd, S_IFDIR, &st)) {
		snprintf(why_not, size,
			"others may write to the cache directory");
		close(fd);
		return -1;
	}
	return fd;
}

bool
keep_check(const char *dir, char *why_not, size_t size)
{
	int fd = open_dir(dir, true, why_not, size);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool
read_file(struct buf *b, const struct keep *k, int dir, const char *name,
	char *why_not, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
		O_NONBLOCK);
	struct stat st;
	bool ok;

	if (fd < 0) {
		snprintf(why_not, size, "%s", errno == ENOENT ?
			"not in the cache yet" : strerror(errno));
		return false;
	}
	ok = is_ours(fd, S_IFREG, &st);
	if (!ok)
		snprintf(why_not, size, "%s is %s", k->what,
			S_ISREG(st.st_mode) && st.st_uid == geteuid() ?
			"others' to write" : "no file of our own");
	else if (!(ok = st.st_size >= 0 && (uint64_t)st.st_size <= k->most &&
		buf_reserve(b, (size_t)st.st_size) &&
		io_read_all(fd, b->ptr, (size_t)st.st_size) == st.st_size))
		snprintf(why_not, size, "%s is unreadable", k->what);
	b->len = ok ? (size_t)st.st_size : 0;
	close(fd);
	return ok;
}

bool
keep_load(struct buf *file, struct span *out, const struct keep *k,
	const char *dir, const char *name, char *why_not, size_t size)
{
	size_t head = strlen(k->magic);
	int fd = open_dir(dir, false, why_not, size);
	uint8_t digest[DIGEST];
	bool ok = fd >= 0 && read_file(file, k, fd, name, why_not, size);

	if (fd >= 0)
		close(fd);
	if (!ok)
		return false;
	*out = span_skip(buf_span(file), head + DIGEST);
	hash_sha256_of(*out, digest);
	if (file->len > head + DIGEST && !memcmp(file->ptr, k->magic, head) &&
		!memcmp(digest, file->ptr + head, DIGEST))
		return true;
	snprintf(why_not, size, "%s is damaged", k->what);
	return false;
}

/* To a temporary file in the same directory, synced, then renamed. */
static bool
write_file(const struct keep *k, int dir, const char *name,
	struct span payload)
{
	char temp[TEMP_NAME];
	uint8_t digest[32];
	int fd;
	bool ok;

	snprintf(temp, sizeof temp, ".%s.%ld", name, (long)getpid());
	unlinkat(dir, temp, 0);
	fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
		O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	hash_sha256_of(payload, digest);
	ok = io_write_all(fd, k->magic, strlen(k->magic)) &&
		io_write_all(fd, digest, sizeof digest) &&
		io_write_all(fd, payload.ptr, payload.len) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && renameat(dir, temp, dir, name) == 0;
	if (!ok)
		unlinkat(dir, temp, 0);
	return ok;
}

bool
keep_store(const struct keep *k, const char *dir, const char *name,
	struct span payload, char *why_not, size_t size)
{
	int fd = open_dir(dir, true, why_not, size);
	bool ok;

	if (fd < 0)
		return false;
	ok = write_file(k, fd, name, payload);
	if (!ok)
		snprintf(why_not, size, "%s cannot be written", k->what);
	close(fd);
	return ok;
}
