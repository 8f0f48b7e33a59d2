/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure.h - samples to figures.
 *
 * A figure is worked out round by round, stanch beside its floor as they ran
 * one after the other, and the median over the rounds is what counts: what
 * slows the machine down for a while slows both.
 */
#ifndef BENCH_FIGURE_H
#define BENCH_FIGURE_H

#include "plan.h"

/* How one round gives a figure, and how a run is shown beside it. */
struct metric {
	const char *name, *unit, *shown;
	bool more;	/* is better */
	double (*figure)(const struct usage *it, const struct usage *under,
		double bytes);
	double (*show)(const struct usage *u, double bytes);
};

struct summary { double median, least, most; };

/* speed, gain, rate, time, over, peak; NULL: no such metric. */
const struct metric *metric_find(const char *name);

struct summary figure_summary(double *v, size_t n);	/* sorts v */
struct summary figure_of(const struct group *g, const struct row *r);
/* The median of a run in the metric's unit. */
double figure_shown(const struct group *g, const struct metric *m,
	const struct run *run);
bool figure_reached(const struct row *r, double value);
const char *figure_verdict(const struct row *r, double value);

#endif
