/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_redact.c - "stanch redact": standard input, or what a command puts
 * out, to standard output, secrets masked.  Whatever goes wrong, nothing more
 * is written.
 */
#include "cli/stream.h"
#include "cli/wrap.h"

#include <errno.h>
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

static int
filter_input(struct streams *all)
{
	struct stream s;
	int status = EXIT_TROUBLE;

	if (!stream_open(&s, all, "standard input", STDIN_FILENO,
		STDOUT_FILENO))
		return status;
	if (pump_run(&s.pump))
		status = EXIT_CLEAN;
	else
		stream_say_fault(&s);
	status = streams_end(all, &s, 1, status);
	stream_free(&s);
	return status;
}

int
cmd_redact(struct cli *cli)
{
	struct streams all = { 0 };
	int status = cli_trouble(cli);

	if (check_call(cli) && streams_open(&all, cli))
		status = cli->nargs ? wrap_run(&all) : filter_input(&all);
	streams_free(&all);
	return status;
}
