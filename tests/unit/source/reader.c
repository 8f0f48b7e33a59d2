/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>
#include <sys/resource.h>

#include "walk.h"

static struct fs fs;

static void
begin(void)
{
	fs_begin(&fs);
}

static void
end(void)
{
	fs_end(&fs);
}

TestSuite(source_reader, .init = begin, .fini = end, .timeout = 30);

/* The first item of a source, ready to be opened. */
struct first {
	struct stanch_source *s;
	struct source_batch b;
	struct source_reader r;
	struct gap gap;
};

static void
first_of(struct first *f, const char *path, uint64_t limit)
{
	struct stanch_source_options opt = { .size = sizeof opt,
		.max_file_size = limit };
	bool more;

	memset(f, 0, sizeof *f);
	cr_assert_eq(stanch_source_paths(&f->s, &path, 1, &opt, NULL),
		STANCH_OK);
	source_batch_init(&f->b);
	cr_assert_eq(source_next(f->s, &f->b, &more, NULL), STANCH_OK);
	cr_assert_geq(f->b.n, 1);
}

static bool
open_first(struct first *f)
{
	return source_open(&f->r, f->s, &f->b, 0, -1, &f->gap);
}

static void
first_free(struct first *f)
{
	source_close(&f->r);
	source_batch_free(&f->b);
	stanch_source_free(f->s);
}

/* Reads by n bytes to the end or a gap; how many there were. */
static uint64_t
read_out(struct first *f, size_t n)
{
	char buf[65536];
	ssize_t got;
	uint64_t all = 0;

	while ((got = source_read(&f->r, buf, n, &f->gap)) > 0)
		all += (uint64_t)got;
	return all;
}

static void
gap_is(const struct first *f, enum stanch_gap why, uint64_t bytes,
	const char *detail)
{
	cr_assert_not_null(f->gap.detail);
	cr_assert_str_eq(stanch_gap_name(f->gap.why), stanch_gap_name(why));
	cr_assert_eq(f->gap.bytes, bytes);
	cr_assert_str_eq(f->gap.detail, detail);
}

Test(source_reader, reads_a_file_to_its_end)
{
	struct first f;
	static char data[100000];

	fs_write("f", data, sizeof data);
	fs_file("empty", "");
	first_of(&f, "f", sizeof data);
	cr_assert(open_first(&f));
	cr_assert_eq(read_out(&f, 1000), sizeof data);
	cr_assert_null(f.gap.detail);
	first_free(&f);
	first_of(&f, "empty", 1);
	cr_assert(open_first(&f));
	cr_assert_eq(read_out(&f, 1000), 0);
	cr_assert_null(f.gap.detail);
	first_free(&f);
}

Test(source_reader, a_file_without_a_size_is_read_too)
{
	struct first f;

	first_of(&f, "/proc/self/status", 0);
	cr_assert(open_first(&f));
	cr_assert_eq(f.r.size, 0);
	cr_assert_gt(read_out(&f, 100), 100);
	cr_assert_null(f.gap.detail);
	first_free(&f);
}

Test(source_reader, a_file_without_an_end_is_a_gap)
{
	static char block[256 * 1024];
	struct first f;
	ssize_t n;

	first_of(&f, "/proc/self/pagemap", 0);
	cr_assert(open_first(&f));
	while ((n = source_read(&f.r, block, sizeof block, &f.gap)) > 0)
		;
	cr_assert_eq(n, -1);
	cr_expect_eq(f.gap.why, STANCH_GAP_PSEUDO);
	cr_expect_str_eq(f.gap.detail, "procfs");
	first_free(&f);
}

Test(source_reader, a_file_that_vanished_is_a_gap)
{
	struct first f;

	fs_file("f", "x");
	first_of(&f, ".", 0);
	cr_assert_eq(unlink("f"), 0);
	cr_assert_not(open_first(&f));
	gap_is(&f, STANCH_GAP_VANISHED, GAP_BYTES_UNKNOWN,
		"No such file or directory");
	first_free(&f);
}

Test(source_reader, a_file_that_shrinks_is_a_gap)
{
	struct first f;
	char c[4];

	fs_file("f", "0123456789");
	first_of(&f, ".", 0);
	cr_assert(open_first(&f));
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 4);
	cr_assert_eq(truncate("f", 3), 0);
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), -1);
	gap_is(&f, STANCH_GAP_VANISHED, 6,
		"became shorter while it was read");
	first_free(&f);
}

/* A report written into the tree must not be read as fast as it grows. */
Test(source_reader, a_file_that_grows_is_read_as_it_was)
{
	struct first f;
	char c[4];

	fs_file("f", "0123");
	first_of(&f, ".", 0);
	cr_assert(open_first(&f));
	fs_file("f", "0123456789");
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 4);
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 0);
	cr_assert_null(f.gap.detail);
	first_free(&f);
}

