/* SPDX-License-Identifier: Apache-2.0 */
/* gitindex.c - versions 2 to 4, as gitformat-index(5) has them. */
#include "git/gitindex.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "git/splitindex.h"

enum {
	HEAD = 12, STAT = 40,	/* bytes before the id */
	EXTENDED = 0x4000, TO_ADD = 0x2000,
	PATHS_LEAST = 64 * 1024,
	PATHS_TIMES = 32	/* the file: version 4 can say a long path again
				   in two bytes, and a real one saves little */
};

struct index_reading {
	struct span s;		/* what is left */
	uint32_t version;
	size_t id_len;
	struct buf paths, last;
	size_t *at;		/* of paths, by entry */
};

static uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

/* Version 4: how much of the path before goes, then what comes on. */
static bool
shorten(struct index_reading *x)
{
	uint64_t n = 0;
	uint8_t c;

	for (unsigned i = 0; ; i++) {
		if (!x->s.len || i == 8)
			return false;
		c = x->s.ptr[0];
		x->s = span_skip(x->s, 1);
		n = (i ? n + 1 : n) << 7 | (c & 0x7f);
		if (!(c & 0x80))
			break;
	}
	if (n > x->last.len)
		return false;
	x->last.len -= (size_t)n;
	return true;
}

static bool
take_path(struct index_reading *x, size_t head)
{
	const uint8_t *nul;
	size_t n;

	if (x->version < 4)
		x->last.len = 0;
	else if (!shorten(x))
		return false;
	nul = x->s.len ? memchr(x->s.ptr, 0, x->s.len) : NULL;
	if (!nul)
		return false;
	n = (size_t)(nul - x->s.ptr);
	if (!buf_append(&x->last, x->s.ptr, n) ||
		!buf_append(&x->paths, x->last.ptr, x->last.len) ||
		!buf_byte(&x->paths, 0))
		return false;
	/* Before version 4 entries are filled up to a multiple of 8. */
	n += x->version < 4 ? 8 - (head + n) % 8 : 1;
	if (n > x->s.len)
		return false;
	x->s = span_skip(x->s, n);
	return true;
}

static bool
take_entry(struct index_reading *x, struct git_index_entry *e, size_t *at)
{
	size_t head = STAT + x->id_len + 2;
	const uint8_t *p = x->s.ptr;
	unsigned flags;

	if (x->s.len < head + 2)
		return false;
	memset(e, 0, sizeof *e);
	e->mode = be32(p + 24);
	memcpy(e->id.v, p + STAT, x->id_len);
	flags = (unsigned)p[head - 2] << 8 | p[head - 1];
	e->stage = flags >> 12 & 3;
	if (flags & EXTENDED) {
		if (x->version < 3)
			return false;
		e->to_add = ((unsigned)p[head] << 8 | p[head + 1]) & TO_ADD;
		head += 2;
	}
	x->s = span_skip(x->s, head);
	*at = x->paths.len;
	return take_path(x, head);
}

static const char *
take_all(struct git_index *ix, struct index_reading *x, uint32_t n)
{
	const char *why = NULL;

	/* Each takes at least its head. */
	if (n > x->s.len / (STAT + x->id_len + 2))
		return "states more entries than it can hold";
	ix->v = calloc(n ? n : 1, sizeof *ix->v);
	x->at = calloc(n ? n : 1, sizeof *x->at);
	if (!ix->v || !x->at)
		return "no memory for it";
	while (ix->n < n && !why) {
		if (take_entry(x, &ix->v[ix->n], &x->at[ix->n]))
			ix->n++;
		else
			why = "is damaged";
	}
	ix->paths = (char *)x->paths.ptr;
	for (size_t i = 0; i < ix->n; i++)
		ix->v[i].path = ix->paths + x->at[i];
	return why;
}

/* What the extension of that name says, behind the entries; empty: there is
   none. */
static struct span
extension(const struct index_reading *x, const char *name)
{
	struct span s = x->s;

	while (s.len >= 8 + x->id_len) {
		uint32_t n = be32(s.ptr + 4);
		struct span says = span_first(span_skip(s, 8), n);

		if (span_starts(s, name))
			return says;
		s = span_skip(span_skip(s, 8), n);
	}
	return span_of(NULL, 0);
}

static const char *read_file(struct git_index *ix, const struct git_repo *r,
	int dir, const char *name, bool shared);

/* The other part of one that is split. */
static const char *
add_shared(struct git_index *ix, const struct git_repo *r, struct span link)
{
	struct git_index shared = { 0 };
	char hex[GIT_HEX], name[GIT_HEX + 16];
	struct git_id id = { { 0 } };
	const char *why;

	if (link.len < git_id_len(r))
		return "is damaged";
	memcpy(id.v, link.ptr, git_id_len(r));
	if (git_id_is_zero(&id))
		return NULL;
	git_hex(r, &id, hex);
	snprintf(name, sizeof name, "sharedindex.%s", hex);
	if (faccessat(git_dir_fd(r), name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return "is split, and its other part is not there";
	why = read_file(&shared, r, git_dir_fd(r), name, true);
	if (!why)
		why = splitindex_lay(ix, &shared,
			span_skip(link, git_id_len(r)));
	git_index_free(&shared);
	return why;
}

static const char *
parse(struct git_index *ix, const struct git_repo *r, struct span file,
	bool shared)
{
	size_t id_len = git_id_len(r);
	struct index_reading x = { .id_len = id_len };
	const char *why;
	struct span link;

	if (file.len < HEAD + id_len || !span_starts(file, "DIRC"))
		return "is no index";
	x.version = be32(file.ptr + 4);
	if (x.version < 2 || x.version > 4)
		return "is of an unknown version";
	buf_init(&x.paths, PATHS_LEAST + PATHS_TIMES * file.len);
	buf_init(&x.last, PATHS_LEAST);
	x.s = span_skip(file, HEAD);
	why = take_all(ix, &x, be32(file.ptr + 8));
	link = why ? span_of(NULL, 0) : extension(&x, "link");
	if (!why && !shared)
		cachetree_read(&ix->trees, extension(&x, "TREE"), id_len);
	free(x.at);
	buf_free(&x.last);
	if (!ix->paths)
		buf_free(&x.paths);
	if (link.len && shared)
		return "is shared, and split itself";
	return link.len ? add_shared(ix, r, link) : why;
}

/* NULL, or what is wrong; what was read until then is in *ix. */
static const char *
read_file(struct git_index *ix, const struct git_repo *r, int dir,
	const char *name, bool shared)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK | O_NOCTTY);
	const char *why;
	struct stat st;
	void *p;

	if (fd < 0)
		return errno == ENOENT ? NULL : "cannot be opened";
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0) {
		close(fd);
		return "is no file, or empty";
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return "cannot be mapped";
	why = parse(ix, r, span_of(p, (size_t)st.st_size), shared);
	munmap(p, (size_t)st.st_size);
	return why;
}

enum stanch_result
git_index_read(struct git_index *ix, const struct git_repo *r, int dir,
	const char *name, struct stanch_error *err)
{
	const char *why;

	memset(ix, 0, sizeof *ix);
	why = read_file(ix, r, dir, name, false);
	return why ? error_set(err, STANCH_EFORMAT, name, "%s", why) :
		STANCH_OK;
}

void
git_index_free(struct git_index *ix)
{
	free(ix->v);
	free(ix->paths);
	free(ix->shared_paths);
	cachetree_free(&ix->trees);
	memset(ix, 0, sizeof *ix);
}
