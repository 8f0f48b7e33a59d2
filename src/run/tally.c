/* SPDX-License-Identifier: Apache-2.0 */
/* tally.c - counting in the order of the report, by the calling thread. */
#include "run/tally.h"

void
tally_finding(struct stanch_tally *t, const struct stanch_finding *f)
{
	t->findings++;
	t->by_confidence[f->confidence]++;
	t->by_severity[f->severity]++;
}

void
tally_gap(struct stanch_tally *t, const struct gap *g)
{
	t->gaps++;
	t->by_gap[g->why]++;
}
