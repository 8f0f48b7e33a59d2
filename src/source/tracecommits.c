/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tracecommits.c - the commits that a name leads to.  Those that lie whole in
 * packs, nearly all, are read before, in the order they lie, by all threads.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/together.h"
#include "source/tracewalk.h"

enum { STRETCH = 512 };		/* commits a thread takes at a time */

static uint32_t
number_of(const struct trace *t, const struct git_id *id)
{
	size_t n = git_number(t->git, id);

	return n == SIZE_MAX ? TRACE_NONE : (uint32_t)n;
}

static void
parse(const struct trace *t, const struct git_object *o,
	struct trace_parsed *p)
{
	struct git_commit c;
	struct git_id up;

	*p = (struct trace_parsed){ .tree = TRACE_NONE, .n = 3 };
	if (o->type != GIT_COMMIT || !git_commit_parse(&c, t->git, o->data))
		return;
	p->time = c.committer.time;
	p->tree = number_of(t, &c.tree);
	for (p->n = 0; p->n < 3 && git_commit_parent(&c, t->git, &up); p->n++)
		if (p->n < 2)
			p->parents[p->n] = number_of(t, &up);
}

struct parsing {
	struct trace *t;
	const uint32_t *numbers;
	size_t n;
	atomic_size_t next;
	atomic_bool nomem;
};

static void
parse_some(void *of, size_t i)
{
	struct parsing *w = of;
	struct git_reader *rd = git_reader_new(w->t->git);
	size_t first;

	(void)i;
	if (!rd)
		atomic_store(&w->nomem, true);
	while (rd && (first = atomic_fetch_add(&w->next, STRETCH)) < w->n)
		for (size_t k = first; k < w->n && k < first + STRETCH; k++) {
			struct git_object o;
			struct gap gap;

			if (!git_read_nth(rd, w->numbers[k], &o, &gap))
				continue;
			parse(w->t, &o, &w->t->parsed[k]);
			w->t->at[w->numbers[k]] = (uint32_t)k + 1;
		}
	git_reader_free(rd);
}

bool
trace_parse_all(struct trace *t)
{
	struct parsing w = { .t = t };
	uint32_t *numbers;

	if (!git_whole_commits(t->git, &numbers, &w.n))
		return false;
	w.numbers = numbers;
	t->parsed = calloc(w.n + 1, sizeof *t->parsed);
	if (t->parsed)
		together(w.n / STRETCH < t->jobs ? w.n / STRETCH + 1 : t->jobs,
			parse_some, &w);
	free(numbers);
	return t->parsed && !atomic_load(&w.nomem);
}

/* ---- one after the other ---- */

static void
note(struct trace *t, uint32_t number, uint32_t tree, uint32_t root)
{
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
	t->commits[t->n] = (struct trace_commit){ .number = number,
		.tree = tree, .root = root, .came = (uint32_t)t->n,
		.time = INT64_MIN };
	t->n++;
}

static void
note_commit(struct trace *t, uint32_t number, uint32_t root)
{
	if (number == TRACE_NONE || t->mark[number])
		return;
	t->mark[number] = root + 1;
	note(t, number, TRACE_NONE, root);
}

/* A commit whose message has something. */
static void
tell_message(struct trace *t, const struct trace_commit *c)
{
	struct origin *o;
	struct git_id id;

	git_nth(t->git, c->number, &id);
	o = trace_add(t, &id, span_of(NULL, 0), trace_joined(t,
		t->roots.v[c->root].reach, ", commit message"));
	if (!o)
		return;
	trace_date_by(t, o, c->number);
	o->in_head = t->phase == 1 && c->root == 0;
}

/* Reads it, and notes all its parents. */
static void
expand_read(struct trace *t, struct trace_commit *c, struct trace_parsed *p)
{
	uint32_t root = c->root;
	struct git_object o;
	struct git_commit all;
	struct git_id up;
	struct gap gap;

	if (!git_read_nth(t->rd, c->number, &o, &gap))
		return;
	parse(t, &o, p);
	if (!git_commit_parse(&all, t->git, o.data))
		return;
	while (git_commit_parent(&all, t->git, &up))
		note_commit(t, number_of(t, &up), root);
}

static void
expand(struct trace *t, size_t i)
{
	struct trace_commit *c = &t->commits[i];
	struct trace_parsed p = { .tree = TRACE_NONE, .n = 3 };
	uint32_t at;

	if (c->number == TRACE_NONE)
		return;
	at = t->at[c->number];
	if (at)
		p = t->parsed[at - 1];
	if (p.n == 3)
		expand_read(t, c, &p);
	else
		for (size_t k = 0; k < p.n; k++)
			note_commit(t, p.parents[k], t->commits[i].root);
	c = &t->commits[i];	/* they may have moved */
	c->tree = p.tree;
	c->time = p.time;
	if (t->state[c->number] & TRACE_TARGET)
		tell_message(t, c);
}

/* Takes tags off, tells of them, and begins at what they name. */
static void
begin(struct trace *t, uint32_t root)
{
	const struct trace_root *r = &t->roots.v[root];
	struct git_id id = r->id;
	struct git_object o;
	struct git_tag tag;
	struct gap gap;

	for (int i = 0; i < TRACE_DEEP; i++) {
		uint32_t n = number_of(t, &id);

		if (n == TRACE_NONE || !git_read_nth(t->rd, n, &o, &gap))
			return;
		if (o.type == GIT_COMMIT)
			note_commit(t, n, root);
		else if (o.type == GIT_TREE)
			note(t, TRACE_NONE, n, root);
		else if (o.type == GIT_BLOB && t->state[n] & TRACE_TARGET)
			trace_add(t, &id, span_of(NULL, 0), r->reach);
		if (o.type != GIT_TAG || !git_tag_parse(&tag, t->git, o.data))
			return;
		if (t->state[n] & TRACE_TARGET && !t->mark[n]) {
			t->mark[n] = root + 1;
			trace_date(t, trace_add(t, &id, span_of(NULL, 0),
				trace_joined(t, r->reach, " message")), &id,
				&tag.tagger);
		}
		id = tag.target;
	}
}

void
trace_commits(struct trace *t, uint32_t root)
{
	size_t at = t->n;

	begin(t, root);
	for (; at < t->n && !t->nomem; at++)
		expand(t, at);
}

/* Of the same second, what the first name leads to, and of that the one that
   was met last. */
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

void
trace_sort(struct trace *t)
{
	if (t->n)
		qsort(t->commits, t->n, sizeof *t->commits, compare);
}
