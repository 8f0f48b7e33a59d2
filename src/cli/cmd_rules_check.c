/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_rules_check.c - "stanch rules check": does a rule file do what its
 * author thinks?  It must load, compile, and find its own examples.
 */
#include "cli/setup.h"

#include <string.h>

struct check {
	const struct cli *cli;
	struct stanch_error last;
	unsigned problems;
};

/* An example is drawn more than once, but one problem is told once. */
static void
on_problem(const struct stanch_error *problem, void *payload)
{
	struct check *c = payload;

	if (c->problems && problem->line == c->last.line &&
		!strcmp(problem->where, c->last.where) &&
		!strcmp(problem->text, c->last.text))
		return;
	c->last = *problem;
	c->problems++;
	say_error(c->cli, problem);
}

/* A rule that cannot be used is what we were asked to look for. */
static int
check(const struct cli *cli, struct setup *s)
{
	struct check c = { .cli = cli };
	struct stanch_error err;
	enum stanch_result r;
	size_t n;

	if (!setup_rules(s, cli, (const char *const *)cli->args, cli->nargs) ||
		!setup_engine(s, cli))
		return EXIT_TROUBLE;
	n = stanch_rules_count(s->rules);
	r = stanch_engine_selftest(s->engine, on_problem, &c, &err);
	if (r != STANCH_OK && r != STANCH_ERULE) {
		say_error(cli, &err);
		return EXIT_TROUBLE;
	}
	if (r == STANCH_ERULE && !c.problems)	/* it cannot be tried at all */
		on_problem(&err, &c);
	c.problems += s->limits;	/* said as warnings */
	if (c.problems) {
		say(cli, "%u problem%s in %zu rule%s", c.problems,
			c.problems == 1 ? "" : "s", n, n == 1 ? "" : "s");
		return EXIT_FINDINGS;
	}
	printf("%zu rule%s checked\n", n, n == 1 ? "" : "s");
	return EXIT_CLEAN;
}

int
cmd_rules_check(struct cli *cli)
{
	struct setup s = { 0 };
	int status = check(cli, &s);

	setup_free(&s);
	return status;
}
