/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mask_command.c - a command whose output is values to mask.  It has our
 * standard error, our environment, and no standard input: that is the log.
 */
#include "cli/mask_command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that we ignore are none of its business. */
static int
spawn(pid_t *pid, const char *text, int out)
{
	char *argv[] = { (char *)"sh", (char *)"-c", (char *)text, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t usual;
	int e;

	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&how);
	e = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null",
		O_RDONLY, 0);
	if (!e)
		e = posix_spawn_file_actions_adddup2(&files, out,
			STDOUT_FILENO);
	if (!e)
		e = posix_spawnattr_setsigdefault(&how, &usual);
	if (!e)
		e = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
	if (!e)
		e = posix_spawn(pid, "/bin/sh", &files, &how, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	return e;
}

bool
mask_command_start(struct mask_command *c, const struct cli *cli,
	const char *text)
{
	int ends[2], e;

	if (pipe2(ends, O_CLOEXEC) != 0) {
		say(cli, "--mask-command: pipe: %s", strerror(errno));
		return false;
	}
	/* If it is ignored no status can be waited for. */
	c->on_child = signal(SIGCHLD, SIG_DFL);
	c->fd = ends[0];
	e = spawn(&c->pid, text, ends[1]);
	close(ends[1]);
	if (!e)
		return true;
	close(c->fd);
	signal(SIGCHLD, c->on_child);
	say(cli, "--mask-command: it cannot be run: %s", strerror(e));
	return false;
}

bool
mask_command_end(struct mask_command *c, const struct cli *cli,
	const char *text)
{
	int status;
	pid_t r;

	close(c->fd);
	do
		r = waitpid(c->pid, &status, 0);
	while (r < 0 && errno == EINTR);
	signal(SIGCHLD, c->on_child);
	if (r == c->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (r == c->pid && WIFEXITED(status))
		say(cli, "--mask-command '%s' ended with status %d: its "
			"values may not be all", text, WEXITSTATUS(status));
	else
		say(cli, "--mask-command '%s' was ended by a signal", text);
	return false;
}
