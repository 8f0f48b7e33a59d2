/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trace.c - where objects with findings come from: a walk over the commits
 * that names lead to, the oldest first, and over each tree once.  What hangs
 * on a ref is told of before what only a reflog knows, and that before what
 * nothing leads to; an object is told of as the first of these that has it.
 */
#include "source/tracewalk.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "git/gitindex.h"

/* ---- commits ---- */

static void
note(struct trace *t, const struct git_id *id, size_t number, uint32_t root)
{
	if (t->mark[number])
		return;
	if (t->n == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 1024;
		struct trace_commit *v = reallocarray(t->commits, cap,
			sizeof *v);

		if (!v) {
			t->nomem = true;
			return;
		}
		t->commits = v;
		t->cap = cap;
	}
	t->mark[number] = root + 1;
	t->commits[t->n] = (struct trace_commit){ .number = number, .id = *id,
		.root = root, .came = t->n };
	t->n++;
}

static const char *
joined(struct trace *t, const char *reach, const char *what)
{
	size_t n = strlen(reach) + strlen(what) + 1;
	char *s = arena_alloc(t->arena, n);

	t->nomem |= !s;
	if (s)
		snprintf(s, n, "%s%s", reach, what);
	return s ? s : "";
}

/* Reads the commit and notes its parents. */
static void
expand(struct trace *t, size_t i)
{
	struct trace_commit *c = &t->commits[i];
	uint32_t root = c->root;
	struct git_object o;
	struct git_commit p;
	struct gap gap;
	struct git_id up;

	if (!git_read_nth(t->rd, c->number, &o, &gap) ||
		!git_commit_parse(&p, t->git, o.data))
		return;
	c->tree = p.tree;
	c->time = p.committer.time;
	if (t->state[c->number] & TRACE_TARGET) {
		struct origin *origin = trace_add(t, &c->id,
			span_of(NULL, 0), joined(t, t->roots.v[root].reach,
			", commit message"));

		trace_date(t, origin, &c->id, &p.author);
		if (origin)
			origin->in_head = t->phase == 1 && root == 0;
	}
	while (git_commit_parent(&p, t->git, &up)) {
		size_t n = git_number(t->git, &up);

		if (n != SIZE_MAX)
			note(t, &up, n, root);
	}
}

/* Takes tags off, tells of them, and begins at what they name. */
static void
begin(struct trace *t, uint32_t root)
{
	const struct trace_root *r = &t->roots.v[root];
	struct git_id id = r->id;
	struct git_object o;
	struct gap gap;

	for (int i = 0; i < TRACE_DEEP; i++) {
		size_t n = git_number(t->git, &id);
		struct trace_visit v = { NULL, r->reach, false };
		struct git_tag tag;

		if (n == SIZE_MAX || !git_read(t->rd, &id, &o, &gap))
			return;
		if (o.type == GIT_COMMIT) {
			note(t, &id, n, root);
			return;
		}
		if (o.type == GIT_TREE) {
			trace_tree(t, &id, &v, 0);
			return;
		}
		if (o.type == GIT_BLOB) {
			if (t->state[n] & TRACE_TARGET)
				trace_add(t, &id, span_of(NULL, 0), r->reach);
			return;
		}
		if (!git_tag_parse(&tag, t->git, o.data))
			return;
		if (t->state[n] & TRACE_TARGET && !(t->mark[n])) {
			t->mark[n] = root + 1;
			trace_date(t, trace_add(t, &id, span_of(NULL, 0),
				joined(t, r->reach, " message")), &id,
				&tag.tagger);
		}
		id = tag.target;
	}
}

/* The oldest first; of the same second, what the first name leads to, and of
   that the one that was met last. */
static int
compare(const void *a, const void *b)
{
	const struct trace_commit *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	return x->came > y->came ? -1 : x->came < y->came;
}

/* From the roots [first, end) on. */
static void
run_phase(struct trace *t, size_t first)
{
	t->n = 0;
	t->phase++;
	for (size_t i = first; i < t->roots.n && !t->nomem; i++) {
		size_t at = t->n;

		begin(t, (uint32_t)i);
		for (; at < t->n && !t->nomem; at++)
			expand(t, at);
	}
	if (t->n)
		qsort(t->commits, t->n, sizeof *t->commits, compare);
	for (size_t i = 0; i < t->n && !t->nomem; i++) {
		const struct trace_commit *c = &t->commits[i];
		struct trace_visit v = { c, t->roots.v[c->root].reach, false };

		trace_tree(t, &c->tree, &v, 0);
	}
}

/* ---- phases ---- */

static void
phase_index(struct trace *t)
{
	struct git_index ix;

	t->phase++;
	git_index_read(&ix, t->git, git_dir_fd(t->git), "index", NULL);
	for (size_t i = 0; i < ix.n; i++) {
		size_t n = git_number(t->git, &ix.v[i].id);

		if (n != SIZE_MAX && t->state[n] & TRACE_TARGET)
			trace_add(t, &ix.v[i].id, span_str(ix.v[i].path),
				"index only");
	}
	git_index_free(&ix);
}

