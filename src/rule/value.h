/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value.h - values that are known to be secret, and the expressions that find
 * them in the forms a log may hold them in.  stanch.h is the contract.
 *
 *	value -> core (trimmed, unquoted) -> parts -> expressions -> rules
 */
#ifndef RULE_VALUE_H
#define RULE_VALUE_H

#include "base/buf.h"
#include "stanch.h"

enum {
	VALUE_MOST = 64 * 1024,	/* bytes of one */
	VALUES_MOST = 4096,
	VALUE_NAME = 128,	/* bytes of a name that are kept */
	VALUE_FULL_MIN = 8,	/* shorter ones are weak */
	VALUE_WORD_MIN = 4,	/* shorter ones are refused */
	VALUE_LINE_MIN = 16,	/* of a line that is looked for alone */
	VALUE_PART = 512	/* longest part, in bytes */
};

struct value {
	char name[VALUE_NAME + 1];
	uint8_t *bytes;		/* the core; owned */
	size_t len;
	enum stanch_value_use use;
};

struct stanch_values {
	bool weak;
	struct value *v;
	size_t n, cap;
};

/* value without blanks round it and without quotes round that. */
struct span value_core(struct span value);
/* How a core is to be looked for, and in what it is weak ("": it is not). */
enum stanch_value_use value_use(struct span core, bool weak, const char **why);

/*
 * Appends the i-th expression for a part: its forms, or a weak value as it is.
 * Nothing: there is no i-th.  False: out of memory.
 */
bool value_expression(struct buf *out, struct span part,
	enum stanch_value_use use, size_t i);

#endif
