/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_rules_check.c - "stanch rules check": does a rule file do what its
 * author thinks?  It must load, compile, and find its own examples.
 */
#include "cli/setup.h"

struct check {
	const struct cli *cli;
	const struct setup *setup;
	unsigned problems;
};

/* As a compiler would: where the rule is declared, then what it does wrong. */
static void
on_problem(const struct stanch_error *problem, void *payload)
{
	struct check *c = payload;
	const struct stanch_rule *rule =
		stanch_rules_find(c->setup->rules, problem->where);
	uint32_t line = 0;
	const char *file = rule ? stanch_rule_file(rule, &line) : "";

	c->problems++;
	if (*file && line)
		say(c->cli, "%s:%u: %s: %s", file, line, problem->where,
			problem->text);
	else
		say_error(c->cli, problem);
}

/* A rule that cannot be used is what we were asked to look for. */
static int
check(const struct cli *cli, struct setup *s)
{
	struct check c = { cli, s, 0 };
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
