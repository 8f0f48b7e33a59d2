/* SPDX-License-Identifier: Apache-2.0 */
/* monitor.c - the process that leads the session of a command on a pty. */
#include "cli/monitor.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the command's process: a job of its own, in the foreground. */
_Noreturn static void
become_job(const struct child_plan *plan, int failure)
{
	setpgid(0, 0);
	/* We are in the background still; SIGTTOU is blocked. */
	if (tcsetpgrp(plan->pty->slave, getpid()) != 0)
		child_fail(failure, CHILD_SESSION);
	child_become(plan, failure);
}

static bool
lead_session(const struct child_plan *plan)
{
	return setsid() >= 0 && ioctl(plan->pty->slave, TIOCSCTTY, 0) == 0;
}

/* *job becomes 0 when it ended: its number may be another one's then. */
static void
report_status(int report, pid_t *job)
{
	int status;

	if (!*job || waitpid(*job, &status, WNOHANG | WUNTRACED) != *job)
		return;
	if (!WIFSTOPPED(status))
		*job = 0;
	send(report, &status, sizeof status, MSG_NOSIGNAL);
}

static void
hand_on(int signals, int report, pid_t *job)
{
	struct signalfd_siginfo info;

	if (read(signals, &info, sizeof info) != sizeof info)
		return;
	if (info.ssi_signo == SIGCHLD)
		report_status(report, job);
	else if (*job)
		kill(info.ssi_signo == SIGCONT ? -*job : *job,
			(int)info.ssi_signo);
}

/* Until we are let go. */
_Noreturn static void
watch(int report, pid_t job)
{
	struct pollfd fds[2] = { { .fd = report, .events = POLLIN } };
	sigset_t all;
	char byte;

	/* Those that we do not handle are the kernel's own. */
	sigprocmask(SIG_SETMASK, NULL, &all);
	fds[1].fd = signalfd(-1, &all, SFD_CLOEXEC);
	fds[1].events = POLLIN;
	report_status(report, &job);	/* it may have been faster than us */
	for (;;) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			_exit(EXIT_OURS);
		if (fds[0].revents && recv(report, &byte, 1, 0) <= 0)
			_exit(0);
		if (fds[0].revents && job)
			kill(-job, SIGKILL);
		if (fds[1].revents)
			hand_on(fds[1].fd, report, &job);
	}
}

_Noreturn void
monitor_run(const struct child_plan *plan, int failure, int report)
{
	pid_t job;

	if (!lead_session(plan))
		child_fail(failure, CHILD_SESSION);
	job = fork();
	if (job < 0)
		child_fail(failure, CHILD_FORK);
	if (job == 0)
		become_job(plan, failure);
	setpgid(job, job);
	/* We must not keep open what others wait to see closed. */
	if (dup2(report, 0) < 0)
		child_fail(failure, CHILD_SESSION);
	close_range(1, ~0U, 0);
	watch(0, job);
}
