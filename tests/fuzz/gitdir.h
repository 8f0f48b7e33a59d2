/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitdir.h - a git directory of nothing but what an input puts into it, in
 * memory where there is such a file system.  It is emptied after each input.
 */
#ifndef TESTS_FUZZ_GITDIR_H
#define TESTS_FUZZ_GITDIR_H

#include "base/buf.h"
#include "git/git.h"

/* Its path; made at the first call, removed at exit. */
const char *gitdir_path(void);
/* Writes a file below it, in a directory that is there. */
void gitdir_write(const char *name, struct span data);
/* Removes all that was written. */
void gitdir_empty(void);
/* A zlib stream of data, behind what out holds. */
void gitdir_pack(struct buf *out, struct span data);

void must(bool holds);

#endif
