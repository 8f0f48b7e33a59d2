/* SPDX-License-Identifier: Apache-2.0 */
/* refstack.h - refs and reflogs of a repository that keeps them in tables. */
#ifndef GIT_REFSTACK_H
#define GIT_REFSTACK_H

#include "git/refs.h"

/*
 * Adds all that the tables of the repository and of its worktrees have, not
 * yet sorted.  What cannot be read is added to the problems.  False: out of
 * memory.
 */
bool refstack_read(struct git_refs *refs, const struct git_repo *r);

#endif
