/* SPDX-License-Identifier: Apache-2.0 */
/* memorable.h - passwords of words, as people make them to remember. */
#ifndef JUDGE_MEMORABLE_H
#define JUDGE_MEMORABLE_H

#include "base/span.h"

/*
 * Whether s is made of words and a number, or of words with digits for some
 * letters, and has a sign: granite-falcon-4039, amber.canyon675, Granite!22,
 * +AmberCanyon83, l4k3_c4ny0n_85.  What has a word that names of things are
 * made of, as user_table_12 has, is none.  Linear.
 */
bool memorable_is(struct span s);

#endif
