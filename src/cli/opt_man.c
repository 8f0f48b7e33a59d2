/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt_man.c - the manual page, in the man(7) macros that groff and mandoc
 * both know.  What is not in the table of options stands here.
 */
#include "cli/cli.h"

#include <string.h>

/* Of the last change to this page's own words. */
#define PAGE_DATE "2026-11-23"

static const char intro[] =
	".SH NAME\n"
	"stanch \\- find secrets in bytes, and keep them out of streams\n"
	".SH SYNOPSIS\n";

static const char description[] =
	".SH DESCRIPTION\n"
	".B stanch\n"
	"finds credentials where they have already leaked\n"
	"(files, directories, byte streams)\n"
	"and keeps them from leaking further (log streams).\n"
	"Both jobs use the same rules and find the same secrets in the\n"
	"same bytes.\n"
	".PP\n"
	"Options may stand before and after operands; after\n"
	".B \\-\\-\n"
	"all that follows are operands.\n"
	"Names of options are not to be abbreviated.\n"
	".SH COMMANDS\n";

static const char closing[] =
	".SH EXIT STATUS\n"
	"The status of\n"
	".B stanch scan\n"
	"is the sum of what applies:\n"
	".TP\n.B 0\nNothing was found, and every byte was looked at.\n"
	".TP\n.B 1\nSecrets were found.\n"
	".TP\n.B 4\nThe coverage is incomplete: see the gaps in the report.\n"
	".PP\n"
	"Alone, and of every command:\n"
	".TP\n.B 2\nThe command line is wrong, or the job could not be "
	"done.\n"
	".PP\n"
	"Of\n"
	".BR \"stanch redact \\-\\- \" CMD:\n"
	".TP\n.B 125\nThe job could not be done; nothing unfiltered came "
	"out.\n"
	".TP\n.B 126\nCMD cannot be run.\n"
	".TP\n.B 127\nThere is no CMD.\n"
	".TP\n.B 128+N\nCMD was killed by signal N.\n"
	".PP\n"
	"Else it is the status of CMD.\n"
	".SH ENVIRONMENT\n"
	".TP\n.B STANCH_CACHE_DIR\nWhere compiled rules are kept.\n"
	".TP\n.BR XDG_CACHE_HOME \", \" HOME\nElse they are kept in\n"
	"$XDG_CACHE_HOME/stanch or \\(ti/.cache/stanch; without either,\n"
	"or when HOME is another user's, each run compiles them anew.\n"
	".TP\n.B STANCH_MATCHER\n"
	"auto: what searches for the rules' literals fastest on this CPU;\n"
	"hyperscan: Hyperscan in any case. Both find the same.\n"
	".TP\n.BR NO_COLOR \", \" TERM\n"
	"No colour when NO_COLOR is set and not empty, or TERM is dumb.\n"
	".SH SECURITY\n"
	"Secrets are masked in every report unless\n"
	".B \\-\\-show\\-secrets\n"
	"is given.\n"
	"The program leaves no core file, and reads no configuration from "
	"what it scans.\n";

enum { LINE_MAX = 72 };

/* As roff sees it: no escape, hyphens that can be copied. */
static size_t
print_letter(FILE *to, char c)
{
	const char *as = c == '\\' ? "\\e" : c == '-' ? "\\-" :
		c == '~' ? "\\(ti" : NULL;

	if (!as)
		return fputc(c, to) >= 0;
	fputs(as, to);
	return strlen(as);
}

/* A word that stands first in a line must not be a request. */
static size_t
print_word(FILE *to, const char *s, size_t n, bool first)
{
	size_t wide = 0;

	if (first && (*s == '.' || *s == '\''))
		fputs("\\&", to);
	for (size_t i = 0; i < n; i++)
		wide += print_letter(to, s[i]);
	return wide;
}

/* On one line, for the argument of a macro. */
static void
print_line(FILE *to, const char *s, size_t n)
{
	print_word(to, s, n, false);
}

