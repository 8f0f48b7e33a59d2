/* SPDX-License-Identifier: Apache-2.0 */
/*
 * setup_cache.c - where compiled rules are kept between runs.  Whether what
 * lies there can be trusted is left to the engine.
 */
#include "cli/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
from_environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/*
 * Below a home that is another's (sudo keeps HOME) we would leave folders
 * that its owner cannot use.
 */
static bool
own_folder(const char *path)
{
	struct stat st;

	return path[0] == '/' && stat(path, &st) == 0 &&
		S_ISDIR(st.st_mode) && st.st_uid == geteuid();
}

/* False: there is none. */
static bool
usual_place(char *buf, size_t size)
{
	const char *xdg = from_environment("XDG_CACHE_HOME");
	const char *home = from_environment("HOME");
	int n = -1;

	/* The XDG base directory specification: a relative one is ignored. */
	if (xdg && xdg[0] == '/')
		n = snprintf(buf, size, "%s/stanch", xdg);
	else if (home && own_folder(home))
		n = snprintf(buf, size, "%s/.cache/stanch", home);
	return n > 0 && (size_t)n < size;
}

bool
setup_make_folders(char *path, mode_t mode)
{
	bool made;

	for (char *c = path + 1; *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		made = mkdir(path, mode) == 0 || errno == EEXIST;
		*c = '/';
		if (!made)
			return false;
	}
	return mkdir(path, mode) == 0 || errno == EEXIST;
}

const char *
setup_cache_dir(const struct cli *cli, char *buf, size_t size)
{
	const char *asked = cli->opt.cache_dir;

	if (cli->opt.no_cache)
		return NULL;
	if (!asked)
		asked = from_environment("STANCH_CACHE_DIR");
	if (!asked && !usual_place(buf, size))
		return NULL;
	if (asked && (size_t)snprintf(buf, size, "%s", asked) >= size) {
		say(cli, "%s: the name is too long; going on without a cache",
			asked);
		return NULL;
	}
	if (setup_make_folders(buf, 0700))
		return buf;
	if (asked && !cli->opt.quiet)
		say(cli, "%s: the folder cannot be made: %s; "
			"going on without a cache", buf, strerror(errno));
	return NULL;
}
