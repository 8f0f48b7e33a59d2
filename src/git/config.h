/* SPDX-License-Identifier: Apache-2.0 */
/* config.h - the little of a repository's config that its reader must know. */
#ifndef GIT_CONFIG_H
#define GIT_CONFIG_H

#include <stdbool.h>

struct git_config {
	bool sha256;		/* ids are SHA-256 */
	bool reftable;		/* refs are in a reftable */
	bool promisor;		/* objects may be left out */
	bool hooks_elsewhere;	/* core.hooksPath */
	bool unknown;		/* an extension we do not know */
	char worktree[4096];	/* core.worktree; "": not set */
};

/* Of the git directory dir; what is not said stays false. */
void config_read(struct git_config *c, int dir);

#endif
