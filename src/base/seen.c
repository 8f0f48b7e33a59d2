/* SPDX-License-Identifier: Apache-2.0 */
/* seen.c - the set, half full at most. */
#include "base/seen.h"

#include <stdlib.h>

#define FNV_PRIME 0x100000001b3u

static size_t
slot_of(const struct seen *s, uint64_t hash)
{
	size_t at = hash & (s->cap - 1);

	while (s->v[at] && s->v[at] != hash)
		at = (at + 1) & (s->cap - 1);
	return at;
}

static bool
grow(struct seen *s)
{
	struct seen more = { .cap = s->cap ? 2 * s->cap : 1024, .n = s->n };

	more.v = calloc(more.cap, sizeof *more.v);
	if (!more.v)
		return false;
	for (size_t i = 0; i < s->cap; i++)
		if (s->v[i])
			more.v[slot_of(&more, s->v[i])] = s->v[i];
	free(s->v);
	*s = more;
	return true;
}

bool
seen_add(struct seen *s, uint64_t hash)
{
	size_t at;

	hash += !hash;
	if (2 * s->n >= s->cap && !grow(s)) {
		s->nomem = true;
		return false;
	}
	at = slot_of(s, hash);
	if (s->v[at])
		return false;
	s->v[at] = hash;
	s->n++;
	return true;
}

void
seen_free(struct seen *s)
{
	free(s->v);
	*s = (struct seen){ 0 };
}

uint64_t
seen_hash(uint64_t hash, const void *bytes, size_t n)
{
	const unsigned char *c = bytes;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ c[i]) * FNV_PRIME;
	return hash;
}
