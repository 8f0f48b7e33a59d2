/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - the walk below one directory.  For source.c. */
#ifndef SOURCE_TREE_H
#define SOURCE_TREE_H

#include "source/batch.h"

enum { TREE_DEPTH = 4096 };	/* directories inside each other */

struct tree;

/* NULL: out of memory.  Repositories on the way become s's. */
struct tree *tree_new(struct stanch_source *s);
void tree_free(struct tree *t);

/*
 * Starts at the directory `path` (whose symbolic link is followed), which is
 * shown as `place`: "" or a path without a slash at its end, or "/".  The
 * walk before must have ended.  A directory that cannot be read becomes a gap
 * in b, and the walk is at its end.  False: out of memory.
 */
bool tree_start(struct tree *t, const char *path, const char *place,
	struct source_batch *b);
/* Adds items until b is full, the walk ends, or it has worked for a while. */
bool tree_next(struct tree *t, struct source_batch *b);
bool tree_ended(const struct tree *t);
uint64_t tree_links(const struct tree *t);

#endif
