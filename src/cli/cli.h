/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli.h - what every command of the program shares: the call as it was
 * given, the exit status, and how to speak to the user.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "cli/opt.h"
#include "stanch.h"

#include <sys/resource.h>

/* Bits, but for EXIT_TROUBLE, which stands alone. */
enum exit_status {
	EXIT_CLEAN    = 0,
	EXIT_FINDINGS = 1,
	EXIT_TROUBLE  = 2,	/* wrong usage, or the job could not be done */
	EXIT_GAPS     = 4,	/* some bytes were not looked at */
	EXIT_REGISTER = 8	/* what was decided or recorded does not hold */
};

/* Of a command that runs another one: what is not that one's status. */
enum exit_wrapper {
	EXIT_OURS      = 125,	/* we failed, not the command */
	EXIT_CANNOT    = 126,	/* it cannot be run */
	EXIT_NOT_FOUND = 127,	/* there is no such command */
	EXIT_SIGNAL    = 128	/* and the number of what killed it */
};

/* What we changed of our process: a command that we run has it back. */
struct given {
	void (*on_pipe)(int);
	void (*on_size)(int);
	struct rlimit core;
};

/* What a hook of git is to scan; see hook.h. */
struct hook;

struct cli {
	const struct hook *hook;	/* NULL: the options say what */
	const struct command *cmd;	/* NULL until it is known */
	struct opt_values opt;
	char **args;			/* the operands, in order */
	size_t nargs;
	bool dashed;			/* ... and some of them after "--" */
	bool closed_in, closed_out;	/* the caller gave us no such file */
	struct given given;
};

/* The status when the job could not be done: EXIT_TROUBLE or EXIT_OURS. */
int cli_trouble(const struct cli *cli);

/* ---- messages: one line on standard error, "stanch COMMAND: ..." ---- */

/* Control characters are shown as '?': a path has no say on the terminal. */
void say(const struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The error as the library put it. */
void say_error(const struct cli *cli, const struct stanch_error *err);
/*
 * Standard output failed with errno value sys; what = what is lost by it,
 * "the report".
 */
void say_output(const struct cli *cli, int sys, const char *what);
/* Whether fd is a terminal that understands more than plain text. */
bool say_terminal(int fd);

/* ---- the commands; each returns an exit status ---- */

int cmd_scan(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_redact(struct cli *cli);
int cmd_mask(struct cli *cli);
int cmd_rules(struct cli *cli);
int cmd_rules_list(struct cli *cli);
int cmd_rules_show(struct cli *cli);
int cmd_rules_check(struct cli *cli);
int cmd_rules_example(struct cli *cli);
int cmd_rules_bench(struct cli *cli);
int cmd_rules_digest(struct cli *cli);
int cmd_hook(struct cli *cli);
int cmd_hook_install(struct cli *cli);
int cmd_hook_run(struct cli *cli);
int cmd_audit_log(struct cli *cli);
int cmd_audit_log_verify(struct cli *cli);
int cmd_version(struct cli *cli);
int cmd_help(struct cli *cli);
int cmd_man(struct cli *cli);
int cmd_completion(struct cli *cli);

#endif
