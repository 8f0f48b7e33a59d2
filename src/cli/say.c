/* SPDX-License-Identifier: Apache-2.0 */
/*
 * say.c - messages for the user: one line on standard error in one write(2),
 * so that lines of programs that share a terminal do not mix.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

/* Paths come from the scanned tree: none may move the cursor. */
static void
disarm(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
}

void
say(const struct cli *cli, const char *fmt, ...)
{
	char line[2048], *end = line + sizeof line - 1;
	char *at = line;
	va_list ap;

	at += snprintf(at, 128, "stanch%s%s: ", cli->cmd ? " " : "",
		cli->cmd ? cli->cmd->name : "");
	va_start(ap, fmt);
	vsnprintf(at, (size_t)(end - at), fmt, ap);
	va_end(ap);
	disarm(line);
	at = line + strlen(line);
	*at++ = '\n';
	/* When this fails there is nobody left to tell. */
	if (write(STDERR_FILENO, line, (size_t)(at - line)) < 0)
		return;
}

void
say_error(const struct cli *cli, const struct stanch_error *err)
{
	char text[1024];

	say(cli, "%s", stanch_error_format(err, text, sizeof text));
}

void
say_output(const struct cli *cli, int sys, const char *what)
{
	if (sys == EPIPE)
		say(cli, "standard output was closed by its reader; "
			"%s is incomplete", what);
	else if (cli->closed_out)
		say(cli, "standard output is closed: %s has nowhere to go; "
			"redirect it to a file or a pipe", what);
	else
		say(cli, "standard output: %s; %s is incomplete",
			strerror(sys), what);
}

bool
say_terminal(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}
