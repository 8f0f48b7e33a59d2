/* SPDX-License-Identifier: Apache-2.0 */
/* public.h - values that anybody may know, whatever they are called. */
#ifndef JUDGE_PUBLIC_H
#define JUDGE_PUBLIC_H

#include "judge/judge.h"

/* Why the match is of no secret, a static text; NULL: it may be one. */
const char *public_reason(const struct judge_case *c);

#endif
