/* SPDX-License-Identifier: Apache-2.0 */
/* pack.h - one pack and its index, mapped.  For the git room alone. */
#ifndef GIT_PACK_H
#define GIT_PACK_H

#include <sys/stat.h>

#include "git/git.h"

#define PACK_NONE UINT32_MAX

enum {
	PACK_HEAD = 12,		/* bytes before the first entry */
	PACK_NAME = 512		/* of a name, at most */
};

/* What an entry's header says. */
enum { PACK_OFS_DELTA = 6, PACK_REF_DELTA = 7 };

struct pack_entry {
	unsigned kind;		/* enum git_type, or a delta */
	uint64_t size;		/* unpacked: of the object or the delta */
	uint64_t offset;	/* where its head begins */
	uint64_t at;		/* where its zlib stream begins */
	uint64_t base_at;	/* PACK_OFS_DELTA */
	struct git_id base;	/* PACK_REF_DELTA */
};

struct pack {
	char *place;		/* of the .pack, below the git directory */
	struct span data, idx;	/* mapped */
	size_t id_len;
	uint32_t n;		/* objects */
	size_t first;		/* the number of its first object */
	uint32_t dir;		/* where it lies */
	bool held;		/* data and idx are borrowed */
	bool made;		/* idx is of heldpack.c, and not mapped */
	size_t mapped;		/* bytes that data is the first of; 0: none */
	struct stat as, idx_as;	/* as what they were opened */
	/* By pack_plan(), all by rank, which is the order they lie in: */
	uint64_t *offsets;
	uint32_t *order;	/* positions in the index */
	uint32_t *child, *sibling;	/* of the delta trees: ranks */
	uint32_t *roots;	/* first no delta of this pack, then those
				   that are in a ring */
	uint32_t nroots, nrings;
};

/*
 * Maps both files, which lie in the directory fd.  NULL: all is well; else
 * what is wrong, and nothing is held.
 */
const char *pack_open(struct pack *p, int fd, const char *name, size_t id_len);
/* The same of one without an index: only its data. */
const char *pack_open_bare(struct pack *p, int fd, const char *name,
	size_t id_len);
/* Objects, as the index says. */
uint32_t pack_count(const struct pack *p);
/* Whether the index of the pack of that name is there. */
bool pack_has_idx(int fd, const char *name);
/* What is wrong although it can be read; NULL: nothing. */
const char *pack_doubt(const struct pack *p);
void pack_close(struct pack *p);
/* Of the index that belongs to the pack of that name. */
void pack_idx_name(char idx[PACK_NAME], const char *name);
/* Its pages count as ours no more; they stay in the system's cache. */
void pack_let_go(const struct pack *p);
/*
 * The same for who goes over headers in the order they lie, whichever way:
 * once `offset` is far from where it was let go of last, *since.
 */
void pack_passes(const struct pack *p, uint64_t offset, uint64_t *since);
const uint8_t *pack_id(const struct pack *p, uint32_t pos);
uint64_t pack_offset(const struct pack *p, uint32_t pos);
/* After the plan: the id of that rank will be asked for soon. */
void pack_soon(const struct pack *p, uint32_t rank);
/* The least position whose id is not below id (its first len bytes). */
uint32_t pack_lower(const struct pack *p, const uint8_t *id, size_t len);
uint32_t pack_find(const struct pack *p, const struct git_id *id);
/* False: there is no whole header at the offset. */
bool pack_entry(const struct pack *p, uint64_t offset, struct pack_entry *e);
/* Finds the delta trees.  False: out of memory. */
bool pack_plan(struct pack *p);
/* Where the next entry begins, or the checksum behind all.  After the plan. */
uint64_t pack_end(const struct pack *p, uint64_t offset);
/* The same of the entry of a rank, which costs less. */
uint64_t pack_end_of(const struct pack *p, uint32_t rank);

/* What of an object is copied from its base, as far as it is worth knowing. */
struct delta_copies {
	struct kin_copy *v;
	size_t n;
};

enum {
	DELTA_COPY_LEAST = 128,	/* bytes of a copy that is noted */
	DELTA_COPIES_MOST = 4096
};

/*
 * The object that delta makes of base: n bytes into out.  Copies go to c,
 * which has room for DELTA_COPIES_MOST; NULL: nobody wants to know.
 */
bool delta_apply(struct span base, struct span delta, uint8_t *out, size_t n,
	struct delta_copies *c);

#endif
