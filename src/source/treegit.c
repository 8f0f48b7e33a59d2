/* SPDX-License-Identifier: Apache-2.0 */
/*
 * treegit.c - repositories on the way of a walk.  Every file of a git
 * directory is scanned like any other, but for those that hold objects: they
 * are read as what they are.  A ".git" that leads elsewhere is followed only
 * when that place leads back.
 */
#include "source/treegit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/config.h"
#include "source/select.h"

enum {
	GITFILE_MOST = 8 * 1024,
	DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY,
	FILE_FLAGS = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
};

/* ---- directories ---- */

/* The name of the deepest level; "" for the current directory. */
static struct span
name_of(const struct levels *ls)
{
	struct span s = buf_span(&ls->path);
	size_t i;

	if (s.len)
		s.len--;
	for (i = s.len; i > 0 && s.ptr[i - 1] != '/'; i--)
		;
	return span_skip(s, i);
}

static char *
place_of(const struct levels *ls, const char *below)
{
	size_t n = ls->path.len, k = strlen(below);
	char *place = malloc(n + k + 2);

	if (!place)
		return NULL;
	if (n)
		memcpy(place, ls->path.ptr, n);
	memcpy(place + n, below, k + 1);
	if (!k && n > 1)
		place[n - 1] = '\0';
	if (!place[0])
		snprintf(place, 2, ".");
	return place;
}

/* Whether the objects have been scanned already in this run. */
static bool
is_known(struct stanch_source *s, const struct repo *r, bool *nomem)
{
	struct source_store *v;
	struct stat st;

	if (!r->git || fstatat(git_common_fd(r->git), "objects", &st, 0) != 0)
		return false;
	for (size_t i = 0; i < s->nstores; i++)
		if (s->stores[i].dev == st.st_dev &&
			s->stores[i].ino == st.st_ino)
			return true;
	v = reallocarray(s->stores, s->nstores + 1, sizeof *v);
	*nomem = !v;
	if (v) {
		s->stores = v;
		v[s->nstores++] = (struct source_store){ st.st_dev,
			st.st_ino };
	}
	return false;
}

static bool
open_repo(struct stanch_source *s, struct levels *ls, struct repo *r, int fd,
	const char *below)
{
	char path[64], *place = place_of(ls, below);
	bool ok, nomem = false;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	ok = place && repo_open(r, s, path, place);
	free(place);
	if (!ok || !r->git)
		return ok;
	s->nmet++;
	if (is_known(s, r, &nomem))
		r->listed = true;	/* and nothing is chosen */
	else if (s->opt.git == STANCH_GIT_FILES)
		return select_objects(r, &s->opt, NULL) == STANCH_OK;
	return !nomem;
}

static enum level_role
role_below(enum level_role up, struct span name)
{
	static const struct {
		enum level_role up;
		const char *name;
		enum level_role is;
	} roles[] = {
		{ LEVEL_GIT, "objects", LEVEL_OBJECTS },
		{ LEVEL_OBJECTS, "pack", LEVEL_PACK },
	};

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (roles[i].up == up && span_equal(name,
			span_str(roles[i].name)))
			return roles[i].is;
	return up == LEVEL_OBJECTS && name.len == 2 ? LEVEL_LOOSE :
		LEVEL_PLAIN;
}

/* The deepest level is the git directory of own, or of a new one. */
static bool
enter_git(struct stanch_source *s, struct levels *ls, struct repo *own)
{
	struct level *l = levels_top(ls);
	struct repo *r = own ? own : repo_new(s);

	if (!r || !open_repo(s, ls, r, dir_fd(l->dir), ""))
		return false;
	if (!own)
		l->own = r;
	l->repo = r->id;
	l->role = r->git ? LEVEL_GIT : LEVEL_PLAIN;
	return true;
}

bool
treegit_enter(struct stanch_source *s, struct levels *ls)
{
	struct level *l = levels_top(ls), *up = ls->depth > 1 ? l - 1 : NULL;
	const unsigned bare = LISTING_HEAD | LISTING_OBJECTS | LISTING_REFS;
	bool dot = span_equal(name_of(ls), span_str(".git"));
	bool waits = up && up->own && !up->own->place && dot;

	l->role = up ? role_below(up->role, name_of(ls)) : LEVEL_PLAIN;
	if ((l->list.marks & bare) == bare ||
		(dot && l->list.marks & LISTING_OBJECTS))
		return enter_git(s, ls, waits ? up->own : NULL);
	if (!(l->list.marks & LISTING_GIT))
		return true;
	l->own = repo_new(s);
	if (!l->own)
		return false;
	l->repo = l->own->id;
	return true;
}

