/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.c - runs the plan: the commands of a group alternately, a round
 * that does not count first, and prints one table.
 *
 *	measure PLAN RESULTS.json
 *
 * Exit status: 0 all targets reached, 1 some missed, 2 it could not be run.
 */
#include <sched.h>
#include <stdio.h>

#include "plan.h"
#include "table.h"

/* The last core this process may use: interrupts like the first one. */
static void
choose_core(const cpu_set_t *all, cpu_set_t *one)
{
	int core = CPU_SETSIZE - 1;

	while (core > 0 && !CPU_ISSET(core, all))
		core--;
	CPU_ZERO(one);
	CPU_SET(core, one);
}

static bool
run_round(struct group *g, unsigned round)
{
	for (size_t i = 0; i < g->nruns; i++)
		if (!pipeline_run(&g->runs[i].pipeline,
			&g->runs[i].took[round]))
			return false;
	return true;
}

/* Children inherit our affinity, as under "taskset -c CORE". */
static bool
run_group(struct group *g)
{
	cpu_set_t all, one;
	bool ok = true;

	if (sched_getaffinity(0, sizeof all, &all) != 0)
		return false;
	choose_core(&all, &one);
	if (g->core && sched_setaffinity(0, sizeof one, &one) != 0)
		return false;
	if (g->rounds > 1)
		ok = run_round(g, 0);	/* warms up, is overwritten */
	for (unsigned i = 0; i < g->rounds && ok; i++)
		ok = run_round(g, i);
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
