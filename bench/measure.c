/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.c - runs the plan: the commands of a group alternately, a round
 * that does not count first, and prints one table.
 *
 *	measure PLAN RESULTS.json
 *
 * Exit status: 0 all targets reached, 1 some missed, 2 it could not be run.
 */
#include <stdio.h>

#include "plan.h"
#include "table.h"

/* The last core we may use: the first one is interrupted more often. */
static int
last_core(const cpu_set_t *all)
{
	int core = CPU_SETSIZE - 1;

	while (core > 0 && !CPU_ISSET(core, all))
		core--;
	return core;
}

static struct cores
choose_cores(enum where where, const cpu_set_t *all)
{
	struct cores c = { .outer = *all, .inner = *all };
	int core = last_core(all);

	if (where == WHERE_FREE)
		return c;
	CPU_ZERO(&c.inner);
	CPU_SET(core, &c.inner);
	if (where == WHERE_APART && CPU_COUNT(all) > 1)
		CPU_CLR(core, &c.outer);
	else
		c.outer = c.inner;
	return c;
}

static bool
run_round(struct group *g, const struct cores *c, unsigned round)
{
	for (size_t i = 0; i < g->nruns; i++)
		if (!pipeline_run(&g->runs[i].pipeline, c,
			&g->runs[i].took[round]))
			return false;
	return true;
}

static bool
run_group(struct group *g)
{
	cpu_set_t all;
	struct cores c;
	bool ok = true;

	if (sched_getaffinity(0, sizeof all, &all) != 0)
		return false;
	c = choose_cores(g->where, &all);
	if (g->rounds > 1)
		ok = run_round(g, &c, 0);	/* warms up, is overwritten */
	for (unsigned i = 0; i < g->rounds && ok; i++)
		ok = run_round(g, &c, i);
	sched_setaffinity(0, sizeof all, &all);
	return ok;
}

static bool
write_results(const char *path, const struct plan *plan, unsigned missed)
{
	FILE *f = fopen(path, "w");

	if (f)
		table_json(f, plan, missed);
	if (!f || fclose(f) != 0) {
		perror(path);
		return false;
	}
	return true;
}

int
main(int argc, char **argv)
{
	static struct plan plan;
	unsigned missed = 0;

	if (argc != 3 || !plan_read(&plan, argv[1])) {
		fprintf(stderr, "usage: measure PLAN RESULTS.json\n");
		return 2;
	}
	table_head(stdout);
	for (size_t i = 0; i < plan.n; i++) {
		if (!run_group(&plan.groups[i]))
			return 2;
		missed += table_group(stdout, &plan.groups[i]);
	}
	if (!write_results(argv[2], &plan, missed))
		return 2;
	return missed ? 1 : 0;
}
