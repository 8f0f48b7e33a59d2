/* SPDX-License-Identifier: Apache-2.0 */
/* fs.h - made-up trees for tests: everything below one temporary directory,
   which is the current directory until fs_end(). */
#ifndef TESTS_FS_H
#define TESTS_FS_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fs {
	char dir[64];
	int before;	/* the directory to come back to */
};

static inline void
fs_begin(struct fs *fs)
{
	snprintf(fs->dir, sizeof fs->dir, "%s/stanch-test-XXXXXX", P_tmpdir);
	cr_assert_not_null(mkdtemp(fs->dir));
	cr_assert_eq(chmod(fs->dir, 0755), 0);
	fs->before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	cr_assert_geq(fs->before, 0);
	cr_assert_eq(chdir(fs->dir), 0);
}

static inline void
fs_end(struct fs *fs)
{
	pid_t pid;

	cr_assert_eq(fchdir(fs->before), 0);
	close(fs->before);
	pid = fork();
	if (pid == 0) {
		execlp("rm", "rm", "-rf", fs->dir, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

static inline void
fs_write(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	cr_assert_geq(fd, 0, "%s", path);
	cr_assert_eq(write(fd, data, len), (ssize_t)len);
	close(fd);
}

static inline void
fs_file(const char *path, const char *text)
{
	fs_write(path, text, strlen(text));
}

static inline void
fs_dir(const char *path)
{
	cr_assert_eq(mkdir(path, 0755), 0, "%s", path);
}

#endif
