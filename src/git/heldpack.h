/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldpack.h - the objects of a pack that lies in memory, and has no index: in
 * a bundle, or in a repository inside of an archive.
 */
#ifndef GIT_HELDPACK_H
#define GIT_HELDPACK_H

#include "git/git.h"

enum {
	/* Bytes of an object there; what is larger is a gap. */
	HELDPACK_OBJECT_MOST = 64 * 1024 * 1024
};

struct heldpack {
	size_t used;		/* bytes of it, its checksum with them */
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

#endif
