/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - makes the process fit for the job, reads the command line and
 * hands it to the command.  The commands are in cmd_*.c.
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * Whoever closed 0, 1 or 2 must not have the next file we open under that
 * number, and be printed into.  The stand-ins are open the wrong way round:
 * using one is an error, not silence.
 */
static bool
hold_place(int fd, int how)
{
	if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
		return false;
	/* The lowest free number, and all below fd are taken. */
	if (open("/dev/null", how) != fd)
		_exit(EXIT_TROUBLE);
	return true;
}

/*
 * What is in memory may be a secret: it goes into no core file.  Nobody of
 * the same user can lift the limit again while we are not dumpable; the hard
 * one stays, for a command that we run.
 */
static void
forbid_core(struct cli *cli)
{
	struct rlimit none = { 0, 0 };

	if (getrlimit(RLIMIT_CORE, &cli->given.core) == 0)
		none.rlim_max = cli->given.core.rlim_max;
	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__	/* its leak check must trace the process */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int
cli_trouble(const struct cli *cli)
{
	return cli->cmd && cli->cmd->wraps && cli->dashed ? EXIT_OURS :
		EXIT_TROUBLE;
}

static int
run(struct cli *cli, int argc, char **argv)
{
	if (!opt_parse(cli, argc, argv))
		return cli_trouble(cli);
	if (cli->opt.version)
		return cmd_version(cli);
	if (cli->opt.help && cli->cmd)
		opt_help_command(stdout, cli->cmd);
	else if (cli->opt.help)
		opt_help_program(stdout);
	if (cli->opt.help)
		return EXIT_CLEAN;
	if (cli->cmd)
		return cli->cmd->run(cli);
	opt_help_program(stderr);
	return EXIT_TROUBLE;
}

int
main(int argc, char **argv)
{
	struct cli cli = { 0 };
	int status;

	cli.closed_in = hold_place(STDIN_FILENO, O_WRONLY);
	cli.closed_out = hold_place(STDOUT_FILENO, O_RDONLY);
	hold_place(STDERR_FILENO, O_WRONLY);
	forbid_core(&cli);
	/* A write that fails is to say so, not to end us. */
	cli.given.on_pipe = signal(SIGPIPE, SIG_IGN);
	cli.given.on_size = signal(SIGXFSZ, SIG_IGN);
	status = run(&cli, argc, argv);
	/* A listing whose reader has seen enough (| head) is no trouble. */
	if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
		say_output(&cli, errno, "the output");
		status = cli_trouble(&cli);
	}
	return status;
}
