/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cachetree.h - what an index remembers of trees: which of its directories
 * are those of a tree that is there, as gitformat-index(5) has "TREE".  What
 * git would commit for such a directory is that tree, without a look at its
 * entries.
 */
#ifndef GIT_CACHETREE_H
#define GIT_CACHETREE_H

#include "git/git.h"

struct cachetree_node {
	size_t path, len;	/* "a/b", "" for the top: bytes of .paths */
	uint32_t entries;	/* of the index, below it */
	struct git_id id;
};

struct cachetree {
	struct cachetree_node *v;	/* by path */
	size_t n;
	char *paths;
};

/*
 * Reads what the extension says; ids have id_len bytes.  What is damaged, or
 * out of memory, is as if it were not there: it only saves time.
 */
void cachetree_read(struct cachetree *t, struct span says, size_t id_len);
void cachetree_free(struct cachetree *t);

/* NULL: nothing is known of that directory. */
const struct cachetree_node *cachetree_find(const struct cachetree *t,
	const char *path, size_t len);

#endif