/* Commits and tags that nothing leads to. */
static void
add_dangling(struct trace *t)
{
	size_t count = git_count(t->git);

	for (size_t n = 0; n < count && !t->nomem; n++) {
		struct trace_root *v = t->roots.v;
		enum git_type type;

		if (t->mark[n] || t->state[n] & TRACE_SEEN)
			continue;
		type = git_nth_type(t->rd, n);
		if (type != GIT_COMMIT && type != GIT_TAG)
			continue;
		if (t->roots.n == t->roots.cap) {
			size_t cap = 2 * t->roots.cap + 64;

			v = reallocarray(v, cap, sizeof *v);
			if (!v) {
				t->nomem = true;
				return;
			}
			t->roots.v = v;
			t->roots.cap = cap;
		}
		v[t->roots.n].reach = type == GIT_TAG ? "dangling tag" :
			"dangling";
		git_nth(t->git, n, &v[t->roots.n++].id);
	}
}

static void
mark_head(struct trace *t)
{
	const struct git_ref *head = git_refs_find(&t->repo->refs, "HEAD");
	struct trace_visit v = { NULL, "", true };
	struct git_object o;
	struct git_commit c;
	struct gap gap;

	if (head && git_read(t->rd, &head->id, &o, &gap) &&
		git_commit_parse(&c, t->git, o.data))
		trace_tree(t, &c.tree, &v, 0);
	for (size_t i = 0; i < t->ntargets; i++) {
		struct trace_target *g = &t->targets[i];
		size_t n = git_number(t->git, &g->id);

		for (size_t k = 0; n != SIZE_MAX && k < g->n; k++)
			g->v[k].in_head |= (t->state[n] & TRACE_IN_HEAD) != 0;
	}
}

static void
run_all(struct trace *t)
{
	size_t first = 0;

	trace_named(&t->roots, t->repo);
	for (size_t i = 0; i < t->opt->ngit_to; i++)
		trace_pushed(&t->roots, t->repo, t->opt->git_to[i]);
	run_phase(t, 0);
	if (t->left && !t->nomem) {
		first = t->roots.n;
		trace_logged(&t->roots, t->repo);
		run_phase(t, first);
	}
	if (t->left && !t->nomem)
		phase_index(t);
	if (t->left && !t->nomem) {
		first = t->roots.n;
		add_dangling(t);
		run_phase(t, first);
	}
	t->phase++;
	for (size_t i = 0; i < t->ntargets && !t->nomem; i++)
		if (!t->targets[i].n)
			trace_add(t, &t->targets[i].id, span_of(NULL, 0),
				"dangling");
	if (!t->nomem)
		mark_head(t);
	t->nomem |= t->roots.nomem;
}

/* ---- in and out ---- */

static bool
prepare(struct trace *t, const uint8_t *const *ids, size_t n)
{
	size_t count = git_count(t->git);

	t->rd = git_reader_new(t->git);
	t->arena = arena_new();
	t->roots.arena = t->arena;
	t->state = calloc(count + 1, sizeof *t->state);
	t->mark = calloc(count + 1, sizeof *t->mark);
	t->targets = calloc(n, sizeof *t->targets);
	buf_init(&t->path, TRACE_PATH);
	if (!t->rd || !t->arena || !t->state || !t->mark || !t->targets)
		return false;
	t->ntargets = t->left = n;
	for (size_t i = 0; i < n; i++) {
		size_t at;

		memcpy(t->targets[i].id.v, ids[i], GIT_ID);
		trace_hint(t, &t->targets[i].id);
		at = git_number(t->git, &t->targets[i].id);
		if (at != SIZE_MAX)
			t->state[at] |= TRACE_TARGET;
	}
	return true;
}

static bool
hand_over(struct trace *t, struct source_trace *out)
{
	out->of = arena_array(t->arena, t->ntargets, sizeof *out->of);
	for (size_t i = 0; out->of && i < t->ntargets; i++) {
		struct trace_target *g = &t->targets[i];
		struct origin *v = arena_array(t->arena, g->n, sizeof *v);

		if (!v)
			return false;
		memcpy(v, g->v, g->n * sizeof *v);
		out->of[i] = (struct source_traced){ v, g->n };
	}
	out->arena = t->arena;
	return out->of != NULL;
}

enum stanch_result
source_trace(struct source_trace *out, struct stanch_source *s, uint32_t repo,
	const uint8_t *const *ids, size_t n, struct stanch_error *err)
{
	struct trace t = { .repo = s->repos[repo - 1] };
	bool ok;

	t.git = t.repo->git;
	t.opt = &s->opt;
	ok = prepare(&t, ids, n);
	if (ok)
		run_all(&t);
	ok = ok && !t.nomem && hand_over(&t, out);
	if (!ok)
		arena_free(t.arena);
	for (size_t i = 0; i < t.ntargets; i++)
		free(t.targets[i].v);
	git_reader_free(t.rd);
	free(t.roots.v);
	free(t.targets);
	free(t.commits);
	free(t.paths);
	free(t.state);
	free(t.mark);
	buf_free(&t.path);
	return ok ? STANCH_OK : error_nomem(err);
}

void
source_trace_free(struct source_trace *t)
{
	arena_free(t->arena);
	*t = (struct source_trace){ 0 };
}
