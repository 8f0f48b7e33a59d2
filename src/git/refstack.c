/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refstack.c - the tables of a repository put together: what a later one says
 * of a name, or of an entry of a reflog, holds.  tables.list names them, the
 * oldest first; it is read again when one of them is gone, as after a gc.  A
 * linked worktree has a list of its own.  What is in a table is reftable.c's
 * business.
 */
#include "git/refstack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "git/refkept.h"

enum {
	NAME_MOST = 256,		/* of a table's file */
	PLACE_MOST = 1024,
	LIST_MOST = 1024 * 1024,
	TURNS = 8,			/* a list is read so often at most */
	STRAYS_MOST = 1000,		/* tables that no list names */
	DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
};

static const uint64_t TABLE_MOST = 256 << 20, FILES_MOST = 2ull << 30,
	LOGS_MOST = 1ull << 30, KEPT_MOST = 512 << 20;	/* bytes */

struct stack {
	struct refkept kept;
	struct reftable_room room;
	uint64_t files_left;	/* bytes */
	const char *place;	/* "reftable", "worktrees/x/reftable" */
	int dir;
};

/* ---- files ---- */

enum got { GOT, GONE, TOO_LARGE, UNREADABLE };

/* A whole file of at most `most` bytes, with a NUL behind; *out is to be
   freed. */
static enum got
slurp(struct stack *k, const char *name, uint64_t most, char **out,
	size_t *len)
{
	int fd = openat(k->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK | O_NOCTTY);
	enum got got = UNREADABLE;
	struct stat st;
	ssize_t n;

	*out = NULL;
	if (fd < 0)
		return errno == ENOENT ? GONE : UNREADABLE;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0)
		got = (uint64_t)st.st_size > most ? TOO_LARGE : GOT;
	if (got == GOT) {
		*out = malloc((size_t)st.st_size + 1);
		k->kept.nomem |= !*out;
		n = *out ? io_read_all(fd, *out, (size_t)st.st_size) : -1;
		if (n < 0)
			got = UNREADABLE;
		else
			(*out)[*len = (size_t)n] = '\0';
	}
	close(fd);
	return got;
}

static void
problem(struct stack *k, enum stanch_gap why, const char *name,
	const char *detail)
{
	char place[PLACE_MOST];

	snprintf(place, sizeof place, "%s/%s", k->place, name);
	k->kept.nomem |= !refs_add_problem(k->kept.refs, why, place, detail);
}

/* ---- tables ---- */

/* False: it is gone. */
static bool
take_table(struct stack *k, const char *name)
{
	uint64_t most = k->files_left < TABLE_MOST ? k->files_left :
		TABLE_MOST;
	const char *wrong = NULL;
	char *file;
	size_t n = 0;
	enum got got = slurp(k, name, most, &file, &n);

	if (got == GONE)
		return false;
	if (got == UNREADABLE && !k->kept.nomem)
		problem(k, STANCH_GAP_UNREADABLE, name,
			"names in it are not read");
	if (got == GOT) {
		k->files_left -= n;
		wrong = reftable_read(span_of(file, n),
			git_id_len(k->kept.repo), &k->room, refkept_take,
			&k->kept);
	}
	if (wrong)
		problem(k, STANCH_GAP_CORRUPT, name, wrong);
	if (got == TOO_LARGE || k->room.full || k->kept.full)
		problem(k, STANCH_GAP_OVER_LIMIT, name,
			"more names, or reflogs, than are kept");
	free(file);
	return true;
}

/* Each table that the list names.  False: one is gone, and `last` is not. */
static bool
take_tables(struct stack *k, const char *list, size_t len, bool last)
{
	const char *end = list + len, *next;

	for (const char *s = list; s < end && !k->kept.full &&
		!k->room.full && !k->kept.nomem; s = next) {
		size_t n = strcspn(s, "\n");
		char name[NAME_MOST];

		next = s + n + 1;
		if (!n)
			continue;
		if (n >= sizeof name || s[0] == '.' || memchr(s, '/', n)) {
			problem(k, STANCH_GAP_CORRUPT, "tables.list",
				"a line names no table");
			continue;
		}
		memcpy(name, s, n);
		name[n] = '\0';
		if (take_table(k, name))
			continue;
		if (!last)
			return false;
		problem(k, STANCH_GAP_HISTORY, name,
			"a table is not there: what it named is not known");
	}
	return true;
}

/* ---- tables that no list names ---- */

