/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.c - which packs and loose objects there are, in each directory of
 * objects once.  Which directories there are more is alternates.c's, reading
 * objects unpack.c's business.
 */
#include "git/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "git/heldpack.h"

enum {
	DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY,
	PLACE_MOST = 8 * 1024
};

bool
store_problem(struct git_repo *r, enum stanch_gap why, const char *place,
	const char *detail)
{
	size_t n = strlen(place) + 1;
	struct git_problem *p;

	/* Of what was there before nothing is asked. */
	if (r->new_only && r->ndirs > 1)
		return true;
	p = malloc(sizeof *p + n);
	if (!p)
		return false;
	memcpy(p->place, place, n);
	p->next = NULL;
	p->gap = (struct gap){ .place = p->place, .why = why,
		.detail = detail, .bytes = GAP_BYTES_UNKNOWN };
	*r->problems_end = p;
	r->problems_end = &p->next;
	return true;
}

/* ---- packs ---- */

static bool
ends(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n >= k && !strcmp(name + n - k, end);
}

static bool
has_room(struct git_repo *r)
{
	if (r->npacks == r->cap_packs) {
		size_t cap = r->cap_packs ? 2 * r->cap_packs : 8;
		struct pack *v = reallocarray(r->packs, cap, sizeof *v);

		if (!v)
			return false;
		r->packs = v;
		r->cap_packs = cap;
	}
	return true;
}

/*
 * Of one that has no index, as a write that was broken off leaves it, one is
 * made.  What is not read is told with where it begins.
 */
static bool
add_bare_pack(struct git_repo *r, int fd, const char *place, const char *name)
{
	char where[PLACE_MOST + 24];
	struct pack p = { 0 };
	struct heldpack h;
	const char *why = pack_open_bare(&p, fd, name, r->id_len);

	if (!why && p.data.len > HELDPACK_MOST)
		why = "its index is not there, and it is too large for one "
			"to be made";
	if (!why && !heldpack_index(&h, p.data, r->id_len, &p.idx)) {
		pack_close(&p);
		return false;
	}
	if (why || !p.idx.ptr) {
		pack_close(&p);
		return store_problem(r, STANCH_GAP_CORRUPT, place, why ? why :
			"has no whole object");
	}
	p.made = true;
	p.data.len = h.end;
	pack_let_go(&p);
	p.n = pack_count(&p);
	p.place = strdup(place);
	p.dir = (uint32_t)r->ndirs - 1;
	r->packs[r->npacks++] = p;
	snprintf(where, sizeof where, "%s@%zu", place, h.used);
	return p.place && (!h.wrong ||
		store_problem(r, STANCH_GAP_CORRUPT, where, h.wrong));
}

static bool
add_pack(struct git_repo *r, int fd, const char *dir, const char *name)
{
	char place[PLACE_MOST];
	struct pack p = { 0 };
	const char *why;

	snprintf(place, sizeof place, "%s/pack/%s", dir, name);
	if (!has_room(r))
		return false;
	if (!ends(name, ".pack") || !pack_has_idx(fd, name))
		return add_bare_pack(r, fd, place, name);
	why = pack_open(&p, fd, name, r->id_len);
	if (why)
		return store_problem(r, STANCH_GAP_CORRUPT, place, why);
	p.place = strdup(place);
	p.dir = (uint32_t)r->ndirs - 1;
	r->packs[r->npacks++] = p;
	why = pack_doubt(&p);
	return p.place && (!why ||
		store_problem(r, STANCH_GAP_CORRUPT, place, why));
}

/* The names in a directory that end so, sorted, so that reports are, too. */
struct names {
	char **v;
	size_t n;
};

static void
names_free(struct names *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_pack(const char *name)
{
	return ends(name, ".pack") || !strncmp(name, "tmp_pack_", 9);
}

static bool
is_any(const char *name)
{
	return *name;
}

/* 0, or errno. */
static int
names_read(struct names *s, int dir, bool (*want)(const char *name))
{
	int fd = openat(dir, ".", DIR_FLAGS), error = 0;
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d) {
		error = errno;
		if (fd >= 0)
			close(fd);
		return error;
	}
	while (!error && (e = readdir(d))) {
		char **v;

		if (!want(e->d_name))
			continue;
		v = reallocarray(s->v, s->n + 1, sizeof *v);
		if (v)
			s->v = v;
		if (!v || !(s->v[s->n] = strdup(e->d_name)))
			error = ENOMEM;
		else
			s->n++;
	}
	closedir(d);
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, compare_names);
	return error;
}