/* Filled; a sentence that ends in two spaces ends the line, as roff wants. */
static void
print_text(FILE *to, const char *s, size_t n)
{
	const char *end = s + n;
	size_t column = 0;

	while (s < end) {
		size_t word = strcspn(s, " ");

		if (word > (size_t)(end - s))
			word = (size_t)(end - s);
		if (column && column + word > LINE_MAX) {
			fputc('\n', to);
			column = 0;
		}
		if (column)
			fputc(' ', to);
		column += print_word(to, s, word, !column) + 1;
		s += word;
		if (s + 1 < end && s[1] == ' ')
			column = LINE_MAX;
		s += strspn(s, " ");
	}
	fputc('\n', to);
}

/* The same as a sentence. */
static void
print_sentence(FILE *to, const char *s, size_t n)
{
	char text[256];

	snprintf(text, sizeof text, "%.*s.", (int)n, s);
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	print_text(to, text, strlen(text));
}

static void
print_option(FILE *to, const struct opt_spec *s)
{
	char name[64];

	fputs(".TP\n.BR ", to);
	if (s->letter)
		fprintf(to, "\\-%c \", \" ", s->letter);
	snprintf(name, sizeof name, "--%s", s->name);
	print_line(to, name, strlen(name));
	if (s->arg)
		fprintf(to, s->kind == OPT_MAYBE ? " \"[=\\fI%s\\fR]\"" :
			" \" \\fI%s\\fR\"", s->arg);
	fputc('\n', to);
}

static void
print_option_text(FILE *to, const struct opt_spec *s)
{
	char text[OPT_HELP_MAX];

	opt_help_text(s, text);
	print_sentence(to, text, strlen(text));
	if (s->more)
		print_text(to, s->more, strlen(s->more));
}

static void
print_synopsis(FILE *to, const struct command *c)
{
	fputs(".B stanch ", to);
	print_line(to, c->name, strlen(c->name));
	fputc('\n', to);
	if (c->bit)
		fputs(".RI [ OPTION .\\|.\\|.]\n", to);
	if (*c->args)
		print_text(to, c->args, strlen(c->args));
}

static void
print_command(FILE *to, const struct command *c)
{
	fprintf(to, ".SS stanch %s\n", c->name);
	print_sentence(to, c->summary, strlen(c->summary));
	if (c->about)
		print_text(to, c->about, strlen(c->about));
	for (const struct opt_spec *s = opt_specs; s->name; s++) {
		if (!opt_belongs(s, c) || s->commands == OPT_ALL)
			continue;
		print_option(to, s);
		print_option_text(to, s);
	}
}

static void
print_examples(FILE *to, const char *examples)
{
	for (const char *e = examples; e && *e; e++) {
		size_t n = strcspn(e, "\t"), m = strcspn(e + n + 1, "\n");

		fputs(".TP\n.B ", to);
		print_line(to, e, n);
		fputc('\n', to);
		if (m)
			print_sentence(to, e + n + 1, m);
		else
			fputs("\\&\n", to);
		e += n + 1 + m;
	}
}

/* Groups are only a name before the names of their commands. */
static bool
on_page(const struct command *c)
{
	return !c->hidden && !opt_is_group(c);
}

void
opt_man_page(FILE *to)
{
	const struct command *c;
	const char *br = "";

	fprintf(to, ".\\\" Generated by stanch from its table of options.\n"
		".TH STANCH 1 %s \"stanch %s\" \"User Commands\"\n%s",
		PAGE_DATE, STANCH_VERSION, intro);
	for (c = opt_commands; c->name; c++) {
		if (!on_page(c))
			continue;
		fputs(br, to);
		br = ".br\n";
		print_synopsis(to, c);
	}
	fputs(description, to);
	for (c = opt_commands; c->name; c++)
		if (on_page(c))
			print_command(to, c);
	fputs(closing, to);
	fputs(".SH EXAMPLES\n", to);
	for (c = opt_commands; c->name; c++)
		if (on_page(c))
			print_examples(to, c->examples);
}
