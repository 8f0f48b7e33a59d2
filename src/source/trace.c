/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trace.c - where objects with findings come from: a walk over the commits
 * that names lead to, the oldest first, and over what each changes.  What
 * hangs on a ref is told of before what only a reflog knows, and that before
 * what nothing leads to; an object is told of as the first of these that has
 * it.  Commits in a row are a walker's; what walkers found is told in order.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/together.h"
#include "git/gitindex.h"
#include "source/tracewalk.h"

enum { SHARE = 1024 };		/* commits that are worth a walker */

/* ---- targets ---- */

static unsigned
first_bits(const struct git_id *id)
{
	return (unsigned)id->v[0] << 8 | id->v[1];
}

/* From here on the object is a target. */
static void
hint(struct trace *t, const struct git_id *id)
{
	t->hint[first_bits(id) / 8] |= (uint8_t)(1 << first_bits(id) % 8);
}

uint32_t
trace_target(const struct trace *t, const struct git_id *id)
{
	size_t low = 0, high = t->ntargets;

	if (!(t->hint[first_bits(id) / 8] & 1 << first_bits(id) % 8))
		return TRACE_NONE;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = memcmp(t->targets[mid].id.v, id->v, GIT_ID);

		if (!c)
			return (uint32_t)mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return TRACE_NONE;
}

/* ---- a phase ---- */

struct shares {
	struct trace *t;
	size_t n;
};

static size_t
share_begin(const struct shares *s, size_t i)
{
	return s->t->n / s->n * i + (i < s->t->n % s->n ? i :
		s->t->n % s->n);
}

static void
walk_share(void *of, size_t i)
{
	const struct shares *s = of;

	trace_walk(s->t->walkers[i], share_begin(s, i),
		share_begin(s, i + 1));
}

/* Each place once, with the oldest commit that has it. */
static void
tell(struct trace *t, struct trace_walker *w)
{
	const struct trace_spot *v;
	size_t n;

	t->nomem |= !trace_walked(w, &v, &n);
	for (size_t i = 0; i < n && !t->nomem; i++) {
		const struct trace_commit *c = &t->commits[v[i].commit];
		struct origin *o;

		if (!seen_add(&t->told, v[i].key))
			continue;
		o = trace_add(t, &t->targets[v[i].target].id,
			span_str(v[i].path), t->roots.v[c->root].reach);
		if (o && c->number != TRACE_NONE)
			trace_date_by(t, o, c->number);
	}
	t->nomem |= t->told.nomem;
}

/* From the roots [first, end) on. */
static void
run_phase(struct trace *t, size_t first)
{
	struct shares s = { t, 1 };

	t->n = 0;
	t->phase++;
	for (size_t i = first; i < t->roots.n && !t->nomem; i++)
		trace_commits(t, (uint32_t)i);
	trace_sort(t);
	s.n = t->n / SHARE + 1 < t->jobs ? t->n / SHARE + 1 : t->jobs;
	for (size_t i = 0; i < s.n && !t->nomem; i++) {
		if (!t->walkers[i])
			t->walkers[i] = trace_walker_new(t);
		t->nomem = !t->walkers[i];
	}
	if (t->nomem)
		return;
	together(s.n, walk_share, &s);
	for (size_t i = 0; i < s.n && !t->nomem; i++)
		tell(t, t->walkers[i]);
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

		if (t->mark[n])
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

/* Marks the targets that are in the tree. */
static void
mark_tree(struct trace *t, const struct git_id *tree, unsigned depth)
{
	size_t n = git_number(t->git, tree);
	struct git_tree_entry e;
	struct git_object o;
	struct gap gap;
	struct span rest;
	uint8_t *copy;
	uint32_t at;

	if (n == SIZE_MAX || depth > TRACE_DEEP || t->state[n] & TRACE_SEEN)
		return;
	t->state[n] |= TRACE_SEEN;
	if (!git_read_nth(t->rd, n, &o, &gap) || o.type != GIT_TREE)
		return;
	copy = malloc(o.data.len + 1);
	t->nomem |= !copy;
	if (!copy)
		return;
	memcpy(copy, o.data.ptr, o.data.len);
	rest = span_of(copy, o.data.len);
	while (!t->nomem && git_tree_next(&rest, t->git, &e)) {
		at = trace_target(t, &e.id);
		if (git_mode_is_tree(e.mode))
			mark_tree(t, &e.id, depth + 1);
		else if (at != TRACE_NONE && !git_mode_is_link(e.mode))
			t->targets[at].in_head = true;
	}
	free(copy);
}

static void
mark_head(struct trace *t)
{
	const struct git_ref *head = git_refs_find(&t->repo->refs, "HEAD");
	struct git_object o;
	struct git_commit c;
	struct gap gap;

	if (head && git_read(t->rd, &head->id, &o, &gap) &&
		git_commit_parse(&c, t->git, o.data))
		mark_tree(t, &c.tree, 0);
	for (size_t i = 0; i < t->ntargets; i++) {
		struct trace_target *g = &t->targets[i];

		for (size_t k = 0; k < g->n; k++)
			g->v[k].in_head |= g->in_head;
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
	t->at = calloc(count + 1, sizeof *t->at);
	t->targets = calloc(n, sizeof *t->targets);
	if (!t->rd || !t->arena || !t->state || !t->mark || !t->at ||
		!t->targets)
		return false;
	t->ntargets = t->left = n;
	for (size_t i = 0; i < n; i++) {
		size_t at;

		memcpy(t->targets[i].id.v, ids[i], GIT_ID);
		hint(t, &t->targets[i].id);
		at = git_number(t->git, &t->targets[i].id);
		if (at != SIZE_MAX)
			t->state[at] |= TRACE_TARGET;
	}
	return trace_parse_all(t);
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

static void
let_go(struct trace *t)
{
	for (size_t i = 0; i < TRACE_WALKERS; i++)
		trace_walker_free(t->walkers[i]);
	for (size_t i = 0; i < t->ntargets; i++)
		free(t->targets[i].v);
	git_reader_free(t->rd);
	seen_free(&t->told);
	free(t->roots.v);
	free(t->targets);
	free(t->commits);
	free(t->parsed);
	free(t->state);
	free(t->mark);
	free(t->at);
}

enum stanch_result
source_trace(struct source_trace *out, struct stanch_source *s, uint32_t repo,
	const uint8_t *const *ids, size_t n, unsigned jobs,
	struct stanch_error *err)
{
	struct trace t = { .repo = s->repos[repo - 1],
		.jobs = jobs < TRACE_WALKERS ? jobs : TRACE_WALKERS };
	bool ok;

	t.git = t.repo->git;
	t.opt = &s->opt;
	ok = prepare(&t, ids, n);
	if (ok)
		run_all(&t);
	ok = ok && !t.nomem && hand_over(&t, out);
	if (!ok)
		arena_free(t.arena);
	let_go(&t);
	return ok ? STANCH_OK : error_nomem(err);
}

void
source_trace_free(struct source_trace *t)
{
	arena_free(t->arena);
	*t = (struct source_trace){ 0 };
}
