/* SPDX-License-Identifier: Apache-2.0 */
/* config.h - the little of a repository's config that its reader must know. */
#ifndef GIT_CONFIG_H
#define GIT_CONFIG_H

#include <stdbool.h>

struct git_config {
	bool sha256;		/* ids are SHA-256 */
	bool reftable;		/* refs are in reftables */
	bool strange_refs;	/* they are we do not know how, or where */
	bool promisor;		/* objects may be left out */
	bool unknown;		/* an extension we do not know */
	char worktree[4096];	/* core.worktree; "": not set */
	char hooks[4096];	/* core.hooksPath */
};

/* Of the git directory dir; what is not said stays false. */
void config_read(struct git_config *c, int dir);
/* Lays the file, a link or not, over *c; one that is not there is empty. */
void config_lay(struct git_config *c, int dir, const char *name, bool links);

#endif
