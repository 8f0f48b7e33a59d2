/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_hook.c - "stanch hook install" and "stanch hook run": hooks of git that
 * end with a status other than 0 when there is a secret in what git is about
 * to take.  What that is, hook.c knows.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/hook.h"
#include "cli/outfile.h"

static const char mark[] = "# written by 'stanch hook install'\n";

int
cmd_hook(struct cli *cli)
{
	opt_help_command(stderr, cli->cmd);
	return EXIT_TROUBLE;
}

/* Whether the file is there, and not one of ours. */
static bool
is_foreign(const char *path)
{
	char text[512] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno != ENOENT;
	if (read(fd, text, sizeof text - 1) < 0)
		text[0] = '\0';
	close(fd);
	return !strstr(text, mark);
}

static bool
write_hook(const struct cli *cli, const char *path, const char *name)
{
	struct outfile file = { .fd = -1 };
	char text[512];
	int n = snprintf(text, sizeof text, "#!/bin/sh\n%s"
		"exec stanch hook run %s \"$@\"\n", mark, name);
	bool ok = outfile_open(&file, path, 0777) &&
		write(file.fd, text, (size_t)n) == n &&
		outfile_commit(&file);

	if (!ok)
		say(cli, "%s: the hook cannot be put there: %s", path,
			strerror(errno));
	outfile_drop(&file);
	return ok;
}

static bool
install(const struct cli *cli, const char *dir, const char *name)
{
	char path[PATH_MAX + 64];

	if (!hook_known(name)) {
		say(cli, "no hook '%s'; there are %s", name, hook_names);
		return false;
	}
	snprintf(path, sizeof path, "%s/%s", dir, name);
	if (is_foreign(path)) {
		say(cli, "%s: there is a hook already, which is left as it "
			"is; add this line to it: stanch hook run %s \"$@\" "
			"|| exit", path, name);
		return false;
	}
	return write_hook(cli, path, name);
}

int
cmd_hook_install(struct cli *cli)
{
	char dir[PATH_MAX];
	struct stanch_error err;

	if (stanch_git_hooks(dir, sizeof dir, ".", &err) != STANCH_OK) {
		say_error(cli, &err);
		return EXIT_TROUBLE;
	}
	if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
		say(cli, "%s: cannot be made: %s", dir, strerror(errno));
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; i < cli->nargs; i++)
		if (!install(cli, dir, cli->args[i]))
			return EXIT_TROUBLE;
	return EXIT_CLEAN;
}

int
cmd_hook_run(struct cli *cli)
{
	struct hook *h = calloc(1, sizeof *h);
	int status = EXIT_TROUBLE;

	if (h && hook_take(h, cli)) {
		cli->hook = h;
		status = h->nothing ? EXIT_CLEAN : cmd_scan(cli);
		cli->hook = NULL;
	}
	if (h)
		free(h->text);
	free(h);
	return status;
}
