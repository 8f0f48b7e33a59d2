/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memo.c - containers of one item that are or were looked into, and nothing
 * was found in them or left out: their like need not be decoded again.  So a
 * bomb made of copies of copies is scanned whole, and one that is inside
 * itself has an end.
 */
#include <stdlib.h>

#include "unwrap/unwrap_private.h"

static size_t
find(const struct unwrap *u, const uint8_t digest[16])
{
	size_t i = 0;

	while (i < u->nmemo && memcmp(u->memo[i], digest, 16) != 0)
		i++;
	return i;
}

bool
memo_has(const struct unwrap *u, const uint8_t digest[16])
{
	return find(u, digest) < u->nmemo;
}

/* The oldest are forgotten first. */
void
memo_add(struct unwrap *u, const uint8_t digest[16])
{
	if (!u->memo)
		u->memo = calloc(UNWRAP_MEMO, sizeof *u->memo);
	if (!u->memo)
		return;		/* it is decoded again, then */
	if (u->nmemo == UNWRAP_MEMO) {
		u->nmemo /= 2;
		memmove(u->memo, u->memo + u->nmemo,
			u->nmemo * sizeof *u->memo);
	}
	memcpy(u->memo[u->nmemo++], digest, 16);
}

void
memo_drop(struct unwrap *u, const uint8_t digest[16])
{
	size_t i = find(u, digest);

	if (i == u->nmemo)
		return;
	u->nmemo--;
	memmove(u->memo + i, u->memo + i + 1,
		(u->nmemo - i) * sizeof *u->memo);
}
