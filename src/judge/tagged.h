/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tagged.h - what the redactor left where secrets were.  A tag's own words
 * must not make a secret of what stands beside it: what was redacted once
 * stays as it is when it is redacted again.
 */
#ifndef JUDGE_TAGGED_H
#define JUDGE_TAGGED_H

#include "judge/judge.h"

/*
 * Whether the match begins in a tag, or the secret is the rest of one that
 * was taken for user:password.
 */
bool tagged_is_of_tag(const struct judge_case *c);
/* Blanks the tags in text, which is in lower case; it may begin in one. */
void tagged_blank(uint8_t *text, size_t n);

#endif
