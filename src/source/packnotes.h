/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packnotes.h - packs never change, so what a run found out about one holds
 * for the next: which of its objects there is something to say of.  Those are
 * read again, the others are not.  For the source room alone.
 *
 *	begin -> each unit: known, or noted object by object -> keep
 *
 * Notes hold numbers of objects: no secret, no id, no name.
 */
#ifndef SOURCE_PACKNOTES_H
#define SOURCE_PACKNOTES_H

#include "git/git.h"

enum { NOTES_MOST = 64 * 1024 * 1024 };	/* bytes of the notes on a pack */

/* Where they are kept, and for which rules and options they hold. */
struct packnotes_home {
	const char *dir;	/* NULL: none are */
	uint8_t key[32];
};

/* One thread has it at a time. */
struct packnotes_unit {
	uint32_t *loud;		/* in the order they were met */
	size_t n, cap;
	uint64_t objects, bytes;	/* that nothing is to be said of */
	bool known;		/* from an earlier run */
	bool done, bad;		/* noted to its end; cannot be kept */
};

struct packnotes;

/* Of all packs, read from the home.  NULL: out of memory. */
struct packnotes *packnotes_begin(const struct git_repo *r,
	const struct packnotes_home *home);
/* NULL: nothing is noted of that unit. */
struct packnotes_unit *packnotes_of(struct packnotes *n, size_t unit);
void packnotes_add(struct packnotes_unit *u, const struct packnotes *n,
	size_t unit, const struct git_object *o, bool loud);
/* The number of its i-th loud object. */
size_t packnotes_loud(const struct packnotes *n, size_t unit, size_t i);
/* Keeps what is new and whole; what cannot be kept is found out again. */
void packnotes_keep(const struct packnotes *n);
void packnotes_free(struct packnotes *n);

#endif
