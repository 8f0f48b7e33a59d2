/* SPDX-License-Identifier: Apache-2.0 */
/* splitindex.h - an index in two files.  For the git room alone. */
#ifndef GIT_SPLITINDEX_H
#define GIT_SPLITINDEX_H

#include "git/gitindex.h"

/*
 * Lays the entries of ix over the shared ones; link is what its extension
 * says behind the id.  NULL: done, and the paths of shared are those of ix;
 * else what is wrong, and neither has changed.
 */
const char *splitindex_lay(struct git_index *ix, struct git_index *shared,
	struct span link);

#endif
