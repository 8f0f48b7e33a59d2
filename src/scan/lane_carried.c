/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane_carried.c - candidates that a lane gets without Hyperscan, and what it
 * tells of those it tried.  Where they come from is object.c's.
 */
#include "scan/feed.h"

/* Those whose literals have come in. */
enum stanch_result
feed_carried(struct feed *f)
{
	struct lane *l = f->lane;

	for (; l->taken < l->carried->n; l->taken++) {
		const struct candidate *c = &l->carried->v[l->taken];

		if (c->at + c->len > f->end)
			break;
		if (!candidates_add(&l->waiting, c))
			return STANCH_ENOMEM;
	}
	return STANCH_OK;
}

void
feed_note(struct feed *f, const struct candidate *c)
{
	struct candidates *to = f->lane->noted;

	if (to && to->n < LANE_NOTED && !candidates_add(to, c) &&
		f->result == STANCH_OK)
		f->result = STANCH_ENOMEM;
}
