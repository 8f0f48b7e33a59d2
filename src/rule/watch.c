/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c - a step, made whole and told. */
#include "rule/watch.h"

static const char *const names[] = {
	[STANCH_STEP_CANDIDATE] = "candidate",
	[STANCH_STEP_CONFIRM] = "confirm", [STANCH_STEP_WITHIN] = "within",
	[STANCH_STEP_CHECK] = "check", [STANCH_STEP_MEASURE] = "measure",
	[STANCH_STEP_ALLOW] = "allow", [STANCH_STEP_JUDGED] = "judged",
	[STANCH_STEP_LEAST] = "least", [STANCH_STEP_RIVAL] = "rival",
	[STANCH_STEP_COVER] = "cover",
};

const char *
stanch_step_name(enum stanch_step_kind kind)
{
	return names[kind];
}

void
watch_tell(const struct watch *w, struct stanch_step step)
{
	if (!watched(w))
		return;
	if (!step.rule) {
		step.rule = w->rule;
		step.start = w->start;
		step.end = w->end;
	}
	step.name = step.name ? step.name : "";
	step.text = step.text ? step.text : "";
	step.preview = step.preview ? step.preview : "";
	step.decoded = step.decoded ? step.decoded : "";
	w->on_step(&step, w->payload);
}
