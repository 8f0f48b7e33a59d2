/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.c - the paths of a command line, one after the other.  What lies
 * below a directory is left to tree.c, reading to reader.c.
 */
#include "source/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/keep.h"
#include "base/path.h"
#include "source/discover.h"
#include "source/repo.h"
#include "source/tree.h"

enum { PATH_MOST = 64 * 1024 };	/* bytes of a path that is named */

static char *
clean(const char *path)
{
	struct buf b;
	char *copy = NULL;

	buf_init(&b, PATH_MOST);
	if (path_clean(&b, path) && buf_byte(&b, 0))
		copy = strdup((const char *)b.ptr);
	buf_free(&b);
	return copy;
}

static enum stanch_result
add_root(struct stanch_source *s, const char *path, struct stanch_error *err)
{
	struct source_root *r = &s->roots[s->nroots];
	struct stat st;

	if (!*path)
		return error_set(err, STANCH_EIO, NULL,
			"a path is empty; '.' is the current directory");
	r->stream = !strcmp(path, "-");
	if (!r->stream && stat(path, &st) != 0)
		return error_sys(err, errno, path, "cannot be opened");
	r->path = clean(path);
	if (!r->path)
		return error_nomem(err);
	s->nroots++;
	return s->opt.git <= STANCH_GIT_FILES ? STANCH_OK :
		discover_repo(&r->repo, s, r->path, err);
}

enum stanch_result
stanch_source_paths(struct stanch_source **out, const char *const *paths,
	size_t npaths, const struct stanch_source_options *opt,
	struct stanch_error *err)
{
	struct stanch_source *s;
	enum stanch_result r = STANCH_OK;

	if (npaths == 0)
		return error_set(err, STANCH_EUSAGE, NULL,
			"no path to scan was given");
	s = calloc(1, sizeof *s);
	if (!s)
		return error_nomem(err);
	options_take(&s->opt, sizeof s->opt, opt);
	s->roots = calloc(npaths, sizeof *s->roots);
	s->tree = tree_new(s);
	if (!s->roots || !s->tree)
		r = error_nomem(err);
	for (size_t i = 0; r == STANCH_OK && i < npaths; i++)
		r = add_root(s, paths[i], err);
	if (r != STANCH_OK) {
		stanch_source_free(s);
		return r;
	}
	*out = s;
	return STANCH_OK;
}

void
stanch_source_free(struct stanch_source *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->nroots; i++)
		free(s->roots[i].path);
	free(s->roots);
	tree_free(s->tree);
	for (size_t i = 0; i < s->nrepos; i++)
		repo_free(s->repos[i]);
	free(s->repos);
	free(s->stores);
	free(s);
}

enum stanch_result
source_remember(struct stanch_source *s, const char *dir,
	const uint8_t key[32], struct stanch_error *err)
{
	struct hash_sha256 *h;
	char why[128];

	if (!keep_check(dir, why, sizeof why))
		return error_set(err, STANCH_EIO, dir, "%s", why);
	h = hash_sha256_new();
	if (!h)
		return error_nomem(err);
	/* What is too large is a gap. */
	hash_sha256_add(h, key, 32);
	hash_sha256_add(h, &s->opt.max_file_size, sizeof s->opt.max_file_size);
	hash_sha256_end(h, s->home.key);
	s->home.dir = dir;
	return STANCH_OK;
}

uint64_t
source_links(const struct stanch_source *s)
{
	return tree_links(s->tree);
}

uint64_t
source_repositories(const struct stanch_source *s, uint64_t *not_asked)
{
	*not_asked = s->opt.git == STANCH_GIT_FILES ? s->nmet : 0;
	return s->nmet;
}

static bool
start(struct stanch_source *s, const struct source_root *r,
	struct source_batch *b)
{
	const char *path = r->path[0] ? r->path : ".";
	struct span none = span_of(NULL, 0);
	struct gap gap = { .why = STANCH_GAP_SPECIAL, .place = "",
		.detail = "not a regular file; `-` reads a stream",
		.bytes = GAP_BYTES_UNKNOWN };
	struct stat st;

	if (r->repo) {
		s->alone = r->repo;
		return true;
	}
	if (r->stream)
		return batch_add(b, NULL, none, "stdin", SOURCE_STREAM, NULL);
	if (stat(path, &st) != 0) {
		gap = gap_of_errno(errno, GAP_BYTES_UNKNOWN);
	} else if (S_ISREG(st.st_mode) && !strcmp(path_base(path), ".git")) {
		gap.why = STANCH_GAP_HISTORY;
		gap.detail = "it names a repository; scan the directory it "
			"is in";
	} else if (S_ISDIR(st.st_mode)) {
		return tree_start(s->tree, path, r->path, b);
	} else if (S_ISREG(st.st_mode)) {
		return batch_add(b, NULL, none, path, SOURCE_FILE, NULL);
	}
	return batch_add(b, NULL, none, path, SOURCE_GAP, &gap);
}

enum stanch_result
source_next(struct stanch_source *s, struct source_batch *b, bool *more,
	struct stanch_error *err)
{
	bool ok = true;

	while (ok && !batch_full(b)) {
		if (s->alone) {
			ok = repo_next(s->alone, b);
			if (s->alone->ended)
				s->alone = NULL;
		} else if (tree_ended(s->tree)) {
			if (s->next == s->nroots)
				break;
			ok = start(s, &s->roots[s->next++], b);
		} else {
			ok = tree_next(s->tree, b);
			if (!tree_ended(s->tree))
				break;	/* full, or a rest */
		}
	}
	if (!ok)
		return error_nomem(err);
	*more = b->n || s->alone || s->next < s->nroots || !tree_ended(s->tree);
	return STANCH_OK;
}
