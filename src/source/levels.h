/* SPDX-License-Identifier: Apache-2.0 */
/*
 * levels.h - the directories that a walk is inside of, the deepest last.
 * Few of them are held open; each is known by its device and inode number.
 */
#ifndef SOURCE_LEVELS_H
#define SOURCE_LEVELS_H

#include <fcntl.h>
#include <sys/stat.h>

#include "source/batch.h"
#include "source/listing.h"

enum {
	LEVELS_OPEN = 32,	/* held open, besides the first */
	/* A single name needs no openat2(2): what RESOLVE_BENEATH and
	   RESOLVE_NO_SYMLINKS forbid, it cannot say. */
	LEVELS_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK |
		O_NOCTTY
};

/* What a directory is to git. */
enum level_role {
	LEVEL_PLAIN, LEVEL_GIT, LEVEL_OBJECTS, LEVEL_PACK, LEVEL_LOOSE
};

struct level {
	struct dir *dir;	/* NULL: let go, to save descriptors */
	dev_t dev;
	ino_t ino;
	size_t path;		/* length of its place, with the slash */
	struct listing list;
	enum level_role role;
	uint32_t repo;		/* the repository it is in; 0: none */
	struct repo *own;	/* the one that ends with it; NULL: none */
};

struct levels {
	struct level *v;
	size_t depth, cap;
	struct buf path;	/* the place of the deepest, with its slash */
};

static inline struct level *
levels_top(const struct levels *ls)
{
	return &ls->v[ls->depth - 1];
}

/*
 * Makes fd, which it owns, the deepest level; ls->path is its place already.
 * False: out of memory.
 */
bool levels_push(struct levels *ls, int fd, const struct stat *st);
/* Its listing has been taken off the stack. */
void levels_pop(struct levels *ls);
bool levels_hold(const struct levels *ls, const struct stat *st);
/*
 * Opens the deepest level again, and those above it that shall be open: from
 * the first one, name by name, no symbolic link.  False: it is not there, or
 * not the same directory.
 */
bool levels_reopen(struct levels *ls);
void levels_free(struct levels *ls);	/* no level is left */

#endif
