/* SPDX-License-Identifier: Apache-2.0 */
/* figure.c - the metrics, and medians of samples. */
#include "figure.h"

#include <stdlib.h>
#include <string.h>

static double
show_rate(const struct usage *u, double bytes)
{
	return bytes / u->wall / 1e9;
}

static double
show_seconds(const struct usage *u, double bytes)
{
	return u->wall;
}

static double
show_ms(const struct usage *u, double bytes)
{
	return u->wall * 1e3;
}

static double
show_peak(const struct usage *u, double bytes)
{
	return u->peak / 1024;
}

static double
speed(const struct usage *it, const struct usage *under, double bytes)
{
	return under->wall / it->wall;
}

static double
rate(const struct usage *it, const struct usage *under, double bytes)
{
	return show_rate(it, bytes);
}

static double
times(const struct usage *it, const struct usage *under, double bytes)
{
	return it->wall / under->wall;
}

static double
over(const struct usage *it, const struct usage *under, double bytes)
{
	return (it->wall - under->wall) * 1e3;
}

static double
peak(const struct usage *it, const struct usage *under, double bytes)
{
	return show_peak(it, bytes);
}

static const struct metric metrics[] = {
	{ "speed", "x", "GB/s", true, speed, show_rate },
	{ "gain", "x", "s", true, speed, show_seconds },
	{ "rate", "GB/s", "GB/s", true, rate, show_rate },
	{ "time", "x", "s", false, times, show_seconds },
	{ "over", "ms", "ms", false, over, show_ms },
	{ "peak", "MiB", "MiB", false, peak, show_peak },
};

const struct metric *
metric_find(const char *name)
{
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++)
		if (strcmp(metrics[i].name, name) == 0)
			return &metrics[i];
	return NULL;
}

static int
compare(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

struct summary
figure_summary(double *v, size_t n)
{
	qsort(v, n, sizeof *v, compare);
	return (struct summary){ .least = v[0], .most = v[n - 1],
		.median = (v[(n - 1) / 2] + v[n / 2]) / 2 };
}

struct summary
figure_of(const struct group *g, const struct row *r)
{
	static const struct usage none;
	double v[PLAN_ROUNDS];

	for (unsigned i = 0; i < g->rounds; i++)
		v[i] = r->metric->figure(&r->it->took[i],
			r->floor ? &r->floor->took[i] : &none, g->bytes);
	return figure_summary(v, g->rounds);
}

double
figure_shown(const struct group *g, const struct metric *m,
	const struct run *run)
{
	double v[PLAN_ROUNDS];

	for (unsigned i = 0; i < g->rounds; i++)
		v[i] = m->show(&run->took[i], g->bytes);
	return figure_summary(v, g->rounds).median;
}

bool
figure_reached(const struct row *r, double value)
{
	return !r->aimed || (r->metric->more ? value >= r->target :
		value <= r->target);
}

const char *
figure_verdict(const struct row *r, double value)
{
	return !r->aimed ? "-" : figure_reached(r, value) ? "ok" : "MISS";
}
