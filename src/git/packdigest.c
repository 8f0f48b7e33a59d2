/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packdigest.c - a pack as a whole: by what a later run may know it again.
 * Neither its name nor the checksums in it are believed, for whoever made the
 * repository wrote them.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "git/store.h"

bool
git_has_pack(const struct git_repo *r, const char *name)
{
	for (size_t i = 0; i < r->npacks; i++) {
		const char *base = strrchr(r->packs[i].place, '/');

		if (!r->packs[i].dir && base && !strcmp(base + 1, name))
			return true;
	}
	return false;
}

size_t
git_packs(const struct git_repo *r)
{
	return r->npacks;
}

/* What hangs on an object elsewhere is not in the pack. */
static bool
is_whole(const struct pack *p)
{
	struct pack_entry e;

	for (uint32_t i = 0; i < p->nroots; i++)
		if (!pack_entry(p, p->offsets[p->roots[i]], &e) ||
			e.kind > GIT_TAG)
			return false;
	return p->nrings == 0 && !pack_doubt(p);
}

bool
git_pack_digest(const struct git_repo *r, size_t pack, uint8_t out[32])
{
	const struct pack *p = &r->packs[pack];
	struct hash_sha256 *h;

	if (!p->order || !is_whole(p))
		return false;
	h = hash_sha256_new();
	if (!h)
		return false;
	hash_sha256_add(h, &p->data.len, sizeof p->data.len);
	hash_sha256_add(h, p->data.ptr, p->data.len);
	hash_sha256_add(h, p->idx.ptr, p->idx.len);
	hash_sha256_end(h, out);
	return true;
}

static bool
is_same(const struct stat *as, int dir, const char *name)
{
	struct stat now;

	return fstatat(dir, name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		now.st_dev == as->st_dev && now.st_ino == as->st_ino &&
		now.st_size == as->st_size &&
		!memcmp(&now.st_mtim, &as->st_mtim, sizeof now.st_mtim) &&
		!memcmp(&now.st_ctim, &as->st_ctim, sizeof now.st_ctim);
}

bool
git_pack_is_same(const struct git_repo *r, size_t pack)
{
	const struct pack *p = &r->packs[pack];
	const char *name = strrchr(p->place, '/') + 1;
	int fd = openat(r->dirs[p->dir].fd, "pack", O_RDONLY | O_DIRECTORY |
		O_CLOEXEC | O_NOFOLLOW);
	char idx[PACK_NAME];
	bool ok;

	if (fd < 0)
		return false;
	pack_idx_name(idx, name);
	ok = is_same(&p->as, fd, name) && is_same(&p->idx_as, fd, idx);
	close(fd);
	return ok;
}

size_t
git_pack_units(const struct git_repo *r, size_t pack, size_t *first)
{
	size_t n = 0;

	*first = 0;
	for (size_t i = 0; i < r->nunits; i++) {
		if (r->units[i].pack != pack)
			continue;
		if (!n++)
			*first = i;
	}
	return n;
}

size_t
git_pack_objects(const struct git_repo *r, size_t pack, size_t *first)
{
	*first = r->packs[pack].first;
	return r->packs[pack].n;
}
