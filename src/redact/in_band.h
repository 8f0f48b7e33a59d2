/* SPDX-License-Identifier: Apache-2.0 */
/*
 * in_band.h - commands to build systems, in the bytes that are filtered, that
 * name a value to mask:
 *
 *	::add-mask::VALUE		GitHub; ##[add-mask]VALUE as well
 *	##vso[task.setsecret]VALUE	Azure; ##vso[task.setvariable
 *					variable=NAME;issecret=true]VALUE too
 *	  ^ from here to the end of its line it is masked
 *
 * Anywhere in a line, in any case; unescaped as their runners do it.  What is
 * done with a value is filter.c's; how it is looked for, known/'s.
 */
#ifndef REDACT_IN_BAND_H
#define REDACT_IN_BAND_H

#include "base/buf.h"
#include "stanch.h"

enum {
	IN_BAND_OPENINGS = 4,
	IN_BAND_PROPERTIES = 1024,	/* bytes between name and value */
	IN_BAND_VALUE = 16 * 1024,	/* bytes of a command, escaped */
	IN_BAND_MOST = 128		/* values that are taken */
};

/* How far one of the openings has been met. */
struct in_band_opening {
	unsigned at;		/* bytes of its text that have come */
	bool closing;		/* the first half of "::" has */
	uint64_t from;		/* where what must be held begins */
	size_t n;
	char properties[IN_BAND_PROPERTIES];
};

struct in_band {
	unsigned systems;	/* enum stanch_in_band */
	uint64_t pos;		/* of the next byte */
	struct in_band_opening of[IN_BAND_OPENINGS];
	/* The command whose value comes: */
	bool on, too_long;
	bool given, whole;	/* a piece that was told last */
	unsigned is;		/* which opening */
	uint64_t start;		/* of what is masked */
	char name[64];
	struct buf value;
	size_t taken;		/* values so far */
};

/* What has come of a command. */
struct in_band_piece {
	uint64_t start, end;	/* to be masked; equal: nothing */
	bool whole;		/* its line ended; else more follows */
	bool too_long;		/* the value is not known */
	const char *name;	/* until the next call */
	struct span value;	/* unescaped; until the next call */
};

/* False: no memory. */
bool in_band_init(struct in_band *b, unsigned systems);
void in_band_free(struct in_band *b);	/* wipes */

/*
 * Takes bytes up to and with the first of them that ends a piece.  Returns how
 * many; all of them when no piece has ended.  final: what ends with them ends
 * its line.
 */
size_t in_band_take(struct in_band *b, struct span bytes, bool final,
	bool *ended, struct in_band_piece *piece);
/* What comes from there on may be of a command; UINT64_MAX: nothing. */
uint64_t in_band_hold(const struct in_band *b);

#endif
