/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.c - depth first, sorted by name, without recursion.  Every name is
 * opened relative to its directory's descriptor and no symbolic link is
 * followed, so a tree that is changed meanwhile cannot lead the walk out of
 * itself.  Which directories it is in is left to levels.c, their names to
 * listing.c, reading files to reader.c.
 */
#include "source/tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "source/levels.h"
#include "source/pseudo.h"
#include "source/treegit.h"

enum { STEPS = 4096 };	/* after which tree_next() lets its caller breathe */

struct tree {
	struct stanch_source *source;
	struct levels levels;
	struct listing_stack names;
	uint64_t links;
};

struct tree *
tree_new(struct stanch_source *s)
{
	struct tree *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->source = s;
	buf_init(&t->levels.path, SOURCE_PLACE);
	if (!listing_stack_init(&t->names)) {
		free(t);
		return NULL;
	}
	return t;
}

static struct level *
top(const struct tree *t)
{
	return levels_top(&t->levels);
}

static void
pop(struct tree *t)
{
	listing_pop(&t->names, &top(t)->list);
	levels_pop(&t->levels);
}

void
tree_free(struct tree *t)
{
	if (!t)
		return;
	while (!tree_ended(t))
		pop(t);
	levels_free(&t->levels);
	listing_stack_free(&t->names);
	free(t);
}

bool
tree_ended(const struct tree *t)
{
	return t->levels.depth == 0;
}

uint64_t
tree_links(const struct tree *t)
{
	return t->links;
}

/* ---- gaps ---- */

static bool
add_gap(struct tree *t, struct source_batch *b, const char *name,
	const struct gap *gap)
{
	return batch_add(b, NULL, buf_span(&t->levels.path), name, SOURCE_GAP,
		gap);
}

static bool
add_file(struct tree *t, struct source_batch *b, const char *name)
{
	struct gap left;

	if (treegit_skips(t->source, &t->levels, name, &left))
		return true;
	if (left.detail)
		return add_gap(t, b, name, &left);
	if (!batch_add(b, top(t)->dir, buf_span(&t->levels.path), name,
		SOURCE_FILE, NULL))
		return false;
	b->items[b->n - 1].repo = top(t)->repo;
	return true;
}

/* A ".git" that is no directory: the file itself, or why not more. */
static bool
add_link(struct tree *t, struct source_batch *b, uint8_t type)
{
	struct gap gap;

	if (!treegit_link(t->source, &t->levels, type, &gap))
		return false;
	return gap.detail ? add_gap(t, b, ".git", &gap) :
		add_file(t, b, ".git");
}

/* A gap at the deepest directory itself. */
static bool
add_own_gap(struct tree *t, struct source_batch *b, const struct gap *gap)
{
	struct span own = buf_span(&t->levels.path);

	if (own.len > 1)
		own.len--;
	return batch_add(b, NULL, own, own.len ? "" : ".", SOURCE_GAP, gap);
}

static struct gap
gap_of(enum stanch_gap why, const char *detail)
{
	return (struct gap){ .place = "", .why = why, .detail = detail,
		.bytes = GAP_BYTES_UNKNOWN };
}

/* ---- going down ---- */

static bool
read_names(struct tree *t, struct source_batch *b, bool again)
{
	struct level *l = top(t);
	int fd = dir_fd(l->dir);
	int error = again ? listing_again(&t->names, &l->list, fd) :
		listing_read(&t->names, &l->list, fd);
	struct gap gap;

	if (error == ENOMEM)
		return false;
	if (error) {
		l->list.more = false;
		gap = gap_of_errno(error, GAP_BYTES_UNKNOWN);
		return add_own_gap(t, b, &gap);
	}
	return again || treegit_enter(t->source, &t->levels);
}

/* Whether the directory fd must not be entered; *gap says why. */
static bool
refused(const struct tree *t, int fd, const struct stat *st, struct gap *gap)
{
	if (t->levels.depth == TREE_DEPTH) {
		*gap = gap_of(STANCH_GAP_NAME,
			"more than 4096 directories deep");
		return true;
	}
	if (st->st_dev != top(t)->dev) {
		const char *name = pseudo_name(fd);
		if (name) {
			*gap = gap_of(STANCH_GAP_PSEUDO, name);
			return true;
		}
	}
	if (levels_hold(&t->levels, st)) {
		*gap = gap_of(STANCH_GAP_LOOP,
			"the directory is inside itself");
		return true;
	}
	return false;
}

