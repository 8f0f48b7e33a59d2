/* SPDX-License-Identifier: Apache-2.0 */
/* tracewalk.h - the state of a trace, for trace.c and tracetree.c alone. */
#ifndef SOURCE_TRACEWALK_H
#define SOURCE_TRACEWALK_H

#include "source/trace.h"

enum {
	/* Of an object: */
	TRACE_SEEN = 1, TRACE_HOT = 2, TRACE_TARGET = 4, TRACE_IN_HEAD = 8,
	TRACE_DEEP = 512,		/* trees inside each other */
	TRACE_PLACES = 64,	/* places of one object that are kept */
	TRACE_PATH = 64 * 1024,
	TRACE_COLD = 4096	/* trees known by their ids alone */
};

struct trace_commit {
	size_t number;
	struct git_id id, tree;
	int64_t time;		/* of the committer */
	uint32_t root;
	size_t came;
};

struct trace_target {
	struct git_id id;
	struct origin *v;
	size_t n;
	int phase;		/* in which it was found */
};

struct trace {
	const struct repo *repo;
	const struct git_repo *git;
	struct git_reader *rd;
	struct arena *arena;
	const struct stanch_source_options *opt;
	bool nomem;
	uint8_t *state;		/* by number */
	uint32_t *mark;		/* by number, of commits: root + 1 */
	struct trace_target *targets;	/* sorted by id */
	size_t ntargets, left;
	uint8_t hint[8 * 1024];	/* a bit for the first two bytes of their ids */
	struct git_id cold[TRACE_COLD];	/* trees without a target, met last */
	struct trace_commit *commits;	/* of this phase */
	size_t n, cap, done;
	uint64_t *paths;	/* trees told of at a path: a hash set */
	size_t npaths, cap_paths;
	struct buf path;
	struct trace_roots roots;
	int phase;
};

struct trace_visit {
	const struct trace_commit *commit;	/* NULL: of no commit */
	const char *reach;
	bool head;		/* only mark what HEAD has */
};

/*
 * One more place of an object; NULL when it is told of already by a surer
 * name, or often enough.
 */
struct origin *trace_add(struct trace *t, const struct git_id *id,
	struct span path, const char *reach);
/* What a commit says of itself; o may be NULL. */
void trace_date(struct trace *t, struct origin *o, const struct git_id *id,
	const struct git_person *p);
/* From here on the object is a target. */
void trace_hint(struct trace *t, const struct git_id *id);
/* Whether there is a target in the tree; each is told of. */
bool trace_tree(struct trace *t, const struct git_id *id,
	const struct trace_visit *v, unsigned depth);

#endif
