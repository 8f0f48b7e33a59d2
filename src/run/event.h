/* SPDX-License-Identifier: Apache-2.0 */
/* event.h - what a worker has to say: a finding, a gap or the end of a
   repository, kept until its turn comes. */
#ifndef RUN_EVENT_H
#define RUN_EVENT_H

#include "base/coverage.h"
#include "base/gap.h"
#include "finding/finding.h"

enum event_kind { EVENT_FINDING, EVENT_GAP, EVENT_COVERAGE,
	EVENT_REPO_END };

/* Owned by whoever has it. */
struct event {
	struct event *next;
	enum event_kind kind;
	uint32_t repo;		/* where it comes from; 0: no repository */
	struct stanch_finding *finding;
	struct gap gap;		/* place: in the same memory */
	struct coverage coverage;	/* the same */
	size_t cost;		/* bytes */
};

/* NULL: out of memory. */
struct event *event_of_finding(const struct stanch_finding *f);
struct event *event_of_gap(const struct gap *g, const char *place);
struct event *event_of_coverage(const struct coverage *c,
	const char *behind);	/* ... its place */
struct event *event_of_end(void);
/* A whole list. */
void event_free(struct event *e);

#endif
