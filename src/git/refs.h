/* SPDX-License-Identifier: Apache-2.0 */
/* refs.h - names of objects: HEAD, refs, and what they were before. */
#ifndef GIT_REFS_H
#define GIT_REFS_H

#include "base/buf.h"
#include "git/git.h"

struct git_ref {
	char *name;		/* "HEAD", "refs/heads/main" */
	char *target;		/* of a symbolic one: another name; or NULL */
	struct git_id id;	/* zero: it leads nowhere */
};

/* What a ref was; 0 is the newest, as in HEAD@{0}. */
struct git_log {
	char *name;		/* of the ref */
	size_t n;
	struct git_id id;
};

/* Text that is in no file as it is: lines of a reflog. */
struct git_text {
	char *place;		/* "logs/HEAD" */
	struct buf text;
};

struct git_refs {
	struct git_ref *v;	/* sorted by name */
	size_t n, cap;
	struct git_log *logs;	/* by name, the newest first */
	size_t nlogs, cap_logs;
	/* Of a reftable alone, which holds this packed: */
	struct git_text *texts;
	size_t ntexts, cap_texts;
	struct buf past;	/* names that were deleted, a line each */
	/* What of it could not be read: */
	struct git_problem *problems, *last_problem;
	size_t nproblems;
	bool partial;		/* something could not be read */
};

/* False: out of memory. */
bool git_refs_read(struct git_refs *refs, const struct git_repo *r);
void git_refs_free(struct git_refs *refs);
/* NULL: there is none. */
const struct git_ref *git_refs_find(const struct git_refs *refs,
	const char *name);

/* ---- for the git room alone ---- */

/* Each adds one; false: out of memory.  id is NULL of a symbolic ref. */
bool refs_add(struct git_refs *refs, const char *name, struct span target,
	const struct git_id *id);
/* An id of zeros is none, and not added. */
bool refs_add_log(struct git_refs *refs, const char *name, size_t at,
	const struct git_id *id);
bool refs_add_problem(struct git_refs *refs, enum stanch_gap why,
	const char *place, const char *detail);
/* All but the first n. */
void refs_drop_problems(struct git_refs *refs, size_t n);

#endif
