/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large.c - files that are too large to be unpacked whole, a block at a time.
 * Only what is no delta can be: a delta may ask for any part of its base.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "git/unpack.h"

enum { BLOCK = 256 * 1024 };

/* A caller's own limit leaves out what is larger. */
static bool
may(const struct git_reader *rd, enum git_type type)
{
	return type == GIT_BLOB && rd->repo->most == GIT_OBJECT_MOST;
}

static bool
begin(struct git_reader *rd, struct span in, uint64_t size)
{
	struct stream *s = &rd->stream;

	if (!s->block)
		s->block = malloc(BLOCK);
	if (!s->block)
		return false;
	s->left = size;
	s->ended = false;
	inflate_begin(rd->z, in);
	return true;
}

bool
large_packed(struct git_reader *rd, const struct pack *p, uint64_t offset)
{
	struct pack_entry e;
	struct span in;

	large_end(rd);
	if (!pack_entry(p, offset, &e) || !may(rd, (enum git_type)e.kind))
		return false;
	in = span_skip(p->data, (size_t)e.at);
	in.len -= in.len < p->id_len ? in.len : p->id_len;
	rd->stream.at = e.at;
	return begin(rd, in, e.size);
}

bool
large_loose(struct git_reader *rd, const struct store_loose *l)
{
	struct stream *s = &rd->stream;
	uint8_t head[UNPACK_HEAD];
	enum git_type type;
	struct gap gap;
	uint64_t size;
	size_t n;
	bool end;

	large_end(rd);
	if (!unpack_map(rd, l, &s->map, &gap))
		return false;
	n = inflate_first(rd->z, s->map, head, sizeof head);
	n = unpack_head(head, n, &type, &size);
	s->at = 0;
	if (n && may(rd, type) && begin(rd, s->map, size) &&
		inflate_more(rd->z, s->block, n, &end) == n)
		return true;
	large_end(rd);
	return false;
}

int
git_more(struct git_reader *rd, struct span *bytes)
{
	struct stream *s = &rd->stream;
	size_t n = s->left < BLOCK ? (size_t)s->left : BLOCK;

	if (s->ended)
		return 0;
	if (inflate_more(rd->z, s->block, n, &s->ended) != n ||
		s->ended != (n == s->left)) {
		s->ended = false;
		return -1;
	}
	s->left -= n;
	rd->end = s->at + inflate_used(rd->z);
	rd->rest = s->map.len - (s->map.ptr ? inflate_used(rd->z) : 0);
	*bytes = span_of(s->block, n);
	return 1;
}

void
large_end(struct git_reader *rd)
{
	struct stream *s = &rd->stream;

	if (s->block)
		explicit_bzero(s->block, BLOCK);
	if (s->map.ptr)
		munmap((void *)s->map.ptr, s->map.len);
	s->map = span_of(NULL, 0);
	s->left = 0;
	s->ended = true;
}
