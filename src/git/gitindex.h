/* SPDX-License-Identifier: Apache-2.0 */
/* gitindex.h - the index: what the next commit will hold. */
#ifndef GIT_GITINDEX_H
#define GIT_GITINDEX_H

#include "git/cachetree.h"

struct git_index_entry {
	const char *path;	/* borrowed from the index */
	uint32_t mode;
	unsigned stage;		/* 0; 1 to 3 in a merge that conflicts */
	bool to_add;		/* only the intent to add: no content yet */
	struct git_id id;
};

struct git_index {
	struct git_index_entry *v;	/* by path and stage */
	size_t n;
	char *paths, *shared_paths;
	struct cachetree trees;	/* that its directories are, where known */
};

/*
 * Reads an index file, and the one it shares entries with when it is split.
 * An absent one is empty.  EFORMAT: damaged, or its other part is not there
 * (err says which); what was read until then is in *ix all the same.
 */
enum stanch_result git_index_read(struct git_index *ix,
	const struct git_repo *r, int dir, const char *name,
	struct stanch_error *err);
void git_index_free(struct git_index *ix);

#endif
