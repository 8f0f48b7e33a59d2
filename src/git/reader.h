/* SPDX-License-Identifier: Apache-2.0 */
/* reader.h - unpacking objects.  For the git room alone. */
#ifndef GIT_READER_H
#define GIT_READER_H

#include "base/inflate.h"
#include "git/store.h"

/* Bytes that are somebody's; may hold a secret. */
struct reader_bytes {
	uint8_t *ptr;
	size_t len;
};

struct git_reader {
	const struct git_repo *repo;
	struct inflate *z;
	struct reader_bytes out;	/* of the last git_read() */
};

void reader_wipe(struct reader_bytes *b);
/*
 * Unpacks n bytes of the stream at `at` of a pack.  NULL: *out is theirs;
 * else what is wrong.
 */
const char *reader_unpack(struct git_reader *rd, const struct pack *p,
	uint64_t at, uint64_t n, struct reader_bytes *out);
/*
 * The object at an offset of a pack, whatever deltas it is made of.  NULL:
 * *out and *type are its; else *gap says why (and GIT_NONE).
 */
bool reader_at(struct git_reader *rd, const struct pack *p, uint64_t offset,
	struct reader_bytes *out, enum git_type *type, struct gap *gap);
bool reader_loose(struct git_reader *rd, const struct store_loose *l,
	struct reader_bytes *out, enum git_type *type, struct gap *gap);
/* The object that the delta at e makes of base; *delta is it, unpacked. */
bool reader_grow(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, const struct reader_bytes *base,
	struct reader_bytes *delta, struct reader_bytes *out, struct gap *gap);
struct gap reader_gap(enum stanch_gap why, const char *detail);

#endif
