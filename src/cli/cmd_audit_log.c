/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_audit_log.c - "stanch audit-log verify": is it what was written? */
#include "cli/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* The descriptor; -1, and said, when it cannot be opened. */
static int
open_input(const struct cli *cli, const char *path)
{
	int fd = !strcmp(path, "-") ? dup(STDIN_FILENO) :
		open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		say(cli, "%s: cannot be read: %s", path, strerror(errno));
	return fd;
}

/* What an intact log still does not show, in a sentence. */
static const char *
limits(const struct cli *cli, const struct stanch_audit_result *r)
{
	if (!r->keyed)
		return "It has no MACs: whoever can write it could have "
			"written all of it anew.";
	if (!cli->opt.key_file)
		return "Its MACs were not checked: give --key-file.";
	if (cli->opt.log && !r->hashed)
		return "Of the log its length and the places of the tags were "
			"checked: it was written without --audit-hash.";
	return NULL;
}

static int
say_result(const struct cli *cli, const struct stanch_audit_result *r)
{
	static const struct { const char *word; int status; } verdicts[] = {
		[STANCH_INTACT] = { "intact", EXIT_CLEAN },
		[STANCH_INCOMPLETE] = { "INCOMPLETE", EXIT_GAPS },
		[STANCH_BROKEN] = { "BROKEN", EXIT_REGISTER },
	};
	const char *more = limits(cli, r);

	printf("%s: %s", cli->args[0], verdicts[r->verdict].word);
	if (r->line)
		printf(": record %" PRIu64 " %s\n", r->line, r->text);
	else
		printf("%s%s\n", r->text[0] ? ": " : "", r->text);
	printf("%" PRIu64 " records, %" PRIu64 " redactions and %" PRIu64
		" only counted, %" PRIu64 " degraded\n", r->records,
		r->redactions, r->counted, r->degraded);
	if (r->head[0])
		printf("last record %s\n", r->head);
	if (more && r->verdict != STANCH_BROKEN)
		puts(more);
	return verdicts[r->verdict].status;
}

static int
verify(const struct cli *cli, int audit, int log, const struct buf *key)
{
	struct stanch_audit_check check = {
		.size = sizeof check,
		.key = key->ptr,
		.key_len = key->len,
		.head = cli->opt.head,
		.log = log,
		.stream = !strcmp(cli->opt.stream, "stderr") ? STANCH_STDERR :
			STANCH_STDOUT,
	};
	struct stanch_audit_result result;
	struct stanch_error err;

	if (stanch_audit_verify(audit, &check, &result, &err) == STANCH_OK)
		return say_result(cli, &result);
	say_error(cli, &err);
	return EXIT_TROUBLE;
}

int
cmd_audit_log_verify(struct cli *cli)
{
	int status = EXIT_TROUBLE, log = -1;
	int audit = open_input(cli, cli->args[0]);
	struct buf key;
	bool ok = audit >= 0;

	buf_init(&key, KEYFILE_MAX);
	if (ok && cli->opt.key_file)
		ok = keyfile_read(&key, cli, cli->opt.key_file);
	if (ok && cli->opt.log) {
		log = open_input(cli, cli->opt.log);
		ok = log >= 0;
	}
	if (ok)
		status = verify(cli, audit, log, &key);
	buf_free(&key);
	if (audit >= 0)
		close(audit);
	if (log >= 0)
		close(log);
	return status;
}

int
cmd_audit_log(struct cli *cli)
{
	opt_help_command(stderr, cli->cmd);
	return EXIT_TROUBLE;
}
