/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sieve_private.h - the tables, as sieve_new.c and sieve_entries.c make them,
 * and what sieve.c has the CPU do with them.
 */
#ifndef ENGINE_SIEVE_PRIVATE_H
#define ENGINE_SIEVE_PRIVATE_H

#include "engine/sieve.h"

enum {
	SIEVE_KINDS = 64,	/* of bytes; 0: all that is rare */
	SIEVE_WINDOW = 4,	/* bytes */
	SIEVE_GROUPS = 4,	/* of eight buckets */
	SIEVE_BUCKETS = 8 * SIEVE_GROUPS,
	SIEVE_HASH_BITS = 16,
	SIEVE_HASHES = 1 << SIEVE_HASH_BITS,
	SIEVE_WIDE_BITS = 18,	/* where nothing but a hash tells */
	SIEVE_THREE_BITS = 17,	/* of the hash of three bytes */
	SIEVE_NEAR = 2,		/* bytes looked at on each side of a window */
	SIEVE_ROW = 4,		/* words compared together */
	SIEVE_ROUND = 8,	/* bytes: a window and what is near it */
	SIEVE_BLOCK = 4096,	/* bytes looked at together */
	SIEVE_MORE = 192,	/* ... and behind them, that may be read */
	/* Room for places: vectors are stored, whatever of them counts. */
	SIEVE_PLACES = SIEVE_BLOCK + SIEVE_MORE
};

/* sieve_table.c: 'a' + half bits, of one byte and of one after another. */
extern const char sieve_bits[SIEVE_KINDS + 1];
extern const char sieve_pair_bits[SIEVE_KINDS][SIEVE_KINDS + 1];
/* Windows that are commoner than that tells, and their bits. */
extern const char sieve_windows[][SIEVE_WINDOW + 2];
extern const size_t sieve_nwindows;

/* What the literals of one hash have in common. */
struct sieve_entry {
	uint64_t before[SIEVE_NEAR];	/* kinds that may stand before ... */
	uint64_t behind[SIEVE_NEAR];	/* ... and behind the window */
	uint32_t fold, mask, bits;	/* ((window | fold) & mask) == bits */
	uint32_t first, n;		/* words[first, first + n) */
};

/* One literal under one hash. */
struct sieve_word {
	uint32_t which, len;
	uint32_t window;	/* bytes of it before the window */
	bool caseless;
	const char *bytes;
};

/* Of each word the bytes round its window, as an entry has those of all; a
   row of them may be read at each. */
struct sieve_rounds {
	uint64_t *fold, *mask, *bits;
};

struct sieve;

/*
 * Stores the places in block[0, len), which is at most SIEVE_BLOCK, where
 * windows begin whose hash is that of a literal's window, and perhaps others;
 * in order, and how many.
 */
typedef size_t sieve_places_fn(const struct sieve *s, const uint8_t *block,
	size_t len, uint16_t *places);

sieve_places_fn sieve_avx512_places, sieve_avx2_places;
bool sieve_avx512_is_able(void);
bool sieve_avx2_is_able(void);
/* Whether it looks at buckets. */
bool sieve_has_buckets(const struct sieve *s);

struct sieve {
	sieve_places_fn *places;	/* the CPU's best */
	uint8_t kind[256];
	uint8_t buckets[SIEVE_WINDOW][SIEVE_GROUPS][SIEVE_KINDS];
	uint32_t may[SIEVE_HASHES / 32];	/* a bit for each hash */
	uint32_t wide[1 << (SIEVE_WIDE_BITS - 5)];	/* ... each wide one */
	uint32_t three[1 << (SIEVE_THREE_BITS - 5)];	/* and for each of a
				   window's first or last three bytes */
	uint16_t entry[SIEVE_HASHES];	/* 0: one that nothing passes */
	uint32_t longest;	/* literal */
	struct sieve_entry *entries;
	struct sieve_word *words;
	struct sieve_rounds rounds;
};

/* The window that was chosen for a literal. */
struct sieve_choice {
	uint32_t which;		/* literal */
	uint32_t window;	/* where in it */
	float least;		/* share of a text's places that hold its
				   rarest window */
};

/* sieve_entries.c: fills may, entry, entries, words and rounds.  False: no
   memory, or too many hashes. */
bool sieve_make_entries(struct sieve *s, const struct sieve_literal *literals,
	const struct sieve_choice *choices, size_t n);

#define SIEVE_FOLD	0x20202020u
#define SIEVE_FACTOR	0x9e3779b1u

/* The first so many bits of it are a hash.  Caseless; other bytes may have
   the same, too. */
static inline uint32_t
sieve_product(uint32_t window)
{
	return (window | SIEVE_FOLD) * SIEVE_FACTOR;
}

static inline uint32_t
sieve_hash(uint32_t window)
{
	return sieve_product(window) >> (32 - SIEVE_HASH_BITS);
}

_Static_assert(SIEVE_ROUND == SIEVE_WINDOW + 2 * SIEVE_NEAR, "rounds");

#endif
