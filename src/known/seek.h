/* SPDX-License-Identifier: Apache-2.0 */
/* seek.h - what the files of one known_find() share. */
#ifndef KNOWN_SEEK_H
#define KNOWN_SEEK_H

#include "known/index.h"
#include "known/known.h"

enum {
	TRIED = 8,	/* the last walks, not to be done again */
	SEEK_BACK = 192	/* bytes before `from` that are read again */
};

/* Offsets are of data. */
struct seek {
	const struct index *ix;
	struct span data;
	size_t from, safe;
	bool final, failed;
	struct known_matches *out;
	struct tried { uint32_t form; size_t at; bool fits; } tried[TRIED];
	unsigned ntried;
	/* The last form that begins nowhere before that run of it, or there: */
	uint32_t vain_form;
	size_t vain_run;
	/* No site is in [clean_from, site); the sites in 64 bytes: */
	size_t clean_from, site;
	size_t mask_at;
	uint64_t mask;
};

/* ---- find.c ---- */

/* Walks the form from data[at] on; notes what comes of it.  False: nothing. */
bool seek_try(struct seek *s, uint32_t form, size_t at);
/* All forms that have the key; their run is at data[at]. */
void seek_key(struct seek *s, const struct grams *g, uint32_t key, size_t at);

/* ---- seek_runs.c ---- */

/* Forms that stand in the text without a break. */
void seek_runs(struct seek *s);
void seek_words(struct seek *s);

/* ---- sites.c ---- */

size_t seek_site_anew(struct seek *s, size_t at);

/* The first byte from data[at] on that may not stand for itself. */
static inline size_t
seek_site(struct seek *s, size_t at)
{
	return s->clean_from <= at && at <= s->site ? s->site :
		at < s->data.len ? seek_site_anew(s, at) : s->data.len;
}

/* ---- broken.c: forms with escapes or interruptions in them ---- */

void seek_broken(struct seek *s);

/* ---- tail.c ---- */

/* Lowers s->safe to where the last bytes may be the beginning of a form. */
void seek_tail(struct seek *s);

#endif
