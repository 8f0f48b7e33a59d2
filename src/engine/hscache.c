/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hscache.c - the compiled database on disk.
 *
 * File: "stanch-hsdb-3\n", SHA-256 of the payload (32 bytes), the payload as
 * hs_serialize_database() wrote it.  Its name is a digest over all that the
 * database was made of, so a file is right for ever or wrong for ever.  It
 * is trusted only when directory and file belong to us and nobody else may
 * write them, and when its digest holds; else it is made anew.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/io.h"
#include "engine/engine_private.h"

enum { PAYLOAD_MAX = 256 * 1024 * 1024, NAME_MAX_LEN = 80 };

static const char magic[] = "stanch-hsdb-3\n";
enum { MAGIC = sizeof magic - 1, HEAD = MAGIC + 32 };

static bool
file_name(const struct stanch_engine *e, char *name)
{
	struct hash_sha256 *h = hash_sha256_new();
	hs_platform_info_t cpu;
	uint8_t digest[32];
	char hex[65];

	if (!h)
		return false;
	if (hs_populate_platform(&cpu) != HS_SUCCESS)
		memset(&cpu, 0, sizeof cpu);
	hash_sha256_add(h, magic, MAGIC);
	hash_sha256_add(h, hs_version(), strlen(hs_version()));
	hash_sha256_add(h, &cpu.tune, sizeof cpu.tune);
	hash_sha256_add(h, &cpu.cpu_features, sizeof cpu.cpu_features);
	for (size_t i = 0; i < e->nliterals; i++) {
		const struct engine_literal *lit = &e->literals[i];
		uint8_t caseless = lit->caseless;

		hash_sha256_add(h, &lit->len, sizeof lit->len);
		hash_sha256_add(h, &caseless, 1);
		hash_sha256_add(h, lit->bytes, lit->len);
	}
	hash_sha256_end(h, digest);
	hash_hex(digest, 20, hex);
	snprintf(name, NAME_MAX_LEN, "%s.hsdb", hex);
	return true;
}

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

static bool
read_file(int dir, const char *name, struct buf *b, char *why_not,
	size_t size)
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
		snprintf(why_not, size, "the cached database is %s",
			S_ISREG(st.st_mode) && st.st_uid == geteuid() ?
			"others' to write" : "no file of our own");
	else if (!(ok = st.st_size >= 0 && st.st_size <= PAYLOAD_MAX &&
		buf_reserve(b, (size_t)st.st_size) &&
		io_read_all(fd, b->ptr, (size_t)st.st_size) == st.st_size))
		snprintf(why_not, size, "the cached database is unreadable");
	b->len = ok ? (size_t)st.st_size : 0;
	close(fd);
	return ok;
}

bool
hscache_load(hs_database_t **out, const struct stanch_engine *e,
	const char *dir, char *why_not, size_t size)
{
	char name[NAME_MAX_LEN];
	uint8_t digest[32];
	struct buf b;
	int fd;
	bool ok = false;

	buf_init(&b, PAYLOAD_MAX);
	fd = open_dir(dir, false, why_not, size);
	if (fd < 0 || !file_name(e, name))
		goto out;
	if (!read_file(fd, name, &b, why_not, size))
		goto out;
	snprintf(why_not, size, "the cached database is damaged");
	if (b.len <= HEAD || memcmp(b.ptr, magic, MAGIC) != 0)
		goto out;
	hash_sha256_of(span_of(b.ptr + HEAD, b.len - HEAD), digest);
	if (memcmp(digest, b.ptr + MAGIC, sizeof digest) != 0)
		goto out;
	ok = hs_deserialize_database((const char *)b.ptr + HEAD, b.len - HEAD,
		out) == HS_SUCCESS;
out:
	if (fd >= 0)
		close(fd);
	buf_free(&b);
	return ok;
}

/* To a temporary file in the same directory, synced, then renamed. */
static bool
write_file(int dir, const char *name, const char *db, size_t len)
{
	char temp[NAME_MAX_LEN + 32];
	uint8_t digest[32];
	int fd;
	bool ok;

	snprintf(temp, sizeof temp, ".%s.%ld", name, (long)getpid());
	unlinkat(dir, temp, 0);
	fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
		O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	hash_sha256_of(span_of(db, len), digest);
	ok = io_write_all(fd, magic, MAGIC) &&
		io_write_all(fd, digest, sizeof digest) &&
		io_write_all(fd, db, len) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && renameat(dir, temp, dir, name) == 0;
	if (!ok)
		unlinkat(dir, temp, 0);
	return ok;
}

bool
hscache_store(const struct stanch_engine *e, const char *dir, char *why_not,
	size_t size)
{
	char name[NAME_MAX_LEN];
	char *db = NULL;
	size_t len = 0;
	int fd = open_dir(dir, true, why_not, size);
	bool ok;

	if (fd < 0)
		return false;
	ok = file_name(e, name) &&
		hs_serialize_database(e->db, &db, &len) == HS_SUCCESS &&
		write_file(fd, name, db, len);
	if (!ok)
		snprintf(why_not, size, "the database could not be cached");
	free(db);
	close(fd);
	return ok;
}
