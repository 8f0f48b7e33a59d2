/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the table, a line for each row of the plan. */
#include "table.h"

#include "figure.h"

void
table_head(FILE *out)
{
	fprintf(out, "%-46s %11s  %-17s %-27s %-12s\n", "", "stanch", "floor",
		"figure (least-most)", "target");
}

static void
print_row(FILE *out, const struct group *g, const struct row *r,
	const struct summary *s)
{
	const struct metric *m = r->metric;
	char under[64] = "-", figure[64], target[32] = "-";

	if (r->floor)
		snprintf(under, sizeof under, "%s %.3g %s", r->floor->name,
			figure_shown(g, m, r->floor), m->shown);
	snprintf(figure, sizeof figure, "%.3g %s (%.3g-%.3g)", s->median,
		m->unit, s->least, s->most);
	if (r->aimed)
		snprintf(target, sizeof target, "%s %g %s",
			m->more ? ">=" : "<=", r->target, m->unit);
	fprintf(out, "%-46s %6.3g %-4s  %-17s %-27s %-12s %s\n", r->title,
		figure_shown(g, m, r->it), m->shown, under, figure, target,
		figure_verdict(r, s->median));
	fflush(out);
}

unsigned
table_group(FILE *out, const struct group *g)
{
	unsigned missed = 0;

	for (size_t i = 0; i < g->nrows; i++) {
		struct summary s = figure_of(g, &g->rows[i]);

		print_row(out, g, &g->rows[i], &s);
		missed += !figure_reached(&g->rows[i], s.median);
	}
	return missed;
}
