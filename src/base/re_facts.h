/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_facts.h - what can be said of a regular expression without running it:
 * widths, the literals every match must hold, which bytes may stand where.
 * All facts are safe to rely on: a set may be too large and a bound too wide,
 * never the reverse.
 */
#ifndef BASE_RE_FACTS_H
#define BASE_RE_FACTS_H

#include "base/arena.h"
#include "base/span.h"
#include "stanch.h"

#define RE_WIDTH_INF UINT32_MAX

enum { RE_WIDE_REPEAT = 1000 };

struct re_set { uint8_t bits[32]; };	/* a set of byte values */

static inline bool
re_set_has(const struct re_set *s, uint8_t c)
{
	return s->bits[c >> 3] >> (c & 7) & 1;
}

struct re_literal {
	const char *bytes;	/* lower case when caseless */
	uint32_t len;
	bool caseless;
	uint32_t gap;		/* with secret_after: least bytes from its end
				   to the secret */
};

/* Where literals can stand in a match, seen from one of their places. */
struct re_anchor {
	const struct re_literal *literals;	/* one is in any match */
	size_t nliterals;		/* 0: no such set was found */
	uint32_t before_min, before;	/* match start to literal start */
	struct re_set prev, next;	/* bytes that may touch it ... */
	bool prev_none, next_none;	/* ... or nothing of the match does */
	/* The wanted group (0: the match) seen from the literal's start: */
	uint32_t secret_back;		/* most bytes it may begin before it */
	struct re_set secret_class;	/* bytes that may lie in between */
	bool secret_after;		/* it begins behind the literal's end,
					   at least the literal's gap */
};

struct re_facts {
	uint32_t width_min, width;	/* of a match; RE_WIDTH_INF: no bound */
	uint32_t ahead;		/* most bytes after a match it may look at */
	uint32_t groups;		/* number of capturing groups */
	uint32_t wide_repeats;	/* one behind another, at most; each of
				   RE_WIDE_REPEAT or more choices */
	uint32_t secret_min;	/* least distance match start to group */
	struct re_set secret_first;	/* bytes the group may begin with */
	struct re_anchor anchor;	/* the best set of literals */
};

/*
 * Facts about pattern for the group numbered `group`.  Memory comes from a.
 * ERULE when the pattern uses what this reader does not know (recursion,
 * conditions, backreferences); err->column points at it.
 */
enum stanch_result re_facts(struct re_facts *out, struct arena *a,
	const char *pattern, size_t n, uint32_t group, const char *where,
	struct stanch_error *err);

#endif
