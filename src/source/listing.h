/* SPDX-License-Identifier: Apache-2.0 */
/*
 * listing.h - the names in a directory, sorted by their bytes, in bounded
 * memory whatever the number of names.
 *
 * Listings live on one stack, as a depth-first walk needs them: the listing
 * that was read last is the first to go.
 */
#ifndef SOURCE_LISTING_H
#define SOURCE_LISTING_H

#include "base/buf.h"

enum {
	LISTING_MOST = 16 * 1024 * 1024,	/* bytes for all of them ... */
	LISTING_LEAST = 4 * 1024,	/* ... but at least these for each */
	LISTING_DENTS = 64 * 1024
};

struct listing_stack {
	struct buf text;	/* type byte, name, NUL; again and again */
	uint32_t *names;	/* offsets of the names in text */
	size_t n, cap;
	uint8_t *dents;		/* LISTING_DENTS bytes for getdents64(2) */
};

/* Marks of a git directory, and of a work tree. */
enum {
	LISTING_HEAD = 1, LISTING_OBJECTS = 2, LISTING_REFS = 4,
	LISTING_GIT = 8
};

struct listing {
	size_t text, first, next, end;	/* its part of the stack */
	char *after;	/* names up to this one are done; NULL: none */
	bool more;	/* there are names beyond these */
	unsigned marks;	/* LISTING_* of all its names */
};

bool listing_stack_init(struct listing_stack *s);	/* false: no memory */
void listing_stack_free(struct listing_stack *s);

/*
 * Reads the directory fd onto the stack: the least names, as many as fit.
 * Returns 0, or an errno value (the listing then holds what was read before).
 */
int listing_read(struct listing_stack *s, struct listing *l, int fd);
/*
 * When all its names are taken and there are more, reads the next ones: from
 * the directory's start again, so names up to N take N * N / LISTING_MOST.
 */
int listing_again(struct listing_stack *s, struct listing *l, int fd);
/* The next name and its DT_* type, NULL when this round has no more.  It
   stays valid until the next listing_read() or listing_again(). */
const char *listing_next(const struct listing_stack *s, struct listing *l,
	uint8_t *type);
/* Takes the listing, the topmost one, off the stack. */
void listing_pop(struct listing_stack *s, struct listing *l);

#endif
