/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "source/tree.h"
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

TestSuite(source_tree, .init = begin, .fini = end);

Test(source_tree, is_walked_by_the_bytes_of_names_depth_first)
{
	fs_file("b", "");
	fs_dir("a");
	fs_file("a/z", "");
	fs_file("a/y", "");
	fs_file("a.c", "");
	fs_file("B", "");
	fs_file("\xff", "");
	fs_file("c", "");
	fs_dir("empty");
	walk_is(".", "B\na/y\na/z\na.c\nb\nc\n\xff\n");
	walk_is("a", "a/y\na/z\n");
	walk_is("./a//", "a/y\na/z\n");
	walk_is("empty", "");
}

Test(source_tree, names_with_any_bytes_are_files)
{
	fs_file("new\nline", "");
	fs_file("\x1b[31mred", "");
	fs_file("-", "");
	fs_file(" ", "");
	fs_file("...", "");
	fs_file("..x", "");
	walk_is(".", "\x1b[31mred\n \n-\n...\n..x\nnew\nline\n");
}

Test(source_tree, links_are_counted_and_not_followed)
{
	struct stanch_source *s;
	struct buf out;

	fs_dir("d");
	fs_file("d/f", "");
	fs_file("g", "");
	cr_assert_eq(symlink("g", "to_file"), 0);
	cr_assert_eq(symlink("d", "to_dir"), 0);
	cr_assert_eq(symlink("..", "d/up"), 0);
	cr_assert_eq(symlink("nowhere", "broken"), 0);
	s = source_of(".");
	buf_init(&out, 1000);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_equal(buf_span(&out), span_str("d/f\ng\n")));
	cr_assert_eq(source_links(s), 4);
	buf_free(&out);
	stanch_source_free(s);
	walk_is("to_dir", "to_dir/f\n");	/* named: followed */
	walk_is("to_file", "to_file\n");
}

Test(source_tree, special_files_are_gaps)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "sock" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	cr_assert_eq(mkfifo("fifo", 0644), 0);
	cr_assert_eq(bind(fd, (void *)&a, sizeof a), 0);
	fs_file("z", "");
	walk_is(".", "special: fifo\nspecial: sock\nz\n");
	walk_is("fifo", "special: fifo\n");
	close(fd);
}

/* The least that is a git directory. */
static void
git_dir(const char *name)
{
	char path[64];

	fs_dir(name);
	snprintf(path, sizeof path, "%s/HEAD", name);
	fs_file(path, "ref: refs/heads/main\n");
	snprintf(path, sizeof path, "%s/objects", name);
	fs_dir(path);
	snprintf(path, sizeof path, "%s/refs", name);
	fs_dir(path);
}

Test(source_tree, files_of_a_git_directory_are_items_and_its_objects_are)
{
	fs_dir("repo");
	fs_file("repo/x", "");
	git_dir("repo/.git");
	fs_file("repo/.git/config", "");
	fs_dir("repo/.git/objects/pack");
	fs_file("repo/.git/objects/pack/x.keep", "");
	fs_file("repo/.git/objects/pack/tmp_pack_x", "");
	git_dir("bare.git");
	fs_dir("nearly");
	fs_file("nearly/HEAD", "");
	fs_dir("nearly/refs");
	walk_is(".", "bare.git/HEAD\nobjects: bare.git\nend: bare.git\n"
		"nearly/HEAD\nrepo/.git/HEAD\nrepo/.git/config\n"
		"repo/.git/objects/pack/tmp_pack_x\n"
		"repo/.git/objects/pack/x.keep\nrepo/x\n"
		"corrupt: repo/.git/objects/pack/tmp_pack_x\n"
		"objects: repo/.git\nend: repo/.git\n");
	walk_is("bare.git", "bare.git/HEAD\nobjects: bare.git\n"
		"end: bare.git\n");
	cr_assert_eq(chdir("bare.git"), 0);
	walk_is(".", "HEAD\nobjects: .\nend: .\n");
}

