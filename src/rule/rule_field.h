/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_field.h - the members of a rule, of an allow-list and of facts,
 * described once: reading, copying, digesting and writing them out all walk
 * these tables, so that a new member is one line.
 */
#ifndef RULE_RULE_FIELD_H
#define RULE_RULE_FIELD_H

#include "rule/rule.h"

enum {
	RULE_WIDTH_MAX = 4096,	/* longest match that is looked for */
	RULE_ANCHOR_MIN = 3,	/* shortest literal a rule may hang on ... */
	RULE_ANCHOR_GOOD = 4,	/* ... and the shortest in the built-in pack */
	RULE_WITHIN_MAX = 256,	/* bytes before a match `within` may look at */
	RULE_WITH_MAX = 2048,	/* bytes between a secret and its parts */
	RULE_WITHS_MAX = 4,	/* [[rules.with]] of a rule */
	RULE_GROUPS_MAX = 63
};

enum field_kind {
	FIELD_TEXT,	/* const char * */
	FIELD_LIST,	/* struct strlist */
	FIELD_COUNT,	/* uint32_t */
	FIELD_NUMBER,	/* double */
	FIELD_FLAG,	/* bool */
	FIELD_WORD,	/* an enum: the place of a word in `words` */
	FIELD_SWITCH,	/* a bool: true for every second word of `words` */
	FIELD_SET	/* struct re_set; only in facts */
};

struct field {
	const char *member;	/* of the C struct; NULL ends a table */
	const char *key;	/* in rule files; NULL: not written there */
	enum field_kind kind;
	size_t at;		/* offset in the struct */
	bool finds;		/* it can change a finding */
	double least, most;	/* of a number; of the length of a text */
	const char *const *words;	/* NULL ends them */
};

extern const struct field rule_fields[];	/* struct stanch_rule */
extern const struct field rule_service_fields[];	/* of those, a few */
extern const struct field rule_allow_fields[];	/* struct rule_allow */
extern const struct field rule_with_fields[];	/* struct rule_with */
extern const struct field rule_facts_fields[];	/* re_facts, but literals */

extern const char *const rule_severity_words[];
extern const char *const rule_confidence_words[];

static inline const void *
field_of(const void *object, const struct field *f)
{
	return (const char *)object + f->at;
}

#endif
