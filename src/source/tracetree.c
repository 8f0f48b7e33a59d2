/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tracetree.c - trees, where they differ from the one that was last seen at
 * the same path: what both have was looked at then.  Each tree is looked at
 * once at a path, and at TRACE_PLACES paths at most, for what is in it has as
 * many places then.
 */
#include <stdlib.h>

#include "source/tracewalk.h"

enum { KEPT_MOST = 32 * 1024 * 1024 };	/* bytes of last trees, a walker */

struct dir {
	uint64_t hash;		/* of its path */
	uint32_t up;		/* TRACE_NONE: it is the top */
	const char *name;
	size_t len;
	uint8_t *last;		/* the tree that was seen here last */
	size_t last_len;
};

struct trace_walker {
	const struct trace *t;
	struct git_reader *rd;
	struct arena *arena;	/* of names and paths */
	struct seen trees, told;	/* at a path */
	struct dir *dirs;	/* the first is the top */
	size_t ndirs, cap_dirs;
	uint32_t *dir_at;	/* by hash, open addressing: + 1 */
	size_t cap_dir_at;
	uint8_t *visits;	/* by number: paths that a tree was seen at */
	uint8_t *places;	/* by target */
	struct trace_spot *v;
	size_t n, cap;
	uint32_t commit;	/* whose turn it is */
	size_t kept;
	bool nomem;
};

/* ---- directories ---- */

static bool
grow_dirs(struct trace_walker *w)
{
	size_t cap = w->cap_dirs ? 2 * w->cap_dirs : 256, at;
	struct dir *v = reallocarray(w->dirs, cap, sizeof *v);
	uint32_t *by = calloc(2 * cap, sizeof *by);

	if (v) {
		w->dirs = v;
		w->cap_dirs = cap;
	}
	if (!v || !by) {
		free(by);
		return false;
	}
	for (size_t i = 0; i < w->ndirs; i++) {
		at = v[i].hash & (2 * cap - 1);
		while (by[at])
			at = (at + 1) & (2 * cap - 1);
		by[at] = (uint32_t)i + 1;
	}
	free(w->dir_at);
	w->dir_at = by;
	w->cap_dir_at = 2 * cap;
	return true;
}

/* The directory of that name in another one; TRACE_NONE: out of memory. */
static uint32_t
dir_in(struct trace_walker *w, uint32_t up, uint64_t hash, struct span name)
{
	size_t at;

	if ((w->ndirs == w->cap_dirs || 2 * w->cap_dirs != w->cap_dir_at) &&
		!grow_dirs(w))
		goto nomem;
	at = hash & (w->cap_dir_at - 1);
	for (; w->dir_at[at]; at = (at + 1) & (w->cap_dir_at - 1)) {
		const struct dir *d = &w->dirs[w->dir_at[at] - 1];

		if (d->hash == hash && d->up == up && d->len == name.len &&
			!memcmp(d->name, name.ptr, name.len))
			return w->dir_at[at] - 1;
	}
	w->dirs[w->ndirs] = (struct dir){ .hash = hash, .up = up,
		.name = arena_strndup(w->arena, (const char *)name.ptr,
			name.len), .len = name.len };
	if (!w->dirs[w->ndirs].name)
		goto nomem;
	w->dir_at[at] = (uint32_t)++w->ndirs;
	return (uint32_t)w->ndirs - 1;
nomem:
	w->nomem = true;
	return TRACE_NONE;
}

/* "a/b/name"; NULL: too long, or out of memory. */
static const char *
path_of(struct trace_walker *w, uint32_t dir, struct span name)
{
	size_t n = name.len;
	char *path, *end;

	for (uint32_t d = dir; w->dirs[d].up != TRACE_NONE; d = w->dirs[d].up)
		n += w->dirs[d].len + 1;
	if (n > TRACE_PATH)
		return NULL;
	path = arena_alloc(w->arena, n + 1);
	w->nomem |= !path;
	if (!path)
		return NULL;
	end = path + n - name.len;
	memcpy(end, name.ptr, name.len);
	for (uint32_t d = dir; w->dirs[d].up != TRACE_NONE;
		d = w->dirs[d].up) {
		*--end = '/';
		end -= w->dirs[d].len;
		memcpy(end, w->dirs[d].name, w->dirs[d].len);
	}
	return path;
}

/* What is kept only saves time. */
static void
keep_last(struct trace_walker *w, uint32_t dir, uint8_t *tree, size_t n)
{
	if (w->kept + n > KEPT_MOST) {
		for (size_t i = 0; i < w->ndirs; i++) {
			free(w->dirs[i].last);
			w->dirs[i].last = NULL;
			w->dirs[i].last_len = 0;
		}
		w->kept = 0;
	}
	w->dirs[dir].last = tree;
	w->dirs[dir].last_len = n;
	w->kept += n;
}

/* ---- entries ---- */

static void
meet_blob(struct trace_walker *w, uint32_t dir, uint64_t key,
	const struct git_tree_entry *e)
{
	uint32_t target = trace_target(w->t, &e->id);
	struct trace_spot *v;
	const char *path;

	if (target == TRACE_NONE || w->places[target] == TRACE_PLACES ||
		!seen_add(&w->told, key))
		return;
	path = path_of(w, dir, e->name);
	if (!path)
		return;
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 256;

		v = reallocarray(w->v, cap, sizeof *v);
		if (!v) {
			w->nomem = true;
			return;
		}
		w->v = v;
		w->cap = cap;
	}
	w->v[w->n++] = (struct trace_spot){ target, w->commit, key, path };
	w->places[target]++;
}

static void visit(struct trace_walker *w, uint32_t dir, size_t number,
	const struct git_id *id, unsigned depth);

