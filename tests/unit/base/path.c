/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

#include <criterion/criterion.h>

static void
cleaned(const char *path, const char *want)
{
	struct buf b;

	buf_init(&b, 1000);
	cr_assert(path_clean(&b, path));
	cr_assert(buf_byte(&b, 0));
	cr_assert_str_eq((char *)b.ptr, want, "%s", path);
	buf_free(&b);
}

Test(base_path, clean_takes_out_what_says_nothing)
{
	cleaned(".", "");
	cleaned("./", "");
	cleaned("a", "a");
	cleaned("./a/./b//c/", "a/b/c");
	cleaned("/", "/");
	cleaned("//a//", "/a");
	cleaned("/./", "/");
	cleaned(".a/..b/...", ".a/..b/...");
}

Test(base_path, clean_leaves_the_parent_alone)
{
	cleaned("a/../b", "a/../b");
	cleaned("..", "..");
	cleaned("./../", "..");
}

Test(base_path, clean_needs_room)
{
	struct buf b;

	buf_init(&b, 3);
	cr_assert_not(path_clean(&b, "ab/cd"));
	buf_free(&b);
}

Test(base_path, base_is_what_follows_the_last_slash)
{
	cr_assert_str_eq(path_base("a/b/.git"), ".git");
	cr_assert_str_eq(path_base(".git"), ".git");
	cr_assert_str_eq(path_base("a/"), "");
}

static void
shown(struct span text, const char *want)
{
	struct buf b;

	buf_init(&b, 1000);
	cr_assert(path_show(&b, text));
	cr_assert(buf_byte(&b, 0));
	cr_assert_str_eq((char *)b.ptr, want);
	buf_free(&b);
}

Test(base_path, show_leaves_text_alone)
{
	shown(span_str("src/a file.c"), "src/a file.c");
	shown(span_str("\xc3\xa9t\xc3\xa9/\xf0\x9f\x94\x91"),
		"\xc3\xa9t\xc3\xa9/\xf0\x9f\x94\x91");
	shown(span_of(NULL, 0), "");
}

Test(base_path, show_escapes_what_a_terminal_obeys)
{
	shown(span_str("a\nb\tc\rd"), "a\\nb\\tc\\rd");
	shown(span_str("\x1b[2J\x7f"), "\\x1b[2J\\x7f");
	shown(span_str("\xc2\x9b" "31m"), "\\u009b31m");	/* CSI in C1 */
	shown(span_str("\xe2\x80\xae"), "\\u202e");	/* right to left */
	shown(span_of("\0", 1), "\\x00");
}

Test(base_path, show_escapes_what_is_no_text)
{
	shown(span_str("\xff\xc3"), "\\xff\\xc3");
	shown(span_str("\xc0\xaf"), "\\xc0\\xaf");	/* overlong */
	shown(span_str("\xed\xa0\x80"), "\\xed\\xa0\\x80");	/* surrogate */
}

Test(base_path, show_keeps_different_texts_different)
{
	shown(span_str("a\\nb"), "a\\\\nb");
	shown(span_str("a\nb"), "a\\nb");
}
