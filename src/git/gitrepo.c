/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gitrepo.c - opening a repository, and its objects by id and by number.  Where
 * they lie is store.c's, what is in them unpack.c's business.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "git/config.h"
#include "git/store.h"

enum { DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY };

size_t
git_id_len(const struct git_repo *r)
{
	return r->id_len;
}

void
git_hex(const struct git_repo *r, const struct git_id *id, char out[GIT_HEX])
{
	hash_hex(id->v, r->id_len, out);
}

static int
digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
git_unhex(const struct git_repo *r, struct span hex, struct git_id *id)
{
	if (hex.len != 2 * r->id_len)
		return false;
	*id = (struct git_id){ { 0 } };
	for (size_t i = 0; i < hex.len; i++) {
		int d = digit(hex.ptr[i]);

		if (d < 0)
			return false;
		id->v[i / 2] = (uint8_t)(id->v[i / 2] << 4 | d);
	}
	return true;
}

bool
git_id_is_zero(const struct git_id *id)
{
	for (size_t i = 0; i < GIT_ID; i++)
		if (id->v[i])
			return false;
	return true;
}

const struct git_problem *
git_problems(const struct git_repo *r)
{
	return r->problems;
}

int
git_dir_fd(const struct git_repo *r)
{
	return r->fd;
}

int
git_common_fd(const struct git_repo *r)
{
	return r->common;
}

bool
git_has_reftable(const struct git_repo *r)
{
	return r->reftable;
}

/* A linked worktree says where the rest of its repository is. */
static int
open_common(int dir)
{
	char name[4096];
	int fd = openat(dir, "commondir", O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK);
	ssize_t n;

	if (fd < 0)
		return dup(dir);
	n = read(fd, name, sizeof name - 1);
	close(fd);
	while (n > 0 && (name[n - 1] == '\n' || name[n - 1] == '\r'))
		n--;
	if (n <= 0) {
		errno = ENOENT;
		return -1;
	}
	name[n] = '\0';
	return openat(dir, name, DIR_FLAGS);
}

/* What the format of the repository asks of its reader. */
static bool
heed_config(struct git_repo *r)
{
	struct git_config c;

	config_read(&c, r->common);
	r->id_len = c.sha256 ? 32 : 20;
	r->reftable = c.reftable;
	c.strange_refs &= !r->new_only;	/* nothing names new objects */
	c.promisor &= !r->new_only;
	if (c.strange_refs && !store_problem(r, STANCH_GAP_HISTORY, "config",
		"names are kept in a way, or a place, that is not read: they "
		"are not scanned, and tell nothing of where objects belong"))
		return false;
	if (c.promisor && !store_problem(r, STANCH_GAP_MISSING, "config",
		"a partial clone: objects were left out of it"))
		return false;
	return !c.unknown || store_problem(r, STANCH_GAP_HISTORY, "config",
		"the repository has an extension that is not known");
}

static enum stanch_result
open_dirs(struct git_repo *r, const char *path, const struct git_options *opt,
	struct stanch_error *err)
{
	enum stanch_result res;
	int objects;

	r->fd = open(path, DIR_FLAGS);
	if (r->fd < 0)
		return error_sys(err, errno, path, "cannot be opened");
	r->common = open_common(r->fd);
	if (r->common < 0)
		return error_sys(err, errno, path,
			"its common directory cannot be opened");
	objects = opt->objects ? open(opt->objects, DIR_FLAGS) :
		openat(r->common, "objects", DIR_FLAGS | O_NOFOLLOW);
	if (objects < 0)
		return error_sys(err, errno, path,
			"its objects cannot be opened");
	if (!heed_config(r)) {
		close(objects);
		return error_nomem(err);
	}
	res = store_open(r, objects, "objects", 0, err);
	return res == STANCH_OK && opt->alternates ?
		alternates_given(r, opt->alternates, err) : res;
}

enum stanch_result
git_open(struct git_repo **out, const char *path,
	const struct git_options *opt, struct stanch_error *err)
{
	static const struct git_options none = { 0 };
	struct git_repo *r = calloc(1, sizeof *r);
	enum stanch_result res;

	if (!r)
		return error_nomem(err);
	if (!opt)
		opt = &none;
	r->fd = r->common = -1;
	r->id_len = 20;
	r->problems_end = &r->problems;
	r->new_only = opt->new_only;
	r->most = opt->most && opt->most < GIT_OBJECT_MOST ? opt->most :
		GIT_OBJECT_MOST;
	res = open_dirs(r, path, opt, err);
	if (res == STANCH_OK && !store_settle(r))
		res = error_set(err, STANCH_ELIMIT, path,
			"more objects than can be counted");
	if (res != STANCH_OK) {
		git_free(r);
		return res;
	}
	*out = r;
	return STANCH_OK;
}

