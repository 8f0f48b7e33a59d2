/* SPDX-License-Identifier: Apache-2.0 */
/* generic.h - what generic.c knows of values, for those of services, too. */
#ifndef JUDGE_GENERIC_H
#define JUDGE_GENERIC_H

#include "judge/shape.h"
#include "judge/site.h"

/* Why a value of this form is no secret, a static text; else NULL. */
const char *generic_form(const struct judge_case *c, const struct site *t,
	struct span v, const struct shape *f);
/* Whether its bytes differ enough for its length. */
bool generic_varied(const struct judge_case *c, const struct site *t,
	struct span v, const struct shape *f);
/* Whether it is as random as a secret written like this; surprise is of
   wordlike_surprise(). */
bool generic_random(const struct judge_case *c, const struct site *t,
	struct span v, const struct shape *f, int surprise);

#endif
