/* SPDX-License-Identifier: Apache-2.0 */
/*
 * longhex.h - long runs of hex digits that stand for text, in bytes that mostly
 * are something else: pairs one behind the other, or a byte apart.  It is asked
 * of every byte that is scanned, so it takes a vector of them at a time where
 * the CPU has AVX2.
 */
#ifndef SCAN_LONGHEX_H
#define SCAN_LONGHEX_H

#include "base/span.h"

enum {
	LONGHEX_MIN = 16	/* pairs of a run that is found in any case */
};

/*
 * A place in the first such run in s, or in something like it; s.len: there is
 * no run.
 */
size_t longhex_find(struct span s);
/* The same without vectors: for other CPUs, and to be held against. */
size_t longhex_find_plain(struct span s);

#endif
