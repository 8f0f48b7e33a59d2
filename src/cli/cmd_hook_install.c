/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_hook_install.c - "stanch hook install": scripts where git looks for
 * hooks.  One that is there already, and not ours, is left alone.  What a hook
 * does when git calls it, hook.c knows.
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
#include "cli/setup.h"

enum { TEXT_MOST = 2048, CONFIGS = 3 };

#define MARK	"# written by 'stanch hook install'\n"

/*
 * What git calls in a folder that is for all repositories: each hook of a
 * repository itself is called from there.  Left out are hooks that change what
 * git does by being there (push-to-checkout, proc-receive, fsmonitor).
 */
static const char *const all_hooks[] = { "applypatch-msg", "commit-msg",
	"post-applypatch", "post-checkout", "post-commit", "post-index-change",
	"post-merge", "post-receive", "post-rewrite", "post-update",
	"pre-applypatch", "pre-auto-gc", "pre-commit", "pre-merge-commit",
	"pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg",
	"reference-transaction", "sendemail-validate", "update" };

/* ---- texts ---- */

static int
text_local(char text[TEXT_MOST], const char *name)
{
	return snprintf(text, TEXT_MOST, "#!/bin/sh\n" MARK
		"exec stanch hook run %s \"$@\"\n", name);
}

/* The repository's own hook comes after ours, with the same input. */
static int
text_global(char text[TEXT_MOST], const char *name, bool scans)
{
	bool reads = scans && hook_reads(name);
	const char *input = reads ? "printf %s \"${lines%.}\" | " : "";
	/* What cannot stop git stops no other hook. */
	const char *or = strncmp(name, "post-", 5) ? " || exit" : "";
	int n = snprintf(text, TEXT_MOST, "#!/bin/sh\n" MARK "%s",
		reads ? "lines=$(cat; echo .)\n" : "");

	if (scans)
		n += snprintf(text + n, (size_t)(TEXT_MOST - n),
			"%sstanch hook run %s \"$@\"%s\n", input, name, or);
	return n + snprintf(text + n, (size_t)(TEXT_MOST - n),
		"own=$(git rev-parse --git-common-dir)/hooks/%s\n"
		"[ -x \"$own\" ] && ! [ \"$own\" -ef \"$0\" ] || exit 0\n"
		"%s%s\"$own\" \"$@\"\n", name, input, reads ? "" : "exec ");
}

/* ---- files ---- */

enum is { IS_ABSENT, IS_OURS, IS_FOREIGN };

static enum is
look(const char *path)
{
	char text[512] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT ? IS_ABSENT : IS_FOREIGN;
	if (read(fd, text, sizeof text - 1) < 0)
		text[0] = '\0';
	close(fd);
	return strstr(text, MARK) ? IS_OURS : IS_FOREIGN;
}

static bool
write_hook(const struct cli *cli, const char *path, const char *text, int n)
{
	struct outfile file = { .fd = -1 };
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
	char path[PATH_MAX + 64], text[TEXT_MOST];
	int n = cli->opt.global ? text_global(text, name, true) :
		text_local(text, name);

	snprintf(path, sizeof path, "%s/%s", dir, name);
	if (look(path) != IS_FOREIGN)
		return write_hook(cli, path, text, n);
	say(cli, "%s: there is a hook already, which is left as it is; add "
		"this line to it: stanch hook run %s \"$@\" || exit", path,
		name);
	return false;
}

/* Hooks that nothing was asked of, and that hand on only. */
static bool
install_rest(const struct cli *cli, const char *dir)
{
	for (size_t i = 0; i < sizeof all_hooks / sizeof *all_hooks; i++) {
		char path[PATH_MAX + 64], text[TEXT_MOST];
		int n = text_global(text, all_hooks[i], false);

		snprintf(path, sizeof path, "%s/%s", dir, all_hooks[i]);
		if (look(path) == IS_ABSENT && !write_hook(cli, path, text, n))
			return false;
	}
	return true;
}

/* ---- where they go ---- */

/* "$XDG_CONFIG_HOME/below", or "~/.config/below". */
static bool
config_home(char buf[PATH_MAX], const char *below)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int n = -1;

	if (xdg && xdg[0] == '/')
		n = snprintf(buf, PATH_MAX, "%s/%s", xdg, below);
	else if (home && home[0] == '/')
		n = snprintf(buf, PATH_MAX, "%s/.config/%s", home, below);
	return n > 0 && n < PATH_MAX;
}

/* Files of git's that hold for all repositories, the strongest last. */
struct configs {
	char xdg[PATH_MAX], own[PATH_MAX];
	const char *v[CONFIGS];
	size_t n;
};

static void
find_configs(struct configs *c)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	const char *system = getenv("GIT_CONFIG_SYSTEM");
	const char *home = getenv("HOME");

	c->n = 0;
	if (!getenv("GIT_CONFIG_NOSYSTEM"))
		c->v[c->n++] = system ? system : "/etc/gitconfig";
	if (global) {
		c->v[c->n++] = global;
		return;
	}
	if (config_home(c->xdg, "git/config"))
		c->v[c->n++] = c->xdg;
	if (home && snprintf(c->own, sizeof c->own, "%s/.gitconfig", home) <
		(int)sizeof c->own)
		c->v[c->n++] = c->own;
}

/* Of the repository we are in. */
static bool
find_local(const struct cli *cli, char dir[PATH_MAX])
{
	struct stanch_git_hooks hooks;
	struct configs configs;
	struct stanch_error err;

	find_configs(&configs);
	if (stanch_git_find_hooks(&hooks, ".", configs.v, configs.n, &err) !=
		STANCH_OK) {
		say_error(cli, &err);
		return false;
	}
	if (hooks.outside) {
		say(cli, "core.hooksPath has git look for hooks in %s, which "
			"other repositories may use, too; --into DIR puts "
			"them there all the same", hooks.dir);
		return false;
	}
	if (hooks.moved)
		say(cli, "core.hooksPath has git look for hooks in %s",
			hooks.dir);
	snprintf(dir, PATH_MAX, "%s", hooks.dir);
	return true;
}

static bool
find_dir(const struct cli *cli, char dir[PATH_MAX])
{
	if (cli->opt.global && cli->opt.into) {
		say(cli, "only one of --global, --into can be given");
		return false;
	}
	if (cli->opt.global && !config_home(dir, "stanch/hooks")) {
		say(cli, "HOME is not set, or too long");
		return false;
	}
	if (cli->opt.into)
		snprintf(dir, PATH_MAX, "%s", cli->opt.into);
	return cli->opt.global || cli->opt.into || find_local(cli, dir);
}

int
cmd_hook_install(struct cli *cli)
{
	char dir[PATH_MAX] = "";

	for (size_t i = 0; i < cli->nargs; i++) {
		if (hook_known(cli->args[i]))
			continue;
		say(cli, "no hook '%s'; there are %s", cli->args[i],
			hook_names);
		return EXIT_TROUBLE;
	}
	if (!find_dir(cli, dir))
		return EXIT_TROUBLE;
	if (!setup_make_folders(dir, cli->opt.global ? 0700 : 0777)) {
		say(cli, "%s: cannot be made: %s", dir, strerror(errno));
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; i < cli->nargs; i++)
		if (!install(cli, dir, cli->args[i]))
			return EXIT_TROUBLE;
	if (!cli->opt.global)
		return EXIT_CLEAN;
	if (!install_rest(cli, dir))
		return EXIT_TROUBLE;
	printf("git uses them for all repositories once it is told so:\n"
		"  git config --global core.hooksPath '%s'\n", dir);
	return EXIT_CLEAN;
}
