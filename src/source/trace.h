/* SPDX-License-Identifier: Apache-2.0 */
/* trace.h - the walk from names to objects.  For the source room alone. */
#ifndef SOURCE_TRACE_H
#define SOURCE_TRACE_H

#include "git/parse.h"
#include "source/repo.h"

/* A name to begin at. */
struct trace_root {
	const char *reach;	/* "branch main" */
	struct git_id id;
};

struct trace_roots {
	struct trace_root *v;
	size_t n, cap;
	struct arena *arena;	/* of their texts */
	bool nomem;
};

/* HEAD first, then branches, tags, remotes and all else. */
void trace_named(struct trace_roots *roots, const struct repo *r);
/* An id, as a hook is given it: what is being pushed. */
void trace_pushed(struct trace_roots *roots, const struct repo *r,
	const char *hex);
/* Stashes, then reflogs. */
void trace_logged(struct trace_roots *roots, const struct repo *r);

#endif
