/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bound.h - where, at the earliest, the secret of a candidate begins: bytes
 * before that may go while it waits.  Follows from the rule's facts and the
 * bytes alone, so it says the same however they are split.
 */
#ifndef SCAN_BOUND_H
#define SCAN_BOUND_H

#include "engine/engine.h"

/* The bytes [base, base + data.len) and a candidate of rule's in them. */
struct bound {
	struct span data;
	uint64_t base;
	const struct stanch_rule *rule;
	const struct candidate *candidate;
};

/* Of one that was not tried yet. */
uint64_t bound_waiting(const struct bound *b);
/*
 * Of a match that begins at `start`.  Another match may come without the
 * candidate's literal, so what is known from there holds for rules only that
 * match nowhere else.
 */
uint64_t bound_secret(const struct bound *b, uint64_t start);
/*
 * Of a match that was given up and begins at `from` or later: no byte from
 * here on was ever safe while the candidate waited.
 */
uint64_t bound_limit(const struct bound *b, uint64_t from);

#endif
