/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_mask.c - "stanch mask": a value from standard input becomes one that the
 * filter masks which we run under.  When we end it is masked.
 */
#include "cli/control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"

/* The socket to the filter; -1, and said: there is none. */
static int
find_filter(const struct cli *cli)
{
	const char *text = getenv(CONTROL_VARIABLE);
	int type = 0, fd = text ? (int)strtol(text, NULL, 10) : -1;
	socklen_t n = sizeof type;

	if (fd > STDERR_FILENO && getsockopt(fd, SOL_SOCKET, SO_TYPE, &type,
		&n) == 0 && type == SOCK_SEQPACKET)
		return fd;
	say(cli, text ? CONTROL_VARIABLE " names no socket of a filter: it was "
		"closed on the way" : "there is no filter: run it in what "
		"'stanch redact -- CMD' runs");
	return -1;
}

static int
say_answer(const struct cli *cli, enum control_answer answer)
{
	if (answer == CONTROL_MASKED)
		return EXIT_CLEAN;
	say(cli, answer == CONTROL_REFUSED ? "the value is too weak: it is "
		"NOT masked" : "the filter cannot take the value: it is NOT "
		"masked");
	return answer == CONTROL_REFUSED ? EXIT_FINDINGS : EXIT_TROUBLE;
}

int
cmd_mask(struct cli *cli)
{
	const char *name = cli->nargs ? cli->args[0] : "added";
	enum control_answer answer;
	int fd = find_filter(cli), status = EXIT_TROUBLE;
	struct buf value;
	ssize_t n = -1;

	if (fd < 0)
		return status;
	buf_init(&value, CONTROL_VALUE + 1);
	if (buf_reserve(&value, CONTROL_VALUE + 1))
		n = io_read_all(STDIN_FILENO, value.ptr, CONTROL_VALUE + 1);
	value.len = value.cap;	/* to be wiped */
	if (strlen(name) > CONTROL_NAME)
		say(cli, "the name has more than %d bytes", CONTROL_NAME);
	else if (n < 0)
		say(cli, "standard input: %s", strerror(errno));
	else if (n == 0 || n > CONTROL_VALUE)
		say(cli, n ? "the value has more than %d KiB" : "there is no "
			"value: it is read from standard input",
			CONTROL_VALUE >> 10);
	else if (!control_ask(fd, name, value.ptr, (size_t)n, &answer))
		say(cli, "the filter does not answer: %s; the value is NOT "
			"masked", strerror(errno));
	else
		status = say_answer(cli, answer);
	buf_free(&value);
	return status;
}
