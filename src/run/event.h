/* SPDX-License-Identifier: Apache-2.0 */
/* event.h - what a worker has to say: a finding or a gap, kept until its turn
   comes. */
#ifndef RUN_EVENT_H
#define RUN_EVENT_H

#include "base/gap.h"
#include "finding/finding.h"

/* One of both.  Owned by whoever has it. */
struct event {
	struct event *next;
	struct stanch_finding *finding;
	struct gap gap;		/* place: in the same memory */
	size_t cost;		/* bytes */
};

/* NULL: out of memory. */
struct event *event_of_finding(const struct stanch_finding *f);
struct event *event_of_gap(const struct gap *g, const char *place);
/* A whole list. */
void event_free(struct event *e);

#endif
