/* SPDX-License-Identifier: Apache-2.0 */
/* child.c - the command that we run. */
#include "cli/child.h"
#include "cli/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn void
child_fail(int failure, enum child_step step)
{
	const struct child_failure why = { step, errno };

	/* When this fails, too, the status alone must tell. */
	if (write(failure, &why, sizeof why) < 0)
		_exit(EXIT_OURS);
	_exit(EXIT_CANNOT);
}

/* As it was before we changed it. */
static void
give_back(const struct child_plan *plan)
{
	signal(SIGPIPE, plan->given->on_pipe);
	signal(SIGXFSZ, plan->given->on_size);
	signal(SIGCHLD, plan->on_child);
	setrlimit(RLIMIT_CORE, &plan->given->core);
	sigprocmask(SIG_SETMASK, &plan->mask, NULL);
}

_Noreturn void
child_become(const struct child_plan *plan, int failure)
{
	/* None of what goes there is below 3 but what stays as it is. */
	for (int fd = 0; fd < 3; fd++)
		if (plan->fds[fd] < 0)
			close(fd);
		else if (plan->fds[fd] != fd && dup2(plan->fds[fd], fd) < 0)
			child_fail(failure, CHILD_SESSION);
	if (plan->control >= 0)
		fcntl(plan->control, F_SETFD, 0);
	give_back(plan);
	execvp(plan->argv[0], plan->argv);
	child_fail(failure, CHILD_EXEC);
}

/* Until the command runs: its side is closed then. */
static enum child_step
await_start(int failure)
{
	struct child_failure why;
	ssize_t n;

	do
		n = read(failure, &why, sizeof why);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return CHILD_STARTED;
	if (n == sizeof why) {
		errno = why.sys;
		return why.step;
	}
	return CHILD_FORK;
}

/* Both ends close when a command is run. */
static bool
open_ends(int failure[2], int report[2], bool monitored)
{
	if (pipe2(failure, O_CLOEXEC) != 0)
		return false;
	report[0] = report[1] = -1;
	if (!monitored || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
		report) == 0)
		return true;
	close(failure[0]);
	close(failure[1]);
	return false;
}

enum child_step
child_start(struct child *c, const struct child_plan *plan)
{
	int failure[2], report[2];
	enum child_step step;

	*c = (struct child){ .report = -1 };
	if (!open_ends(failure, report, plan->pty))
		return CHILD_FORK;
	c->pid = fork();
	if (c->pid == 0 && plan->pty)
		monitor_run(plan, failure[1], report[1]);
	if (c->pid == 0)
		child_become(plan, failure[1]);
	close(failure[1]);
	if (report[1] >= 0)
		close(report[1]);
	c->report = report[0];
	step = c->pid < 0 ? CHILD_FORK : await_start(failure[0]);
	close(failure[0]);
	c->running = step == CHILD_STARTED;
	if (c->running && c->report >= 0)
		fcntl(c->report, F_SETFL, O_RDWR | O_NONBLOCK);
	if (!c->running) {
		int sys = errno;

		child_close(c);
		errno = sys;
	}
	return step;
}

/* The next status there is, from the monitor or from the child itself. */
static bool
next_status(struct child *c, int *status)
{
	ssize_t n;

	if (c->report < 0) {
		pid_t pid = waitpid(c->pid, status, WNOHANG | WUNTRACED);

		/* Nobody can tell what became of a child that is not ours. */
		if (pid < 0 && errno == ECHILD)
			*status = W_EXITCODE(EXIT_OURS, 0);
		return pid != 0;
	}
	do
		n = recv(c->report, status, sizeof *status, 0);
	while (n < 0 && errno == EINTR);
	if (n == sizeof *status)
		return true;
	if (n < 0 && errno == EAGAIN)
		return false;
	*status = W_EXITCODE(EXIT_OURS, 0);	/* the monitor is gone */
	return true;
}

bool
child_news(struct child *c, int *signal)
{
	int status;

	if (!c->running || !next_status(c, &status))
		return false;
	*signal = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;
	if (WIFSTOPPED(status))
		return true;
	c->running = false;
	c->status = status;
	if (c->report < 0)
		c->pid = -1;
	return true;
}

void
child_signal(const struct child *c, int signal)
{
	if (c->running)
		kill(c->pid, signal);
}

void
child_kill(const struct child *c)
{
	if (!c->running)
		return;
	if (c->report < 0)
		kill(c->pid, SIGKILL);
	else
		send(c->report, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void
child_close(struct child *c)
{
	if (c->report >= 0)
		close(c->report);
	if (c->pid > 0)
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			;
	c->report = -1;
	c->pid = -1;
}

int
child_exit_status(const struct child *c)
{
	return WIFSIGNALED(c->status) ? EXIT_SIGNAL + WTERMSIG(c->status) :
		WEXITSTATUS(c->status);
}
