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

/* The path as it was given, or above it; root is where it was found. */
bool
discover_path(const char *path, char git[2 * PATH_MAX], char root[PATH_MAX])
{
	const char *given = path[0] ? path : ".";

	if (!realpath(given, root))
		return false;
	if (look(given, git)) {
		if (!strncmp(git, "./", 2))
			memmove(git, git + 2, strlen(git + 2) + 1);
		return true;
	}
	for (char *slash; (slash = strrchr(root, '/')); ) {
		*(slash == root ? slash + 1 : slash) = '\0';
		if (look(root, git))
			return true;
		if (slash == root)
			break;
	}
	return false;
}

enum stanch_result
discover_repo(struct repo **out, struct stanch_source *s, const char *path,
	struct stanch_error *err)
{
	char git[2 * PATH_MAX], root[PATH_MAX];
	struct repo *r;

	if (!discover_path(path, git, root))
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
