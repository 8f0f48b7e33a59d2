/* SPDX-License-Identifier: Apache-2.0 */
/* spares.c - memory for unpacked objects, used again for the next ones. */
#include <stdlib.h>

#include "git/unpack.h"

static void
wipe(struct unpack_bytes *b)
{
	if (b->ptr)
		explicit_bzero(b->ptr, b->cap);
	free(b->ptr);
	*b = (struct unpack_bytes){ 0 };
}

/* Objects are many and small: most get the memory of one that is gone. */
bool
unpack_take(struct git_reader *rd, size_t n, struct unpack_bytes *out)
{
	struct unpack_bytes *best = NULL;

	for (size_t i = 0; i < rd->nspares; i++) {
		struct unpack_bytes *b = &rd->spares[i];

		if (b->cap > n && (!best || b->cap < best->cap))
			best = b;
	}
	if (best) {
		*out = *best;
		*best = rd->spares[--rd->nspares];
	} else {
		out->cap = n + n / 4 + 1;
		out->ptr = malloc(out->cap);
	}
	if (!out->ptr) {
		*out = (struct unpack_bytes){ 0 };
		return false;
	}
	out->len = n;
	return true;
}

void
unpack_drop(struct git_reader *rd, struct unpack_bytes *b)
{
	if (!b->ptr || b->cap > UNPACK_SPARE) {
		wipe(b);
		return;
	}
	if (rd->nspares == UNPACK_SPARES)
		wipe(&rd->spares[--rd->nspares]);
	rd->spares[rd->nspares++] = *b;
	*b = (struct unpack_bytes){ 0 };
}

void
unpack_spares_free(struct git_reader *rd)
{
	while (rd->nspares)
		wipe(&rd->spares[--rd->nspares]);
}
