/* SPDX-License-Identifier: Apache-2.0 */
/* site.h - where and how a value of the generic rule is written. */
#ifndef JUDGE_SITE_H
#define JUDGE_SITE_H

#include "judge/judge.h"
#include "judge/keyname.h"

struct site {
	struct keyname key;
	uint8_t quote;	/* before the value; 0: none */
	uint8_t end;	/* the byte after it; 0: none */
	bool tight;	/* no blank round the operator */
	bool colon;	/* the operator is one */
	bool markup;	/* <key>value</ */
	bool option;	/* --key value */
	bool spoken;	/* as in prose: a blank, `is` */
	bool line;	/* all of its line, but for `export` or so */
	bool marked;	/* by other words or signs: value="", ${key:-value} */
	bool vector;	/* in or below a line of a test vector */
	bool joined;	/* a:key:value, "A::Key": parts of longer names */
};

/* The match begins with the telling word, and goes on for a byte after the
   value, if there is one. */
void site_read(struct site *t, const struct judge_case *c);

/* Whether something says where the value begins and ends. */
static inline bool
site_is_bare(const struct site *t)
{
	return !t->quote && !t->markup && !t->option && !t->marked;
}

/* Whether what follows is that of an argument or an item. */
static inline bool
site_is_item(const struct site *t)
{
	return t->end == ',' || t->end == ')' || t->end == '}' ||
		t->end == ']';
}

#endif
