/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keep.h - files that one run leaves for the next.  They are trusted only when
 * directory and file belong to us and nobody else may write them, and when the
 * digest in them holds.  They appear whole or not at all.
 *
 * File: the magic, SHA-256 of the payload (32 bytes), the payload.
 */
#ifndef BASE_KEEP_H
#define BASE_KEEP_H

#include "base/buf.h"

struct keep {
	const char *magic;	/* what it is, and its version */
	const char *what;	/* the same for people: "the cached database" */
	size_t most;		/* bytes of a file */
};

/* Whether files in the directory, made when it is missing, can be trusted. */
bool keep_check(const char *dir, char *why_not, size_t size);
/*
 * Reads the file into *file, whose payload is *out.  False: why_not says in
 * words why there is nothing to be trusted.
 */
bool keep_load(struct buf *file, struct span *out, const struct keep *k,
	const char *dir, const char *name, char *why_not, size_t size);
/* Makes the directory (for us alone) when it is missing, and the file. */
bool keep_store(const struct keep *k, const char *dir, const char *name,
	struct span payload, char *why_not, size_t size);

#endif
