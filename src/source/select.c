/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select.c - some of a repository's objects, instead of all: those of its
 * index, those that the next commit would bring.
 */
#include "source/select.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/error.h"
#include "git/gitindex.h"
#include "git/parse.h"

enum { DEEP = 512, PATH_MOST = 64 * 1024 };

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct git_id));
}

/* Sorted, each once. */
static void
settle(struct repo *r)
{
	size_t kept = 0;

	if (r->nlist)
		qsort(r->list, r->nlist, sizeof *r->list, compare);
	for (size_t i = 0; i < r->nlist; i++)
		if (!kept || compare(&r->list[kept - 1], &r->list[i]))
			r->list[kept++] = r->list[i];
	r->nlist = kept;
}

/* ---- what the index has and HEAD has not ---- */

struct staged {
	struct repo *repo;
	struct git_reader *rd;
	struct git_index ix;
	size_t at;		/* entries before it have been looked at */
	struct buf path;
	bool nomem;
};

static void
take(struct staged *s)
{
	const struct git_index_entry *e = &s->ix.v[s->at++];

	if (!e->to_add && !git_mode_is_link(e->mode))
		s->nomem |= !repo_choose(s->repo, &e->id);
}

/* Both are sorted the same way; where they are not, more is taken. */
static void
meet(struct staged *s, const struct git_id *id)
{
	const char *path = (const char *)s->path.ptr;
	int c = -1;

	while (s->at < s->ix.n &&
		(c = strcmp(s->ix.v[s->at].path, path)) < 0)
		take(s);
	for (; s->at < s->ix.n && !strcmp(s->ix.v[s->at].path, path); ) {
		if (s->ix.v[s->at].stage == 0 && !compare(&s->ix.v[s->at].id,
			id))
			s->at++;
		else
			take(s);
	}
}

/*
 * Whether the index has of the directory at s->path, "a/b/", what HEAD has: it
 * remembers the tree that git would write of it.  Then it is passed over.
 */
static bool
pass_over(struct staged *s, const struct git_id *id)
{
	size_t len = s->path.len, last;
	const char *path = len ? (const char *)s->path.ptr : "";
	const struct cachetree_node *node = cachetree_find(&s->ix.trees, path,
		len ? len - 1 : 0);

	if (!node || compare(&node->id, id))
		return false;
	while (s->at < s->ix.n && len &&
		strncmp(s->ix.v[s->at].path, path, len) < 0)
		take(s);
	last = s->at + node->entries;
	if (last > s->ix.n || (last > s->at &&
		(strncmp(s->ix.v[s->at].path, path, len) != 0 ||
		strncmp(s->ix.v[last - 1].path, path, len) != 0)))
		return false;
	s->at = last;
	return true;
}

static void
walk(struct staged *s, const struct git_id *id, unsigned depth)
{
	size_t len = s->path.len;
	struct git_tree_entry e;
	struct git_object o;
	struct gap gap;
	struct span rest;
	uint8_t *copy;

	if (depth == DEEP || pass_over(s, id) ||
		!git_read(s->rd, id, &o, &gap) || o.type != GIT_TREE)
		return;
	copy = malloc(o.data.len + 1);
	s->nomem |= !copy;
	if (!copy)
		return;
	memcpy(copy, o.data.ptr, o.data.len);
	rest = span_of(copy, o.data.len);
	while (!s->nomem && git_tree_next(&rest, s->repo->git, &e)) {
		bool tree = git_mode_is_tree(e.mode);

		if (!buf_append(&s->path, e.name.ptr, e.name.len) ||
			!buf_byte(&s->path, tree ? '/' : 0))
			break;
		if (tree)
			walk(s, &e.id, depth + 1);
		else
			meet(s, &e.id);
		s->path.len = len;
	}
	free(copy);
}

static bool
select_staged(struct staged *s)
{
	const struct git_ref *head = git_refs_find(&s->repo->refs, "HEAD");
	struct git_object o;
	struct git_commit c;
	struct gap gap;

	buf_init(&s->path, PATH_MOST);
	s->rd = git_reader_new(s->repo->git);
	s->nomem = !s->rd;
	if (s->rd && head && git_read(s->rd, &head->id, &o, &gap) &&
		git_commit_parse(&c, s->repo->git, o.data))
		walk(s, &c.tree, 0);
	git_reader_free(s->rd);
	buf_free(&s->path);
	while (s->at < s->ix.n)
		take(s);
	return !s->nomem;
}

static enum stanch_result
select_index(struct repo *r, const struct stanch_source_options *opt,
	struct stanch_error *err)
{
	const char *name = opt->git_index ? opt->git_index : "index";
	struct staged s = { .repo = r };
	bool ok = true;

	if (git_index_read(&s.ix, r->git, opt->git_index ? AT_FDCWD :
		git_dir_fd(r->git), name, NULL) != STANCH_OK)
		repo_refuse(r, "its index cannot be read whole");
	if (opt->git == STANCH_GIT_STAGED)
		ok = select_staged(&s);
	while (ok && !s.nomem && s.at < s.ix.n)
		take(&s);
	ok = ok && !s.nomem;
	git_index_free(&s.ix);
	return ok ? STANCH_OK : error_nomem(err);
}

enum stanch_result
select_objects(struct repo *r, const struct stanch_source_options *opt,
	struct stanch_error *err)
{
	enum stanch_result res;

	r->listed = true;
	res = opt->git == STANCH_GIT_RANGE ? select_range(r, opt, err) :
		select_index(r, opt, err);
	settle(r);
	return res;
}
