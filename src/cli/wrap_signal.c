/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap_signal.c - what a signal to us means for the command, and its stops
 * for us.
 *
 * With pipes it is in our process group: what the terminal sends goes to both
 * of us, what somebody sends to us is handed on.  With a pty it is in none of
 * our groups: all is handed on, what our terminal sends by way of the pty.
 */
#include "cli/wrap_state.h"

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

static void
suspend(struct wrap *w)
{
	sigset_t stop;

	terminal_restore(&w->term);
	/*
	 * The whole job, as the key does.  Where nobody could continue us
	 * the kernel does not stop us either.  Still blocked it becomes one
	 * with what the key may have sent: we are to stop once.
	 */
	kill(0, SIGTSTP);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
	sigprocmask(SIG_BLOCK, &stop, NULL);
}

static void
resume(struct wrap *w)
{
	pty_resize(&w->pty, &w->term);
	wrap_mind_terminal(w);
	child_signal(&w->child, SIGCONT);
}

void
wrap_stopped(struct wrap *w, int signal)
{
	/* In our own group only the terminal's stops are a job's. */
	if (w->pty.master < 0 && signal == SIGSTOP)
		return;
	suspend(w);
	resume(w);
}

void
wrap_mind_terminal(struct wrap *w)
{
	if (w->pty.master < 0 || !w->child.running)
		return;
	if (w->keyed || pty_wants_keys(&w->pty))
		terminal_raw(&w->term);
	else
		terminal_restore(&w->term);
}

static void
hand_on(struct wrap *w, int signal, bool by_terminal)
{
	if (!by_terminal)
		child_signal(&w->child, signal);
	else if (w->pty.master >= 0 && (signal == SIGINT ||
		signal == SIGQUIT || signal == SIGTSTP))
		ioctl(w->pty.master, TIOCSIG, signal);
	else if (w->pty.master >= 0)
		child_signal(&w->child, signal);
}

void
wrap_take_signal(struct wrap *w)
{
	struct signalfd_siginfo info;

	if (read(w->signals, &info, sizeof info) != sizeof info)
		return;
	switch (info.ssi_signo) {
	case SIGCHLD:
	case SIGTTOU:
		break;
	case SIGCONT:
		resume(w);
		break;
	case SIGWINCH:
		pty_resize(&w->pty, &w->term);
		break;
	default:
		hand_on(w, (int)info.ssi_signo, info.ssi_code > 0);
	}
}
