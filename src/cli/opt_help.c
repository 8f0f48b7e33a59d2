/* SPDX-License-Identifier: Apache-2.0 */
/* opt_help.c - --help, for a terminal of 80 columns and 24 lines. */
#include "cli/cli.h"

#include <string.h>

enum { NAME_COLUMNS = 28, EXAMPLE_COLUMNS = 41,
	HELP_COLUMNS = 80 };

/* "a|[b]|c": the default stands in brackets. */
static void
mark_default(const struct opt_spec *spec, char *buf, size_t size)
{
	const char *c = strstr(spec->choices, spec->value);
	int before = c ? (int)(c - spec->choices) : 0;
	int n = c ? (int)strlen(spec->value) : 0;

	snprintf(buf, size, "%.*s[%.*s]%s", before, spec->choices, n,
		spec->choices + before, spec->choices + before + n);
}

const char *
opt_help_text(const struct opt_spec *spec, char buf[OPT_HELP_MAX])
{
	const char *gap = strstr(spec->help, "{}");
	char choices[64];

	if (gap) {
		mark_default(spec, choices, sizeof choices);
		snprintf(buf, OPT_HELP_MAX, "%.*s%s%s",
			(int)(gap - spec->help), spec->help, choices, gap + 2);
	} else if (spec->value && strcmp(spec->value, "0") != 0) {
		snprintf(buf, OPT_HELP_MAX, "%s (%s)", spec->help,
			spec->value);
	} else {
		snprintf(buf, OPT_HELP_MAX, "%s", spec->help);
	}
	return buf;
}

static void
print_option(FILE *to, const struct opt_spec *spec)
{
	char help[OPT_HELP_MAX], name[64];
	char letter[] = { '-', spec->letter, ',', ' ', '\0' };

	snprintf(name, sizeof name, "  %s--%s%s%s%s",
		spec->letter ? letter : "    ", spec->name,
		!spec->arg ? "" : spec->kind == OPT_MAYBE ? "[=" : " ",
		spec->arg ? spec->arg : "",
		spec->kind == OPT_MAYBE ? "]" : "");
	fprintf(to, "%-*s%s\n", NAME_COLUMNS, name, opt_help_text(spec, help));
}

/* -h is known to whoever reads this, and the line is needed. */
static void
print_options(FILE *to, const struct command *cmd)
{
	bool first = true;

	for (const struct opt_spec *s = opt_specs; s->name; s++) {
		if (!opt_belongs(s, cmd) || s->commands == OPT_ALL ||
			(s->commands & OPT_RARE))
			continue;
		if (first)
			fputc('\n', to);
		first = false;
		print_option(to, s);
	}
}

/* A page has room for what is asked for often. */
static void
print_rare(FILE *to, const struct command *cmd)
{
	size_t column = 0, n;

	for (const struct opt_spec *s = opt_specs; s->name; s++) {
		if (!opt_belongs(s, cmd) || s->commands == OPT_ALL ||
			!(s->commands & OPT_RARE))
			continue;
		n = strlen(s->name) + 3;
		if (!column)
			column = (size_t)fprintf(to, "  in the manual page:");
		else if (column + n >= HELP_COLUMNS)
			column = (size_t)fprintf(to, "\n     ") - 1;
		column += (size_t)fprintf(to, " --%s", s->name);
	}
	if (column)
		fputc('\n', to);
}

static void
print_examples(FILE *to, const char *examples)
{
	if (!examples)
		return;
	fputs("\nExamples:\n", to);
	for (const char *e = examples; *e; e++) {
		int n = (int)strcspn(e, "\t");
		int m = (int)strcspn(e + n + 1, "\n");

		if (m)
			fprintf(to, "  %-*.*s  %.*s\n", EXAMPLE_COLUMNS, n, e,
				m, e + n + 1);
		else
			fprintf(to, "  %.*s\n", n, e);
		e += n + 1 + m;
	}
}

/* The commands of a group, or of the program. */
static void
print_commands(FILE *to, const struct command *group)
{
	fputc('\n', to);
	for (const struct command *c = opt_commands; c->name; c++) {
		if (c->hidden || (group ? !opt_in_group(c, group) :
			strchr(c->name, ' ') != NULL))
			continue;
		fprintf(to, "  %-14s  %s\n", c->name, c->summary);
	}
}

void
opt_help_program(FILE *to)
{
	fputs("usage: stanch COMMAND [OPTION...] [OPERAND...]\n"
		"Find secrets where they have leaked, keep them out of "
		"streams.\n", to);
	print_commands(to, NULL);
	print_examples(to, "stanch scan\twhat is below this directory\n"
		"make 2>&1 | stanch redact\ta build log for all to see\n"
		"stanch scan --help\tmore on a command\n");
}

void
opt_help_command(FILE *to, const struct command *cmd)
{
	bool group = opt_is_group(cmd);

	fprintf(to, "usage: stanch %s%s%s%s\n", cmd->name,
		cmd->bit ? " [OPTION...]" : "", *cmd->args ? " " : "",
		cmd->args);
	fprintf(to, "%c%s.\n", cmd->summary[0] - 'a' + 'A', cmd->summary + 1);
	if (group)
		print_commands(to, cmd);
	print_options(to, cmd);
	print_rare(to, cmd);
	print_examples(to, cmd->examples);
	if (cmd->status)
		fprintf(to, "Exit status: %s\n", cmd->status);
}
