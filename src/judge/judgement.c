/* SPDX-License-Identifier: Apache-2.0 */
/* judgement.c - the reasons a judgement states, and the numbers behind it. */
#include "judge/judge.h"

void
judgement_reason(struct judgement *j, const char *reason)
{
	if (j->nreasons < FINDING_REASONS)
		j->reasons[j->nreasons++] = reason;
}

bool
judge_measure(const struct judge_case *c, const char *name, double is,
	double asked)
{
	if (watched(c->watch))
		watch_tell(c->watch, (struct stanch_step){
			.kind = STANCH_STEP_MEASURE, .name = name, .is = is,
			.asked = asked, .outcome = is >= asked ?
			STANCH_PASSED : STANCH_FAILED });
	return is >= asked;
}
