/* SPDX-License-Identifier: Apache-2.0 */
/*
 * range.c - objects that can be reached from some names and not from others:
 * what commits brought.  Trees of the commits next to the range are walked
 * first, so that what they had is not taken for new.
 */
#include <fnmatch.h>
#include <stdlib.h>

#include "base/error.h"
#include "git/parse.h"
#include "git/rev.h"
#include "source/select.h"

enum { OUT = 1, IN = 2, SEEN = 4, DEEP = 512 };

struct range {
	struct repo *repo;
	struct git_reader *rd;
	uint8_t *state;		/* by number */
	struct git_id *stack;	/* commits to go to */
	size_t n, cap;
	struct git_id *in;	/* commits of the range */
	size_t nin, cap_in;
	bool nomem;
};

static void
push(struct range *g, struct git_id **v, size_t *n, size_t *cap,
	const struct git_id *id)
{
	if (*n == *cap) {
		size_t more = *cap ? 2 * *cap : 256;
		struct git_id *p = reallocarray(*v, more, sizeof *p);

		if (!p) {
			g->nomem = true;
			return;
		}
		*v = p;
		*cap = more;
	}
	(*v)[(*n)++] = *id;
}

static void
choose(struct range *g, const struct git_id *id)
{
	g->nomem |= !repo_choose(g->repo, id);
}

static void walk_entries(struct range *g, struct span tree, bool wanted,
	unsigned depth);

static void
walk_tree(struct range *g, const struct git_id *id, bool wanted,
	unsigned depth)
{
	size_t n = git_number(g->repo->git, id);
	struct git_object o;
	struct gap gap;
	uint8_t *copy;

	if (n == SIZE_MAX || depth == DEEP || g->state[n] & SEEN || g->nomem)
		return;
	g->state[n] |= SEEN;
	if (!git_read(g->rd, id, &o, &gap)) {
		if (wanted)	/* its gap is told when it is read again */
			choose(g, id);
		return;
	}
	if (o.type == GIT_BLOB && wanted)
		choose(g, id);
	if (o.type != GIT_TREE)
		return;
	copy = malloc(o.data.len + 1);
	g->nomem |= !copy;
	if (!copy)
		return;
	memcpy(copy, o.data.ptr, o.data.len);
	walk_entries(g, span_of(copy, o.data.len), wanted, depth);
	free(copy);
}

static void
walk_entries(struct range *g, struct span tree, bool wanted, unsigned depth)
{
	struct git_tree_entry e;

	while (git_tree_next(&tree, g->repo->git, &e)) {
		size_t n = git_number(g->repo->git, &e.id);

		if (git_mode_is_link(e.mode))
			continue;
		if (n == SIZE_MAX) {	/* its gap will be told */
			if (wanted)
				choose(g, &e.id);
		} else if (git_mode_is_tree(e.mode)) {
			walk_tree(g, &e.id, wanted, depth + 1);
		} else if (!(g->state[n] & SEEN)) {
			g->state[n] |= SEEN;
			if (wanted)
				choose(g, &e.id);
		}
	}
}

/* Marks all that can be reached, but for what is marked OUT. */
static void
walk(struct range *g, const struct git_id *from, uint8_t as)
{
	struct git_id id = *from, up;
	struct git_commit c;
	struct git_object o;
	struct git_tag tag;
	struct gap gap;

	push(g, &g->stack, &g->n, &g->cap, &id);
	while (g->n && !g->nomem) {
		size_t n;

		id = g->stack[--g->n];
		n = git_number(g->repo->git, &id);
		if (n != SIZE_MAX && g->state[n] & (OUT | IN))
			continue;
		if (n == SIZE_MAX || !git_read(g->rd, &id, &o, &gap)) {
			if (as == IN)	/* its gap is told when it is read */
				choose(g, &id);
			continue;
		}
		g->state[n] |= as;
		if (o.type == GIT_TAG &&
			git_tag_parse(&tag, g->repo->git, o.data)) {
			push(g, &g->stack, &g->n, &g->cap, &tag.target);
		} else if (o.type != GIT_COMMIT) {
			g->state[n] &= (uint8_t)~as;
			walk_tree(g, &id, as == IN, 0);
			continue;
		} else if (git_commit_parse(&c, g->repo->git, o.data)) {
			while (git_commit_parent(&c, g->repo->git, &up))
				push(g, &g->stack, &g->n, &g->cap, &up);
		}
		if (as == IN) {
			choose(g, &id);
			push(g, &g->in, &g->nin, &g->cap_in, &id);
		}
	}
}

