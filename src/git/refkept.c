/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refkept.c - records of several tables: of a name, and of an entry of a
 * reflog, the last one holds.  Names and lines that were deleted, and that a
 * table still has, are texts to be scanned all the same.
 */
#include "git/refkept.h"

#include <stdio.h>
#include <stdlib.h>

/* A record of any table. */
struct refkept_record {
	const char *name;	/* as reports call it */
	uint64_t index;		/* of a log */
	size_t turn;		/* later ones hold */
	bool log, gone, stray;
	struct git_id id, old;
	struct span text;	/* a symbolic ref's target, a log's line */
};

/* ---- records ---- */

/* Names below refs/ belong to all worktrees, but for these. */
static bool
is_shared(const char *name)
{
	static const char *const own[] = { "refs/bisect/", "refs/worktree/",
		"refs/rewritten/" };

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (!strncmp(name, own[i], strlen(own[i])))
			return false;
	return !strncmp(name, "refs/", 5);
}

/* What a file that held it would be called. */
static const char *
name_of(struct refkept *k, const struct reftable_record *r)
{
	const char *tree = k->foreign && !is_shared(r->name) ?
		"main-worktree/" : k->tree;
	const char *logs = *k->tree && r->log ? "logs/" : "";
	size_t n = strlen(tree) + strlen(logs) + strlen(r->name) + 1;
	char *name = arena_alloc(k->arena, n);

	if (name)
		snprintf(name, n, "%s%s%s", tree, logs, r->name);
	return name;
}

/* Two ids and their hex digits, numbers, brackets and spaces. */
enum { LINE_MORE = 2 * GIT_HEX + 64 };

/* As a line of a file in logs/ has it. */
static struct span
line_of(struct refkept *k, const struct reftable_record *r)
{
	char old[GIT_HEX], new[GIT_HEX], *line;
	size_t n = r->who.len + r->mail.len + r->why.len + LINE_MORE;
	struct span why = r->why;
	int used;

	while (why.len && why.ptr[why.len - 1] == '\n')
		why.len--;
	git_hex(k->repo, &r->old, old);
	git_hex(k->repo, &r->id, new);
	line = arena_alloc(k->arena, n);
	if (!line)
		return span_of(NULL, 0);
	used = snprintf(line, n, "%s %s ", old, new);
	memcpy(line + used, r->who.ptr ? r->who.ptr : (uint8_t *)"",
		r->who.len);
	used += (int)r->who.len;
	used += snprintf(line + used, 3, " <");
	memcpy(line + used, r->mail.ptr ? r->mail.ptr : (uint8_t *)"",
		r->mail.len);
	used += (int)r->mail.len;
	used += snprintf(line + used, 40, "> %llu %+05d\t",
		(unsigned long long)r->time, r->zone);
	memcpy(line + used, why.ptr ? why.ptr : (uint8_t *)"", why.len);
	return span_of(line, (size_t)used + why.len);
}

static bool
has_room(struct refkept *k, const struct reftable_record *r)
{
	uint64_t cost = 2 * sizeof(struct refkept_record) + 64 +
		strlen(r->name) + r->target.len +
		(r->log ? r->who.len + r->mail.len + r->why.len +
		LINE_MORE : 0);

	k->full |= cost > k->left;
	if (!k->full)
		k->left -= cost;
	return !k->full;
}

bool
refkept_take(const struct reftable_record *r, void *payload)
{
	struct refkept *k = payload;
	struct refkept_record *e;

	if (!has_room(k, r))
		return false;
	if (k->n == k->cap) {
		size_t cap = k->cap ? 2 * k->cap : 256;
		struct refkept_record *v = reallocarray(k->v, cap, sizeof *v);

		k->nomem |= !v;
		if (!v)
			return false;
		k->v = v;
		k->cap = cap;
	}
	e = &k->v[k->n];
	*e = (struct refkept_record){ .name = name_of(k, r), .index = r->index,
		.turn = k->n, .log = r->log, .gone = r->gone,
		.stray = k->stray, .id = r->id, .old = r->old };
	if (r->log && !r->gone)
		e->text = line_of(k, r);
	else if (r->target.ptr)
		e->text = span_of(arena_strndup(k->arena,
			(const char *)r->target.ptr, r->target.len),
			r->target.len);
	k->nomem |= !e->name || (!e->text.ptr && (r->target.ptr ||
		(r->log && !r->gone)));
	k->n++;
	return !k->nomem;
}

/* ---- what holds ---- */

