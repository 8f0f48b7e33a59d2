/* SPDX-License-Identifier: Apache-2.0 */
/* refs.h - names of objects: HEAD, refs, and what they were before. */
#ifndef GIT_REFS_H
#define GIT_REFS_H

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

struct git_refs {
	struct git_ref *v;	/* sorted by name */
	size_t n, cap;
	struct git_log *logs;	/* by name, the newest first */
	size_t nlogs, cap_logs;
	bool partial;		/* something could not be read */
};

/* False: out of memory. */
bool git_refs_read(struct git_refs *refs, const struct git_repo *r);
void git_refs_free(struct git_refs *refs);
/* NULL: there is none. */
const struct git_ref *git_refs_find(const struct git_refs *refs,
	const char *name);

#endif
