/* SPDX-License-Identifier: Apache-2.0 */
/* traceroots.c - what refs and reflogs are called in a report. */
#include <stdio.h>
#include <stdlib.h>

#include "source/trace.h"

static void
add(struct trace_roots *roots, const struct git_id *id, const char *before,
	const char *name, const char *after)
{
	size_t n = strlen(before) + strlen(name) + strlen(after) + 1;
	char *reach;

	if (git_id_is_zero(id))
		return;
	if (roots->n == roots->cap) {
		size_t cap = roots->cap ? 2 * roots->cap : 64;
		struct trace_root *v = reallocarray(roots->v, cap, sizeof *v);

		if (!v) {
			roots->nomem = true;
			return;
		}
		roots->v = v;
		roots->cap = cap;
	}
	reach = arena_alloc(roots->arena, n);
	if (!reach) {
		roots->nomem = true;
		return;
	}
	snprintf(reach, n, "%s%s%s", before, name, after);
	roots->v[roots->n++] = (struct trace_root){ reach, *id };
}

struct kind {
	const char *prefix, *called;
};

static const struct kind kinds[] = {
	{ "refs/heads/", "branch " },
	{ "refs/tags/", "tag " },
	{ "refs/remotes/", "remote branch " },
	{ "refs/notes/", "notes " },
	{ "refs/", "ref refs/" },
	{ "worktrees/", "worktree " },
	{ "", "" },	/* ORIG_HEAD and its like: nothing keeps them */
};

enum { KINDS = sizeof kinds / sizeof *kinds - 1 };

/* The first that fits. */
static const struct kind *
kind_of(const char *name)
{
	const struct kind *k = kinds;

	while (strncmp(name, k->prefix, strlen(k->prefix)) != 0)
		k++;
	return k;
}

static void
add_ref(struct trace_roots *roots, const struct git_ref *r, const char *name)
{
	const struct kind *k = kind_of(name);

	add(roots, &r->id, k->called, name + strlen(k->prefix), "");
}

void
trace_named(struct trace_roots *roots, const struct repo *r)
{
	const struct git_ref *head = git_refs_find(&r->refs, "HEAD");

	if (head)
		add_ref(roots, head, head->target ? head->target : "HEAD");
	for (const struct kind *k = kinds; k < kinds + KINDS; k++)
		for (size_t i = 0; i < r->refs.n; i++) {
			const struct git_ref *ref = &r->refs.v[i];

			if (ref != head && kind_of(ref->name) == k &&
				strcmp(ref->name, "refs/stash") != 0)
				add_ref(roots, ref, ref->name);
		}
}

void
trace_pushed(struct trace_roots *roots, const struct repo *r, const char *hex)
{
	struct git_id id;

	if (git_unhex(r->git, span_str(hex), &id))
		add(roots, &id, "pushed", "", "");
}

void
trace_logged(struct trace_roots *roots, const struct repo *r)
{
	const struct git_ref *stash = git_refs_find(&r->refs, "refs/stash");

	if (stash)
		add(roots, &stash->id, "stash@{0}", "", "");
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < r->refs.nlogs; i++) {
			const struct git_log *l = &r->refs.logs[i];
			bool is = !strcmp(l->name, "refs/stash");
			char at[32];

			if (is != !turn)
				continue;
			snprintf(at, sizeof at, "@{%zu}", l->n);
			add(roots, &l->id, is ? "stash" : "reflog ",
				is ? "" : strncmp(l->name, "refs/heads/", 11) ?
				l->name : l->name + 11, at);
		}
	for (size_t i = 0; i < r->refs.n; i++)
		if (kind_of(r->refs.v[i].name) == kinds + KINDS)
			add_ref(roots, &r->refs.v[i], r->refs.v[i].name);
}
