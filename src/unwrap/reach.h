/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reach.h - bytes out of turn.  Some formats have their directory at the end,
 * or parts that lead to each other.  Where they are is known when they are all
 * in sight, or are those of a file; else they are held in memory, REACH_SPOOL
 * bytes at most.
 */
#ifndef UNWRAP_REACH_H
#define UNWRAP_REACH_H

#include "unwrap/unwrap_private.h"

enum { REACH_SPOOL = 64 * 1024 * 1024 };

struct reach {
	struct unwrap *u;
	struct tap *from;
	struct tap tap;		/* the same bytes one after the other */
	uint64_t base;		/* of the first in `from` */
	uint64_t want, n;	/* bytes; those there are, or want */
	uint64_t apart;		/* bytes given out as belonging to no member */
	uint8_t *room;		/* tap's */
	const uint8_t *all;	/* NULL: by `far` */
	uint8_t *spool;		/* holds them; NULL: it need not */
	size_t size;		/* of it */
	uint8_t *page;		/* the last that `far` gave */
	uint64_t page_at;
	size_t page_n;
};

/*
 * The next n bytes of t, which must not be used before reach_close().  False:
 * out of memory, which was told, or they are too many to be held; nothing was
 * taken then.
 */
bool reach_open(struct reach *r, struct unwrap *u, struct tap *t, uint64_t n);
/*
 * Bytes from an offset on: n (n <= TAP_ROOM), or fewer where they end.  They
 * stay where they are until the next call.
 */
struct span reach_at(struct reach *r, uint64_t at, size_t n);
/* Whether all n bytes are there. */
bool reach_is_whole(struct reach *r);
/* Gives out as they are those that r->tap still has. */
void reach_raw(struct reach *r);
/* Takes what r->tap still has, which must have been given out.  How many
   bytes there lack of the n. */
uint64_t reach_close(struct reach *r);

#endif
