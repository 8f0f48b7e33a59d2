/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tracetree.c - trees, each looked at once unless there is a target in it,
 * and what is told of the targets met.  Commits are trace.c's.
 */
#include "source/tracewalk.h"

#include <stdio.h>
#include <stdlib.h>

#define FNV_BASIS 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u
#define GOLDEN 0x9e3779b97f4a7c15u	/* spreads small numbers */

/* ---- telling ---- */

static struct trace_target *
target_of(struct trace *t, const struct git_id *id)
{
	size_t low = 0, high = t->ntargets;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(t->targets[mid].id.v, id->v, GIT_ID) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return &t->targets[low];
}

static const char *
trace_text(struct trace *t, struct span s)
{
	char *copy = arena_strndup(t->arena, (const char *)s.ptr, s.len);

	t->nomem |= !copy;
	return copy ? copy : "";
}

/* "REPO/.git!0123456789ab:path" */
static const char *
place_of(struct trace *t, const char *hex, struct span path)
{
	size_t n = strlen(t->repo->place) + path.len + 16;
	char *place = arena_alloc(t->arena, n);

	t->nomem |= !place;
	if (!place)
		return "";
	snprintf(place, n, "%s!%.12s%s", t->repo->place, hex,
		path.len ? ":" : "");
	memcpy(place + strlen(place), path.ptr ? path.ptr :
		(const uint8_t *)"", path.len);
	return place;
}

struct origin *
trace_add(struct trace *t, const struct git_id *id, struct span path,
	const char *reach)
{
	struct trace_target *g = target_of(t, id);
	char hex[GIT_HEX];
	struct origin *v, *o;

	if (g->phase && g->phase != t->phase)
		return NULL;
	if (g->n == TRACE_PLACES)
		return NULL;
	v = reallocarray(g->v, g->n + 1, sizeof *v);
	if (!v) {
		t->nomem = true;
		return NULL;
	}
	g->v = v;
	t->left -= g->phase == 0;
	g->phase = t->phase;
	o = &v[g->n++];
	git_hex(t->git, id, hex);
	*o = (struct origin){ .reach = reach, .commit = "", .author = "",
		.object = trace_text(t, span_str(hex)),
		.place = place_of(t, hex, path) };
	return o;
}

void
trace_date(struct trace *t, struct origin *o, const struct git_id *id,
	const struct git_person *p)
{
	char hex[GIT_HEX];

	if (!o)
		return;
	git_hex(t->git, id, hex);
	o->commit = trace_text(t, span_str(hex));
	o->dated = p->dated;
	o->time = p->time;
	o->zone = p->zone;
	if (t->opt->git_authors)
		o->author = trace_text(t, p->name);
}

/* ---- trees ---- */

/* Whether the tree has not been told of at this path yet. */
static bool
is_new_path(struct trace *t, size_t number)
{
	uint64_t h = FNV_BASIS ^ (uint64_t)number * GOLDEN;
	size_t at;

	for (size_t i = 0; i < t->path.len; i++)
		h = (h ^ t->path.ptr[i]) * FNV_PRIME;
	h += !h;
	if (2 * t->npaths >= t->cap_paths) {
		size_t cap = t->cap_paths ? 2 * t->cap_paths : 1024;
		uint64_t *v = calloc(cap, sizeof *v);

		if (!v) {
			t->nomem = true;
			return false;
		}
		for (size_t i = 0; i < t->cap_paths; i++) {
			if (!t->paths[i])
				continue;
			at = t->paths[i] & (cap - 1);
			while (v[at])
				at = (at + 1) & (cap - 1);
			v[at] = t->paths[i];
		}
		free(t->paths);
		t->paths = v;
		t->cap_paths = cap;
	}
	at = h & (t->cap_paths - 1);
	while (t->paths[at] && t->paths[at] != h)
		at = (at + 1) & (t->cap_paths - 1);
	if (t->paths[at])
		return false;
	t->paths[at] = h;
	t->npaths++;
	return true;
}

/* ---- most entries: what there is no need to look up ---- */

