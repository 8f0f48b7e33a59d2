/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry.h - candidates of a base carried through copies to what is made of
 * it.  For object.c alone.
 */
#ifndef SCAN_CARRY_H
#define SCAN_CARRY_H

#include "base/buf.h"
#include "base/kin.h"
#include "engine/engine.h"
#include "scan/lane.h"
#include "scan/parts.h"

/* What a scan learnt of an object: its candidates, in order of their ends. */
struct learnt {
	size_t nlive, ndead;
	size_t nruns;			/* of views ... */
	struct part *runs;		/* ... in order, behind v */
	struct candidate v[];	/* those that are not dead, then those */
};

struct piece;

/* How far from its literal a rule's window looks. */
struct carry_reach {
	uint32_t left, right;
};

struct carry {
	struct engine_worker *worker;
	struct carry_reach *reach;	/* by rule */
	struct carry_reach most;
	uint32_t edge;		/* bytes that tell a literal, at its side */
	struct candidates given;	/* to be tried */
	struct candidates dead;	/* need not be; empty unless kin->own */
	struct parts parts;	/* to be taken by views */
	struct buf room;	/* new bytes, side by side ... */
	struct piece *pieces;	/* ... and where they come from */
	size_t npieces, cap_pieces;
};

/* False: out of memory. */
bool carry_init(struct carry *c, const struct stanch_engine *e,
	struct engine_worker *w);
void carry_free(struct carry *c);
/*
 * Fills c->given with all candidates of data that may match something, and
 * c->parts with where runs of views may be.  False: it cannot tell them, all
 * of data is to be looked at.
 */
bool carry_over(struct carry *c, struct span data, const struct kin *kin,
	const struct learnt *base);
/*
 * What is known after those in `noted` were tried, and views told of runs (it
 * sorts both).  NULL: too much to be kept, or no memory; then what is made of
 * it is scanned whole.
 */
struct learnt *carry_learnt(struct carry *c, struct candidates *noted,
	struct parts *told);
size_t learnt_bytes(const struct learnt *k);

#endif
