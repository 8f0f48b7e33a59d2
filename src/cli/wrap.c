/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wrap.c - the loop round a command that we run.  Starting it is wrap_open.c's,
 * what a signal means wrap_signal.c's.
 */
#include "cli/wrap_state.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	GRACE_MS = 5000,	/* from SIGTERM to SIGKILL when we failed */
	DRAIN_STEPS = 64,	/* reads: more than a terminal holds */
	BEHIND_MS = 200		/* between looks whether we came to the front:
				   a shell does not tell a job that runs */
};

enum {
	SIGNALS, REPORT, KEYS, TAKER, CONTROL, STREAMS,
	SLOTS = STREAMS + WRAP_STREAMS
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
set_deadline(struct wrap *w, uint64_t ms)
{
	w->deadline = now_ms() + (int64_t)(ms < INT32_MAX ? ms : INT32_MAX);
}

/* Its writer gets SIGPIPE, or is hung up. */
static void
close_stream(struct wrap *w, size_t i)
{
	if (w->in[i] >= 0 && w->in[i] == w->pty.master) {
		w->keys.ended = true;
		pty_close(&w->pty);
	} else if (w->in[i] >= 0) {
		close(w->in[i]);
	}
	w->in[i] = -1;
}

static bool
any_open(const struct wrap *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->in[i] >= 0)
			return true;
	return false;
}

/* Fail closed: the command has nobody left to talk to, and is ended. */
static void
give_up(struct wrap *w)
{
	w->failed = true;
	terminal_restore(&w->term);
	for (size_t i = 0; i < w->n; i++)
		close_stream(w, i);
	child_signal(&w->child, SIGTERM);
	child_signal(&w->child, SIGCONT);
	set_deadline(w, GRACE_MS);
}

static void
on_fault(struct wrap *w, size_t i)
{
	const struct pump *p = &w->streams[i].pump;

	if (p->fault == PUMP_BAD_OUT && p->sys == EPIPE) {
		/* Who read it has seen enough: the command is to know. */
		close_stream(w, i);
		return;
	}
	give_up(w);
	stream_say_fault(&w->streams[i]);
}

static void
step_stream(struct wrap *w, size_t i)
{
	/* What comes may be meant for the modes that were set before it. */
	wrap_mind_terminal(w);
	switch (pump_step(&w->streams[i].pump)) {
	case PUMP_DONE:
		close_stream(w, i);
		break;
	case PUMP_FAILED:
		on_fault(w, i);
		break;
	default:
		break;
	}
}

/* What the command put out before it ended or stopped, in its modes. */
static void
drain(struct wrap *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (int n = 0; n < DRAIN_STEPS && w->in[i] >= 0; n++) {
			step_stream(w, i);
			if (w->in[i] >= 0 &&
				w->streams[i].pump.state != PUMP_ON)
				break;
		}
}

static void
on_end(struct wrap *w)
{
	if (!w->failed)
		drain(w);
	terminal_restore(&w->term);
	/* While it ran it might have opened its terminal again. */
	if (w->pty.slave >= 0)
		close(w->pty.slave);
	w->pty.slave = -1;
	if (!w->failed)
		set_deadline(w, w->all->cli->opt.drain_timeout < INT32_MAX ?
			w->all->cli->opt.drain_timeout * 1000 : INT32_MAX);
}

static void
on_news(struct wrap *w)
{
	int signal;

	while (child_news(&w->child, &signal)) {
		if (!w->child.running) {
			on_end(w);
			continue;
		}
		drain(w);
		wrap_stopped(w, signal);
	}
}

static void
on_deadline(struct wrap *w)
{
	w->deadline = 0;
	if (w->child.running) {
		child_kill(&w->child);
		return;
	}
	for (size_t i = 0; i < w->n; i++)
		if (w->in[i] >= 0) {
			pump_close_in(&w->streams[i].pump);
			w->cut = true;
		}
}

/* Whether the command's keys may be somebody else's now. */
static bool
is_behind(const struct wrap *w)
{
	return w->pty.master >= 0 && w->child.running && !w->term.raw;
}

