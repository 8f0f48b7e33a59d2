/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bases.c - what one object after the other was made of on the way, kept for
 * the next ones: those that are read together hang together mostly.  Bounded;
 * what comes later displaces what was there.
 */
#include <stdlib.h>

#include "git/unpack.h"

enum {
	BASES = 1024,
	BASE_MOST = 1024 * 1024,	/* bytes of one */
	BASES_MOST = 32 * 1024 * 1024	/* of all */
};

struct base {
	const struct pack *pack;	/* NULL: none */
	uint64_t offset;	/* of its entry; two may share a stream */
	enum git_type type;
	struct unpack_bytes data;
};

static struct base *
slot_of(struct git_reader *rd, uint64_t offset)
{
	return &rd->bases[(offset ^ offset >> 10 ^ offset >> 20) % BASES];
}

static void
evict(struct git_reader *rd, struct base *b)
{
	rd->bases_bytes -= b->data.cap;
	unpack_drop(rd, &b->data);
	b->pack = NULL;
}

bool
bases_have(struct git_reader *rd, const struct pack *p, uint64_t offset)
{
	struct base *b = rd->bases ? slot_of(rd, offset) : NULL;

	return b && b->pack == p && b->offset == offset;
}

void
bases_take(struct git_reader *rd, uint64_t offset,
	struct unpack_bytes *out, enum git_type *type)
{
	struct base *b = slot_of(rd, offset);

	*out = b->data;
	*type = b->type;
	rd->bases_bytes -= b->data.cap;
	b->data = (struct unpack_bytes){ 0 };
	b->pack = NULL;
}

void
bases_keep(struct git_reader *rd, const struct pack *p, uint64_t offset,
	enum git_type type, struct unpack_bytes *data)
{
	struct base *b;

	if (!rd->bases)
		rd->bases = calloc(BASES, sizeof *rd->bases);
	if (!rd->bases || data->cap > BASE_MOST) {
		unpack_drop(rd, data);
		return;
	}
	b = slot_of(rd, offset);
	evict(rd, b);
	while (rd->bases_bytes + data->cap > BASES_MOST)
		evict(rd, &rd->bases[rd->bases_hand++ % BASES]);
	*b = (struct base){ p, offset, type, *data };
	rd->bases_bytes += data->cap;
	*data = (struct unpack_bytes){ 0 };
}

void
bases_free(struct git_reader *rd)
{
	for (size_t i = 0; rd->bases && i < BASES; i++)
		evict(rd, &rd->bases[i]);
	free(rd->bases);
}
