/* SPDX-License-Identifier: Apache-2.0 */
/* engine_private.h - what the engine's own files know of each other. */
#ifndef ENGINE_ENGINE_PRIVATE_H
#define ENGINE_ENGINE_PRIVATE_H

#include <hs.h>
#include <pthread.h>
#include <stdatomic.h>

#include "engine/engine.h"
#include "engine/sieve.h"

/* A literal in the database; several rules may be anchored on it. */
struct engine_literal {
	const char *bytes;
	uint32_t len;
	bool caseless;
	uint32_t first, n;	/* its rules: uses[first, first + n) */
};

struct engine_use {
	uint32_t rule;		/* index */
	uint32_t gap;		/* as in struct re_literal */
};

/* Secrets that begin up to .back bytes before their anchor, all in .set. */
struct engine_back {
	struct re_set set;
	uint32_t back;
};

enum { ENGINE_HEADS = 4096 };

/* Of two bytes, in any case; others may have the same. */
static inline uint32_t
engine_head(uint8_t a, uint8_t b)
{
	return ((a | 0x20u) * 67 + (b | 0x20u)) % ENGINE_HEADS;
}

struct stanch_engine {
	const struct stanch_rules *rules;
	struct engine_literal *literals;
	size_t nliterals;
	struct engine_use *uses;
	uint32_t longest, reach;
	struct engine_back *backs;
	size_t nbacks;
	uint32_t back_most;
	/* Literals by their first two bytes, and in each the longest first:
	   heads[head_start[k], head_start[k + 1]). */
	uint32_t *heads, head_start[ENGINE_HEADS + 1];
	bool first[256];	/* one begins with it, and goes on */
	/* What finds the literals: one of them. */
	struct sieve *sieve;
	hs_database_t *db;
	hs_scratch_t *scratch;	/* the prototype workers clone */
	bool cached;
	char why_not[160];	/* it did not come from the cache */
	char why_no_store[160];	/* nor could be put there; "": it was */
	pthread_mutex_t lock;	/* held while an expression is compiled */
	_Atomic(struct re *) *expressions;	/* NULL: not used yet */
};

/* hsdb.c: the literals as a database, freshly compiled. */
enum stanch_result hsdb_compile(hs_database_t **out,
	const struct stanch_engine *e, struct stanch_error *err);

/* hscache.c */
bool hscache_load(hs_database_t **out, const struct stanch_engine *e,
	const char *dir, char *why_not, size_t size);
bool hscache_store(const struct stanch_engine *e, const char *dir,
	char *why_not, size_t size);

#endif
