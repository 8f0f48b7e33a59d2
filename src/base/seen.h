/* SPDX-License-Identifier: Apache-2.0 */
/* seen.h - a set of hashes that only grows: what has been met before. */
#ifndef BASE_SEEN_H
#define BASE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero: empty.  Belongs to one thread. */
struct seen {
	uint64_t *v;	/* open addressing; 0: free */
	size_t n, cap;
	bool nomem;
};

/* True: it was not there, and is now.  False without memory, too; then
   s->nomem is set. */
bool seen_add(struct seen *s, uint64_t hash);
void seen_free(struct seen *s);

/* FNV-1a (Fowler, Noll, Vo), to be begun with SEEN_BASIS. */
#define SEEN_BASIS 0xcbf29ce484222325u
uint64_t seen_hash(uint64_t hash, const void *bytes, size_t n);

#endif
