/* SPDX-License-Identifier: Apache-2.0 */
/* opt_complete.c - what the completion scripts have in common. */
#include "cli/opt_complete.h"

#include <string.h>

void
complete_split(FILE *to, const char *s, char between)
{
	for (; *s; s++)
		fputc(*s == '|' ? between : *s, to);
}

void
complete_quoted(FILE *to, const char *s, const char *special)
{
	for (; *s; s++) {
		if (*s == '\'')
			fputs("'\\''", to);
		else if (strchr(special, *s))
			fprintf(to, "\\%c", *s);
		else
			fputc(*s, to);
	}
}

bool
complete_takes_file(const struct opt_spec *spec)
{
	return spec->kind == OPT_FILE || spec->kind == OPT_FILES;
}

bool
complete_operand_word(const struct command *c)
{
	return c->args[0] >= 'a' && c->args[0] <= 'z';
}

bool
complete_operand_file(const struct command *c)
{
	return strstr(c->args, "PATH") || strstr(c->args, "FILE");
}

bool
complete_operand_rule(const struct command *c)
{
	return !strcmp(c->args, "ID");
}

bool
complete_is_top(const struct command *c)
{
	return !c->hidden && !strchr(c->name, ' ');
}

void
opt_completion(FILE *to, const char *shell)
{
	if (!strcmp(shell, "bash"))
		complete_bash(to);
	else if (!strcmp(shell, "zsh"))
		complete_zsh(to);
	else
		complete_fish(to);
}
