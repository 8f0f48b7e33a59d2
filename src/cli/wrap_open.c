/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap_open.c - what a command is given for its standard files, and its start.
 */
#include "cli/wrap_state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

/* Those that we take instead of doing what is usual. */
static const int taken[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM,
	SIGCHLD, SIGCONT, SIGTSTP, SIGTTOU, SIGWINCH
};

static bool
take_signals(struct wrap *w)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		sigaddset(&set, taken[i]);
	sigprocmask(SIG_BLOCK, &set, &w->was_blocked);
	/* If it is ignored no status can be waited for. */
	w->on_child = signal(SIGCHLD, SIG_DFL);
	w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return w->signals >= 0;
}

static bool
same_file(int a, int b)
{
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 &&
		x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* True: there is one, or there need be none. */
static bool
want_pty(struct wrap *w, const struct opt_values *opt)
{
	if (opt->no_pty || (!opt->pty && !isatty(STDOUT_FILENO)))
		return true;
	terminal_open(&w->term);
	if (pty_open(&w->pty, &w->term))
		return true;
	say(w->all->cli, "%sno pseudo-terminal: %s%s", opt->pty ? "" :
		"warning: ", strerror(errno), opt->pty ? "" :
		"; the command gets pipes (--no-pty)");
	return !opt->pty;
}

static bool
add_stream(struct wrap *w, const char *from, int in, int out)
{
	size_t i = w->n;

	w->in[i] = in;
	w->out[i] = pump_own_out(out, &w->out_ours[i]);
	w->n++;
	if (!stream_open(&w->streams[i], w->all, from, in, w->out[i]))
		return false;
	w->streams[i].pump.pty = in == w->pty.master;
	return true;
}

/* The end that the command gets goes to *theirs. */
static bool
add_pipe(struct wrap *w, const char *from, int out, int *theirs)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		say(w->all->cli, "pipe: %s", strerror(errno));
		return false;
	}
	*theirs = ends[1];
	fcntl(ends[0], F_SETFL, O_RDONLY | O_NONBLOCK);
	return add_stream(w, from, ends[0], out);
}

/*
 * Standard output goes into the pty if there is one, standard error with it
 * if both go to one place anyway; input comes from it when that is our
 * controlling terminal.
 */
static bool
connect(struct wrap *w, int fds[3])
{
	bool pty = w->pty.master >= 0;

	fds[0] = w->all->cli->closed_in ? -1 : STDIN_FILENO;
	w->keyed = pty && isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) > 0;
	if (w->keyed)
		fds[0] = w->pty.slave;
	if (!pty)
		return add_pipe(w, "the command's output", STDOUT_FILENO,
			&fds[1]) && add_pipe(w, "the command's errors",
			STDERR_FILENO, &fds[2]);
	keys_init(&w->keys, w->term.fd, w->pty.master);
	fds[1] = w->pty.slave;
	if (!add_stream(w, "the command's terminal", w->pty.master,
		STDOUT_FILENO))
		return false;
	if (!same_file(STDOUT_FILENO, STDERR_FILENO))
		return add_pipe(w, "the command's errors", STDERR_FILENO,
			&fds[2]);
	fds[2] = w->pty.slave;
	return true;
}

/* The command is told of its end by the environment. */
static bool
offer_control(struct wrap *w)
{
	char number[16];

	if (!control_open(&w->control)) {
		say(w->all->cli, "no socket for more values: %s",
			strerror(errno));
		return false;
	}
	snprintf(number, sizeof number, "%d", w->control.theirs);
	if (setenv(CONTROL_VARIABLE, number, 1) == 0)
		return true;
	say(w->all->cli, "out of memory");
	return false;
}

static bool
start(struct wrap *w, const int fds[3], int *status)
{
	const struct cli *cli = w->all->cli;
	struct child_plan plan = {
		.argv = cli->args,
		.fds = { fds[0], fds[1], fds[2] },
		.pty = w->pty.master >= 0 ? &w->pty : NULL,
		.given = &cli->given,
		.control = w->control.theirs,
		.mask = w->was_blocked,
		.on_child = w->on_child,
	};
	enum child_step step = child_start(&w->child, &plan);

	if (step == CHILD_STARTED)
		return true;
	if (step == CHILD_EXEC)
		*status = errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT;
	say(cli, "%s: %s%s", cli->args[0], step == CHILD_EXEC ? "" :
		step == CHILD_FORK ? "no process for it: " :
		"no session for it: ", strerror(errno));
	return false;
}

static void
close_theirs(const struct wrap *w, const int fds[3])
{
	for (int i = 1; i < 3; i++)
		if (fds[i] >= 0 && fds[i] != w->pty.slave)
			close(fds[i]);
}

bool
wrap_open(struct wrap *w, struct streams *all, int *status)
{
	int fds[3] = { -1, -1, -1 };
	bool ok;

	memset(w, 0, sizeof *w);
	w->all = all;
	w->term.fd = w->pty.master = w->pty.slave = w->signals = -1;
	w->child.pid = w->child.report = -1;
	w->control = (struct control){ -1, -1 };
	if (!take_signals(w)) {
		say(all->cli, "signalfd: %s", strerror(errno));
		return false;
	}
	ok = want_pty(w, &all->cli->opt) && connect(w, fds) &&
		offer_control(w) && start(w, fds, status);
	if (w->control.theirs >= 0)
		close(w->control.theirs);
	w->control.theirs = -1;
	close_theirs(w, fds);
	if (!ok)
		wrap_close(w);
	return ok;
}

void
wrap_close(struct wrap *w)
{
	terminal_close(&w->term);
	for (size_t i = 0; i < w->n; i++) {
		if (w->in[i] >= 0 && w->in[i] != w->pty.master)
			close(w->in[i]);
		if (w->out_ours[i])
			close(w->out[i]);
		stream_free(&w->streams[i]);
	}
	pty_close(&w->pty);
	child_close(&w->child);
	control_close(&w->control);
	keys_wipe(&w->keys);
	close(w->signals);
}
