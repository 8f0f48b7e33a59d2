/* SPDX-License-Identifier: Apache-2.0 */
/* treegit.h - what the walk does about git.  For the source room alone. */
#ifndef SOURCE_TREEGIT_H
#define SOURCE_TREEGIT_H

#include "source/levels.h"
#include "source/repo.h"

/*
 * Once the names of the deepest level are there: whether it is a git
 * directory, or a work tree.  False: out of memory.
 */
bool treegit_enter(struct stanch_source *s, struct levels *ls);
/*
 * A ".git" that is no directory.  *gap says why it cannot be followed; with
 * detail NULL it can.  False: out of memory.
 */
bool treegit_link(struct stanch_source *s, struct levels *ls, uint8_t type,
	struct gap *gap);
/*
 * Whether a file of the deepest level is read by the git room, so that its
 * bytes are not items.  *gap: it is left over (detail NULL: it is not).
 */
bool treegit_skips(const struct stanch_source *s, const struct levels *ls,
	const char *name, struct gap *gap);

#endif
