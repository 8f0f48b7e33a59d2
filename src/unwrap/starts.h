/* SPDX-License-Identifier: Apache-2.0 */
/* starts.h - magic numbers in the midst of other bytes. */
#ifndef UNWRAP_STARTS_H
#define UNWRAP_STARTS_H

#include "base/span.h"

enum { STARTS_MAGIC = 5 };	/* bytes of the longest */

/* Whether s begins with one. */
bool starts_begins(struct span s);
/* The first place in s, from `from` on, where one is whole; s.len: nowhere. */
size_t starts_find(struct span s, size_t from);
/* ... or where one begins that the end of s cuts short. */
size_t starts_find_head(struct span s, size_t from);

/* The i-th way to do starts_find() that this processor has; NULL: no more. */
typedef size_t starts_fn(struct span s, size_t from);
starts_fn *starts_way(size_t i);

#endif
