/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldpack.h - packs that have no index: the objects of one that lies in
 * memory, in a bundle, or in a repository inside of an archive; the index of
 * one in a repository, that a broken-off write left.
 */
#ifndef GIT_HELDPACK_H
#define GIT_HELDPACK_H

#include "git/git.h"

enum {
	/* Bytes of an object there; what is larger is a gap. */
	HELDPACK_OBJECT_MOST = 64 * 1024 * 1024,
	HELDPACK_MOST = INT32_MAX	/* bytes of the pack */
};

struct heldpack {
	size_t used;		/* bytes of it, its checksum with them */
	size_t end;		/* behind its last object and as many bytes as
				   an id has */
	const char *wrong;	/* a static text; NULL: nothing */
};

/*
 * Tells of each object as git_unit() does, and of its id, which is worked
 * out; of trees nothing is told.  What is a delta of an object that is not
 * there, as in a bundle with prerequisites, is a gap without an id.  False: fn
 * stopped it, or no memory (then *nomem).
 */
bool heldpack_objects(struct heldpack *h, struct span pack, size_t id_len,
	git_object_fn *fn, void *payload, bool *nomem);

/*
 * Makes the index of a mapped pack: *idx is the caller's, to be freed; NULL:
 * there is not one object.  What is there of the pack is h->used bytes.  What
 * is a delta of an object of another pack has no true id in it.  False: no
 * memory.
 */
bool heldpack_index(struct heldpack *h, struct span pack, size_t id_len,
	struct span *idx);
/* The id of an object. */
void heldpack_id(size_t id_len, enum git_type type, struct span data,
	struct git_id *id);

#endif
