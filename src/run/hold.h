/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hold.h - findings of a repository wait here for its end: then the places of
 * one secret become one finding, the oldest place first.
 *
 *	findings -> hold_add ... repository ends -> hold_release -> groups
 *
 * Bounded: at HOLD_MOST bytes what waits is let out early.  A secret with
 * places before and after that is then told twice, never lost.
 */
#ifndef RUN_HOLD_H
#define RUN_HOLD_H

#include "run/event.h"
#include "source/source.h"

enum { HOLD_MOST = 64 * 1024 * 1024 };

struct hold {
	struct event *first, **end;	/* in the order they came */
	size_t cost;
};

typedef enum stanch_result hold_fn(const struct stanch_finding *f,
	void *payload, struct stanch_error *err);

void hold_init(struct hold *h);
void hold_free(struct hold *h);
/* Takes e, a finding of a repository. */
void hold_add(struct hold *h, struct event *e);
bool hold_full(const struct hold *h);
/* The repository of what has waited longest; nothing may wait. */
uint32_t hold_next(const struct hold *h);
/*
 * Lets out the findings of the repository, a secret each: first those that no
 * commit brought, as they came, then by date.
 */
enum stanch_result hold_release(struct hold *h, uint32_t repo,
	struct stanch_source *source, unsigned jobs, hold_fn *fn,
	void *payload, struct stanch_error *err);

#endif
