/* SPDX-License-Identifier: Apache-2.0 */
/* repo.h - one git repository of a source.  For the source room alone. */
#ifndef SOURCE_REPO_H
#define SOURCE_REPO_H

#include "git/git.h"
#include "git/refs.h"
#include "source/batch.h"
#include "source/loosenotes.h"
#include "source/private.h"

struct repo {
	uint32_t id;
	char *place;		/* "REPO/.git" */
	struct git_repo *git;	/* NULL until repo_open() */
	struct git_refs refs;
	/* What is scanned of it: all, or these. */
	struct git_id *list;
	size_t nlist, cap_list;
	bool listed;
	bool new_only;		/* what a push brings; refs are older */
	const struct packnotes_home *home;	/* of the source */
	struct packnotes *notes;
	struct loosenotes *loose;	/* NULL: none are taken */
	bool by_delta;		/* what objects share is told of them */
	struct gap refused;	/* why it could not be opened */
	bool is_refused;
	/* How far its items have been given: */
	const struct git_problem *problem;
	bool refs_asked;	/* those of refs are the next, or done */
	size_t part;
	bool begun, ended;
};

/* NULL: out of memory. */
struct repo *repo_new(struct stanch_source *s);
/*
 * Opens the git directory at path, shown as place.  What is wrong with it
 * becomes a gap; false: out of memory.
 */
bool repo_open(struct repo *r, const struct stanch_source *s,
	const char *path, const char *place);
/* Items of the repository until b is full or all are given, its end last. */
bool repo_next(struct repo *r, struct source_batch *b);
void repo_free(struct repo *r);
/* One more object to scan. */
bool repo_choose(struct repo *r, const struct git_id *id);
void repo_refuse(struct repo *r, const char *detail);

#endif
