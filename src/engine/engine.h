/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h - rules, compiled: one Hyperscan pass over the rules' anchors gives
 * candidates, PCRE2 confirms them.  Windows, order and what to make of a
 * match are scan's business.
 *
 * struct stanch_engine never changes after engine_new() but for expressions
 * compiled at first use (under its lock); it may be shared.  A worker belongs
 * to one thread.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/re.h"
#include "base/span.h"
#include "rule/rule.h"
#include "stanch.h"

enum {
	ENGINE_WIDTH_MAX = 4096,	/* of a window, for unbounded rules */
	ENGINE_CONTEXT = 256	/* bytes before a match that may matter */
};

/* A place where a rule may match. */
struct candidate {
	uint64_t at;	/* where its anchor's literal begins */
	uint32_t len;	/* of the literal */
	uint32_t gap;	/* as in struct re_literal */
	uint32_t rule;	/* index into the rule set */
	bool ruled_out;	/* by a byte next to it: only when all are wanted */
	bool told;	/* the lane's: a watcher knows of it */
	bool dead;	/* no match begins in its window, whatever the rule
			   has matched elsewhere */
};

struct candidates {
	struct candidate *v;
	size_t n, cap;
};

/* False: out of memory. */
bool candidates_add(struct candidates *c, const struct candidate *one);
/* Puts those from v[first] on in order of their literals' ends. */
void candidates_sort(struct candidates *c, size_t first);

const struct stanch_rules *engine_rules(const struct stanch_engine *e);
/* Bytes of the longest anchor literal. */
uint32_t engine_longest(const struct stanch_engine *e);
/* The most bytes a match may begin before its anchor, any rule. */
uint32_t engine_reach(const struct stanch_engine *e);

const char *engine_version(void);	/* of Hyperscan */

struct engine_worker;

enum stanch_result engine_worker_new(struct engine_worker **out,
	const struct stanch_engine *e, struct stanch_error *err);
void engine_worker_free(struct engine_worker *w);
struct re_scratch *engine_worker_re(struct engine_worker *w);
/* Candidates that the byte next to them rules out are wanted, too. */
void engine_worker_want_all(struct engine_worker *w);

/*
 * Appends the candidates whose literal lies in data and ends after the first
 * `seen` bytes, in order of that end.  base is added to every offset.
 * Candidates that the byte next to them rules out are left out, unless all
 * are wanted.
 */
enum stanch_result engine_candidates(struct engine_worker *w,
	struct span data, size_t seen, uint64_t base, struct candidates *out);

/* Matches rule's expression as re_match() does; ERULE never happens: all
   expressions were compiled once when the rules were loaded. */
enum re_result engine_confirm(struct engine_worker *w, uint32_t rule,
	struct span subject, size_t from, size_t until, unsigned edges,
	struct re_match *m);

/*
 * The offset in data from which on a secret may lie whose anchor is not
 * complete yet; data.len when there is none.  Looks at the last bytes only.
 */
size_t engine_tail(const struct stanch_engine *e, struct span data);

#endif
