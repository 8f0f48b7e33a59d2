/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - the database on disk: believed only when it is whole and ours. */
#include <dirent.h>

#include "engine/engine.h"
#include "fs.h"
#include "rule/rule_set.h"

enum { FILE_MOST = 1024 * 1024 };

static struct fs fs;
static struct stanch_rules *rules;
static char file[128];		/* the cached database */
static uint8_t good[FILE_MOST];	/* what it held */
static size_t good_len;

static struct stanch_rules *
rules_of(const char *text)
{
	struct stanch_rules *made = NULL;

	cr_assert_eq(rule_set_read(&made, NULL, text, strlen(text), "t.toml",
		NULL, NULL, NULL, NULL), STANCH_OK);
	return made;
}

static size_t
slurp(const char *path, uint8_t *to)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	cr_assert_geq(fd, 0, "%s", path);
	n = read(fd, to, FILE_MOST);
	cr_assert_geq(n, 0);
	close(fd);
	return (size_t)n;
}

/* Whether the engine came from the cache; it finds the same in any case. */
static bool
cached(const struct stanch_rules *set, const char **why)
{
	static char text[256];
	struct stanch_engine_options opt = { sizeof opt, "cache",
		STANCH_MATCHER_HYPERSCAN };
	struct engine_worker *w;
	struct stanch_engine *e;
	struct candidates c = { 0 };
	const char *why_not = NULL;
	bool is;

	cr_assert_eq(stanch_engine_new(&e, set, &opt, NULL), STANCH_OK);
	cr_assert_eq(engine_worker_new(&w, e, NULL), STANCH_OK);
	cr_assert_eq(engine_candidates(w, span_str("- acme_1 -"), 0, 0, &c),
		STANCH_OK);
	cr_expect_eq(c.n, 1);
	cr_expect_eq(c.v[0].at, 2);
	is = stanch_engine_cached(e, &why_not);
	cr_expect(!is || !*why_not, "%s", why_not);
	snprintf(text, sizeof text, "%s", why_not);
	*why = text;
	free(c.v);
	engine_worker_free(w);
	stanch_engine_free(e);
	return is;
}

/* The name of the one file in the cache directory. */
static void
find_file(char *to, size_t size)
{
	DIR *d = opendir("cache");
	struct dirent *entry;
	int n = 0;

	cr_assert_not_null(d);
	while ((entry = readdir(d)))
		if (entry->d_name[0] != '.') {
			snprintf(to, size, "cache/%.100s", entry->d_name);
			n++;
		}
	closedir(d);
	cr_assert_eq(n, 1);
}

static void
begin(void)
{
	const char *why;

	fs_begin(&fs);
	rules = rules_of("[[rules]]\nid = \"acme\"\n"
		"regex = '''acme_[0-9]{8}'''\n");
	cr_assert_not(cached(rules, &why));
	find_file(file, sizeof file);
	good_len = slurp(file, good);
	cr_assert_gt(good_len, 46);
}

static void
end(void)
{
	stanch_rules_free(rules);
	fs_end(&fs);
}

TestSuite(engine_cache, .init = begin, .fini = end);

/* The bad file is not believed, and a good one takes its place. */
static void
expect_replaced(const char *what)
{
	static uint8_t now[FILE_MOST];
	struct stat st;
	const char *why;

	cr_expect_not(cached(rules, &why), "%s", what);
	cr_expect_str_not_empty(why, "%s", what);
	cr_assert_eq(lstat(file, &st), 0);
	cr_assert(S_ISREG(st.st_mode), "%s", what);
	cr_expect_eq(st.st_mode & 07777, 0600, "%s", what);
	cr_expect_eq(slurp(file, now), good_len, "%s", what);
	cr_expect_arr_eq(now, good, good_len, "%s", what);
	cr_expect(cached(rules, &why), "%s: %s", what, why);
}

Test(engine_cache, made_for_us_alone_and_used_again)
{
	struct stat st;
	const char *why;

	cr_assert_eq(stat("cache", &st), 0);
	cr_expect_eq(st.st_mode & 07777, 0700);
	cr_assert_eq(stat(file, &st), 0);
	cr_expect_eq(st.st_mode & 07777, 0600);
	cr_expect(cached(rules, &why));
	cr_expect_str_empty(why);
}

Test(engine_cache, first_use_says_why_it_was_not_cached)
{
	const char *why;

	cr_assert_eq(unlink(file), 0);
	cr_expect_not(cached(rules, &why));
	cr_expect_str_not_empty(why);
}

Test(engine_cache, no_directory_no_cache_and_no_reason)
{
	struct stanch_engine *e;
	const char *why;

	cr_assert_eq(stanch_engine_new(&e, rules, NULL, NULL), STANCH_OK);
	cr_expect_not(stanch_engine_cached(e, &why));
	cr_expect_str_empty(why);
	cr_expect_not(stanch_engine_cached(e, NULL));
	stanch_engine_free(e);
}

Test(engine_cache, any_flipped_bit_is_seen)
{
	static uint8_t bad[FILE_MOST];
	const size_t places[] = { 0, 12, 13, 14, 30, 45, 46, 47, 60,
		good_len / 2, good_len - 1 };

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		memcpy(bad, good, good_len);
		bad[places[i]] ^= 0x10;
		fs_write(file, bad, good_len);
		expect_replaced("a flipped bit");
	}
}

