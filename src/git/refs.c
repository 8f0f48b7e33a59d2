/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refs.c - loose refs, packed-refs and reflogs, as gitrepository-layout(5)
 * has them; where they are in tables instead, refstack.c reads those.  No
 * symbolic link is followed.
 */
#include "git/refs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "git/refstack.h"

enum {
	NAME_MOST = 4096,
	DEEP = 64,		/* directories of refs inside each other */
	SYMBOLIC_MOST = 5,
	FILE_MOST = 256 * 1024 * 1024,
	DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
};

static const char *const pseudo[] = { "ORIG_HEAD", "FETCH_HEAD",
	"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD" };

enum { PSEUDO = sizeof pseudo / sizeof *pseudo };

struct reading {
	struct git_refs *refs;
	const struct git_repo *repo;
	bool nomem;
};

/* ---- files ---- */

/* A whole file, with a NUL behind it; NULL: not there, or no memory. */
static char *
read_file(struct reading *g, int dir, const char *name, size_t *len)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK | O_NOCTTY);
	char *text = NULL;
	struct stat st;
	ssize_t n = -1;

	if (fd < 0) {
		g->refs->partial |= errno != ENOENT && errno != ENOTDIR;
		return NULL;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0 &&
		st.st_size <= FILE_MOST) {
		text = malloc((size_t)st.st_size + 1);
		g->nomem |= !text;
		n = text ? io_read_all(fd, text, (size_t)st.st_size) : -1;
	}
	close(fd);
	if (n < 0) {
		g->refs->partial = true;
		free(text);
		return NULL;
	}
	text[n] = '\0';
	*len = (size_t)n;
	return text;
}

typedef void file_fn(struct reading *g, int dir, const char *file,
	const char *name);

/* Every file below the directory `at`; name is what it is called. */
static void
each_file(struct reading *g, int up, const char *at, const char *name,
	unsigned depth, file_fn *fn)
{
	int fd = openat(up, at, DIR_FLAGS);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d) {
		if (fd >= 0)
			close(fd);
		else if (errno == ENOTDIR)
			fn(g, up, at, name);
		else
			g->refs->partial |= errno != ENOENT;
		return;
	}
	while (!g->nomem && (e = readdir(d))) {
		char next[NAME_MOST];
		int n = snprintf(next, sizeof next, "%s/%s", name, e->d_name);

		if (e->d_name[0] == '.')
			continue;
		if (depth == DEEP || n >= (int)sizeof next)
			g->refs->partial = true;
		else if (e->d_type == DT_REG)
			fn(g, dirfd(d), e->d_name, next);
		else
			each_file(g, dirfd(d), e->d_name, next, depth + 1,
				fn);
	}
	closedir(d);
}

/* ---- refs ---- */

bool
refs_add(struct git_refs *refs, const char *name, struct span target,
	const struct git_id *id)
{
	struct git_ref r = { .name = strdup(name) };

	if (id)
		r.id = *id;
	else
		r.target = strndup((const char *)target.ptr, target.len);
	if (refs->n == refs->cap) {
		size_t cap = refs->cap ? 2 * refs->cap : 64;
		struct git_ref *v = reallocarray(refs->v, cap, sizeof *v);

		if (v) {
			refs->v = v;
			refs->cap = cap;
		}
	}
	if (!r.name || (!id && !r.target) || refs->n == refs->cap) {
		free(r.name);
		free(r.target);
		return false;
	}
	refs->v[refs->n++] = r;
	return true;
}

static void
add_ref(struct reading *g, const char *name, struct span target,
	const struct git_id *id)
{
	g->nomem |= !refs_add(g->refs, name, target, id);
}

static struct span
trim(struct span s)
{
	while (s.len && (s.ptr[s.len - 1] == '\n' ||
		s.ptr[s.len - 1] == '\r' || s.ptr[s.len - 1] == ' '))
		s.len--;
	return s;
}

