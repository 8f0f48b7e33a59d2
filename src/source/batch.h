/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h - filling a batch: for the source room alone. */
#ifndef SOURCE_BATCH_H
#define SOURCE_BATCH_H

#include "base/span.h"
#include "source/dir.h"
#include "source/source.h"

/* Whether no more items may be added. */
bool batch_full(const struct source_batch *b);
/*
 * Adds an item below the directory d, whose place with its slash is prefix;
 * d may be NULL, then prefix and name together are the item's path.  The
 * batch must not be full.  False: out of memory.
 */
bool batch_add(struct source_batch *b, struct dir *d, struct span prefix,
	const char *name, enum source_kind kind, const struct gap *gap);

#endif
