/* SPDX-License-Identifier: Apache-2.0 */
/*
 * discover.c - the repository that a path is in, when only its objects are
 * asked for.  The caller named it, so where a ".git" file leads is followed.
 */
#include "source/discover.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "git/config.h"
#include "source/select.h"

static bool
has(const char *dir, const char *name, mode_t type)
{
	char path[2 * PATH_MAX];
	struct stat st;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == type;
}

static bool
is_git_dir(const char *dir)
{
	return has(dir, "HEAD", S_IFREG) && (has(dir, "objects", S_IFDIR) ||
		has(dir, "commondir", S_IFREG));
}

/* Where the ".git" file in dir leads, over git. */
static bool
follow(const char *dir, char git[2 * PATH_MAX])
{
	char path[2 * PATH_MAX], line[PATH_MAX];
	ssize_t n;
	int fd;

	snprintf(path, sizeof path, "%s/.git", dir);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
	if (fd >= 0)
		close(fd);
	if (n <= 8 || memcmp(line, "gitdir: ", 8) != 0)
		return false;
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	snprintf(git, 2 * PATH_MAX, "%s%s%s", line[8] == '/' ? "" : dir,
		line[8] == '/' ? "" : "/", line + 8);
	return is_git_dir(git);
}

/* The git directory of dir itself, over git. */
static bool
look(const char *dir, char git[2 * PATH_MAX])
{
	if (has(dir, ".git", S_IFDIR)) {
		snprintf(git, 2 * PATH_MAX, "%s/.git", dir);
		return is_git_dir(git);
	}
	if (has(dir, ".git", S_IFREG))
		return follow(dir, git);
	snprintf(git, 2 * PATH_MAX, "%s", dir);
	return is_git_dir(dir);
}

/* The path as it was given, or above it. */
static bool
find(const char *path, char git[2 * PATH_MAX])
{
	char dir[PATH_MAX];
	const char *given = path[0] ? path : ".";

	if (look(given, git)) {
		if (!strncmp(git, "./", 2))
			memmove(git, git + 2, strlen(git + 2) + 1);
		return true;
	}
	if (!realpath(given, dir))
		return false;
	for (char *slash; (slash = strrchr(dir, '/')); ) {
		*(slash == dir ? slash + 1 : slash) = '\0';
		if (look(dir, git))
			return true;
		if (slash == dir)
			break;
	}
	return false;
}

enum stanch_result
discover_repo(struct repo **out, struct stanch_source *s, const char *path,
	struct stanch_error *err)
{
	char git[2 * PATH_MAX];
	struct repo *r;

	if (!find(path, git))
		return error_set(err, STANCH_EUSAGE, path[0] ? path : ".",
			"is not in a git repository");
	r = repo_new(s);
	if (!r || !repo_open(r, s, git, git))
		return error_nomem(err);
	*out = r;
	if (!r->git)
		return STANCH_OK;	/* its gap says why */
	s->nmet++;
	return s->opt.git == STANCH_GIT_OBJECTS ? STANCH_OK :
		select_objects(r, &s->opt, err);
}

enum stanch_result
stanch_git_hooks(char *buf, size_t size, const char *path,
	struct stanch_error *err)
{
	char git[2 * PATH_MAX];
	struct git_config c;
	struct git_repo *r;
	enum stanch_result res;
	ssize_t n;
	char fd[64];

	if (!find(path, git))
		return error_set(err, STANCH_EUSAGE, path,
			"is not in a git repository");
	res = git_open(&r, git, NULL, err);
	if (res != STANCH_OK)
		return res;
	config_read(&c, git_common_fd(r));
	snprintf(fd, sizeof fd, "/proc/self/fd/%d", git_common_fd(r));
	n = readlink(fd, buf, size);
	git_free(r);
	if (c.hooks_elsewhere)
		return error_set(err, STANCH_EFORMAT, git,
			"core.hooksPath puts its hooks elsewhere");
	if (n < 0 || (size_t)n + sizeof "/hooks" > size)
		return error_set(err, STANCH_ELIMIT, git,
			"its path is too long");
	memcpy(buf + n, "/hooks", sizeof "/hooks");
	return STANCH_OK;
}