static int
compare(const void *a, const void *b)
{
	const struct refkept_record *x = a, *y = b;
	int c = x->log - y->log;

	c = c ? c : strcmp(x->name, y->name);
	if (!c && x->index != y->index)
		return x->index < y->index ? -1 : 1;
	if (!c && x->stray != y->stray)
		return x->stray ? -1 : 1;
	return c ? c : x->turn < y->turn ? -1 : x->turn > y->turn;
}

static void
add_past(struct refkept *k, const char *name)
{
	struct buf *past = &k->refs->past;

	k->nomem |= !buf_str(past, name) || !buf_byte(past, '\n');
}

/* ORIG_HEAD and its like of another worktree: nothing keeps what they name. */
static bool
is_passing(const struct refkept *k, const char *name)
{
	size_t n = strlen(k->tree);

	return n && strncmp(name + n, "refs/", 5) != 0 &&
		strcmp(name + n, "HEAD") != 0;
}

/* The last of the n that are of one name. */
static void
add_ref(struct refkept *k, const struct refkept_record *v, size_t n)
{
	const struct refkept_record *e = &v[n - 1];

	if (e->gone || e->stray || is_passing(k, e->name))
		add_past(k, e->name);
	else
		k->nomem |= !refs_add(k->refs, e->name, e->text,
			e->text.ptr ? NULL : &e->id);
}

/* All lines there are of the n, also of entries that were deleted. */
static void
add_text(struct refkept *k, const struct refkept_record *v, size_t n)
{
	struct git_refs *refs = k->refs;
	struct git_text *t;
	size_t len = strlen(v->name) + sizeof "logs/";

	if (refs->ntexts == refs->cap_texts) {
		size_t cap = refs->cap_texts ? 2 * refs->cap_texts : 64;

		t = reallocarray(refs->texts, cap, sizeof *t);
		k->nomem |= !t;
		if (!t)
			return;
		refs->texts = t;
		refs->cap_texts = cap;
	}
	t = &refs->texts[refs->ntexts];
	t->place = malloc(len);
	k->nomem |= !t->place;
	if (!t->place)
		return;
	snprintf(t->place, len, "%s%s", *k->tree ? "" : "logs/", v->name);
	buf_init(&t->text, SIZE_MAX);
	refs->ntexts++;
	for (size_t i = 0; i < n; i++)
		if (!v[i].gone)
			k->nomem |= !buf_append(&t->text, v[i].text.ptr,
				v[i].text.len) || !buf_byte(&t->text, '\n');
}

/* An entry that a later record is of, too, or that says that there is a log
   and no more, does not count. */
static bool
counts(const struct refkept_record *v, size_t n, size_t i)
{
	bool last = i + 1 == n || v[i].index != v[i + 1].index;

	return last && !v[i].gone && !v[i].stray &&
		!(git_id_is_zero(&v[i].id) && git_id_is_zero(&v[i].old));
}

/* The n of one name, the oldest first.  What that began from is kept, too. */
static void
add_log(struct refkept *k, const struct refkept_record *v, size_t n)
{
	size_t count = 0, at;

	for (size_t i = 0; i < n; i++)
		count += counts(v, n, i);
	at = count;
	for (size_t i = 0; i < n && !k->nomem; i++) {
		if (!counts(v, n, i))
			continue;
		if (at == count)
			k->nomem |= !refs_add_log(k->refs, v[i].name, at,
				&v[i].old);
		k->nomem |= !refs_add_log(k->refs, v[i].name, --at, &v[i].id);
	}
	add_text(k, v, n);
}

void
refkept_merge(struct refkept *k)
{
	size_t n;

	if (k->n)
		qsort(k->v, k->n, sizeof *k->v, compare);
	for (size_t i = 0; i < k->n && !k->nomem; i += n) {
		const struct refkept_record *v = &k->v[i];

		for (n = 1; i + n < k->n && v[n].log == v->log &&
			!strcmp(v[n].name, v->name); )
			n++;
		(v->log ? add_log : add_ref)(k, v, n);
	}
	arena_free(k->arena);
	k->arena = NULL;
	k->n = 0;
}

bool
refkept_begin(struct refkept *k, uint64_t left)
{
	arena_free(k->arena);
	k->arena = arena_new();
	k->n = 0;
	k->left = left;
	k->full = k->stray = false;
	k->nomem |= !k->arena;
	return !k->nomem;
}

void
refkept_free(struct refkept *k)
{
	arena_free(k->arena);
	free(k->v);
	k->arena = NULL;
	k->v = NULL;
}
