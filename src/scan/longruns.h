/* SPDX-License-Identifier: Apache-2.0 */
/*
 * longruns.h - long runs of characters of base64.
 *
 * - and _ do not count here: they stand in many names, and in base64url only
 * where every third byte of a text is one of > ? ~.
 */
#ifndef SCAN_LONGRUNS_H
#define SCAN_LONGRUNS_H

#include "base/span.h"

enum { LONGRUNS_MIN = 16 };	/* characters: 12 bytes of what is encoded */

/* 0-63: the value of a character, of either alphabet; 64: it is none. */
extern const uint8_t longruns_value[256];

static inline bool
longruns_has(uint8_t c)
{
	return longruns_value[c] < 64 && c != '-' && c != '_';
}

/*
 * Where in s the first run of LONGRUNS_MIN or more begins; s.len: nowhere.
 * What stands before s is no part of a run.
 */
size_t longruns_find(struct span s);

#endif