static void
meet(struct trace_walker *w, uint32_t dir, const struct git_tree_entry *e,
	unsigned depth)
{
	uint64_t hash = seen_hash(w->dirs[dir].hash, "/", 1), key;
	size_t n;

	if (git_mode_is_link(e->mode))
		return;
	hash = seen_hash(hash, e->name.ptr, e->name.len);
	if (!git_mode_is_tree(e->mode)) {
		key = seen_hash(hash, e->id.v, git_id_len(w->t->git));
		meet_blob(w, dir, key, e);
		return;
	}
	dir = dir_in(w, dir, hash, e->name);
	n = dir == TRACE_NONE ? SIZE_MAX : git_number(w->t->git, &e->id);
	if (n != SIZE_MAX)
		visit(w, dir, n, &e->id, depth + 1);
}

/* As git sorts them: a directory as if a / stood behind its name. */
static int
order(const struct git_tree_entry *a, const struct git_tree_entry *b)
{
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int c = n ? memcmp(a->name.ptr, b->name.ptr, n) : 0;
	int x, y;

	if (c)
		return c;
	x = a->name.len > n ? a->name.ptr[n] : git_mode_is_tree(a->mode) ?
		'/' : 0;
	y = b->name.len > n ? b->name.ptr[n] : git_mode_is_tree(b->mode) ?
		'/' : 0;
	return x - y;
}

/* The entries that both begin with. */
static void
skip_common(struct span *a, struct span *b, size_t id_len)
{
	size_t n = a->len < b->len ? a->len : b->len, same = 0, at = 0;

	while (same + 64 <= n && !memcmp(a->ptr + same, b->ptr + same, 64))
		same += 64;
	while (same < n && a->ptr[same] == b->ptr[same])
		same++;
	while (at < same) {
		const uint8_t *nul = memchr(b->ptr + at, 0, same - at);

		if (!nul || same - (size_t)(nul - b->ptr) <= id_len)
			break;
		at = (size_t)(nul - b->ptr) + 1 + id_len;
	}
	*a = span_skip(*a, at);
	*b = span_skip(*b, at);
}

/* The entries of a tree that the one before it at the same path has not. */
static void
meet_new(struct trace_walker *w, uint32_t dir, struct span before,
	struct span now, unsigned depth)
{
	const struct git_repo *git = w->t->git;
	struct git_tree_entry old, e;
	bool is_old;

	skip_common(&before, &now, git_id_len(git));
	is_old = git_tree_next(&before, git, &old);
	while (!w->nomem && git_tree_next(&now, git, &e)) {
		while (is_old && order(&old, &e) < 0)
			is_old = git_tree_next(&before, git, &old);
		if (!is_old || order(&old, &e) || old.mode != e.mode ||
			memcmp(old.id.v, e.id.v, GIT_ID) != 0) {
			meet(w, dir, &e, depth);
			continue;
		}
		skip_common(&before, &now, git_id_len(git));
		is_old = git_tree_next(&before, git, &old);
	}
}

static void
visit(struct trace_walker *w, uint32_t dir, size_t number,
	const struct git_id *id, unsigned depth)
{
	struct span before, now;
	struct git_object o;
	struct gap gap;
	uint8_t *copy;

	if (depth > TRACE_DEEP || w->nomem ||
		!seen_add(&w->trees, seen_hash(w->dirs[dir].hash, id->v,
			git_id_len(w->t->git))) ||
		w->visits[number] == TRACE_PLACES)
		return;
	w->visits[number]++;
	if (!git_read_nth(w->rd, number, &o, &gap) || o.type != GIT_TREE)
		return;
	copy = malloc(o.data.len + 1);
	if (!copy) {
		w->nomem = true;
		return;
	}
	memcpy(copy, o.data.ptr, o.data.len);
	now = span_of(copy, o.data.len);
	before = span_of(w->dirs[dir].last, w->dirs[dir].last_len);
	w->dirs[dir].last = NULL;
	w->dirs[dir].last_len = 0;
	w->kept -= before.len;
	meet_new(w, dir, before, now, depth);
	free((void *)before.ptr);
	keep_last(w, dir, copy, now.len);
}

/* ---- the walk ---- */

struct trace_walker *
trace_walker_new(const struct trace *t)
{
	struct trace_walker *w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	w->t = t;
	w->rd = git_reader_new(t->git);
	w->arena = arena_new();
	w->visits = calloc(git_count(t->git) + 1, 1);
	w->places = calloc(t->ntargets + 1, 1);
	if (w->rd && w->arena && w->visits && w->places &&
		dir_in(w, TRACE_NONE, SEEN_BASIS, span_str("")) == 0)
		return w;
	trace_walker_free(w);
	return NULL;
}

void
trace_walker_free(struct trace_walker *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->ndirs; i++)
		free(w->dirs[i].last);
	git_reader_free(w->rd);
	arena_free(w->arena);
	seen_free(&w->trees);
	seen_free(&w->told);
	free(w->dirs);
	free(w->dir_at);
	free(w->visits);
	free(w->places);
	free(w->v);
	free(w);
}

void
trace_walk(struct trace_walker *w, size_t first, size_t end)
{
	w->n = 0;
	for (size_t i = first; i < end && !w->nomem; i++) {
		uint32_t tree = w->t->commits[i].tree;
		struct git_id id;

		if (tree == TRACE_NONE)
			continue;
		w->commit = (uint32_t)i;
		git_nth(w->t->git, tree, &id);
		visit(w, 0, tree, &id, 0);
	}
}

bool
trace_walked(struct trace_walker *w, const struct trace_spot **v, size_t *n)
{
	*v = w->v;
	*n = w->n;
	return !w->nomem && !w->trees.nomem && !w->told.nomem;
}