/* ---- files that lead elsewhere ---- */

/* The first line of a small file; false: there is none. */
static bool
first_line(int dir, const char *name, char line[GITFILE_MOST])
{
	int fd = openat(dir, name, FILE_FLAGS);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, line, GITFILE_MOST - 1);
	close(fd);
	if (n <= 0)
		return false;
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	return line[0] != '\0';
}

static bool
is_same(const struct stat *a, int dir, const char *path)
{
	struct stat b;

	return fstatat(dir, path, &b, 0) == 0 && a->st_dev == b.st_dev &&
		a->st_ino == b.st_ino;
}

/* Of a linked worktree the file "gitdir" leads back to the ".git" file, of a
   submodule core.worktree to its directory. */
static bool
leads_back(int git, int tree)
{
	char line[GITFILE_MOST];
	struct git_config c;
	struct stat file, dir;

	if (fstatat(tree, ".git", &file, AT_SYMLINK_NOFOLLOW) != 0 ||
		fstat(tree, &dir) != 0)
		return false;
	if (first_line(git, "gitdir", line))
		return is_same(&file, git, line);
	config_read(&c, git);
	return c.worktree[0] && is_same(&dir, git, c.worktree);
}

bool
treegit_link(struct stanch_source *s, struct levels *ls, uint8_t type,
	struct gap *gap)
{
	struct level *l = levels_top(ls);
	char line[GITFILE_MOST];
	int tree = dir_fd(l->dir), fd;
	bool ok = true;

	*gap = (struct gap){ .place = "", .why = STANCH_GAP_HISTORY,
		.bytes = GAP_BYTES_UNKNOWN };
	if (type == DT_LNK) {
		gap->detail = "a symbolic link, which is not followed";
		return true;
	}
	if (type != DT_REG || !first_line(tree, ".git", line) ||
		strncmp(line, "gitdir: ", 8) != 0) {
		gap->detail = "it does not say where the repository is";
		return true;
	}
	fd = openat(tree, line + 8, DIR_FLAGS);
	if (fd < 0)
		gap->detail = "the repository it names cannot be opened";
	else if (!leads_back(fd, tree))
		gap->detail = "the repository it names does not lead back "
			"here; scan it by its own path";
	else
		ok = open_repo(s, ls, l->own, fd, ".git");
	if (fd >= 0)
		close(fd);
	return ok;
}

/* ---- files that hold objects ---- */

static bool
ends(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n >= k && !strcmp(name + n - k, end);
}

static bool
is_hex(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");

	return !name[n] && (n == 38 || n == 62);
}

/*
 * Whether it is a pack that the git room reads, or its index.  All else there
 * may be called what it likes, and hold anything.
 */
static bool
is_of_pack(const struct stanch_source *s, const struct levels *ls,
	const char *name)
{
	uint32_t repo = levels_top(ls)->repo;
	const struct repo *r = repo ? s->repos[repo - 1] : NULL;
	char pack[256];
	size_t n = strlen(name);

	if (!r || !r->git || n >= sizeof pack)
		return false;
	if (ends(name, ".pack") || !strncmp(name, "tmp_pack_", 9))
		return git_has_pack(r->git, name);
	if (!ends(name, ".idx"))
		return false;
	snprintf(pack, sizeof pack, "%.*s.pack", (int)n - 4, name);
	return git_has_pack(r->git, pack);
}

/* What is wrong with temporary packs the git room tells. */
static bool
is_left(const struct stanch_source *s, const struct levels *ls,
	const char *name)
{
	enum level_role role = levels_top(ls)->role;
	uint32_t repo = levels_top(ls)->repo;

	if (role != LEVEL_PACK && role != LEVEL_LOOSE)
		return false;
	if (role == LEVEL_PACK && repo && s->repos[repo - 1]->git &&
		!strncmp(name, "tmp_pack_", 9))
		return false;
	return !strncmp(name, "tmp_", 4) || !strncmp(name, ".tmp", 4);
}

bool
treegit_skips(const struct stanch_source *s, const struct levels *ls,
	const char *name, struct gap *gap)
{
	enum level_role role = levels_top(ls)->role;
	bool skip = false;

	*gap = (struct gap){ .place = "", .why = STANCH_GAP_CORRUPT,
		.bytes = GAP_BYTES_UNKNOWN };
	if (role == LEVEL_LOOSE)
		skip = is_hex(name);
	else if (role == LEVEL_PACK)
		skip = is_of_pack(s, ls, name) || ends(name, ".pack");
	if (is_left(s, ls, name))
		gap->detail = "left by a write that did not come to its end: "
			"what is packed in it is not read";
	return skip;
}