void
git_free(struct git_repo *r)
{
	if (!r)
		return;
	store_close(r);
	if (r->fd >= 0)
		close(r->fd);
	if (r->common >= 0)
		close(r->common);
	free(r);
}

/* ---- objects by number ---- */

/* The least loose object that is not below the len bytes at id. */
static size_t
loose_lower(const struct git_repo *r, const uint8_t *id, size_t len)
{
	size_t low = 0, high = r->nloose;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(r->loose[mid].id.v, id, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
git_number(const struct git_repo *r, const struct git_id *id)
{
	size_t at;

	for (size_t i = 0; i < r->npacks; i++) {
		uint32_t pos = pack_find(&r->packs[i], id);

		if (pos != PACK_NONE)
			return r->packs[i].first + pos;
	}
	at = loose_lower(r, id->v, GIT_ID);
	if (at == r->nloose || memcmp(r->loose[at].id.v, id->v, GIT_ID) != 0)
		return SIZE_MAX;
	return r->count - r->nloose + at;
}

/* Whether a directory has it that is not the first. */
static bool
is_old(const struct git_repo *r, const struct git_id *id)
{
	size_t at;

	for (size_t i = 0; i < r->npacks; i++)
		if (r->packs[i].dir &&
			pack_find(&r->packs[i], id) != PACK_NONE)
			return true;
	at = loose_lower(r, id->v, GIT_ID);
	for (; at < r->nloose && !memcmp(r->loose[at].id.v, id->v, GIT_ID);
		at++)
		if (r->loose[at].dir)
			return true;
	return false;
}

bool
store_tells(const struct git_repo *r, uint32_t dir, const struct git_id *id)
{
	return !r->new_only || (!dir && !is_old(r, id));
}

size_t
git_count(const struct git_repo *r)
{
	return r->count;
}

void
git_nth(const struct git_repo *r, size_t n, struct git_id *id)
{
	*id = (struct git_id){ { 0 } };
	for (size_t i = 0; i < r->npacks; i++) {
		const struct pack *p = &r->packs[i];

		if (n - p->first < p->n) {
			memcpy(id->v, pack_id(p, (uint32_t)(n - p->first)),
				r->id_len);
			return;
		}
	}
	*id = r->loose[n - (r->count - r->nloose)].id;
}

/* Whether hex digits begin the id. */
static bool
begins(const uint8_t *id, struct span hex)
{
	for (size_t i = 0; i < hex.len; i++) {
		int d = digit(hex.ptr[i]);

		if (d != (i % 2 ? id[i / 2] & 15 : id[i / 2] >> 4))
			return false;
	}
	return true;
}

/* One more that begins so; another one than the first counts. */
static void
note(const struct git_repo *r, const uint8_t *v, struct git_id *id, size_t *n)
{
	if (*n == 0) {
		*id = (struct git_id){ { 0 } };
		memcpy(id->v, v, r->id_len);
		*n = 1;
	} else if (memcmp(id->v, v, r->id_len) != 0) {
		*n = 2;
	}
}

size_t
git_prefix(const struct git_repo *r, struct span hex, struct git_id *id)
{
	uint8_t least[GIT_ID] = { 0 };
	size_t n = 0;

	if (hex.len > 2 * r->id_len)
		return 0;
	for (size_t i = 0; i < hex.len; i++) {
		int d = digit(hex.ptr[i]);

		if (d < 0)
			return 0;
		least[i / 2] |= (uint8_t)(i % 2 ? d : d << 4);
	}
	for (size_t i = 0; i < r->npacks; i++) {
		const struct pack *p = &r->packs[i];

		for (uint32_t k = pack_lower(p, least, r->id_len); k < p->n &&
			n < 2 && begins(pack_id(p, k), hex); k++)
			note(r, pack_id(p, k), id, &n);
	}
	for (size_t i = loose_lower(r, least, GIT_ID); i < r->nloose && n < 2 &&
		begins(r->loose[i].id.v, hex); i++)
		note(r, r->loose[i].id.v, id, &n);
	return n;
}