static int
timeout_of(const struct wrap *w, int64_t left)
{
	if (w->deadline && left < 0)
		left = 0;
	if (is_behind(w) && (left < 0 || left > BEHIND_MS))
		left = BEHIND_MS;
	return (int)left;
}

/* Something was let go that is not written yet: it would be later than the
   answer, and have been decided before. */
static bool
any_unwritten(const struct wrap *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->streams[i].pump.first < w->streams[i].pump.n)
			return true;
	return false;
}

/* Of poll(2): what each slot waits for; the time until it must return. */
static int
ask(struct wrap *w, struct pollfd fds[SLOTS])
{
	int64_t left = w->deadline ? w->deadline - now_ms() : -1;
	bool keys = w->term.raw && !w->keys.ended;
	bool full = w->keys.at < w->keys.n;

	for (int i = 0; i < SLOTS; i++)
		fds[i] = (struct pollfd){ .fd = -1 };
	fds[SIGNALS] = (struct pollfd){ w->signals, POLLIN, 0 };
	if (w->child.running)
		fds[REPORT] = (struct pollfd){ w->child.report, POLLIN, 0 };
	if (keys && !full)
		fds[KEYS] = (struct pollfd){ w->keys.in, POLLIN, 0 };
	if (keys && full)
		fds[TAKER] = (struct pollfd){ w->keys.out, POLLOUT, 0 };
	if (w->control.ours >= 0 && !any_unwritten(w))
		fds[CONTROL] = (struct pollfd){ w->control.ours, POLLIN, 0 };
	for (size_t i = 0; i < w->n; i++) {
		if (w->in[i] < 0)
			continue;
		if (w->streams[i].pump.state == PUMP_ON)
			left = 0;
		else
			fds[STREAMS + i] = pump_waits(&w->streams[i].pump);
	}
	return timeout_of(w, left);
}

static void
serve(struct wrap *w, const struct pollfd fds[SLOTS])
{
	if (fds[SIGNALS].revents)
		wrap_take_signal(w);
	if (fds[SIGNALS].revents || fds[REPORT].revents)
		on_news(w);
	/* Before what was put out after it asked. */
	if (fds[CONTROL].revents)
		control_serve(&w->control, &w->all->mask, w->all->cli);
	if (fds[KEYS].revents || fds[TAKER].revents)
		keys_step(&w->keys);
	for (size_t i = 0; i < w->n; i++)
		if (w->in[i] >= 0 && (fds[STREAMS + i].revents ||
			w->streams[i].pump.state == PUMP_ON))
			step_stream(w, i);
	if (is_behind(w))
		wrap_mind_terminal(w);
	if (w->deadline && now_ms() >= w->deadline)
		on_deadline(w);
}

static bool
loop(struct wrap *w)
{
	struct pollfd fds[SLOTS];

	wrap_mind_terminal(w);
	while (w->child.running || any_open(w)) {
		int timeout = ask(w, fds);

		if (poll(fds, SLOTS, timeout) < 0) {
			if (errno == EINTR)
				continue;
			give_up(w);
			say(w->all->cli, "poll: %s", strerror(errno));
			child_kill(&w->child);
			return false;
		}
		serve(w, fds);
	}
	return true;
}

static void
say_cut(const struct wrap *w)
{
	const struct cli *cli = w->all->cli;

	say(cli, "%s has ended, but a process that it left holds its output "
		"open; not read any more after %llu s (--drain-timeout): what "
		"it still writes is lost", cli->args[0],
		(unsigned long long)cli->opt.drain_timeout);
}

int
wrap_run(struct streams *all)
{
	struct wrap w;
	int status = EXIT_OURS;

	if (!wrap_open(&w, all, &status))
		return status;
	if (loop(&w) && !w.failed)
		status = child_exit_status(&w.child);
	terminal_restore(&w.term);
	all->cut = w.cut;
	if (w.cut)
		say_cut(&w);
	status = streams_end(all, w.streams, w.n, status);
	wrap_close(&w);
	return status;
}
