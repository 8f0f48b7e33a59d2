/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack.c - packs of version 2 and their indexes of version 2, as
 * gitformat-pack(5) has them: mapped, checked, looked up.  What is in an
 * entry is left to unpack.c, which entries hang together to packplan.c.
 */
#include "git/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	IDX_HEAD = 8, FANOUT = 256 * 4,
	PASSED_MOST = 32 * 1024 * 1024	/* bytes between two let-gos */
};

static uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

/* NULL, or what is wrong. */
static const char *
map(struct span *out, struct stat *as, int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
		O_NONBLOCK | O_NOCTTY);
	const char *why = NULL;
	struct stat st = { 0 };
	void *p;

	if (fd < 0)
		return errno == ENOENT ? "is not there" : "cannot be opened";
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0) {
		why = "is no file, or empty";
	} else {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
			0);
		if (p == MAP_FAILED)
			why = "cannot be mapped";
		else
			*out = span_of(p, (size_t)st.st_size);
	}
	close(fd);
	*as = st;
	return why;
}

static void
unmap(struct span *s)
{
	if (s->ptr)
		munmap((void *)s->ptr, s->len);
	*s = span_of(NULL, 0);
}

static const uint8_t *
fanout(const struct pack *p)
{
	return p->idx.ptr + IDX_HEAD;
}

/* Where tables begin in the index: ids, checksums, offsets, long offsets. */
static size_t
table(const struct pack *p, unsigned which)
{
	size_t n = p->n, at = IDX_HEAD + FANOUT;

	if (which > 0)
		at += n * p->id_len;
	if (which > 1)
		at += n * 4;
	if (which > 2)
		at += n * 4;
	return at;
}

static const char *
check_idx(struct pack *p)
{
	static const uint8_t magic[] = { 0xff, 't', 'O', 'c', 0, 0, 0, 2 };
	uint32_t before = 0;

	if (p->idx.len < IDX_HEAD + FANOUT + 2 * p->id_len ||
		memcmp(p->idx.ptr, magic, sizeof magic) != 0)
		return "its index is not of version 2";
	for (int i = 0; i < 256; i++) {
		uint32_t n = be32(fanout(p) + 4 * i);

		if (n < before)
			return "its index is damaged";
		before = n;
	}
	p->n = before;
	if (p->n == PACK_NONE || p->idx.len - 2 * p->id_len < table(p, 3))
		return "its index is truncated";
	return NULL;
}

uint32_t
pack_count(const struct pack *p)
{
	return be32(fanout(p) + 4 * 255);
}

static const char *
check_data(const struct pack *p)
{
	if (p->data.len < PACK_HEAD + p->id_len ||
		!span_starts(p->data, "PACK"))
		return "is no pack, or truncated";
	if (be32(p->data.ptr + 4) != 2 && be32(p->data.ptr + 4) != 3)
		return "is a pack of an unknown version";
	return NULL;
}

const char *
pack_doubt(const struct pack *p)
{
	const uint8_t *end = p->data.ptr + p->data.len - p->id_len;
	/* Of one that was made: zeros, which no pack ends with. */
	const uint8_t *want = p->idx.ptr + p->idx.len - 2 * p->id_len;

	if (be32(p->data.ptr + 8) != p->n)
		return "its index tells another number of objects";
	return memcmp(end, want, p->id_len) ?
		"truncated or changed: it does not end as its index says" :
		NULL;
}

void
pack_idx_name(char idx[PACK_NAME], const char *name)
{
	snprintf(idx, PACK_NAME, "%.*s.idx", (int)(strlen(name) - 5), name);
}

static const char *
open_data(struct pack *p, int fd, const char *name)
{
	const char *why = map(&p->data, &p->as, fd, name);

	p->mapped = p->data.len;
	return why ? why : check_data(p);
}

bool
pack_has_idx(int fd, const char *name)
{
	char idx[PACK_NAME];
	struct stat st;

	if (strlen(name) < 5 || strlen(name) >= sizeof idx)
		return true;
	pack_idx_name(idx, name);
	return fstatat(fd, idx, &st, AT_SYMLINK_NOFOLLOW) == 0 ||
		errno != ENOENT;
}

const char *
pack_open_bare(struct pack *p, int fd, const char *name, size_t id_len)
{
	const char *why;

	p->id_len = id_len;
	why = open_data(p, fd, name);
	if (why)
		pack_close(p);
	return why;
}

const char *
pack_open(struct pack *p, int fd, const char *name, size_t id_len)
{
	char idx[PACK_NAME];
	const char *why;
	size_t n = strlen(name);

	if (n < 5 || n >= sizeof idx)
		return "its name is too long";
	pack_idx_name(idx, name);
	p->id_len = id_len;
	why = map(&p->idx, &p->idx_as, fd, idx) ? "its index cannot be read" :
		NULL;
	if (!why)
		why = check_idx(p);
	if (!why)
		why = open_data(p, fd, name);
	if (why)
		pack_close(p);
	return why;
}

void
pack_close(struct pack *p)
{
	if (p->made)
		free((void *)p->idx.ptr);
	else if (!p->held)
		unmap(&p->idx);
	if (!p->held) {
		p->data.len = p->mapped;
		unmap(&p->data);
	}
	free(p->place);
	free(p->order);
	free(p->offsets);
	free(p->child);
	free(p->sibling);
	free(p->roots);
	*p = (struct pack){ 0 };
}