Test(engine_cache, any_cut_is_seen)
{
	const size_t lengths[] = { 0, 1, 13, 14, 45, 46, 47, good_len / 2,
		good_len - 1 };

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		fs_write(file, good, lengths[i]);
		expect_replaced("a cut");
	}
}

Test(engine_cache, bytes_behind_it_are_seen)
{
	static uint8_t more[FILE_MOST];

	memcpy(more, good, good_len);
	fs_write(file, more, good_len + 1);
	expect_replaced("a byte more");
}

/*
 * A whole database of another rule set, put under this one's name, holds its
 * digest: only its owner can do that, but nothing may break by it.
 */
Test(engine_cache, file_of_other_rules_has_another_name)
{
	struct stanch_rules *other = rules_of("[[rules]]\nid = \"acme\"\n"
		"regex = '''(?i)acme_[0-9]{8}'''\n");
	const char *why;

	cr_expect_not(cached(other, &why));
	cr_expect_str_not_empty(why);
	cr_expect(cached(other, &why));
	cr_expect(cached(rules, &why));
	stanch_rules_free(other);
}

Test(engine_cache, file_others_may_write_is_not_believed)
{
	static const mode_t modes[] = { 0666, 0602, 0620 };

	for (size_t i = 0; i < 3; i++) {
		cr_assert_eq(chmod(file, modes[i]), 0);
		expect_replaced("a writable file");
	}
}

Test(engine_cache, directory_others_may_write_is_not_used)
{
	static const mode_t modes[] = { 0770, 0777, 0702, 01777 };
	const char *why;

	for (size_t i = 0; i < 4; i++) {
		cr_assert_eq(chmod("cache", modes[i]), 0);
		cr_expect_not(cached(rules, &why), "%o", modes[i]);
		cr_expect_str_eq(why,
			"others may write to the cache directory");
	}
	cr_assert_eq(chmod("cache", 0700), 0);
	cr_expect(cached(rules, &why), "it was left as it is");
}

Test(engine_cache, file_and_directory_of_another_user_are_not_believed)
{
	const char *why;

	if (geteuid() != 0)
		cr_skip("only root can give files away");
	cr_assert_eq(chown(file, 65534, 65534), 0);
	expect_replaced("another's file");
	cr_assert_eq(chown("cache", 65534, 65534), 0);
	cr_expect_not(cached(rules, &why));
	cr_expect_str_not_empty(why);
}

Test(engine_cache, symbolic_link_is_not_followed)
{
	static uint8_t now[FILE_MOST];

	cr_assert_eq(rename(file, "elsewhere"), 0);
	cr_assert_eq(symlink("../elsewhere", file), 0);
	expect_replaced("a link");
	cr_expect_eq(slurp("elsewhere", now), good_len);

	fs_file("victim", "mine");
	cr_assert_eq(unlink(file), 0);
	cr_assert_eq(symlink("../victim", file), 0);
	expect_replaced("a link to another file");
	cr_expect_eq(slurp("victim", now), 4, "the target is left alone");
}

Test(engine_cache, directory_or_fifo_in_its_place_is_not_read)
{
	const char *why;

	cr_assert_eq(unlink(file), 0);
	cr_assert_eq(mkfifo(file, 0600), 0);
	expect_replaced("a fifo");
	cr_assert_eq(unlink(file), 0);
	cr_assert_eq(mkdir(file, 0700), 0);
	cr_expect_not(cached(rules, &why));
	cr_expect_str_eq(why, "the cached database is no file of our own");
	cr_assert_eq(rmdir(file), 0);
	cr_expect_not(cached(rules, &why));
	cr_expect(cached(rules, &why), "no temporary file is in the way");
	find_file(file, sizeof file);
}

Test(engine_cache, left_over_temporary_file_is_not_in_the_way)
{
	char temp[200];
	const char *why;

	snprintf(temp, sizeof temp, "cache/.%s.%ld", file + strlen("cache/"),
		(long)getpid());
	cr_assert_eq(unlink(file), 0);
	fs_file(temp, "half");
	cr_expect_not(cached(rules, &why));
	cr_expect(cached(rules, &why), "%s", why);
	cr_expect_neq(access(temp, F_OK), 0);
}

Test(engine_cache, file_in_the_directorys_place_is_said)
{
	const char *why;

	cr_assert_eq(unlink(file), 0);
	cr_assert_eq(rmdir("cache"), 0);
	fs_file("cache", "x");
	cr_expect_not(cached(rules, &why));
	cr_expect_str_not_empty(why);
}

/* In a child, which may give up being root: 0 when all is well there. */
static int
as_nobody(void)
{
	const char *why;

	if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
		return 2;
	if (cached(rules, &why) || !*why)
		return 3;
	return 0;
}

Test(engine_cache, directory_that_cannot_be_written_is_said)
{
	int status;
	pid_t pid;

	cr_assert_eq(unlink(file), 0);
	if (geteuid() == 0)
		cr_assert_eq(chown("cache", 65534, 65534), 0);
	cr_assert_eq(chmod("cache", 0500), 0);
	pid = fork();
	cr_assert_geq(pid, 0);
	if (pid == 0)
		_exit(as_nobody());
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_expect(WIFEXITED(status));
	cr_expect_eq(WEXITSTATUS(status), 0, "%d", WEXITSTATUS(status));
	cr_assert_eq(chmod("cache", 0700), 0);
	cr_expect_neq(access(file, F_OK), 0);
}