static void
walk_commit(struct range *g, const struct git_id *id, bool wanted)
{
	struct git_commit c;
	struct git_object o;
	struct gap gap;

	if (git_read(g->rd, id, &o, &gap) && o.type == GIT_COMMIT &&
		git_commit_parse(&c, g->repo->git, o.data))
		walk_tree(g, &c.tree, wanted, 0);
}

/* Trees of those of its parents that are out of the range. */
static void
walk_border(struct range *g, const struct git_id *id)
{
	struct git_commit c;
	struct git_object o;
	struct git_id up;
	struct gap gap;

	if (!git_read(g->rd, id, &o, &gap) || o.type != GIT_COMMIT ||
		!git_commit_parse(&c, g->repo->git, o.data))
		return;
	g->n = 0;
	while (git_commit_parent(&c, g->repo->git, &up))
		push(g, &g->stack, &g->n, &g->cap, &up);
	while (g->n) {
		size_t n;

		up = g->stack[--g->n];
		n = git_number(g->repo->git, &up);
		if (n != SIZE_MAX && g->state[n] & OUT)
			walk_commit(g, &up, false);
	}
}

static bool
is_asked(const struct stanch_source_options *opt, const char *name)
{
	const char *glob = opt->git_refs;

	if (!glob)
		return opt->ngit_to == 0;
	return fnmatch(glob, name, 0) == 0 ||
		(!strncmp(name, "refs/", 5) &&
		(fnmatch(glob, name + 5, 0) == 0 ||
		(strchr(name + 5, '/') &&
		fnmatch(glob, strchr(name + 5, '/') + 1, 0) == 0)));
}

/* From each of the n names. */
static enum stanch_result
walk_revs(struct range *g, const char *const *v, size_t n, uint8_t as,
	bool may_lack, struct stanch_error *err)
{
	enum stanch_result res = STANCH_OK;
	struct git_id id;

	for (size_t i = 0; i < n && res == STANCH_OK; i++) {
		res = git_rev(&id, g->rd, g->repo->git, &g->repo->refs, v[i],
			err);
		if (res == STANCH_OK)
			walk(g, &id, as);
		else if (may_lack)
			res = STANCH_OK;
	}
	return res;
}

static void
walk_ref(struct range *g, const struct git_ref *ref, uint8_t as)
{
	if (!git_id_is_zero(&ref->id))
		walk(g, &ref->id, as);
}

static enum stanch_result
begin(struct range *g, const struct stanch_source_options *opt,
	struct stanch_error *err)
{
	const struct git_refs *refs = &g->repo->refs;
	enum stanch_result res;
	size_t matched = 0;

	res = walk_revs(g, opt->git_from, opt->ngit_from, OUT,
		opt->git_may_lack, err);
	for (size_t i = 0; i < refs->n && opt->git_not_refs; i++)
		if (fnmatch(opt->git_not_refs, refs->v[i].name, 0) == 0)
			walk_ref(g, &refs->v[i], OUT);
	if (res == STANCH_OK)
		res = walk_revs(g, opt->git_to, opt->ngit_to, IN, false, err);
	for (size_t i = 0; i < refs->n && res == STANCH_OK; i++) {
		if (!is_asked(opt, refs->v[i].name))
			continue;
		matched++;
		walk_ref(g, &refs->v[i], IN);
	}
	if (res == STANCH_OK && opt->git_refs && !matched)
		return error_set(err, STANCH_EUSAGE, opt->git_refs,
			"no ref has such a name");
	return res;
}

enum stanch_result
select_range(struct repo *r, const struct stanch_source_options *opt,
	struct stanch_error *err)
{
	struct range g = { .repo = r };
	enum stanch_result res = STANCH_OK;

	g.rd = git_reader_new(r->git);
	g.state = calloc(git_count(r->git) + 1, sizeof *g.state);
	if (!g.rd || !g.state)
		res = error_nomem(err);
	if (res == STANCH_OK)
		res = begin(&g, opt, err);
	for (size_t i = 0; i < g.nin && res == STANCH_OK; i++)
		walk_border(&g, &g.in[i]);
	for (size_t i = 0; i < g.nin && res == STANCH_OK; i++)
		walk_commit(&g, &g.in[i], true);
	if (res == STANCH_OK && g.nomem)
		res = error_nomem(err);
	git_reader_free(g.rd);
	free(g.state);
	free(g.stack);
	free(g.in);
	return res;
}
