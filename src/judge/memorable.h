/* SPDX-License-Identifier: Apache-2.0 */
/* memorable.h - passwords of words, as people make them to remember. */
#ifndef JUDGE_MEMORABLE_H
#define JUDGE_MEMORABLE_H

#include "base/span.h"

/*
 * Whether s is made of words and a number, or of words with digits for some
 * letters, and has a sign that no name of a thing has so: granite-falcon-4039,
 * amber.canyon675, +AmberCanyon83, Granite!22, l4k3_c4ny0n_85.  What has a
 * word of names in it, as in user_table_12, is none.  Linear.
 */
bool memorable_is(struct span s);

#endif