static bool
is_named(const char *list, size_t len, const char *name)
{
	const char *end = list + len, *next;
	size_t n = strlen(name);

	for (const char *s = list; s < end; s = next) {
		size_t line = strcspn(s, "\n");

		if (line == n && !memcmp(s, name, n))
			return true;
		next = s + line + 1;
	}
	return false;
}

/* What was left behind, or is about to be listed, names nothing, but what it
   has packed is to be seen. */
static void
take_strays(struct stack *k, const char *list, size_t len)
{
	int fd = openat(k->dir, ".", DIR_FLAGS);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	size_t n = 0;

	if (!d && fd >= 0)
		close(fd);
	k->kept.stray = true;
	while (d && !k->kept.full && !k->room.full && !k->kept.nomem &&
		(e = readdir(d))) {
		const char *end = strrchr(e->d_name, '.');

		if (!end || (strcmp(end, ".ref") != 0 &&
			strcmp(end, ".log") != 0) ||
			is_named(list, len, e->d_name))
			continue;
		if (++n > STRAYS_MOST) {
			problem(k, STANCH_GAP_OVER_LIMIT, e->d_name,
				"more tables than are read");
			break;
		}
		take_table(k, e->d_name);
	}
	if (d)
		closedir(d);
}

/* ---- lists ---- */

static void
take_list(struct stack *k)
{
	size_t known = k->kept.refs->nproblems, len = 0, had = 0;
	uint64_t left = k->kept.left;
	char *list = NULL, *before = NULL;
	bool done = false;

	for (int turn = 1; !done && refkept_begin(&k->kept, left); turn++) {
		refs_drop_problems(k->kept.refs, known);
		free(before);
		before = list;
		had = len;
		if (slurp(k, "tables.list", LIST_MOST, &list, &len) != GOT) {
			problem(k, STANCH_GAP_HISTORY, "tables.list",
				"it cannot be read: names are not known");
			break;
		}
		done = take_tables(k, list, len, turn == TURNS ||
			(before && span_equal(span_of(list, len),
			span_of(before, had))));
	}
	if (done)
		take_strays(k, list, len);
	free(list);
	free(before);
	refkept_merge(&k->kept);
}

/* The tables in the directory `place` below up; tree is whose they are. */
static void
take_stack(struct stack *k, int up, const char *place, const char *tree)
{
	k->place = place;
	k->kept.tree = tree;
	k->dir = openat(up, *tree ? place : "reftable", DIR_FLAGS);
	if (k->dir >= 0) {
		take_list(k);
		close(k->dir);
	} else if (!*tree || errno != ENOENT) {
		problem(k, STANCH_GAP_HISTORY, "tables.list",
			"it cannot be read: names are not known");
	}
}

static void
take_worktrees(struct stack *k, int common)
{
	int fd = openat(common, "worktrees", DIR_FLAGS);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d && fd >= 0)
		close(fd);
	while (d && !k->kept.nomem && !k->kept.full && (e = readdir(d))) {
		char tree[PLACE_MOST / 2], place[PLACE_MOST];

		if (e->d_name[0] == '.')
			continue;
		snprintf(tree, sizeof tree, "worktrees/%s/", e->d_name);
		snprintf(place, sizeof place, "%sreftable", tree);
		take_stack(k, common, place, tree);
	}
	if (d)
		closedir(d);
}

/* Whether the open repository is a linked worktree. */
static bool
is_linked(const struct git_repo *r)
{
	struct stat own, all;

	return fstat(git_dir_fd(r), &own) == 0 &&
		fstat(git_common_fd(r), &all) == 0 &&
		(own.st_dev != all.st_dev || own.st_ino != all.st_ino);
}

bool
refstack_read(struct git_refs *refs, const struct git_repo *r)
{
	struct stack k = { .kept = { .refs = refs, .repo = r,
		.left = KEPT_MOST, .foreign = is_linked(r) },
		.room = { .z = inflate_new(), .left = LOGS_MOST },
		.files_left = FILES_MOST };

	if (!k.room.z)
		return false;
	take_stack(&k, git_common_fd(r), "reftable", "");
	if (k.kept.foreign) {
		k.kept.foreign = false;
		take_stack(&k, git_dir_fd(r), "reftable", "");
	}
	take_worktrees(&k, git_common_fd(r));
	inflate_free(k.room.z);
	refkept_free(&k.kept);
	return !k.kept.nomem;
}