void
pack_let_go(const struct pack *p)
{
	if (p->mapped)
		madvise((void *)p->data.ptr, p->data.len, MADV_DONTNEED);
}

void
pack_passes(const struct pack *p, uint64_t offset, uint64_t *since)
{
	uint64_t far = offset > *since ? offset - *since : *since - offset;

	if (far < PASSED_MOST)
		return;
	pack_let_go(p);
	*since = offset;
}

const uint8_t *
pack_id(const struct pack *p, uint32_t pos)
{
	return p->idx.ptr + table(p, 0) + (size_t)pos * p->id_len;
}

void
pack_soon(const struct pack *p, uint32_t rank)
{
	__builtin_prefetch(pack_id(p, p->order[rank]));
}

/* One that is not in the pack has no entry there, as pack_entry() finds. */
uint64_t
pack_offset(const struct pack *p, uint32_t pos)
{
	uint32_t at = be32(p->idx.ptr + table(p, 2) + (size_t)pos * 4);
	size_t more = table(p, 3) + (size_t)(at & 0x7fffffff) * 8;

	if (!(at & 0x80000000))
		return at;
	if (more + 8 > p->idx.len - 2 * p->id_len)
		return UINT64_MAX;
	return (uint64_t)be32(p->idx.ptr + more) << 32 |
		be32(p->idx.ptr + more + 4);
}

/* The first eight bytes of an id as a number, so that order is kept. */
static uint64_t
head_of(const uint8_t *id, size_t len)
{
	uint64_t n = 0;

	for (size_t i = 0; i < 8; i++)
		n = n << 8 | (i < len ? id[i] : 0);
	return n;
}

/* Below the n positions from low on, whose ids' heads lie in [from, to). */
static uint32_t
guess(uint32_t n, uint64_t head, uint64_t from, uint64_t to)
{
	uint64_t part = (to - from) >> 32, at;

	if (head <= from || !part)
		return 0;
	at = ((head - from) / part * n) >> 32;
	return at < n ? (uint32_t)at : n - 1;
}

/* Ids are spread evenly, unless somebody chose them: some guesses, then
   halves. */
uint32_t
pack_lower(const struct pack *p, const uint8_t *id, size_t len)
{
	uint64_t head = head_of(id, len), from = 0, to = UINT64_MAX, here;
	uint32_t low = 0, high = p->n, mid;
	unsigned guesses = 4;

	if (len) {
		low = id[0] ? be32(fanout(p) + 4 * (id[0] - 1)) : 0;
		high = be32(fanout(p) + 4 * id[0]);
		from = (uint64_t)id[0] << 56;
		to = from | UINT64_MAX >> 8;
	}
	while (low < high) {
		mid = low + (high - low) / 2;
		if (guesses) {
			mid = low + guess(high - low, head, from, to);
			guesses--;
		}
		here = head_of(pack_id(p, mid), p->id_len);
		if (here < head || (here == head &&
			memcmp(pack_id(p, mid), id, len) < 0)) {
			low = mid + 1;
			from = here;
		} else {
			high = mid;
			to = here;
		}
	}
	return low;
}

uint32_t
pack_find(const struct pack *p, const struct git_id *id)
{
	uint32_t pos = pack_lower(p, id->v, p->id_len);

	return pos < p->n && !memcmp(pack_id(p, pos), id->v, p->id_len) ?
		pos : PACK_NONE;
}

/* The distance back to a base: groups of 7 bits, the greatest first, each
   but the last one more than it says. */
static bool
take_distance(struct span *s, uint64_t *out)
{
	uint64_t n = 0;

	for (unsigned i = 0; s->len && i < 9; i++) {
		uint8_t c = s->ptr[0];

		*s = span_skip(*s, 1);
		n = (i ? n + 1 : n) << 7 | (c & 0x7f);
		if (!(c & 0x80)) {
			*out = n;
			return true;
		}
	}
	return false;
}

static bool
take_head(struct span *s, struct pack_entry *e)
{
	unsigned shift = 4;
	uint8_t c = s->ptr[0];

	e->kind = c >> 4 & 7;
	e->size = c & 15;
	while (c & 0x80) {
		*s = span_skip(*s, 1);
		if (!s->len || shift > 56)
			return false;
		c = s->ptr[0];
		e->size |= (uint64_t)(c & 0x7f) << shift;
		shift += 7;
	}
	*s = span_skip(*s, 1);
	return e->kind != 0 && e->kind != 5;
}

bool
pack_entry(const struct pack *p, uint64_t offset, struct pack_entry *e)
{
	size_t end = p->data.len - p->id_len;
	uint64_t back;
	struct span s;

	if (offset < PACK_HEAD || offset >= end)
		return false;
	s = span_of(p->data.ptr + offset, end - (size_t)offset);
	if (!take_head(&s, e))
		return false;
	e->offset = offset;
	if (e->kind == PACK_OFS_DELTA) {
		if (!take_distance(&s, &back) || back == 0 || back > offset)
			return false;
		e->base_at = offset - back;
	} else if (e->kind == PACK_REF_DELTA) {
		if (s.len < p->id_len)
			return false;
		e->base = (struct git_id){ { 0 } };
		memcpy(e->base.v, s.ptr, p->id_len);
		s = span_skip(s, p->id_len);
	}
	e->at = (uint64_t)(s.ptr - p->data.ptr);
	return s.len > 0;
}
