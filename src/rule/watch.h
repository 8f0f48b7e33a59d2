/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch.h - who is told of each step of a scan, if anybody asks.  Nothing is
 * done otherwise for being watched, and next to nothing when nobody is.
 */
#ifndef RULE_WATCH_H
#define RULE_WATCH_H

#include "rule/rule.h"

struct watch {
	stanch_step_fn *on_step;	/* NULL: nobody */
	void *payload;
	/* What steps are about that do not know it themselves. */
	const struct stanch_rule *rule;
	uint64_t start, end;
};

static inline bool
watched(const struct watch *w)
{
	return w && w->on_step;
}

/* Tells of a step, of what the watch is on if the step names no rule. */
void watch_tell(const struct watch *w, struct stanch_step step);

#endif
