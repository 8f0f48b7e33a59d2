/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hooks.c - where git looks for the hooks of a repository: in its hooks
 * directory, or where core.hooksPath says.  Nothing is written here.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "git/config.h"
#include "source/discover.h"

/* What is not there yet, and goes up, may end anywhere. */
static bool
is_below(const char *dir, const char *root)
{
	char real[PATH_MAX];
	const char *path = realpath(dir, real) ? real : dir;
	size_t n = strlen(root);

	return n && !strncmp(path, root, n) && path[n] == '/' &&
		!strstr(path, "/..");
}

static bool
path_of(int fd, char buf[PATH_MAX])
{
	char link[64];
	ssize_t n;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, buf, PATH_MAX - 1);
	buf[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* The user's files, then the repository's own, and that of its worktree. */
static void
read_configs(struct git_config *c, const struct git_repo *r,
	const char *const *configs, size_t n)
{
	memset(c, 0, sizeof *c);
	for (size_t i = 0; i < n; i++)
		config_lay(c, AT_FDCWD, configs[i], true);
	config_lay(c, git_common_fd(r), "config", false);
	config_lay(c, git_dir_fd(r), "config.worktree", false);
}

static bool
place(struct stanch_git_hooks *out, const struct git_repo *r,
	const struct git_config *c, const char *root)
{
	char common[PATH_MAX];
	const char *from = root, *name = c->hooks;
	int n;

	if (!path_of(git_common_fd(r), common))
		return false;
	out->moved = name[0] != '\0';
	if (!out->moved) {
		from = common;
		name = "hooks";
	}
	if (name[0] == '/' || name[0] == '~')
		n = snprintf(out->dir, sizeof out->dir, "%s", name);
	else
		n = snprintf(out->dir, sizeof out->dir, "%s/%s", from, name);
	out->outside = out->moved && !is_below(out->dir, root) &&
		!is_below(out->dir, common);
	return n > 0 && (size_t)n < sizeof out->dir;
}

enum stanch_result
stanch_git_find_hooks(struct stanch_git_hooks *out, const char *path,
	const char *const *configs, size_t n, struct stanch_error *err)
{
	char git[2 * PATH_MAX], root[PATH_MAX];
	struct git_config c;
	struct git_repo *r;
	enum stanch_result res;
	bool ok;

	if (!discover_path(path, git, root))
		return error_set(err, STANCH_EUSAGE, path,
			"is not in a git repository");
	res = git_open(&r, git, NULL, err);
	if (res != STANCH_OK)
		return res;
	read_configs(&c, r, configs, n);
	ok = place(out, r, &c, root);
	git_free(r);
	return ok ? STANCH_OK : error_set(err, STANCH_ELIMIT, git,
		"its path is too long");
}
