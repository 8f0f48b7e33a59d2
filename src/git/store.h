/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - where the objects of a repository lie.  For the git room alone. */
#ifndef GIT_STORE_H
#define GIT_STORE_H

#include "git/pack.h"

enum { STORE_DIRS = 64, STORE_DEEP = 5 };

/* A directory of objects: the repository's own, and its alternates. */
struct store_dir {
	char *place;
	int fd;
};

struct store_loose {
	struct git_id id;
	uint32_t dir;
};

struct git_repo {
	size_t id_len;
	uint64_t most;
	int fd, common;		/* common is fd, but for linked worktrees */
	struct store_dir *dirs;
	size_t ndirs;
	struct pack *packs;
	size_t npacks, cap_packs;
	struct store_loose *loose;	/* sorted by id */
	size_t nloose, cap_loose;
	size_t count;		/* of all objects, packed ones first */
	struct git_problem *problems, **problems_end;
	struct store_unit *units;	/* by git_plan() */
	size_t nunits;
	bool trees;		/* units tell of their bytes, too */
	bool reftable;		/* refs are in tables */
	bool new_only;		/* the first directory is told of, no other */
};

/* Objects [first, end) of the roots of a pack, or of the loose ones. */
struct store_unit {
	uint32_t pack;		/* PACK_NONE: loose */
	uint32_t first, end;
};

/* Notes a problem; false: out of memory. */
bool store_problem(struct git_repo *r, enum stanch_gap why, const char *place,
	const char *detail);
/* Finds packs and loose objects below `objects`, and its alternates. */
enum stanch_result store_open(struct git_repo *r, int objects,
	const char *place, unsigned depth, struct stanch_error *err);
/* The directories that the one at `objects` names, and those of a list. */
enum stanch_result alternates_read(struct git_repo *r, int objects,
	unsigned depth, struct stanch_error *err);
enum stanch_result alternates_given(struct git_repo *r, const char *list,
	struct stanch_error *err);
/* Whether units have the object of that directory. */
bool store_tells(const struct git_repo *r, uint32_t dir,
	const struct git_id *id);
/* Once all directories are open. */
bool store_settle(struct git_repo *r);
void store_close(struct git_repo *r);

#endif
