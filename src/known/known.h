/* SPDX-License-Identifier: Apache-2.0 */
/*
 * known.h - where in a text the values of a set are, in any form.  Nothing is
 * remembered between two searches: the caller says from where on it has not
 * been decided, and is told from where on it is not.  So a value that is
 * added is looked for in what is still held by the next search.
 */
#ifndef KNOWN_KNOWN_H
#define KNOWN_KNOWN_H

#include "base/span.h"
#include "rule/rule.h"
#include "stanch.h"

enum {
	KNOWN_MOST = STANCH_VALUES_MOST,
	KNOWN_CONTEXT = 256	/* bytes before a value that may tell that it
				   is one */
};

struct known_match {
	uint64_t start, end;
	uint32_t value;
};

struct known_matches {
	struct known_match *v;
	size_t n, cap;
};

/* Makes the tables anew if values were added since.  Not for two threads. */
enum stanch_result known_refresh(struct stanch_values *values,
	struct stanch_error *err);

/*
 * Puts the matches in data that begin at `from` or later into *out, by their
 * start, those of one value that overlap as one.  data covers [base, ...),
 * and begins KNOWN_CONTEXT before `from` if there is so much.  *safe: no
 * match to come begins before it, and those told do.  False: no memory.
 */
bool known_find(const struct stanch_values *values, struct span data,
	uint64_t base, uint64_t from, bool final, struct known_matches *out,
	uint64_t *safe);

/* How many are looked for, since the last known_refresh(). */
size_t known_count(const struct stanch_values *values);
const struct stanch_rule *known_rule(const struct stanch_values *values,
	uint32_t value);
/* The value itself: what all its forms stand for. */
struct span known_bytes(const struct stanch_values *values, uint32_t value);

#endif