static void
loose_ref(struct reading *g, int dir, const char *file, const char *name)
{
	struct git_id id;
	size_t n;
	char *text = read_file(g, dir, file, &n);
	struct span s;

	if (!text)
		return;
	s = trim(span_of(text, n));
	if (span_starts(s, "ref: "))
		add_ref(g, name, span_skip(s, 5), NULL);
	else if (git_unhex(g->repo, span_first(s, 2 * git_id_len(g->repo)),
		&id))
		add_ref(g, name, s, &id);
	else
		g->refs->partial = true;
	free(text);
}

static int
compare_refs(const void *a, const void *b)
{
	return strcmp(((const struct git_ref *)a)->name,
		((const struct git_ref *)b)->name);
}

static void
sort(struct git_refs *refs)
{
	if (refs->n)
		qsort(refs->v, refs->n, sizeof *refs->v, compare_refs);
}

const struct git_ref *
git_refs_find(const struct git_refs *refs, const char *name)
{
	struct git_ref key = { .name = (char *)name };

	return refs->n ? bsearch(&key, refs->v, refs->n, sizeof *refs->v,
		compare_refs) : NULL;
}

/* Lines "HEX name"; a loose ref of the same name wins. */
static void
packed_refs(struct reading *g)
{
	size_t n, hex = 2 * git_id_len(g->repo);
	char *text = read_file(g, git_common_fd(g->repo), "packed-refs", &n);
	struct git_refs own = *g->refs;	/* the loose ones, sorted */
	size_t nloose = own.n;

	for (char *s = text, *next; s && *s && !g->nomem; s = next) {
		struct git_id id;

		next = s + strcspn(s, "\n");
		if (*next)
			*next++ = '\0';
		if (strlen(s) < hex + 2 || s[hex] != ' ' ||
			!git_unhex(g->repo, span_of(s, hex), &id))
			continue;
		own = *g->refs;
		own.n = nloose;
		if (!git_refs_find(&own, s + hex + 1))
			add_ref(g, s + hex + 1, span_of(NULL, 0), &id);
	}
	free(text);
}

/* Where symbolic ones lead. */
static void
resolve(struct git_refs *refs)
{
	for (size_t i = 0; i < refs->n; i++) {
		const struct git_ref *r = &refs->v[i];

		for (int k = 0; r && r->target && k < SYMBOLIC_MOST; k++)
			r = git_refs_find(refs, r->target);
		if (r && !r->target)
			refs->v[i].id = r->id;
	}
}

/* ---- reflogs ---- */

bool
refs_add_log(struct git_refs *refs, const char *name, size_t at,
	const struct git_id *id)
{
	struct git_log l = { .n = at, .id = *id };

	if (git_id_is_zero(id))
		return true;
	l.name = strdup(name);
	if (refs->nlogs == refs->cap_logs) {
		size_t cap = refs->cap_logs ? 2 * refs->cap_logs : 64;
		struct git_log *v = reallocarray(refs->logs, cap, sizeof *v);

		if (v) {
			refs->logs = v;
			refs->cap_logs = cap;
		}
	}
	if (!l.name || refs->nlogs == refs->cap_logs) {
		free(l.name);
		return false;
	}
	refs->logs[refs->nlogs++] = l;
	return true;
}

static void
add_log(struct reading *g, const char *name, size_t at, struct span hex)
{
	struct git_id id;

	if (git_unhex(g->repo, hex, &id))
		g->nomem |= !refs_add_log(g->refs, name, at, &id);
}

/* Lines "OLD NEW who\twhy", the oldest first.  What the oldest began from is
   kept, too: one more. */
static void
take_log(struct reading *g, int dir, const char *file, const char *name)
{
	size_t n, lines = 0, hex = 2 * git_id_len(g->repo);
	char *text = read_file(g, dir, file, &n);
	const char *s = text, *end = text ? text + n : NULL;

	for (const char *c = text; c && c < end; c++)
		lines += *c == '\n';
	for (size_t i = lines; s && s < end && i > 0 && !g->nomem; i--) {
		const char *next = memchr(s, '\n', (size_t)(end - s));
		size_t len = next ? (size_t)(next - s) : (size_t)(end - s);

		if (len >= 2 * hex + 1 && i == lines)
			add_log(g, name, lines, span_of(s, hex));
		if (len >= 2 * hex + 1)
			add_log(g, name, i - 1, span_of(s + hex + 1, hex));
		s = next ? next + 1 : end;
	}
	free(text);
}

