/* SPDX-License-Identifier: Apache-2.0 */
/*
 * object.h - a place whose bytes are all there, and partly copies of another
 * one's, its base, that was scanned before: a git object and what it is a
 * delta of.  What is found is what a scan of all its bytes finds.
 *
 *	base	..c.....d..e..........f....g...
 *		   [  a copy  ]     [ another ]
 *	object	...c.....d..e.....new....f....g..
 *		^^^^        ^^^^^^^^^^^^^      Hyperscan
 *
 * A candidate whose literal lies in a copy, and the bytes next to it, too, is
 * carried over: Hyperscan sees new bytes only, and a literal's length of the
 * copies round them.  One that was dead in the base is dead here if all bytes
 * that its window may look at are in the copy; every other one is tried again.
 * So nothing of windows, blocks, judging and choosing is known here: lane.c
 * gets its candidates from elsewhere, without those that match nothing.
 */
#ifndef SCAN_OBJECT_H
#define SCAN_OBJECT_H

#include "base/kin.h"
#include "scan/scanner.h"

struct object;		/* belongs to a scanner */

enum stanch_result object_new(struct object **out, struct scanner *s,
	struct stanch_error *err);
void object_free(struct object *o);
/* After scanner_begin(): all of the place, to its end. */
enum stanch_result object_scan(struct object *o, struct span data,
	const struct kin *kin);

/* The same for the public scanner, begin and finish in one. */
enum stanch_result scan_object(struct stanch_scanner *s, const char *place,
	struct span data, const struct kin *kin);

#endif
