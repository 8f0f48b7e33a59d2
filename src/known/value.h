/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value.h - values that are known to be secret: copies, names, and what is
 * too weak to be looked for anywhere.  stanch.h is the contract.
 */
#ifndef KNOWN_VALUE_H
#define KNOWN_VALUE_H

#include "base/span.h"
#include "rule/rule.h"
#include "stanch.h"

enum {
	VALUE_MOST = 64 * 1024,	/* bytes of one */
	VALUE_NAME = 128,	/* bytes of a name that are kept */
	VALUE_FULL_MIN = 8,	/* shorter ones are weak */
	VALUE_WORD_MIN = 4,	/* shorter ones are refused */
	VALUE_LINE_MIN = 16	/* of a line that is looked for alone */
};

struct index;

struct value {
	char id[VALUE_NAME + 7];	/* "known:" and the name */
	struct stanch_rule rule;	/* what findings of it refer to */
	uint8_t *bytes;			/* the core; owned */
	size_t len;
	enum stanch_value_use use;
};

struct stanch_values {
	bool weak;
	unsigned without;		/* enum stanch_value_forms */
	struct value **v;		/* each stays where it is */
	size_t n, cap;
	struct index *index;		/* of the first `indexed`; or NULL */
	size_t indexed;
};

/* value without blanks round it and without quotes round that. */
struct span value_core(struct span value);
/* How a core is to be looked for, and in what it is weak ("": it is not). */
enum stanch_value_use value_use(struct span core, bool weak, const char **why);

#endif
