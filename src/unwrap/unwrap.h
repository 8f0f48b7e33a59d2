/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unwrap.h - what lies inside of bytes: members of archives, what was
 * compressed, and all that is left, as places one after the other.
 *
 *	bytes -> format? -> decoder, members ... -> place, bytes, end
 *	      -> none    -> the bytes as they are
 *
 * Formats are told by their first bytes, never by names.  Every byte of the
 * item is given out as it is, or handed to a decoder or a member, whose own
 * bytes are treated the same.  What could not be decoded is given out as it
 * is, and a gap besides.  Nothing is written anywhere, no file is opened.
 *
 * Places: "ITEM!member!member of the member"; compression adds nothing.
 * "!headers@N" are the bytes of an archive that tell of its members, those of
 * the first at offset N; "!raw@N" are bytes at N that belong to none.
 */
#ifndef UNWRAP_UNWRAP_H
#define UNWRAP_UNWRAP_H

#include <sys/types.h>

#include "base/gap.h"
#include "base/kin.h"
#include "base/span.h"

enum {
	UNWRAP_DEPTH = 16,		/* formats inside each other */
	UNWRAP_RATIO = 1000,		/* decoded to a byte of the item ... */
	UNWRAP_MEMBERS = 5000000,	/* of one item, in all */
	UNWRAP_FORMATS = 512,		/* of a list of formats, with a NUL */
	UNWRAP_APART = 16,		/* runs that are told */
	UNWRAP_SECONDS = 15 * 60,	/* of CPU time for one item */
	UNWRAP_NAME = 64 * 1024,	/* bytes shown of a member's name */
	UNWRAP_MEMORY = 256 * 1024 * 1024	/* decoders may ask for */
};

#define UNWRAP_GRACE	(1ULL << 30)	/* ... beyond so many decoded bytes */
#define UNWRAP_DECODED	(64ULL << 30)	/* bytes of one item, at most */

struct unwrap_rest;

/* What comes out; begin, bytes ..., end for each place.  False: stop. */
struct unwrap_out {
	bool (*begin)(const char *place, void *payload);
	bool (*bytes)(const void *data, size_t n, void *payload);
	bool (*end)(void *payload);
	bool (*gap)(const struct gap *gap, void *payload);
	/* Grows when something was found; NULL: it is not known. */
	const uint64_t *news;
	void *payload;
	/* Whether nothing was found since *news was that, though it is not
	   any more; NULL: then something was. */
	bool (*quiet)(uint64_t news, void *payload);
	/* Not NULL: nothing is decoded here.  From where a format may begin
	   the item is left to it. */
	bool (*rest)(struct unwrap_rest *rest, void *payload);
	/* Of a sandbox's records, when *news may grow later than by the
	   call that brought it.  *turn is the number of the one in hand, and
	   brought() that of the last that brought something. */
	uint64_t *turn;
	uint64_t (*brought)(void *payload);
};

struct unwrap_options {
	bool off;		/* everything as it is */
	unsigned depth;		/* 0: UNWRAP_DEPTH; so with all of them */
	uint64_t decoded, ratio, members;
	const char *formats;	/* as --formats has them; NULL: "default" */
	unsigned seconds;	/* CPU time of this thread */
};

/*
 * Whether all names in a list of formats are known: "all", "default", names,
 * each with + or - before it, and commas between.  One that begins with a sign
 * is laid over the default.  False: *unknown is the first that is not, or what
 * is too long.
 */
bool unwrap_knows_formats(const char *list, struct span *unknown);

/* What became of an item's bytes, and how much came out of it. */
struct unwrap_count {
	uint64_t bytes;		/* of the item */
	uint64_t raw;		/* ... given out as they are */
	uint64_t inside;	/* ... that decoders and members got */
	uint64_t decoded;	/* bytes out of decoders, at every depth */
	uint64_t members;
	uint64_t headers;	/* of raw: what tells of members of the item */
	uint64_t hidden;	/* members that no directory of a zip names */
	/* Of raw: bytes that belong to no member, before, between, behind;
	   where the first such runs begin, and how long they are. */
	uint64_t apart, napart;
	struct { uint64_t at, n; } first[UNWRAP_APART];
};

/* At most n bytes: how many, 0 at the end, -1 when there must be no more. */
typedef ssize_t unwrap_read_fn(void *of, void *to, size_t n);

/* At most n bytes at an offset, 0 behind the end, -1: they cannot be had. */
typedef ssize_t unwrap_read_at_fn(void *of, void *to, size_t n, uint64_t at);

/* What is left of an item, for unwrap_rest() of another unwrap. */
struct unwrap_rest {
	const char *place;	/* of the item */
	uint64_t at;		/* so many bytes were given out as they are, */
	bool open;		/* and the item's place has no end yet */
	struct span seen;	/* the next ones; then those that are read */
	unwrap_read_fn *read;	/* NULL: that is all */
	unwrap_read_at_fn *far;	/* of the item; NULL: nothing is out of turn */
	void *of;
	struct unwrap_count count;	/* to be set, of all of the item */
	bool nomem;
};

struct unwrap;		/* belongs to one thread */

struct unwrap *unwrap_new(const struct unwrap_options *opt,
	const struct unwrap_out *out);	/* NULL: out of memory */
void unwrap_free(struct unwrap *u);

/* False: stopped by out, or out of memory (*nomem). */
bool unwrap_item(struct unwrap *u, const char *place, unwrap_read_fn *read,
	void *of, struct unwrap_count *count, bool *nomem);
/*
 * The same where bytes can be had out of turn, too: what has its directory at
 * the end need not be held in memory then.  The same comes out.
 */
bool unwrap_item_at(struct unwrap *u, const char *place, unwrap_read_fn *read,
	unwrap_read_at_fn *at, void *of, struct unwrap_count *count,
	bool *nomem);
/* The same for bytes that are there already. */
bool unwrap_memory(struct unwrap *u, const char *place, struct span bytes,
	struct unwrap_count *count, bool *nomem);

/* What unwrap_item() would have done from rest->at on. */
bool unwrap_rest(struct unwrap *u, struct unwrap_rest *rest);

/*
 * Whether that would give the bytes out as they are, as one place.  False
 * where it is not certain.  kin: what of the bytes is copied from others for
 * which this was true, so that only the rest is searched; NULL: nothing is.
 */
bool unwrap_is_plain(const struct unwrap *u, struct span bytes,
	const struct kin *kin);

#endif
