/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - what is to be measured: the file bench/plan, read.
 *
 *	group ROUNDS WHERE [FILE]	what is run alternately; the file whose
 *					bytes go through
 *	run NAME COMMAND		one of the commands (pipeline.h)
 *	row METRIC IT FLOOR TARGET TITLE	a line of the table (figure.h);
 *					"-": no floor, no target
 *
 * WHERE: free, on all cores; core, all of it on one; apart, what is in the
 * middle on one and what is around it on the others.
 */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "pipeline.h"

enum { PLAN_GROUPS = 32, PLAN_RUNS = 4, PLAN_ROWS = 6, PLAN_ROUNDS = 100 };

enum where { WHERE_FREE, WHERE_CORE, WHERE_APART, WHERE_COUNT };

extern const char *const where_names[WHERE_COUNT];

struct run {
	char name[24];
	char *command;			/* as it was written */
	struct pipeline pipeline;
	struct usage took[PLAN_ROUNDS];
};

struct row {
	const struct metric *metric;
	const struct run *it, *floor;	/* floor may be NULL */
	bool aimed;			/* there is a target */
	double target;
	char title[64];
};

struct group {
	unsigned rounds;
	enum where where;
	double bytes;			/* 0: unknown */
	struct run runs[PLAN_RUNS];
	struct row rows[PLAN_ROWS];
	size_t nruns, nrows;
};

struct plan {
	struct group groups[PLAN_GROUPS];
	size_t n;
};

/* False: said on standard error.  Nothing of it is ever freed. */
bool plan_read(struct plan *plan, const char *path);

#endif
