/* SPDX-License-Identifier: Apache-2.0 */
/* allow.h - allow-lists, compiled; what they mean is what gitleaks means. */
#ifndef JUDGE_ALLOW_H
#define JUDGE_ALLOW_H

#include "judge/judge.h"

struct allow;		/* the lists of one rule, or the global ones */

/* NULL in *out when there are none.  ERULE: err->text says which part. */
enum stanch_result allow_new(struct allow **out,
	const struct rule_allow *lists, size_t n, struct stanch_error *err);
void allow_free(struct allow *a);	/* all take NULL: no lists */

/* Whether a list needs the line of the match. */
bool allow_wants_line(const struct allow *a);
/* Whether a list lets everything at the place pass. */
bool allow_place(const struct allow *a, const char *place,
	struct re_scratch *s);
/* The list that lets this match pass, at a place that allow_place() did not
   let pass as a whole; NULL: none. */
const struct rule_allow *allow_match(const struct allow *a,
	const struct judge_case *c, struct re_scratch *s);

#endif
