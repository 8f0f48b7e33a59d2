/* SPDX-License-Identifier: Apache-2.0 */
/* placeholder.h - values that stand where a secret would, and are none. */
#ifndef JUDGE_PLACEHOLDER_H
#define JUDGE_PLACEHOLDER_H

#include "base/span.h"

/*
 * Why s is a dummy or a template variable, a static text; NULL when it does
 * not look like one.  Of random strings over 62 characters, 20 bytes and
 * longer, it takes fewer than one in 100,000 for a dummy.  Linear; looks at
 * the first PLACEHOLDER_MAX bytes only.
 */
const char *placeholder_reason(struct span s);

/* Its parts; each says whether s is one. */
bool placeholder_template(struct span s);	/* ${X}, {{x}}, <x>, %s */
bool placeholder_run(struct span s);		/* xxxx, ****, abcabcabc */
bool placeholder_sequence(struct span s);	/* 12345678, qwerty */
bool placeholder_words(struct span s);		/* your_api_key, EXAMPLE */

enum { PLACEHOLDER_MAX = 512 };

#endif
