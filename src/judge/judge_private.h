/* SPDX-License-Identifier: Apache-2.0 */
/* judge_private.h - struct judge, for judge.c and judge_new.c alone. */
#ifndef JUDGE_JUDGE_PRIVATE_H
#define JUDGE_JUDGE_PRIVATE_H

#include "judge/allow.h"

/* What one rule needs beyond its own fields. */
struct judge_rule {
	const struct check **checks;	/* as many as the rule names */
	struct allow *allow;
	struct re *path;
};

struct judge {
	const struct stanch_rules *rules;
	struct allow *allow;		/* the global lists */
	struct services *services;	/* whose words are looked for */
	bool want_lines;		/* of every match */
	struct judge_rule of[];		/* by the rule's index */
};

#endif
