/* SPDX-License-Identifier: Apache-2.0 */
/*
 * block.h - secrets without a bound: a private key goes on from its BEGIN
 * line as long as what comes looks like a key body.
 *
 *	-----BEGIN PRIVATE KEY-----  \n  MIIEvQ...  \n  ...  -----END ...-----
 *	^ start                          ^ a run     ^ a gap  ^ mark
 *
 * A run is RUN_MIN or more base64 characters; everything else is gap.  The
 * block goes on over gaps of up to GAP_MAX bytes (line ends, written "\n" or
 * real, quotes, line prefixes, armour headers), ends with the END mark, or
 * where the last run ended when no other follows; the rest of that run's word
 * and one shorter line behind it are the block's, too.  State is of fixed
 * size: bytes can come in any pieces and the block can be of any length.
 */
#ifndef SCAN_BLOCK_H
#define SCAN_BLOCK_H

#include "base/span.h"

enum {
	BLOCK_KEPT = 16 * 1024	/* bytes of the block kept for the judge */
};

enum block_state {
	BLOCK_UNSURE,	/* may yet turn out to be no key at all */
	BLOCK_OPEN,	/* a key; goes on */
	BLOCK_ENDED,	/* a key; .sure is its end */
	BLOCK_NONE	/* no key */
};

struct block {
	enum block_state state;
	uint64_t pos;	/* absolute offset of the next byte to take */
	uint64_t sure;	/* all before it belongs to the block */
	/* private */
	uint32_t run, gap, mark, tail;
	uint8_t rest;
	bool lower, upper, digit, marked;
};

/* pos: the offset behind the BEGIN line. */
void block_begin(struct block *b, uint64_t pos);
/* Takes bytes until it ends; b->pos says how many.  final: no more come. */
void block_take(struct block *b, struct span bytes, bool final);

#endif