static unsigned
first_bits(const struct git_id *id)
{
	return (unsigned)id->v[0] << 8 | id->v[1];
}

void
trace_hint(struct trace *t, const struct git_id *id)
{
	t->hint[first_bits(id) / 8] |= (uint8_t)(1 << first_bits(id) % 8);
}

/* One that lies in a hot tree is looked at again at each of its paths, unless
   it is cold itself. */
static struct git_id *
cold_slot(struct trace *t, const struct git_id *id)
{
	return &t->cold[first_bits(id) % TRACE_COLD];
}

static bool
is_needless(struct trace *t, const struct git_tree_entry *e)
{
	if (git_mode_is_link(e->mode))
		return true;
	if (git_mode_is_tree(e->mode))
		return !memcmp(cold_slot(t, &e->id)->v, e->id.v, GIT_ID);
	return !(t->hint[first_bits(&e->id) / 8] & 1 << first_bits(&e->id) % 8);
}

/* ---- the walk ---- */

static void
meet_blob(struct trace *t, const struct git_id *id, size_t n,
	const struct trace_visit *v)
{
	struct git_object o;
	struct git_commit c;
	struct gap gap;
	struct origin *origin;

	if (v->head) {
		t->state[n] |= TRACE_IN_HEAD;
		return;
	}
	origin = trace_add(t, id, buf_span(&t->path), v->reach);
	if (origin && v->commit && git_read(t->rd, &v->commit->id, &o, &gap) &&
		git_commit_parse(&c, t->git, o.data))
		trace_date(t, origin, &v->commit->id, &c.author);
}

static bool walk_tree(struct trace *t, const struct git_id *id, size_t n,
	const struct trace_visit *v, unsigned depth);

/* Whether there is a target in it. */
static bool
meet(struct trace *t, const struct git_tree_entry *e,
	const struct trace_visit *v, unsigned depth)
{
	size_t len = t->path.len, n;
	bool hot = false;

	if (is_needless(t, e))
		return false;
	n = git_number(t->git, &e->id);
	if (n == SIZE_MAX)
		return false;
	if (!git_mode_is_tree(e->mode) && !(t->state[n] & TRACE_TARGET))
		return false;
	if (len)
		buf_byte(&t->path, '/');
	if (!buf_append(&t->path, e->name.ptr, e->name.len)) {
		t->path.len = len;
		t->path.failed = false;
		return false;
	}
	if (git_mode_is_tree(e->mode)) {
		hot = walk_tree(t, &e->id, n, v, depth + 1);
	} else {
		hot = true;
		meet_blob(t, &e->id, n, v);
	}
	t->path.len = len;
	return hot;
}

static bool
walk_tree(struct trace *t, const struct git_id *id, size_t n,
	const struct trace_visit *v, unsigned depth)
{
	struct git_tree_entry e;
	struct git_object o;
	struct gap gap;
	struct span rest;
	uint8_t *copy;
	bool hot = false;

	if (depth > TRACE_DEEP || t->nomem)
		return false;
	if ((t->state[n] & (TRACE_SEEN | TRACE_HOT)) == TRACE_SEEN) {
		*cold_slot(t, id) = *id;
		return false;
	}
	if (!v->head && !is_new_path(t, n))
		return t->state[n] & TRACE_HOT;
	if (!git_read_nth(t->rd, n, &o, &gap) || o.type != GIT_TREE)
		return false;
	copy = malloc(o.data.len + 1);
	if (!copy) {
		t->nomem = true;
		return false;
	}
	memcpy(copy, o.data.ptr, o.data.len);
	rest = span_of(copy, o.data.len);
	while (git_tree_next(&rest, t->git, &e))
		hot |= meet(t, &e, v, depth);
	free(copy);
	t->state[n] |= (uint8_t)(TRACE_SEEN | (hot ? TRACE_HOT : 0));
	return hot;
}

bool
trace_tree(struct trace *t, const struct git_id *id,
	const struct trace_visit *v, unsigned depth)
{
	size_t n = git_number(t->git, id);

	return n != SIZE_MAX && walk_tree(t, id, n, v, depth);
}
