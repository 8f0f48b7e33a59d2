/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_help.c - the commands that show what the program is. */
#include "cli/cli.h"

#include <string.h>

int
cmd_version(struct cli *cli)
{
	const struct stanch_rules *rules = stanch_rules_builtin();
	char details[200];

	printf("stanch %s\nlibrary %s (%s)\nrules %zu built in, sha256 %s\n",
		STANCH_VERSION, stanch_version(),
		stanch_version_details(details, sizeof details),
		stanch_rules_count(rules), stanch_rules_digest(rules));
	return EXIT_CLEAN;
}

int
cmd_help(struct cli *cli)
{
	const struct command *cmd;
	char name[64];

	if (cli->nargs == 0) {
		opt_help_program(stdout);
		return EXIT_CLEAN;
	}
	snprintf(name, sizeof name, "%s%s%s", cli->args[0],
		cli->nargs > 1 ? " " : "", cli->nargs > 1 ? cli->args[1] : "");
	cmd = opt_command(name);
	if (!cmd) {
		say(cli, "no command '%s'; see 'stanch help'", name);
		return EXIT_TROUBLE;
	}
	opt_help_command(stdout, cmd);
	return EXIT_CLEAN;
}

int
cmd_man(struct cli *cli)
{
	opt_man_page(stdout);
	return EXIT_CLEAN;
}

int
cmd_completion(struct cli *cli)
{
	const char *shell = cli->args[0];

	if (strcmp(shell, "bash") != 0 && strcmp(shell, "zsh") != 0 &&
		strcmp(shell, "fish") != 0) {
		say(cli, "no completion for '%s'; there is bash, zsh and fish",
			shell);
		return EXIT_TROUBLE;
	}
	opt_completion(stdout, shell);
	return EXIT_CLEAN;
}
