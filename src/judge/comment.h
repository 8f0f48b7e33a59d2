/* SPDX-License-Identifier: Apache-2.0 */
/* comment.h - comments that ask to let a secret pass. */
#ifndef JUDGE_COMMENT_H
#define JUDGE_COMMENT_H

#include "base/span.h"
#include "stanch.h"

/*
 * Whether the line asks for it: "stanch:allow" and a reason, or, when those
 * are heeded, too, a tag of another scanner.
 */
bool comment_allows(enum stanch_comments which, struct span line);

#endif
