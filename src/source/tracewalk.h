/* SPDX-License-Identifier: Apache-2.0 */
/* tracewalk.h - the state of a trace, for the files of it alone. */
#ifndef SOURCE_TRACEWALK_H
#define SOURCE_TRACEWALK_H

#include "base/seen.h"
#include "source/trace.h"

#define TRACE_NONE UINT32_MAX

enum {
	/* Of an object: */
	TRACE_TARGET = 1, TRACE_SEEN = 2,
	TRACE_DEEP = 512,	/* trees inside each other */
	TRACE_PLACES = 64,	/* places of one object that are kept */
	TRACE_PATH = 64 * 1024,
	TRACE_WALKERS = 64
};

/* What the walk needs of a commit; objects by their numbers. */
struct trace_parsed {
	int64_t time;		/* of the committer */
	uint32_t tree;		/* TRACE_NONE: not there */
	uint32_t parents[2];
	uint8_t n;		/* of parents; 3: more, or not read */
};

/* One that a phase goes over; a tree that a name leads to is one, too. */
struct trace_commit {
	uint32_t number;	/* TRACE_NONE: only a tree */
	uint32_t tree, root;
	uint32_t came;
	int64_t time;
};

struct trace_target {
	struct git_id id;
	struct origin *v;
	size_t n;
	int phase;		/* in which it was found */
	bool in_head;
};

/* A place of a target, the first of its commits in this part. */
struct trace_spot {
	uint32_t target, commit;
	uint64_t key;		/* of target and path */
	const char *path;
};

struct trace_walker;

struct trace {
	const struct repo *repo;
	const struct git_repo *git;
	struct git_reader *rd;
	struct arena *arena;
	const struct stanch_source_options *opt;
	size_t jobs;		/* threads, at most */
	bool nomem;
	uint8_t *state;		/* by number */
	uint32_t *mark;		/* by number, of commits: root + 1 */
	uint32_t *at;		/* by number: where in parsed, + 1 */
	struct trace_parsed *parsed;
	struct trace_target *targets;	/* sorted by id */
	size_t ntargets, left;
	uint8_t hint[8 * 1024];	/* a bit for the first two bytes of their ids */
	struct trace_commit *commits;	/* of this phase */
	size_t n, cap;
	struct seen told;	/* places, by their keys */
	struct trace_walker *walkers[TRACE_WALKERS];
	struct trace_roots roots;
	struct git_id dated;	/* the commit read last, ... */
	struct origin date;	/* ... and what is told of it */
	int phase;
};

/* ---- commits; tracecommits.c ---- */

/* Reads what commits can be read together.  False: out of memory. */
bool trace_parse_all(struct trace *t);
/* From the root on: itself and its parents, each once, to t->commits. */
void trace_commits(struct trace *t, uint32_t root);
/* The oldest first. */
void trace_sort(struct trace *t);

/* ---- trees; tracetree.c ---- */

/*
 * The places of targets in commits [first, end) of this phase, in their
 * order.  Walkers remember what they met; each belongs to one thread.
 */
struct trace_walker *trace_walker_new(const struct trace *t);
void trace_walker_free(struct trace_walker *w);
void trace_walk(struct trace_walker *w, size_t first, size_t end);
/* False: out of memory. */
bool trace_walked(struct trace_walker *w, const struct trace_spot **v,
	size_t *n);

/* ---- targets; trace.c ---- */

/* The number of the target; TRACE_NONE: it is none. */
uint32_t trace_target(const struct trace *t, const struct git_id *id);

/* ---- telling; tracetell.c ---- */

/*
 * One more place of an object; NULL when it is told of already by a surer
 * name, or often enough.
 */
struct origin *trace_add(struct trace *t, const struct git_id *id,
	struct span path, const char *reach);
/* What a commit or a tag says of itself; o may be NULL. */
void trace_date(struct trace *t, struct origin *o, const struct git_id *id,
	const struct git_person *p);
/* The same of the commit of that number. */
void trace_date_by(struct trace *t, struct origin *o, uint32_t commit);
/* Of two texts; "" and t->nomem without memory. */
const char *trace_joined(struct trace *t, const char *reach,
	const char *what);

#endif