static bool
open_packs(struct git_repo *r, int objects, const char *place)
{
	int fd = openat(objects, "pack", DIR_FLAGS | O_NOFOLLOW), error;
	struct names names = { 0 };
	char where[PLACE_MOST];
	bool ok = true;

	if (fd < 0 && errno == ENOENT)
		return true;
	error = fd < 0 ? errno : names_read(&names, fd, is_pack);
	snprintf(where, sizeof where, "%s/pack", place);
	if (error)
		ok = error != ENOMEM && store_problem(r,
			STANCH_GAP_UNREADABLE, where, "cannot be read");
	for (size_t i = 0; ok && i < names.n; i++)
		ok = add_pack(r, fd, place, names.v[i]);
	names_free(&names);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* ---- loose objects ---- */

static bool
add_loose(struct git_repo *r, const char *dir, const char *name, uint32_t at)
{
	char hex[GIT_HEX];
	struct store_loose l = { .dir = at };

	if (strlen(name) != 2 * r->id_len - 2)
		return true;
	snprintf(hex, sizeof hex, "%s%s", dir, name);
	if (!git_unhex(r, span_str(hex), &l.id))
		return true;
	if (r->nloose == r->cap_loose) {
		size_t cap = r->cap_loose ? 2 * r->cap_loose : 256;
		struct store_loose *v = reallocarray(r->loose, cap, sizeof *v);

		if (!v)
			return false;
		r->loose = v;
		r->cap_loose = cap;
	}
	r->loose[r->nloose++] = l;
	return true;
}

/* The directory dir, named after the first two digits of what is in it. */
static bool
open_fan(struct git_repo *r, int objects, const char *place, const char *dir,
	uint32_t at)
{
	int fd = openat(objects, dir, DIR_FLAGS | O_NOFOLLOW), error;
	struct names names = { 0 };
	char where[PLACE_MOST];
	bool ok = true;

	if (fd < 0 && errno == ENOENT)
		return true;
	error = fd < 0 ? errno : names_read(&names, fd, is_any);
	if (fd >= 0)
		close(fd);
	snprintf(where, sizeof where, "%s/%s", place, dir);
	if (error)
		ok = error != ENOMEM && store_problem(r,
			STANCH_GAP_UNREADABLE, where, "cannot be read");
	for (size_t k = 0; ok && k < names.n; k++)
		ok = add_loose(r, dir, names.v[k], at);
	names_free(&names);
	return ok;
}

static bool
open_loose(struct git_repo *r, int objects, const char *place, uint32_t at)
{
	struct names names = { 0 };
	int error = names_read(&names, objects, is_any);
	bool ok = true;

	if (error)
		ok = error != ENOMEM && store_problem(r,
			STANCH_GAP_UNREADABLE, place, "cannot be read");
	for (size_t i = 0; ok && i < names.n; i++)
		if (strlen(names.v[i]) == 2 &&
			strspn(names.v[i], "0123456789abcdef") == 2)
			ok = open_fan(r, objects, place, names.v[i], at);
	names_free(&names);
	return ok;
}

/* ---- directories ---- */

static bool
is_known(const struct git_repo *r, int fd)
{
	struct stat a, b;

	if (fstat(fd, &a) != 0)
		return true;
	for (size_t i = 0; i < r->ndirs; i++)
		if (fstat(r->dirs[i].fd, &b) == 0 && a.st_dev == b.st_dev &&
			a.st_ino == b.st_ino)
			return true;
	return false;
}

enum stanch_result
store_open(struct git_repo *r, int objects, const char *place, unsigned depth,
	struct stanch_error *err)
{
	struct store_dir *v;
	uint32_t at = (uint32_t)r->ndirs;

	if (is_known(r, objects)) {
		close(objects);
		return STANCH_OK;
	}
	if (depth > STORE_DEEP || r->ndirs == STORE_DIRS) {
		close(objects);
		return store_problem(r, STANCH_GAP_HISTORY, place,
			"too many alternates") ? STANCH_OK : error_nomem(err);
	}
	v = reallocarray(r->dirs, r->ndirs + 1, sizeof *v);
	if (v)
		r->dirs = v;
	if (!v || !(v[at].place = strdup(place))) {
		close(objects);
		return error_nomem(err);
	}
	r->dirs[r->ndirs++].fd = objects;
	if (!open_packs(r, objects, place) ||
		!open_loose(r, objects, place, at))
		return error_nomem(err);
	return alternates_read(r, objects, depth, err);
}

static int
compare_loose(const void *a, const void *b)
{
	const struct store_loose *x = a, *y = b;
	int c = memcmp(x->id.v, y->id.v, GIT_ID);

	return c ? c : x->dir < y->dir ? -1 : x->dir > y->dir;
}

bool
store_settle(struct git_repo *r)
{
	for (size_t i = 0; i < r->npacks; i++) {
		r->packs[i].first = r->count;
		r->count += r->packs[i].n;
	}
	if (r->nloose)
		qsort(r->loose, r->nloose, sizeof *r->loose, compare_loose);
	r->count += r->nloose;
	return r->count < UINT32_MAX;
}

void
store_close(struct git_repo *r)
{
	for (size_t i = 0; i < r->npacks; i++)
		pack_close(&r->packs[i]);
	for (size_t i = 0; i < r->ndirs; i++) {
		close(r->dirs[i].fd);
		free(r->dirs[i].place);
	}
	while (r->problems) {
		struct git_problem *p = r->problems;

		r->problems = p->next;
		free(p);
	}
	free(r->packs);
	free(r->dirs);
	free(r->loose);
	free(r->units);
}
