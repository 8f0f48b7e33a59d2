/* SPDX-License-Identifier: Apache-2.0 */
/* gitopts.c - the options that say what of git is scanned. */
#include "cli/gitopts.h"

#include "cli/hook.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One way to choose at a time; but --refs goes with --since. */
static bool
check(const struct cli *cli)
{
	const struct opt_values *o = &cli->opt;
	int n = o->history + o->no_history + o->staged +
		(o->range != NULL) + (o->since || o->refs);

	if (n > 1)
		say(cli, "only one of --history, --no-history, --staged, "
			"--range, --since (or --refs) can be given");
	return n <= 1;
}

static bool
take_range(struct gitopts *g, const struct cli *cli)
{
	char *dots;

	g->range = strdup(cli->opt.range);
	dots = g->range ? strstr(g->range, "..") : NULL;
	if (!dots || dots[2] == '.' || !strcmp(g->range, "..")) {
		say(cli, "option '--range': '%s' is not of the form A..B",
			cli->opt.range);
		return false;
	}
	*dots = '\0';
	g->from = g->range[0] ? g->range : NULL;
	g->to = dots[2] ? dots + 2 : "HEAD";
	return true;
}

/* Midnight of a day, in UTC. */
static bool
take_today(struct gitopts *g, const struct cli *cli)
{
	struct tm tm = { 0 };
	const char *end = strptime(cli->opt.today, "%Y-%m-%d", &tm);

	if (end && !*end) {
		g->now = timegm(&tm);
		return true;
	}
	say(cli, "option '--today': '%s' is not a day like 2026-12-31",
		cli->opt.today);
	return false;
}

bool
gitopts_take(struct gitopts *g, const struct cli *cli,
	struct stanch_source_options *opt)
{
	const struct opt_values *o = &cli->opt;

	if (!check(cli) || (o->range && !take_range(g, cli)) ||
		(o->today && !take_today(g, cli)))
		return false;
	if (cli->hook) {
		uint64_t most = opt->max_file_size;

		*opt = cli->hook->opt;
		opt->max_file_size = most;
		return true;
	}
	if (o->since)
		g->from = o->since;
	opt->git = o->history ? STANCH_GIT_OBJECTS :
		o->no_history ? STANCH_GIT_FILES :
		o->staged ? STANCH_GIT_STAGED :
		o->range || o->since || o->refs ? STANCH_GIT_RANGE :
		STANCH_GIT_ALL;
	opt->git_from = &g->from;
	opt->ngit_from = g->from != NULL;
	opt->git_to = &g->to;
	opt->ngit_to = g->to != NULL;
	opt->git_refs = o->refs;
	opt->git_authors = o->authors;
	return true;
}

void
gitopts_free(struct gitopts *g)
{
	free(g->range);
}
