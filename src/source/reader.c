/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.c - the bytes of one item: open, one fstat, reads until what the
 * file held is there, and the truth about what could not be read.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "source/batch.h"
#include "source/private.h"
#include "source/pseudo.h"

enum {
	FLAGS = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
	BIG = 8 * 1024 * 1024,	/* from here on read-ahead pays its call */
	PSEUDO_MOST = 16 * 1024 * 1024	/* bytes of a file of procfs */
};

static int
open_file(const struct source_batch *b, const struct source_item *item)
{
	const char *name = (const char *)b->text.ptr + item->name;

	if (item->dir == SOURCE_NO_DIR)		/* named by the user */
		return open(name, FLAGS);
	return openat(dir_fd(b->dirs[item->dir].dir), name,
		FLAGS | O_NOFOLLOW);
}

static bool
usable(struct source_reader *r, struct gap *gap)
{
	struct stat st;

	if (fstat(r->fd, &st) != 0) {
		*gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		return false;
	}
	if (!S_ISREG(st.st_mode)) {
		*gap = (struct gap){ .place = "", .why = STANCH_GAP_SPECIAL,
			.detail = "no regular file any more",
			.bytes = GAP_BYTES_UNKNOWN };
		return false;
	}
	r->size = st.st_size > 0 ? (uint64_t)st.st_size : 0;
	if (r->limit && r->size > r->limit) {
		*gap = (struct gap){ .place = "", .bytes = r->size,
			.why = STANCH_GAP_OVER_LIMIT,
			.detail = "larger than the largest file size" };
		return false;
	}
	if (r->size >= BIG)
		(void)posix_fadvise(r->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return true;
}

bool
source_open(struct source_reader *r, const struct stanch_source *s,
	const struct source_batch *b, size_t i, int stop, struct gap *gap)
{
	const struct source_item *item = &b->items[i];

	*r = (struct source_reader){ .kind = item->kind, .stop = stop,
		.limit = s->opt.max_file_size };
	if (item->kind == SOURCE_STREAM) {
		r->fd = STDIN_FILENO;
		return true;
	}
	r->fd = open_file(b, item);
	if (r->fd < 0) {
		*gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		return false;
	}
	if (usable(r, gap))
		return true;
	source_close(r);
	return false;
}

bool
source_again(struct source_reader *r)
{
	if (r->kind != SOURCE_FILE || lseek(r->fd, 0, SEEK_SET) != 0)
		return false;
	r->done = 0;
	return true;
}

void
source_close(struct source_reader *r)
{
	if (r->kind == SOURCE_FILE && r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

static ssize_t
read_stream(struct source_reader *r, void *buf, size_t n, struct gap *gap)
{
	ssize_t got;

	do {
		if (!io_wait_read(r->fd, r->stop))
			return -1;
		got = read(r->fd, buf, n);
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	if (got < 0) {
		*gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		gap->why = STANCH_GAP_UNREADABLE;
	}
	return got;
}

static uint64_t
left(const struct source_reader *r)
{
	return r->size > r->done ? r->size - r->done : GAP_BYTES_UNKNOWN;
}

/*
 * The end came early.  Files of procfs and the like state sizes that mean
 * nothing; anywhere else bytes that were there are gone.
 */
static ssize_t
ended(struct source_reader *r, struct gap *gap)
{
	if (r->done >= r->size || pseudo_name(r->fd))
		return 0;
	*gap = (struct gap){ .place = "", .why = STANCH_GAP_VANISHED,
		.detail = "became shorter while it was read",
		.bytes = left(r) };
	return -1;
}

/*
 * A file without a size gave bytes: it has grown since it was opened (then
 * its size is taken now) or has none (procfs).
 */
static void
size_again(struct source_reader *r)
{
	struct stat st;

	if (fstat(r->fd, &st) == 0 && st.st_size > 0)
		r->size = (uint64_t)st.st_size;
}

static bool
over_limit(struct source_reader *r, struct gap *gap)
{
	if (!r->limit || r->done <= r->limit)
		return false;
	*gap = (struct gap){ .place = "", .why = STANCH_GAP_OVER_LIMIT,
		.detail = "the rest is beyond the largest file size",
		.bytes = GAP_BYTES_UNKNOWN };
	return true;
}

/* Some views of the kernel have no end: pagemap, kcore. */
static bool
is_endless(const struct source_reader *r, struct gap *gap)
{
	const char *name;

	if (r->done < PSEUDO_MOST || !(name = pseudo_name(r->fd)))
		return false;
	*gap = (struct gap){ .place = "", .why = STANCH_GAP_PSEUDO,
		.detail = name, .bytes = GAP_BYTES_UNKNOWN };
	return true;
}

ssize_t
source_read(struct source_reader *r, void *buf, size_t n, struct gap *gap)
{
	ssize_t got;

	if (r->kind == SOURCE_STREAM)
		return read_stream(r, buf, n, gap);
	if (r->size && r->done >= r->size)
		return 0;
	if (over_limit(r, gap) || is_endless(r, gap))
		return -1;
	do
		got = read(r->fd, buf, n);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		*gap = gap_of_errno(errno, left(r));
		if (gap->why != STANCH_GAP_VANISHED)
			gap->why = STANCH_GAP_UNREADABLE;
		return -1;
	}
	if (got == 0)
		return ended(r, gap);
	r->done += (uint64_t)got;
	if (r->size == 0)
		size_again(r);
	return got;
}

ssize_t
source_read_at(const struct source_reader *r, void *buf, size_t n,
	uint64_t at)
{
	ssize_t got;

	if (r->kind == SOURCE_STREAM || !r->size || at > INT64_MAX)
		return -1;
	if (at >= r->size)
		return 0;
	if (n > r->size - at)
		n = (size_t)(r->size - at);
	do
		got = pread(r->fd, buf, n, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}
