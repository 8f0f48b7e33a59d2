/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_lint.h - what the built-in pack asks of a rule beyond what loading it
 * does: it must explain itself, prove itself, and be cheap to look for.
 */
#ifndef RULE_RULE_LINT_H
#define RULE_RULE_LINT_H

#include "rule/rule.h"

/* Reports each shortcoming; returns how many there were. */
size_t rule_lint(const struct stanch_rule *rule,
	stanch_warning_fn *on_problem, void *payload);

/* The i-th category there is, NULL after the last. */
const char *rule_category(size_t i);

#endif
