/* SPDX-License-Identifier: Apache-2.0 */
/* levels.c - going down and finding the way back, with few descriptors. */
#include "source/levels.h"

#include <stdlib.h>
#include <unistd.h>

static bool
grow(struct levels *ls)
{
	size_t cap = ls->cap ? 2 * ls->cap : 32;
	struct level *p;

	if (ls->depth < ls->cap)
		return true;
	p = reallocarray(ls->v, cap, sizeof *p);
	if (!p)
		return false;
	ls->v = p;
	ls->cap = cap;
	return true;
}

bool
levels_push(struct levels *ls, int fd, const struct stat *st)
{
	struct dir *d = dir_new(fd);

	if (!d || !grow(ls)) {
		dir_drop(d);
		return false;
	}
	ls->v[ls->depth++] = (struct level){ .dir = d, .dev = st->st_dev,
		.ino = st->st_ino, .path = ls->path.len,
		.repo = ls->depth > 1 ? ls->v[ls->depth - 2].repo : 0 };
	if (ls->depth > LEVELS_OPEN + 1) {
		struct level *far = &ls->v[ls->depth - 1 - LEVELS_OPEN];
		dir_drop(far->dir);
		far->dir = NULL;
	}
	return true;
}

void
levels_pop(struct levels *ls)
{
	dir_drop(levels_top(ls)->dir);
	ls->depth--;
	ls->path.len = ls->depth ? levels_top(ls)->path : 0;
}

bool
levels_hold(const struct levels *ls, const struct stat *st)
{
	for (size_t i = ls->depth; i-- > 0; ) {
		const struct level *l = &ls->v[i];
		if (l->ino == st->st_ino && l->dev == st->st_dev)
			return true;
	}
	return false;
}

/* Level i, opened from the one above it; NULL when it is not there. */
static struct dir *
open_level(struct levels *ls, const struct dir *up, size_t i)
{
	const struct level *l = &ls->v[i];
	char *name = (char *)ls->path.ptr + l[-1].path;
	char *slash = (char *)ls->path.ptr + l->path - 1;
	struct stat st;
	int fd;

	*slash = '\0';
	fd = openat(dir_fd(up), name, LEVELS_FLAGS | O_NOFOLLOW);
	*slash = '/';
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || st.st_ino != l->ino ||
		st.st_dev != l->dev) {
		close(fd);
		return NULL;
	}
	return dir_new(fd);
}

bool
levels_reopen(struct levels *ls)
{
	struct dir *here = dir_hold(ls->v[0].dir);

	for (size_t i = 1; here && i < ls->depth; i++) {
		struct dir *next = open_level(ls, here, i);
		struct level *l = &ls->v[i];

		dir_drop(here);
		here = next;
		if (here && !l->dir && i + LEVELS_OPEN >= ls->depth)
			l->dir = dir_hold(here);
	}
	dir_drop(here);
	return levels_top(ls)->dir != NULL;
}

void
levels_free(struct levels *ls)
{
	free(ls->v);
	buf_free(&ls->path);
}