static bool
enter(struct tree *t, struct source_batch *b, const char *name)
{
	int fd = openat(dir_fd(top(t)->dir), name, LEVELS_FLAGS | O_NOFOLLOW);
	struct stat st;
	struct gap gap;

	if (fd < 0 || fstat(fd, &st) != 0) {
		gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		if (fd >= 0)
			close(fd);
		return add_gap(t, b, name, &gap);
	}
	if (refused(t, fd, &st, &gap)) {
		close(fd);
		return add_gap(t, b, name, &gap);
	}
	if (!buf_str(&t->levels.path, name) ||
		!buf_byte(&t->levels.path, '/')) {
		close(fd);
		return false;
	}
	return levels_push(&t->levels, fd, &st) &&
		read_names(t, b, false);
}

bool
tree_start(struct tree *t, const char *path, const char *place,
	struct source_batch *b)
{
	int fd = open(path, LEVELS_FLAGS);
	struct stat st;
	struct gap gap;
	size_t n = strlen(place);

	t->levels.path.len = 0;
	if (fd < 0 || fstat(fd, &st) != 0) {
		gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		if (fd >= 0)
			close(fd);
		return batch_add(b, NULL, span_str(place), n ? "" : ".",
			SOURCE_GAP, &gap);
	}
	if (!buf_str(&t->levels.path, place) ||
		(n && place[n - 1] != '/' && !buf_byte(&t->levels.path, '/'))) {
		close(fd);
		return false;
	}
	return levels_push(&t->levels, fd, &st) &&
		read_names(t, b, false);
}

/* ---- step by step ---- */

static bool
lost(struct tree *t, struct source_batch *b)
{
	struct gap gap = gap_of(STANCH_GAP_VANISHED,
		"moved or removed while it was read; its last names are "
		"missing");

	top(t)->list.more = false;
	top(t)->list.next = top(t)->list.end;
	return add_own_gap(t, b, &gap);
}

static const char *
special_detail(uint8_t type)
{
	switch (type) {
	case DT_FIFO:	return "a fifo";
	case DT_SOCK:	return "a socket";
	case DT_CHR:
	case DT_BLK:	return "a device";
	default:	return "not a regular file";
	}
}

/* For file systems that do not tell the type with the name; 0 and errno. */
static uint8_t
type_of(int dirfd, const char *name)
{
	struct stat st;

	if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return 0;
	return (uint8_t)IFTODT(st.st_mode);
}

static bool
visit(struct tree *t, struct source_batch *b, const char *name, uint8_t type)
{
	struct dir *d = top(t)->dir;
	struct gap gap;

	if (type == DT_UNKNOWN)
		type = type_of(dir_fd(d), name);
	if (type == DT_UNKNOWN) {
		gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
		return add_gap(t, b, name, &gap);
	}
	if (type == DT_LNK)
		t->links++;
	if (!strcmp(name, ".git") && type != DT_DIR && top(t)->own)
		return add_link(t, b, type);
	if (type == DT_REG)
		return add_file(t, b, name);
	if (type == DT_DIR)
		return enter(t, b, name);
	if (type == DT_LNK)
		return true;
	gap = gap_of(STANCH_GAP_SPECIAL, special_detail(type));
	return add_gap(t, b, name, &gap);
}

/* Adds one item, or those of a repository. */
static bool
step(struct tree *t, struct source_batch *b)
{
	struct level *l = top(t);
	uint8_t type;
	const char *name = listing_next(&t->names, &l->list, &type);

	if (!name && !l->list.more) {
		if (l->own && !l->own->ended)
			return repo_next(l->own, b);
		pop(t);
		return true;
	}
	if (!l->dir && !levels_reopen(&t->levels))
		return lost(t, b);
	return name ? visit(t, b, name, type) : read_names(t, b, true);
}

bool
tree_next(struct tree *t, struct source_batch *b)
{
	for (int i = 0; i < STEPS && !tree_ended(t) && !batch_full(b); i++)
		if (!step(t, b))
			return false;
	return true;
}
