/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry.h - candidates of a base carried through copies to what is made of
 * it.  For object.c alone.
 */
#ifndef SCAN_CARRY_H
#define SCAN_CARRY_H

#include "base/kin.h"
#include "engine/engine.h"
#include "scan/lane.h"

/* What a scan learnt of an object: its candidates, in order of their ends. */
struct learnt {
	size_t nlive, ndead;
	struct candidate v[];	/* those that are not dead, then those */
};

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
};

/* False: out of memory. */
bool carry_init(struct carry *c, const struct stanch_engine *e,
	struct engine_worker *w);
void carry_free(struct carry *c);
/*
 * Fills c->given with all candidates of data that may match something.  False:
 * it cannot tell them, all of data is to be looked at.
 */
bool carry_over(struct carry *c, struct span data, const struct kin *kin,
	const struct learnt *base);
/*
 * What is known after those in `noted` (it sorts them) were tried.  NULL: too
 * much to be kept, or no memory; then what is made of it is scanned whole.
 */
struct learnt *carry_learnt(struct carry *c, struct candidates *noted);
size_t learnt_bytes(const struct learnt *k);

#endif
