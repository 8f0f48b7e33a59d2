/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline.h - runs "a x | b y | c" without a shell and tells what it took.
 *
 * Standard input of the first and standard output of the last is /dev/null.
 * Words are parted by blanks; there is no quoting.
 */
#ifndef BENCH_PIPELINE_H
#define BENCH_PIPELINE_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

enum { PIPELINE_STAGES = 6, PIPELINE_WORDS = 12 };

struct pipeline {
	char *words[PIPELINE_STAGES][PIPELINE_WORDS + 1];	/* borrowed */
	size_t n;
};

/* Where the first and last stage run, and where those between them. */
struct cores { cpu_set_t outer, inner; };

struct usage {
	double wall, user, sys;		/* seconds; CPU of all stages */
	double peak;			/* KiB, of the largest stage */
};

/* Cuts text, which must stay, into words.  False: too many, or an empty one. */
bool pipeline_parse(struct pipeline *p, char *text);
/* False: something did not end well, and was named on standard error. */
bool pipeline_run(const struct pipeline *p, const struct cores *c,
	struct usage *u);

#endif
