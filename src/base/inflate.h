/* SPDX-License-Identifier: Apache-2.0 */
/* inflate.h - zlib and gzip streams (RFC 1950, 1952) that lie in memory. */
#ifndef BASE_INFLATE_H
#define BASE_INFLATE_H

#include "base/span.h"

struct inflate;		/* belongs to one thread */

struct inflate *inflate_new(void);	/* NULL: out of memory */
struct inflate *inflate_new_gzip(void);	/* the same for gzip streams */
void inflate_free(struct inflate *z);

/*
 * Unpacks the stream that in begins with into out: exactly n bytes.  Returns
 * the bytes of the stream; 0: it is damaged, or has another length.
 */
size_t inflate_exact(struct inflate *z, struct span in, uint8_t *out, size_t n);
/*
 * The first bytes of it, at most n; how many, or 0 when it is damaged.
 */
size_t inflate_first(struct inflate *z, struct span in, uint8_t *out,
	size_t n);
/* The same, of a damaged one what comes before the damage. */
size_t inflate_some(struct inflate *z, struct span in, uint8_t *out,
	size_t n);

/* ---- piece by piece ---- */

/* Begins with the stream that in begins with. */
void inflate_begin(struct inflate *z, struct span in);
/* The next n bytes; fewer at the end (*end), or when it is damaged. */
size_t inflate_more(struct inflate *z, uint8_t *out, size_t n, bool *end);
/* Bytes of the stream that were taken so far. */
size_t inflate_used(const struct inflate *z);

#endif
