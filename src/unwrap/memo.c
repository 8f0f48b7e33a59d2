/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memo.c - containers of one item that are or were looked into, and nothing
 * was found in them or left out: their like need not be decoded again.  So a
 * bomb made of copies of copies is scanned whole, and one that is inside
 * itself has an end.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "unwrap/unwrap_private.h"

static size_t
find(const struct unwrap *u, const uint8_t digest[16])
{
	size_t i = 0;

	while (i < u->nmemo && memcmp(u->memo[i], digest, 16) != 0)
		i++;
	return i;
}

/* The oldest are forgotten first. */
static void
add(struct unwrap *u, const uint8_t digest[16])
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

static void
drop(struct unwrap *u, const uint8_t digest[16])
{
	size_t i = find(u, digest);

	if (i == u->nmemo)
		return;
	u->nmemo--;
	memmove(u->memo + i, u->memo + i + 1,
		(u->nmemo - i) * sizeof *u->memo);
}

/* Packed bytes mean something else by another method. */
static void
digest_of(struct memo_mark *m)
{
	hash_sha256_of(m->bytes, m->digest);
	m->digest[0] ^= m->method;
	m->hashed = true;
}

bool
memo_begin(struct memo_mark *m, struct unwrap *u, struct span bytes,
	uint8_t method)
{
	*m = (struct memo_mark){ .bytes = bytes, .method = method };
	if (!u->out.news || !bytes.len)
		return false;
	m->news = *u->out.news;
	m->gaps = u->gaps;
	m->opened = u->opened;
	if (method && !u->nmemo)
		return false;
	digest_of(m);
	if (find(u, m->digest) < u->nmemo)
		return true;
	/* From now on: it may be inside itself. */
	m->added = !method;
	if (m->added)
		add(u, m->digest);
	return false;
}

/* Nothing was found since m began, and nothing left out. */
static bool
is_clean(const struct memo_mark *m, const struct unwrap *u)
{
	if (!m->bytes.len || !u->out.news || m->gaps != u->gaps ||
		u->stopped || u->spent)
		return false;
	return m->news == *u->out.news || (u->out.quiet &&
		u->out.quiet(m->news, u->out.payload));
}

void
memo_end(struct memo_mark *m, struct unwrap *u)
{
	if (!m->added && m->opened == u->opened)
		return;
	if (!is_clean(m, u)) {
		if (m->added)
			drop(u, m->digest);
		return;
	}
	if (m->added)
		return;
	if (!m->hashed)
		digest_of(m);
	add(u, m->digest);
}
