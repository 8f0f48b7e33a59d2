/* SPDX-License-Identifier: Apache-2.0 */
/* parse.h - what is in commits, tags and trees.  Spans point into them. */
#ifndef GIT_PARSE_H
#define GIT_PARSE_H

#include "git/git.h"

/* "Name <mail> 1767323045 +0100" */
struct git_person {
	struct span name;	/* with the address */
	int64_t time;
	int zone;		/* minutes east */
	bool dated;
};

struct git_commit {
	struct git_id tree;
	struct git_person author, committer;
	struct span parents;	/* lines "parent HEX\n" */
	size_t message;		/* where it begins; the length without one */
};

/* False: not a commit. */
bool git_commit_parse(struct git_commit *c, const struct git_repo *r,
	struct span data);
/* Takes the next parent; false: there is none. */
bool git_commit_parent(struct git_commit *c, const struct git_repo *r,
	struct git_id *id);

struct git_tag {
	struct git_id target;
	struct span name;
	struct git_person tagger;
};

bool git_tag_parse(struct git_tag *t, const struct git_repo *r,
	struct span data);

struct git_tree_entry {
	uint32_t mode;
	struct span name;
	struct git_id id;
};

/* Takes the next entry; false: at the end, or damaged (then *tree is not
   empty). */
bool git_tree_next(struct span *tree, const struct git_repo *r,
	struct git_tree_entry *e);
static inline bool
git_mode_is_tree(uint32_t mode)
{
	return (mode & 0170000) == 0040000;
}
static inline bool
git_mode_is_link(uint32_t mode)	/* to a commit of another repository */
{
	return (mode & 0170000) == 0160000;
}

#endif
