/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve.h - where literals occur, for thousands of them, with the vectors of
 * AVX-512 (VBMI) or of AVX2.  What a CPU without them does, and what to make
 * of an occurrence, is left to the engine.
 *
 * From each literal four neighbouring bytes are chosen that are rare in what
 * people scan: its window.  Bytes are of 64 kinds (letters without case), and
 * windows are put into 32 buckets so that those of one bucket are alike.
 *
 * 1. With AVX-512: per bucket and place in the window there is the set of
 *    kinds.  Four permutations look 64 bytes up in eight buckets' sets for one
 *    place; the AND over the places leaves about 5 % of the places of a text.
 * 2. A bit for the hash of the four bytes leaves about 1 %.  With AVX2 this is
 *    the first step, and looks at each place.
 * 3. What all literals with that hash have in common, two bytes to each side
 *    included, leaves about 0.3 %.
 * 4. The literals themselves are compared.
 *
 * Steps 1 to 3 do not branch on what they read.  Like Teddy of Hyperscan (W.
 * Langdale), with kinds of bytes in place of halves of bytes.
 */
#ifndef ENGINE_SIEVE_H
#define ENGINE_SIEVE_H

#include "base/span.h"

struct sieve;

struct sieve_literal {
	const char *bytes;	/* in lower case when it is caseless */
	uint32_t len;
	bool caseless;		/* of ASCII letters */
};

enum {
	SIEVE_LEAST = 3,	/* bytes of a literal */
	SIEVE_LITERALS_MAX = 65536
};

/* Whether this CPU can. */
bool sieve_is_able(void);

/*
 * For n literals of SIEVE_LEAST bytes or more, whose bytes are borrowed.
 * NULL: out of memory, or one is too short, or they are too many.  Takes some
 * milliseconds for two thousand.
 */
struct sieve *sieve_new(const struct sieve_literal *literals, size_t n);
void sieve_free(struct sieve *s);

/*
 * For tests: has sieve_scan() do it in the way of that number, 0 being what
 * it does otherwise.  False: this CPU knows fewer.
 */
bool sieve_use(struct sieve *s, size_t way);

/* literals[which] begins at data.ptr[from].  False: no more is wanted. */
typedef bool sieve_fn(uint32_t which, size_t from, void *payload);

/*
 * Calls fn for each occurrence of each literal in data that ends after the
 * first `seen` bytes, in no order, though each within the length of the
 * longest literal of the last.  False: fn said so.  Linear but for literals
 * that occur in each other.  Reads nothing outside data; needs
 * sieve_is_able(); any threads at once.
 */
bool sieve_scan(const struct sieve *s, struct span data, size_t seen,
	sieve_fn *fn, void *payload);

#endif
