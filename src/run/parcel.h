/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parcel.h - some members of an archive, whole, to be scanned by whatever
 * thread is free, and what there is to say of them, in their order.  It
 * belongs to one thread at a time.
 */
#ifndef RUN_PARCEL_H
#define RUN_PARCEL_H

#include "base/buf.h"
#include "run/event.h"

enum {
	PARCEL_MEMBER = 256 * 1024,	/* bytes of a member, at most */
	PARCEL_BYTES = 256 * 1024,	/* with so many it is full, */
	PARCEL_MEMBERS = 64		/* ... or with so many members */
};

/* A member, or a gap that was told between two. */
struct parcel_part {
	size_t place;		/* in names */
	size_t at, n;		/* bytes, in bytes */
	bool is_gap;
	bool kept;		/* its events, image.h */
	uint64_t turn;		/* the record that it ended with */
	struct event *events, **last;
};

struct parcel {
	struct parcel *next;	/* of whoever has it */
	struct buf bytes, names;
	struct parcel_part parts[PARCEL_MEMBERS];
	size_t n;
	bool open;		/* the last one goes on */
	bool done;		/* scanned */
	enum stanch_result result;
};

struct parcel *parcel_new(void);	/* NULL: out of memory */
void parcel_free(struct parcel *p);
void parcel_clear(struct parcel *p);	/* to be filled again */

/* False: out of memory. */
bool parcel_begin(struct parcel *p, const char *place);
bool parcel_add(struct parcel *p, const void *data, size_t n);
void parcel_end(struct parcel *p, bool kept, uint64_t turn);
bool parcel_gap(struct parcel *p, struct event *e, bool kept);
/* The open member, taken out of p into a parcel of its own. */
struct parcel *parcel_split(struct parcel *p);

static inline bool
parcel_is_full(const struct parcel *p)
{
	return p->n == PARCEL_MEMBERS || p->bytes.len >= PARCEL_BYTES;
}

static inline const char *
parcel_place(const struct parcel *p, size_t i)
{
	return (const char *)p->names.ptr + p->parts[i].place;
}

#endif
