/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refkept.h - what the tables of one list say, the oldest first, and what of
 * it holds.  For the git room alone.
 */
#ifndef GIT_REFKEPT_H
#define GIT_REFKEPT_H

#include "base/arena.h"
#include "git/refs.h"
#include "git/reftable.h"

struct refkept {
	struct git_refs *refs;	/* what holds is added to these */
	const struct git_repo *repo;
	const char *tree;	/* "worktrees/x/": whose it is; or "" */
	bool foreign;		/* HEAD is of the main worktree, not this */
	bool stray;		/* no list names the table: it is but text */
	uint64_t left;		/* bytes that may yet be kept */
	bool full, nomem;	/* why no more is taken */
	struct arena *arena;
	struct refkept_record *v;
	size_t n, cap;
};

/* Forgets all, and may keep `left` bytes.  False: out of memory. */
bool refkept_begin(struct refkept *k, uint64_t left);
/* A reftable_fn: keeps a record; the payload is the struct refkept. */
bool refkept_take(const struct reftable_record *r, void *payload);
/* Adds what holds to the refs, and forgets the rest. */
void refkept_merge(struct refkept *k);
void refkept_free(struct refkept *k);

#endif