Test(source_tree, a_git_file_is_followed_only_when_its_target_leads_back)
{
	git_dir("victim");
	fs_dir("tree");
	fs_file("tree/.git", "gitdir: ../victim\n");
	walk_is("tree", "history: tree/.git\nend: \n");
	fs_file("victim/config", "[core]\n\tworktree = ../tree\n");
	walk_is("tree", "tree/.git\nobjects: tree/.git\nend: tree/.git\n");
	cr_assert_eq(unlink("tree/.git"), 0);
	cr_assert_eq(symlink("../victim", "tree/.git"), 0);
	walk_is("tree", "history: tree/.git\nend: \n");
}

/* Root reads everything, so be somebody else. */
Test(source_tree, an_unreadable_directory_is_a_gap)
{
	fs_dir("open");
	fs_file("open/f", "");
	fs_dir("shut");
	fs_file("shut/f", "");
	cr_assert_eq(chmod("shut", 0), 0);
	cr_assert(geteuid() || seteuid(65534) == 0);
	walk_is(".", "open/f\nunreadable: shut\n");
	walk_is("shut", "unreadable: shut\n");
	cr_assert(getuid() || seteuid(0) == 0);
	cr_assert_eq(chmod("shut", 0755), 0);
}

static bool
own_mounts(void)
{
	return unshare(CLONE_NEWNS) == 0 &&
		mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

Test(source_tree, a_directory_inside_itself_is_a_gap)
{
	if (!own_mounts())
		cr_skip_test("needs the right to mount");
	fs_dir("a");
	fs_dir("a/b");
	fs_dir("a/b/c");
	fs_file("a/b/f", "");
	cr_assert_eq(mount("a", "a/b/c", NULL, MS_BIND, NULL), 0);
	walk_is(".", "loop: a/b/c\na/b/f\n");
	cr_assert_eq(umount("a/b/c"), 0);
}

Test(source_tree, views_of_the_kernel_are_gaps_unless_named)
{
	struct stanch_source *s;
	struct buf out;

	if (!own_mounts())
		cr_skip_test("needs the right to mount");
	fs_dir("p");
	fs_file("q", "");
	if (mount("proc", "p", "proc", 0, NULL) != 0)
		cr_skip_test("needs the right to mount procfs");
	walk_is(".", "pseudo: p\nq\n");
	s = source_of("p/self/fdinfo");
	buf_init(&out, 1024 * 1024);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_starts(buf_span(&out), "p/self/fdinfo/0\n"));
	buf_free(&out);
	stanch_source_free(s);
	cr_assert_eq(umount("p"), 0);
}

/* ---- deep trees ---- */

enum { DEEP = 3000 };

/* a/a/a/... with a file before and one after it on every 100th level. */
static void
dig(int levels)
{
	int at = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; i < levels; i++) {
		int next;

		if (i % 100 == 0) {
			close(openat(at, "A", O_CREAT | O_WRONLY, 0644));
			close(openat(at, "z", O_CREAT | O_WRONLY, 0644));
		}
		cr_assert_eq(mkdirat(at, "dir", 0755), 0);
		next = openat(at, "dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		cr_assert_geq(next, 0);
		close(at);
		at = next;
	}
	close(at);
}

static void
place_at(struct buf *out, int level, const char *name)
{
	for (int i = 0; i < level; i++)
		buf_str(out, "dir/");
	buf_str(out, name);
}

Test(source_tree, three_thousand_levels_need_few_descriptors)
{
	struct rlimit few = { 80, 80 };
	struct buf want;

	dig(DEEP);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	buf_init(&want, WALK_TEXT);
	for (int i = 0; i < DEEP; i += 100)
		place_at(&want, i, "A\n");
	for (int i = DEEP - 100; i >= 0; i -= 100)
		place_at(&want, i, "z\n");
	cr_assert(buf_byte(&want, 0));
	walk_is(".", (char *)want.ptr);
	buf_free(&want);
}

