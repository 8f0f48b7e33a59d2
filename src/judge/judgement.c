/* SPDX-License-Identifier: Apache-2.0 */
/* judgement.c - the reasons a judgement states. */
#include "judge/judge.h"

void
judgement_reason(struct judgement *j, const char *reason)
{
	if (j->nreasons < FINDING_REASONS)
		j->reasons[j->nreasons++] = reason;
}
