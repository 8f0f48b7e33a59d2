/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - what there is to scan, in a fixed order, and how to read it.
 *
 * One thread asks for batches of items with source_next(); any thread may
 * then name, open and read the items of a batch, each with its own reader.
 * What cannot or will not be looked at is an item too (SOURCE_GAP), so that
 * it stays in order.
 *
 *	stanch_source_paths() -> tree walk -> batch of items -> reader -> bytes
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/gap.h"
#include "base/kin.h"
#include "base/origin.h"
#include "stanch.h"

enum {
	SOURCE_ITEMS = 64,	/* most items of a batch */
	SOURCE_DIRS = 8,	/* most directories a batch holds open */
	SOURCE_TEXT = 64 * 1024,	/* bytes of names at which it is full */
	/* Longest place: directories TREE_DEPTH deep, with the longest names
	   any file system of Linux has (FUSE: 1,024 bytes). */
	SOURCE_PLACE = 5 * 1024 * 1024
};

enum source_kind {
	SOURCE_FILE,
	SOURCE_STREAM,	/* standard input */
	SOURCE_OBJECTS,	/* some of the objects of a git repository */
	SOURCE_REPO_END,	/* all items of a repository have been given */
	SOURCE_GAP
};

#define SOURCE_NO_DIR UINT32_MAX

struct repo;		/* the source's own */

struct source_item {
	enum source_kind kind;
	uint32_t dir;		/* in batch.dirs; SOURCE_NO_DIR: name is all */
	uint32_t name;		/* offset in batch.text, terminated */
	uint32_t repo;		/* the repository it is part of; 0: none */
	size_t part;		/* SOURCE_OBJECTS: which, of this one: */
	struct repo *of;
	struct gap gap;		/* SOURCE_GAP: without its place */
};

struct source_dir {
	struct dir *dir;	/* held by the batch */
	uint32_t prefix;	/* offset in batch.text: its place and "/" */
};

struct source_batch {
	struct source_item items[SOURCE_ITEMS];
	size_t n;
	struct source_dir dirs[SOURCE_DIRS];
	size_t ndirs;
	struct buf text;
};

void source_batch_init(struct source_batch *b);
/* Lets go of its directories and forgets its items; keeps its memory. */
void source_batch_clear(struct source_batch *b);
void source_batch_free(struct source_batch *b);

/*
 * Fills the empty batch b with what comes next; it may stay empty although
 * there is more.  *more: false at the end, and b is empty then.  ENOMEM.
 */
enum stanch_result source_next(struct stanch_source *s,
	struct source_batch *b, bool *more, struct stanch_error *err);

/*
 * Keeps in the directory what is found out about packs, and relies on what an
 * earlier run kept there with the same key.  Before source_next().  The key
 * stands for all that can change a finding.  EIO: others may write there.
 */
enum stanch_result source_remember(struct stanch_source *s, const char *dir,
	const uint8_t key[32], struct stanch_error *err);
/* Symbolic links met and not followed so far. */
uint64_t source_links(const struct stanch_source *s);
/* Repositories met so far; *not_asked: those of whose history nothing was. */
uint64_t source_repositories(const struct stanch_source *s,
	uint64_t *not_asked);

/* Writes the place of item i, terminated, over *place; false: no memory. */
bool source_place(const struct source_batch *b, size_t i, struct buf *place);

/*
 * Reads one item.  Belongs to one thread.  A regular file is read as it was
 * when it was opened: bytes that are appended meanwhile are left for the next
 * run, so that a report written into the scanned tree cannot feed itself.
 */
struct source_reader {
	int fd;
	int stop;	/* a descriptor that interrupts streams, or -1 */
	enum source_kind kind;
	uint64_t size;		/* when it was opened; 0: unknown */
	uint64_t done;		/* bytes read */
	uint64_t limit;		/* most bytes of a file; 0: none */
};

/* Opens item i, no SOURCE_GAP; false: *gap (without its place) says why. */
bool source_open(struct source_reader *r, const struct stanch_source *s,
	const struct source_batch *b, size_t i, int stop, struct gap *gap);
/*
 * Reads at most n bytes: their number, 0 at the end, -1 when the rest cannot
 * be read (*gap says why) or the stop descriptor became readable (*gap is
 * not touched).
 */
ssize_t source_read(struct source_reader *r, void *buf, size_t n,
	struct gap *gap);
/*
 * The same out of turn, which source_read() does not notice: at most n bytes
 * at an offset.  -1: it cannot be had; of a stream it never can.
 */
ssize_t source_read_at(const struct source_reader *r, void *buf, size_t n,
	uint64_t at);
/* Back to the first byte; false: it is a stream, or cannot be. */
bool source_again(struct source_reader *r);
void source_close(struct source_reader *r);

/*
 * The objects of an item, one after the other.  A hand belongs to one thread
 * and keeps what reading them needs.
 */
struct source_object {
	const char *place;	/* "REPO/.git!" and its id */
	struct span id;		/* binary; empty: no object (names of refs) */
	struct span data;	/* all of it; borrowed */
	const struct kin *kin;	/* how it is made of another; or NULL */
	const struct gap *gap;	/* not NULL: why there is no data */
	bool *loud;	/* not NULL: to be set when there is something to say */
	/* That many objects of that many bytes in all, with nothing to say of
	   them, were scanned by an earlier run; 0: this is an object. */
	uint64_t known, known_bytes;
	void *more;	/* not NULL: a large one, which source_more() gives */
};

/*
 * The next bytes of a large object: 1; 0 at its end; -1: the rest is damaged,
 * and *gap says so.
 */
int source_more(const struct source_object *o, struct span *bytes,
	struct gap *gap);

/* Returns false to stop. */
typedef bool source_object_fn(const struct source_object *o, void *payload);

struct source_hand;

struct source_hand *source_hand_new(void);	/* NULL: out of memory */
void source_hand_free(struct source_hand *h);
/* False: stopped by fn, or out of memory (*nomem). */
bool source_objects(struct source_hand *h, const struct source_batch *b,
	size_t i, source_object_fn *fn, void *payload, bool *nomem);

/* Where objects of a repository come from. */
struct source_trace {
	struct arena *arena;	/* owns all else */
	struct source_traced *of;	/* one for each object asked for */
};

struct source_traced {
	const struct origin *v;	/* the oldest first; at least one */
	size_t n;
};

/*
 * Finds out where the n objects (ids of len bytes, sorted, no two the same)
 * come from.  By the thread that calls source_next(), after the repository's
 * SOURCE_REPO_END; on that many threads, 1 at least.  Free with
 * source_trace_free().
 */
enum stanch_result source_trace(struct source_trace *out,
	struct stanch_source *s, uint32_t repo, const uint8_t *const *ids,
	size_t n, unsigned jobs, struct stanch_error *err);
void source_trace_free(struct source_trace *t);
/* The repository is not needed any more. */
void source_repo_done(struct stanch_source *s, uint32_t repo);

#endif