Test(source_tree, too_many_levels_are_a_gap)
{
	struct stanch_source *s;
	struct buf out, want;

	dig(TREE_DEPTH + 5);
	s = source_of(".");
	buf_init(&out, WALK_TEXT);
	buf_init(&want, WALK_TEXT);
	walk_some(s, &out, SIZE_MAX);
	buf_str(&want, "name: ");
	place_at(&want, TREE_DEPTH, "");
	want.len--;
	cr_assert(buf_byte(&out, 0) && buf_byte(&want, 0));
	cr_assert_not_null(strstr((char *)out.ptr, (char *)want.ptr));
	cr_assert_null(strstr((char *)out.ptr, "dir/\n"));
	buf_free(&out);
	buf_free(&want);
	stanch_source_free(s);
}

Test(source_tree, a_level_that_moved_away_is_a_gap_and_the_rest_goes_on)
{
	struct stanch_source *s;
	struct buf out;
	const char *text;

	dig(100);
	fs_file("dir/dir/last", "");
	s = source_of(".");
	buf_init(&out, WALK_TEXT);
	fs_dir("dir/Before");
	for (int i = 0; i < SOURCE_ITEMS - 1; i++) {
		char name[40];
		snprintf(name, sizeof name, "dir/Before/%02d", i);
		fs_file(name, "");
	}
	/* One batch: A and dir/Before; then the walk is inside dir. */
	walk_some(s, &out, 1);
	out.len = 0;
	cr_assert_eq(rename("dir/dir", "elsewhere"), 0);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(buf_byte(&out, 0));
	text = (char *)out.ptr;
	cr_assert_str_eq(text, "vanished: dir/dir\nz\n");
	buf_free(&out);
	stanch_source_free(s);
}

/* The walk is 99 levels down when the second directory is exchanged. */
Test(source_tree, a_directory_put_in_the_place_of_another_is_not_entered)
{
	struct stanch_source *s;
	struct buf out;
	char name[512] = "";

	dig(99);
	fs_file("dir/dir/secret", "");
	for (int i = 0; i < 99; i++)
		strncat(name, "dir/", sizeof name - strlen(name) - 1);
	cr_assert_eq(chdir(name), 0);
	for (int i = 0; i < SOURCE_ITEMS; i++) {
		snprintf(name, sizeof name, "%02d", i);
		fs_file(name, "");
	}
	cr_assert_eq(chdir(fs.dir), 0);
	s = source_of(".");
	buf_init(&out, WALK_TEXT);
	walk_some(s, &out, 1);
	out.len = 0;
	cr_assert_eq(rename("dir/dir", "elsewhere"), 0);
	fs_dir("dir/dir");
	fs_file("dir/dir/another", "");
	walk_some(s, &out, SIZE_MAX);
	cr_assert(buf_byte(&out, 0));
	cr_assert_not_null(strstr((char *)out.ptr, "vanished: dir/dir\nz\n"));
	cr_assert_null(strstr((char *)out.ptr, "another"));
	cr_assert_null(strstr((char *)out.ptr, "dir/dir/secret"));
	buf_free(&out);
	stanch_source_free(s);
}

Test(source_tree, a_directory_removed_before_it_is_entered_is_a_gap)
{
	struct stanch_source *s;
	struct buf out;

	for (int i = 0; i < SOURCE_ITEMS; i++) {
		char name[8];
		snprintf(name, sizeof name, "%02d", i);
		fs_file(name, "");
	}
	fs_dir("gone");
	s = source_of(".");
	buf_init(&out, 4096);
	walk_some(s, &out, 1);
	out.len = 0;
	cr_assert_eq(rmdir("gone"), 0);
	walk_some(s, &out, SIZE_MAX);
	cr_assert(span_equal(buf_span(&out), span_str("vanished: gone\n")));
	buf_free(&out);
	stanch_source_free(s);
}