Test(source_reader, a_file_that_grows_from_nothing_is_read_as_it_was)
{
	struct first f;
	char c[4];

	fs_file("f", "");
	first_of(&f, ".", 0);
	cr_assert(open_first(&f));
	fs_file("f", "012345");
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 4);
	fs_file("f", "0123456789");
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 4);
	cr_assert_eq(source_read(&f.r, c, 4, &f.gap), 0);
	first_free(&f);
}

Test(source_reader, a_file_over_the_limit_is_a_gap_with_its_size)
{
	struct first f;

	fs_file("f", "0123456789");
	first_of(&f, ".", 9);
	cr_assert_not(open_first(&f));
	gap_is(&f, STANCH_GAP_OVER_LIMIT, 10,
		"larger than the largest file size");
	first_free(&f);
	first_of(&f, ".", 10);
	cr_assert(open_first(&f));
	cr_assert_eq(read_out(&f, 100), 10);
	first_free(&f);
}

Test(source_reader, what_is_no_regular_file_any_more_is_a_gap)
{
	struct first f;

	fs_file("f", "x");
	first_of(&f, ".", 0);
	cr_assert_eq(unlink("f"), 0);
	cr_assert_eq(mkfifo("f", 0644), 0);
	cr_assert_not(open_first(&f));	/* and does not hang */
	gap_is(&f, STANCH_GAP_SPECIAL, GAP_BYTES_UNKNOWN,
		"no regular file any more");
	cr_assert_eq(unlink("f"), 0);
	cr_assert_eq(mkdir("f", 0755), 0);
	cr_assert_not(open_first(&f));
	gap_is(&f, STANCH_GAP_SPECIAL, GAP_BYTES_UNKNOWN,
		"no regular file any more");
	cr_assert_eq(rmdir("f"), 0);
	fs_file("target", "x");
	cr_assert_eq(symlink("target", "f"), 0);
	cr_assert_not(open_first(&f));
	cr_assert_eq(f.gap.why, STANCH_GAP_SPECIAL);
	first_free(&f);
}

Test(source_reader, an_unreadable_file_is_a_gap)
{
	struct first f;

	fs_file("f", "x");
	cr_assert_eq(chmod("f", 0), 0);
	cr_assert(geteuid() || seteuid(65534) == 0);
	first_of(&f, ".", 0);
	cr_assert_not(open_first(&f));
	gap_is(&f, STANCH_GAP_UNREADABLE, GAP_BYTES_UNKNOWN,
		"Permission denied");
	first_free(&f);
	cr_assert(getuid() || seteuid(0) == 0);
}

Test(source_reader, a_read_error_is_a_gap)
{
	struct first f;

	first_of(&f, "/proc/self/mem", 0);	/* nothing at address 0 */
	cr_assert(open_first(&f));
	cr_assert_eq(read_out(&f, 100), 0);
	gap_is(&f, STANCH_GAP_UNREADABLE, GAP_BYTES_UNKNOWN,
		"Input/output error");
	first_free(&f);
}

/* ---- streams ---- */

Test(source_reader, standard_input_is_a_stream)
{
	struct first f;
	int p[2];

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(write(p[1], "0123456789", 10), 10);
	close(p[1]);
	cr_assert_eq(dup2(p[0], 0), 0);
	first_of(&f, "-", 3);	/* the limit is one of files */
	cr_assert(open_first(&f));
	cr_assert_eq(f.b.items[0].kind, SOURCE_STREAM);
	cr_assert_eq(read_out(&f, 4), 10);
	cr_assert_null(f.gap.detail);
	first_free(&f);
}

Test(source_reader, standard_input_that_cannot_be_read_is_a_gap)
{
	struct first f;
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	cr_assert_eq(dup2(fd, 0), 0);
	first_of(&f, "-", 0);
	cr_assert(open_first(&f));
	cr_assert_eq(read_out(&f, 4), 0);
	gap_is(&f, STANCH_GAP_UNREADABLE, GAP_BYTES_UNKNOWN,
		"Is a directory");
	first_free(&f);
}

Test(source_reader, a_stream_nobody_writes_to_can_be_stopped)
{
	struct first f;
	int p[2], stop[2];
	char c;

	cr_assert_eq(pipe(p), 0);
	cr_assert_eq(pipe(stop), 0);
	cr_assert_eq(dup2(p[0], 0), 0);
	cr_assert_eq(write(stop[1], "x", 1), 1);
	first_of(&f, "-", 0);
	cr_assert(source_open(&f.r, f.s, &f.b, 0, stop[0], &f.gap));
	cr_assert_eq(source_read(&f.r, &c, 1, &f.gap), -1);
	cr_assert_null(f.gap.detail);
	first_free(&f);
}
