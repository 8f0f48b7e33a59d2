/* SPDX-License-Identifier: Apache-2.0 */
/* pieces.h - a large git object, read as it comes. */
#ifndef RUN_PIECES_H
#define RUN_PIECES_H

#include "source/source.h"

struct pieces {
	const struct source_object *o;
	struct span rest;
	struct gap *gap;
};

/* An unwrap_read_fn. */
ssize_t pieces_read(void *pieces, void *to, size_t n);

#endif
