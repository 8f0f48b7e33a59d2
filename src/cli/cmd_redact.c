/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_redact.c - "stanch redact": standard input, or what a command puts
 * out, to standard output, secrets masked.  Whatever goes wrong, nothing more
 * is written.
 */
#include "cli/stream.h"
#include "cli/wrap.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static bool
check_call(const struct cli *cli)
{
	if (cli->closed_in && !cli->nargs)
		say(cli, "standard input is closed: there is nothing to read; "
			"redirect it from a file or a pipe");
	else if (cli->closed_out)
		say_output(cli, EBADF, "the output");
	else
		return true;
	return false;
}

/* ---- a signal, when a report is to be written ---- */

static volatile sig_atomic_t stopped;

static void
on_signal(int signal)
{
	if (signal != SIGALRM)
		stopped = signal;
	/* It may have come just before a call that waits. */
	alarm(1);
}

static void
mind_signals(struct pump *p)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGALRM };
	struct sigaction act = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &act, NULL);
	p->stop = &stopped;
}

/* As if nobody had minded it. */
static void
die_of_signal(void)
{
	signal(stopped, SIG_DFL);
	raise(stopped);
}

/* ---- the whole ---- */

static int
filter_input(struct streams *all)
{
	struct stream s;
	int status = EXIT_TROUBLE;

	if (!stream_open(&s, all, "standard input", STDIN_FILENO,
		STDOUT_FILENO))
		return status;
	if (all->report.on)
		mind_signals(&s.pump);
	if (pump_run(&s.pump))
		status = EXIT_CLEAN;
	else if (stopped)
		status = EXIT_SIGNAL + (all->signal = stopped);
	else
		stream_say_fault(&s);
	status = streams_end(all, &s, 1, status);
	stream_free(&s);
	if (all->signal)
		die_of_signal();
	return status;
}

int
cmd_redact(struct cli *cli)
{
	struct streams all = { 0 };
	int status = cli_trouble(cli);

	if (check_call(cli) && streams_open(&all, cli))
		status = cli->nargs ? wrap_run(&all) : filter_input(&all);
	if (all.report.on && !redact_report_write(&all.report, &all, NULL, 0,
		status))
		status = cli_trouble(cli);
	streams_free(&all);
	return status;
}