static int
compare_logs(const void *a, const void *b)
{
	const struct git_log *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : x->n < y->n ? -1 : x->n > y->n;
}

/* ---- all ---- */

/* HEADs of linked worktrees: they name objects that nothing else may. */
static void
worktree_head(struct reading *g, int dir, const char *file, const char *name)
{
	const char *base = strrchr(name, '/');

	if (base && !strcmp(base, "/HEAD"))
		(strstr(name, "/logs/") ? take_log : loose_ref)(g, dir, file,
			name);
}

static void
read_files(struct reading *g)
{
	int common = git_common_fd(g->repo), dir = git_dir_fd(g->repo);

	each_file(g, common, "refs", "refs", 0, loose_ref);
	loose_ref(g, dir, "HEAD", "HEAD");
	for (size_t i = 0; i < PSEUDO; i++)
		loose_ref(g, dir, pseudo[i], pseudo[i]);
	each_file(g, common, "worktrees", "worktrees", 0, worktree_head);
	sort(g->refs);
	packed_refs(g);
	take_log(g, dir, "logs/HEAD", "HEAD");
	each_file(g, common, "logs/refs", "refs", 0, take_log);
}

/* Some that are written while something is done stay files of their own. */
static void
read_tables(struct reading *g)
{
	g->nomem |= !refstack_read(g->refs, g->repo);
	sort(g->refs);
	for (size_t i = 0, n = g->refs->n; i < PSEUDO && !g->nomem; i++) {
		struct git_refs own = *g->refs;

		own.n = n;
		if (!git_refs_find(&own, pseudo[i]))
			loose_ref(g, git_dir_fd(g->repo), pseudo[i],
				pseudo[i]);
	}
}

bool
git_refs_read(struct git_refs *refs, const struct git_repo *r)
{
	struct reading g = { .refs = refs, .repo = r };

	memset(refs, 0, sizeof *refs);
	buf_init(&refs->past, SIZE_MAX);	/* bounded by refstack.c */
	(git_has_reftable(r) ? read_tables : read_files)(&g);
	sort(refs);
	resolve(refs);
	if (refs->nlogs)
		qsort(refs->logs, refs->nlogs, sizeof *refs->logs,
			compare_logs);
	if (g.nomem)
		git_refs_free(refs);
	return !g.nomem;
}

bool
refs_add_problem(struct git_refs *refs, enum stanch_gap why,
	const char *place, const char *detail)
{
	size_t n = strlen(place) + 1;
	struct git_problem *p = malloc(sizeof *p + n);

	if (!p)
		return false;
	memcpy(p->place, place, n);
	p->next = NULL;
	p->gap = (struct gap){ .place = p->place, .why = why,
		.detail = detail, .bytes = GAP_BYTES_UNKNOWN };
	if (refs->last_problem)
		refs->last_problem->next = p;
	else
		refs->problems = p;
	refs->last_problem = p;
	refs->nproblems++;
	return true;
}

void
refs_drop_problems(struct git_refs *refs, size_t n)
{
	struct git_problem **at = &refs->problems, *p, *next;

	refs->last_problem = NULL;
	for (size_t i = 0; i < n && *at; i++) {
		refs->last_problem = *at;
		at = &(*at)->next;
	}
	for (p = *at; p; p = next) {
		next = p->next;
		free(p);
		refs->nproblems--;
	}
	*at = NULL;
}

void
git_refs_free(struct git_refs *refs)
{
	for (size_t i = 0; i < refs->n; i++) {
		free(refs->v[i].name);
		free(refs->v[i].target);
	}
	for (size_t i = 0; i < refs->nlogs; i++)
		free(refs->logs[i].name);
	for (size_t i = 0; i < refs->ntexts; i++) {
		free(refs->texts[i].place);
		buf_free(&refs->texts[i].text);
	}
	refs_drop_problems(refs, 0);
	free(refs->v);
	free(refs->logs);
	free(refs->texts);
	buf_free(&refs->past);
	memset(refs, 0, sizeof *refs);
}
