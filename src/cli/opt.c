/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opt.c - reads the command line as GNU programs do: --name=value or --name
 * value, -n value or -nvalue, single letters in one word, options and
 * operands in any order, all operands after "--".  Names are not to be
 * abbreviated: a script must not break when an option is added.
 * What there is to read stands in opt_table.c, the values in opt_value.c.
 */
#include "cli/cli.h"

#include <string.h>

struct parse {
	struct cli *cli;
	char **argv;		/* what is left, NULL at the end */
	char **operands;	/* where the next one goes, <= argv */
};

bool
opt_belongs(const struct opt_spec *spec, const struct command *cmd)
{
	if (spec->commands == OPT_ALL)
		return true;
	return cmd ? spec->commands & cmd->bit : spec->commands == 0;
}

const struct command *
opt_command(const char *name)
{
	for (const struct command *c = opt_commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

bool
opt_in_group(const struct command *cmd, const struct command *group)
{
	size_t n = strlen(group->name);

	return !strncmp(cmd->name, group->name, n) && cmd->name[n] == ' ';
}

bool
opt_is_group(const struct command *cmd)
{
	return cmd[1].name && opt_in_group(&cmd[1], cmd);
}

static const char *
next_command(void *from, size_t i)
{
	const struct command *group = from;

	for (const struct command *c = opt_commands; c->name; c++) {
		if (group ? !opt_in_group(c, group) :
			strchr(c->name, ' ') || c->hidden)
			continue;
		if (i-- == 0)
			return group ? c->name + strlen(group->name) + 1 :
				c->name;
	}
	return NULL;
}

static bool
unknown_command(struct parse *p, const char *word)
{
	const struct command *group = p->cli->cmd;
	const char *near = opt_nearest(word, next_command, (void *)group);

	if (near)
		say(p->cli, "unknown command '%s'; did you mean '%s'?", word,
			near);
	else
		say(p->cli, "unknown command '%s'; see 'stanch %s%s--help'",
			word, group ? group->name : "", group ? " " : "");
	return false;
}

/* In a group the first operand names the command. */
static bool
enter_group(struct parse *p, const char *word)
{
	const struct command *group = p->cli->cmd;

	for (const struct command *c = group + 1; c->name; c++)
		if (opt_in_group(c, group) &&
			!strcmp(c->name + strlen(group->name) + 1, word)) {
			p->cli->cmd = c;
			return true;
		}
	return unknown_command(p, word);
}

static bool
too_many(const struct cli *cli)
{
	/* Which may be a secret that should have been piped in. */
	say(cli, "too many operands; see 'stanch %s --help'", cli->cmd->name);
	return false;
}

static bool
take_operand(struct parse *p, char *word)
{
	const struct command *cmd = p->cli->cmd;

	if (cmd && opt_is_group(cmd))
		return enter_group(p, word);
	if (!cmd) {
		cmd = opt_command(word);
		if (!cmd || strchr(word, ' '))
			return unknown_command(p, word);
		p->cli->cmd = cmd;
		return true;
	}
	if (cmd->wraps && !p->cli->dashed)
		return too_many(p->cli);
	*p->operands++ = word;
	p->cli->nargs++;
	return true;
}

static const char *
next_option(void *from, size_t i)
{
	for (const struct opt_spec *s = opt_specs; s->name; s++)
		if (opt_belongs(s, from) && i-- == 0)
			return s->name;
	return NULL;
}

static bool
unknown_option(struct parse *p, const char *name, size_t len)
{
	char word[64];
	const char *near;

	snprintf(word, sizeof word, "%.*s", (int)(len < 63 ? len : 63), name);
	near = opt_nearest(word, next_option, (void *)p->cli->cmd);
	if (near)
		say(p->cli, "unknown option '--%s'; did you mean '--%s'?",
			word, near);
	else
		say(p->cli, "unknown option '--%s'; see 'stanch %s%s--help'",
			word, p->cli->cmd ? p->cli->cmd->name : "",
			p->cli->cmd ? " " : "");
	return false;
}

/* shown: the option as the user wrote it. */
static bool
store(struct parse *p, const struct opt_spec *spec, const char *shown,
	const char *value)
{
	const char *why = opt_store(&p->cli->opt, spec, value);

	if (why)
		say(p->cli, "option '%s': '%s' %s%s%s", shown, value, why,
			spec->choices ? " " : "",
			spec->choices ? spec->choices : "");
	return !why;
}

static bool
take_argument(struct parse *p, const struct opt_spec *spec,
	const char *shown, const char *value)
{
	if (!value)
		value = *p->argv ? *p->argv++ : NULL;
	if (value)
		return store(p, spec, shown, value);
	say(p->cli, "option '%s' needs an argument, %s", shown, spec->arg);
	return false;
}

static bool
take_long(struct parse *p, const char *word)
{
	const char *name = word + 2, *value = strchr(name, '=');
	size_t len = value ? (size_t)(value - name) : strlen(name);
	const struct opt_spec *s = opt_specs;
	char shown[64];

	while (s->name && (!opt_belongs(s, p->cli->cmd) ||
		strncmp(s->name, name, len) || s->name[len]))
		s++;
	if (!s->name)
		return unknown_option(p, name, len);
	snprintf(shown, sizeof shown, "--%s", s->name);
	if (s->kind == OPT_MAYBE && !value)
		return store(p, s, shown, "");
	if (s->kind != OPT_FLAG)
		return take_argument(p, s, shown, value ? value + 1 : NULL);
	if (!value)
		return store(p, s, shown, "1");
	say(p->cli, "option '%s' takes no argument", shown);
	return false;
}

static bool
take_letters(struct parse *p, const char *word)
{
	for (const char *c = word + 1; *c; c++) {
		const struct opt_spec *s = opt_specs;
		char shown[] = { '-', *c, '\0' };

		while (s->name && (s->letter != *c ||
			!opt_belongs(s, p->cli->cmd)))
			s++;
		if (!s->name) {
			say(p->cli, "unknown option '%s'; see "
				"'stanch %s%s--help'", shown,
				p->cli->cmd ? p->cli->cmd->name : "",
				p->cli->cmd ? " " : "");
			return false;
		}
		if (s->kind != OPT_FLAG)
			return take_argument(p, s, shown,
				c[1] ? c + 1 : NULL);
		if (!store(p, s, shown, "1"))
			return false;
	}
	return true;
}

static bool
take_word(struct parse *p, char *word)
{
	bool options = !p->cli->dashed;

	if (options && !strcmp(word, "--"))
		return p->cli->dashed = true;
	/* "-:12" is a line of standard input. */
	if (!options || word[0] != '-' || !word[1] || word[1] == ':')
		return take_operand(p, word);
	return word[1] == '-' ? take_long(p, word) : take_letters(p, word);
}

static bool
count_operands(const struct cli *cli)
{
	const struct command *cmd = cli->cmd;

	if (!cmd || cli->opt.help)
		return true;
	if (cli->nargs > cmd->most)
		return too_many(cli);
	if (cli->nargs >= cmd->least + (cmd->wraps && cli->dashed))
		return true;
	if (cmd->wraps)
		say(cli, "no command after '--'");
	else
		say(cli, "operand missing: usage: stanch %s %s", cmd->name,
			cmd->args);
	return false;
}

/* Whoever runs a command with us sees our failures apart from its own. */
static bool
give_up(struct parse *p)
{
	while (!p->cli->dashed && *p->argv)
		p->cli->dashed = !strcmp(*p->argv++, "--");
	return false;
}

bool
opt_parse(struct cli *cli, int argc, char **argv)
{
	struct parse p = { cli, argv + (argc > 0), argv };

	opt_defaults(&cli->opt);
	cli->args = argv;
	while (*p.argv) {
		char *word = *p.argv++;

		if (!take_word(&p, word))
			return give_up(&p);
	}
	*p.operands = NULL;
	return count_operands(cli);
}
