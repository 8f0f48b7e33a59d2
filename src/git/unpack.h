/* SPDX-License-Identifier: Apache-2.0 */
/* unpack.h - unpacking objects.  For the git room alone. */
#ifndef GIT_UNPACK_H
#define GIT_UNPACK_H

#include "base/inflate.h"
#include "git/store.h"

/* Bytes that are somebody's; may hold a secret. */
struct unpack_bytes {
	uint8_t *ptr;
	size_t len, cap;
};

enum {
	UNPACK_SPARES = 16,	/* buffers kept for what comes next ... */
	UNPACK_SPARE = 1024 * 1024	/* ... and bytes of one, at most */
};

/* A large object on its way. */
struct stream {
	uint8_t *block;		/* NULL until the first one */
	struct span map;	/* of a loose one */
	uint64_t at, left;	/* where it began; bytes to come */
	bool ended;
};

enum { UNPACK_HEAD = 64 };	/* bytes of "blob 123" at most */

struct git_reader {
	const struct git_repo *repo;
	struct inflate *z;
	struct unpack_bytes out;	/* of the last git_read() */
	const struct pack *out_of;	/* whose tree it is; NULL: it is none */
	uint64_t out_at;	/* where its entry begins there */
	uint64_t end;		/* of the last stream, in its pack */
	uint64_t rest;		/* bytes of a loose object behind its stream */
	struct stream stream;
	unsigned deep;		/* calls of git_read() in each other */
	uint64_t touched;	/* bytes of packs read since some were let go */
	struct delta_copies copies;	/* of the last delta */
	struct unpack_bytes spares[UNPACK_SPARES];
	size_t nspares;
	struct base *bases;	/* of bases.c; NULL until the first one */
	size_t bases_bytes, bases_hand;
};

/* False: out of memory. */
bool unpack_take(struct git_reader *rd, size_t n, struct unpack_bytes *out);
/* Done with it.  It is wiped with the reader, unless it is used again. */
void unpack_drop(struct git_reader *rd, struct unpack_bytes *b);
void unpack_spares_free(struct git_reader *rd);

/* Whether the object whose entry is at the offset of the pack is kept. */
bool bases_have(struct git_reader *rd, const struct pack *p, uint64_t offset);
/* Takes one that is. */
void bases_take(struct git_reader *rd, uint64_t offset,
	struct unpack_bytes *out, enum git_type *type);
/* Keeps it, or drops it. */
void bases_keep(struct git_reader *rd, const struct pack *p, uint64_t offset,
	enum git_type type, struct unpack_bytes *data);
void bases_free(struct git_reader *rd);

/*
 * Unpacks n bytes of the stream at `at` of a pack.  NULL: *out is theirs;
 * else what is wrong.
 */
const char *unpack_stream(struct git_reader *rd, const struct pack *p,
	uint64_t at, uint64_t n, struct unpack_bytes *out);
/*
 * The object at an offset of a pack, whatever deltas it is made of.  NULL:
 * *out and *type are its; else *gap says why (and GIT_NONE).
 */
bool unpack_at(struct git_reader *rd, const struct pack *p, uint64_t offset,
	struct unpack_bytes *out, enum git_type *type, struct gap *gap);
bool unpack_loose(struct git_reader *rd, const struct store_loose *l,
	struct unpack_bytes *out, enum git_type *type, struct gap *gap);
/* The same of a loose object's file, whole. */
bool unpack_file(struct git_reader *rd, struct span file,
	struct unpack_bytes *out, enum git_type *type, struct gap *gap);
/* The object that the delta at e makes of base; rd->copies tells how. */
bool unpack_delta(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, const struct unpack_bytes *base,
	struct unpack_bytes *out, struct gap *gap);
/* Only whether the entry can be unpacked, be it a delta or not. */
bool unpack_check(struct git_reader *rd, const struct pack *p,
	const struct pack_entry *e, struct gap *gap);
/* The file of a loose object, whole.  False: *gap. */
bool unpack_map(struct git_reader *rd, const struct store_loose *l,
	struct span *out, struct gap *gap);
/* "blob 123\0", and where it ends; 0: no such head. */
size_t unpack_head(const uint8_t *head, size_t n, enum git_type *type,
	uint64_t *size);
struct gap unpack_gap(enum stanch_gap why, const char *detail);

/* Begins an object for git_more(); false: it is not one for that. */
bool large_packed(struct git_reader *rd, const struct pack *p,
	uint64_t offset);
bool large_loose(struct git_reader *rd, const struct store_loose *l);
/* Lets go of it, and wipes. */
void large_end(struct git_reader *rd);

#endif
