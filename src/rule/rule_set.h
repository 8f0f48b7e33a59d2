/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_set.h - making immutable rule sets: read TOML, lay over a base, lint,
 * plan (facts), digest.  What a set's rules find is the engine's business.
 */
#ifndef RULE_RULE_SET_H
#define RULE_RULE_SET_H

#include "rule/rule.h"

/* The built-in pack: static data in build/rule_builtin.c. */
extern const struct stanch_rules rule_builtin;

/*
 * Reads the TOML text of len bytes, named `name` in messages, over base (may
 * be NULL).  As stanch_rules_load(), without the file.  `dir` resolves
 * `[extend] path`; NULL refuses it.
 */
enum stanch_result rule_set_read(struct stanch_rules **out,
	const struct stanch_rules *base, const char *text, size_t len,
	const char *name, const char *dir, stanch_warning_fn *on_warning,
	void *payload, struct stanch_error *err);

/*
 * Lower-case hex SHA-256 over all fields that can change a finding; false:
 * out of memory.
 */
bool rule_set_digest(const struct stanch_rules *set, char digest[65]);

#endif
