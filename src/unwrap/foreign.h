/* SPDX-License-Identifier: Apache-2.0 */
/* foreign.h - members of archives that libarchive reads. */
#ifndef UNWRAP_FOREIGN_H
#define UNWRAP_FOREIGN_H

#include <archive.h>

#include "unwrap/reach.h"

struct foreign {
	struct unwrap *u;
	struct archive *from;
	unsigned depth;
	struct buf names;	/* of its members, a line each */
	struct reach *reach;	/* its bytes; or those of t, in turn */
	struct tap *t;
	uint64_t at;		/* in them, of what comes next */
};

/* False: out of memory, which was told.  foreign_close() in any case. */
bool foreign_open(struct foreign *f, struct unwrap *u, unsigned depth);
/*
 * Opens the archive, after its format was chosen, and gives out its members,
 * then their names.  NULL: to its end; else why not.
 */
const char *foreign_members(struct foreign *f, enum stanch_gap *why);
void foreign_close(struct foreign *f);

#endif
