/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_ast.h - a regular expression as a tree, for re_facts.c alone.  It keeps
 * what the facts need: which bytes may stand where.  Greed, atomicity and
 * what an assertion asks for are left out: that only widens the facts.
 */
#ifndef BASE_RE_AST_H
#define BASE_RE_AST_H

#include "base/re_facts.h"

enum re_kind {
	RE_EMPTY,
	RE_BYTES,	/* one byte of .set */
	RE_CAT,		/* .kids one after another */
	RE_ALT,		/* one of .kids */
	RE_REPEAT,	/* .kids[0], .min to .max times */
	RE_GROUP,	/* .kids[0], capturing as number .group */
	RE_LOOK		/* zero width; may look at .max bytes ahead */
};

struct re_node {
	enum re_kind kind;
	struct re_set set;
	uint32_t min, max, group;
	struct re_node **kids;
	size_t nkids;
};

/*
 * Parses; memory comes from a.  *groups is the number of capturing groups.
 * ERULE: err->column is the offset of what is not known + 1.
 */
enum stanch_result re_parse(struct re_node **out, struct arena *a,
	const char *pattern, size_t n, uint32_t *groups, const char *where,
	struct stanch_error *err);

static inline void
re_set_add(struct re_set *s, uint8_t c)
{
	s->bits[c >> 3] |= (uint8_t)(1u << (c & 7));
}

static inline void
re_set_join(struct re_set *s, const struct re_set *other)
{
	for (size_t i = 0; i < sizeof s->bits; i++)
		s->bits[i] |= other->bits[i];
}

#endif
