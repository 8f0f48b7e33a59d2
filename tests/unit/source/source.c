/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

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

TestSuite(source_source, .init = begin, .fini = end);

Test(source_source, a_path_that_does_not_exist_is_an_error_and_named)
{
	const char *paths[] = { "there", "not/there" };
	struct stanch_source *s = NULL;
	struct stanch_error err;
	char text[800];

	fs_file("there", "");
	cr_assert_eq(stanch_source_paths(&s, paths, 2, NULL, &err),
		STANCH_EIO);
	cr_assert_null(s);
	cr_assert_eq(err.sys, ENOENT);
	cr_assert_str_eq(stanch_error_format(&err, text, sizeof text),
		"not/there: cannot be opened: No such file or directory");
	cr_assert_eq(stanch_source_paths(&s, paths + 1, 1, NULL, NULL),
		STANCH_EIO);
}

Test(source_source, a_broken_link_and_an_empty_path_do_not_exist)
{
	const char *broken = "broken", *empty = "";
	struct stanch_source *s;
	struct stanch_error err;

	cr_assert_eq(symlink("nowhere", "broken"), 0);
	cr_assert_eq(stanch_source_paths(&s, &broken, 1, NULL, &err),
		STANCH_EIO);
	cr_assert_eq(stanch_source_paths(&s, &empty, 1, NULL, &err),
		STANCH_EIO);
}

Test(source_source, no_path_at_all_is_the_callers_mistake)
{
	struct stanch_source *s;
	struct stanch_error err;

	cr_assert_eq(stanch_source_paths(&s, NULL, 0, NULL, &err),
		STANCH_EUSAGE);
}

Test(source_source, paths_come_in_the_order_given)
{
	const char *paths[] = { "z", "-", "d", "a", "./-" };
	struct stanch_source *s;
	struct buf out;

	fs_file("z", "");
	fs_file("a", "");
	fs_file("-", "");
	fs_dir("d");
	fs_file("d/2", "");
	fs_file("d/1", "");
	cr_assert_eq(stanch_source_paths(&s, paths, 5, NULL, NULL),
		STANCH_OK);
	buf_init(&out, 1000);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_equal(buf_span(&out),
		span_str("z\nstream: stdin\nd/1\nd/2\na\n-\n")));
	buf_free(&out);
	stanch_source_free(s);
}

Test(source_source, a_path_that_vanishes_before_its_turn_is_a_gap)
{
	struct stanch_source *s;
	struct buf out;

	fs_file("f", "");
	s = source_of("f");
	cr_assert_eq(unlink("f"), 0);
	buf_init(&out, 1000);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_equal(buf_span(&out), span_str("vanished: f\n")));
	buf_free(&out);
	stanch_source_free(s);
	stanch_source_free(NULL);
}

Test(source_source, many_directories_and_files_fill_many_batches)
{
	struct stanch_source *s;
	struct buf out, want;

	buf_init(&out, 1024 * 1024);
	buf_init(&want, 1024 * 1024);
	for (int i = 0; i < 300; i++) {
		char name[16];
		snprintf(name, sizeof name, "d%03d", i);
		fs_dir(name);
		for (int k = 0; k < i % 5; k++) {
			snprintf(name, sizeof name, "d%03d/%d", i, k);
			fs_file(name, "");
			buf_printf(&want, "%s\n", name);
		}
	}
	s = source_of(".");
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_equal(buf_span(&out), buf_span(&want)));
	buf_free(&out);
	buf_free(&want);
	stanch_source_free(s);
}
