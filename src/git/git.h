/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git.h - what a git repository holds, read without git: nothing of it is run,
 * nothing is written.
 *
 *	git_open -> units of objects, by any thread, a reader each
 *	         -> one object by its id
 *	         -> names (refs.h), the index (gitindex.h), parts of objects
 *	            (parse.h)
 *
 * What is damaged is told to the caller, and the rest is read.  All that is
 * read is hostile: every length is checked.  Not read: alternates more than 5
 * deep, indexes of version 1; of objects beyond GIT_OBJECT_MOST only files
 * that are no deltas, piece by piece.
 */
#ifndef GIT_GIT_H
#define GIT_GIT_H

#include "base/gap.h"
#include "base/kin.h"
#include "base/span.h"

enum {
	GIT_ID = 32,		/* bytes of the longest id */
	GIT_HEX = 2 * GIT_ID + 1,
	GIT_OBJECT_MOST = 256 * 1024 * 1024	/* bytes of one object */
};

/* Shorter ids have zeros behind them. */
struct git_id {
	uint8_t v[GIT_ID];
};

enum git_type { GIT_NONE, GIT_COMMIT, GIT_TREE, GIT_BLOB, GIT_TAG };

struct git_repo;	/* never changes once open: shared by threads */
struct git_reader;	/* belongs to one thread */

struct git_problem {
	struct git_problem *next;
	struct gap gap;		/* its place: below the git directory, or an
				   object's id in hex */
	char place[];
};

struct git_options {
	const char *objects;	/* where objects are; NULL: its own place */
	const char *alternates;	/* more places, colons between; or NULL */
	bool new_only;		/* units have what only the first place has */
	uint64_t most;		/* bytes of an object; 0: GIT_OBJECT_MOST */
};

/*
 * Opens the repository whose git directory is path.  EFORMAT: it is none.
 * Its own reader serves the thread that opened it.
 */
enum stanch_result git_open(struct git_repo **out, const char *path,
	const struct git_options *opt, struct stanch_error *err);
void git_free(struct git_repo *r);

size_t git_id_len(const struct git_repo *r);	/* 20 or 32 */
void git_hex(const struct git_repo *r, const struct git_id *id,
	char out[GIT_HEX]);
/* False: not the hex digits of a whole id. */
bool git_unhex(const struct git_repo *r, struct span hex, struct git_id *id);
bool git_id_is_zero(const struct git_id *id);
/* What could not be read when it was opened. */
const struct git_problem *git_problems(const struct git_repo *r);
int git_dir_fd(const struct git_repo *r);
/* Where refs and config are: another one for a linked worktree. */
int git_common_fd(const struct git_repo *r);
/* Whether its refs are in reftables, not in files each. */
bool git_has_reftable(const struct git_repo *r);

struct git_reader *git_reader_new(const struct git_repo *r);
void git_reader_free(struct git_reader *rd);	/* NULL: out of memory */

/* ---- all objects ---- */

struct git_object {
	struct git_id id;
	enum git_type type;
	size_t number;		/* SIZE_MAX: loose, or read by its id */
	struct span data;	/* borrowed */
	const struct kin *kin;	/* what it shares with others; NULL: unknown */
	const struct gap *gap;	/* not NULL: why there is no data */
	const uint8_t *digest;	/* by git_loose_unit(); or NULL */
	/* Not NULL: a large file, which git_more() of this reader gives. */
	struct git_reader *more;
};

typedef bool git_object_fn(const struct git_object *o, void *payload);

/* Cuts them into units, once, before the repository is shared.  False: out
   of memory. */
bool git_plan(struct git_repo *r);
/* Objects come in this many parts, which may be read in any order. */
size_t git_units(const struct git_repo *r);
/*
 * Trees are checked but not put together: they come without data.
 *
 * Each object once in all units; one that lies in several places once for
 * each, for nobody knows whether its id is true.  One without a type and with
 * a gap follows where bytes behind an object belong to none.  False: fn
 * stopped it, or no memory (then *nomem).
 */
bool git_unit(struct git_reader *rd, size_t unit, git_object_fn *fn,
	void *payload, bool *nomem);

/* Whether the unit is of loose objects. */
bool git_unit_is_loose(const struct git_repo *r, size_t unit);
/* Whether an object need not be told of; by SHA-256 of its file. */
typedef bool git_known_fn(const uint8_t digest[32], void *payload);
/*
 * git_unit() of loose objects, less those that are known.  Those that nothing
 * but their file says anything of come with its digest.
 */
bool git_loose_unit(struct git_reader *rd, size_t unit, git_known_fn *known,
	git_object_fn *fn, void *payload, bool *nomem);

/* ---- packs, as wholes ---- */

size_t git_packs(const struct git_repo *r);
/* Whether a pack of that file name in the repository's own directory of
   objects is read. */
bool git_has_pack(const struct git_repo *r, const char *name);
/*
 * SHA-256 over pack and index, when nothing but them says what is in the
 * pack.  False: it needs others, or is in doubt.  After git_plan().
 */
bool git_pack_digest(const struct git_repo *r, size_t pack, uint8_t out[32]);
/* Whether its file is the one that was opened, and nobody wrote to it since. */
bool git_pack_is_same(const struct git_repo *r, size_t pack);
/* Its units: n of them from *first on. */
size_t git_pack_units(const struct git_repo *r, size_t pack, size_t *first);
/* The numbers of its objects: n of them from *first on. */
size_t git_pack_objects(const struct git_repo *r, size_t pack, size_t *first);
/* ---- one object ---- */

/*
 * Reads the object; its data is valid until the next call with this reader.
 * False: *gap says why (MISSING: there is none).
 */
bool git_read(struct git_reader *rd, const struct git_id *id,
	struct git_object *o, struct gap *gap);
/*
 * Begins to read a file that git_read() finds too large.  False: it is made
 * of deltas, or no file, or the limit is the caller's own.
 */
bool git_stream(struct git_reader *rd, const struct git_id *id);
/*
 * The next bytes of a large file, valid until the next call with this reader:
 * 1; 0 at its end; -1: the rest is damaged.
 */
int git_more(struct git_reader *rd, struct span *bytes);
/* A number of the object, below git_count(); SIZE_MAX: there is none. */
size_t git_number(const struct git_repo *r, const struct git_id *id);
size_t git_count(const struct git_repo *r);
/* The n-th object. */
void git_nth(const struct git_repo *r, size_t n, struct git_id *id);
/* git_read() of it. */
bool git_read_nth(struct git_reader *rd, size_t n, struct git_object *o,
	struct gap *gap);
/*
 * The numbers of commits that lie whole in packs, as most do, in the order
 * they lie as far as it is known; *out is the caller's.  False: out of memory.
 */
bool git_whole_commits(const struct git_repo *r, uint32_t **out, size_t *n);
/* The type of the n-th object, without reading all of it. */
enum git_type git_nth_type(struct git_reader *rd, size_t n);
/* How many objects begin with the hex digits, 2 at most, and the first. */
size_t git_prefix(const struct git_repo *r, struct span hex,
	struct git_id *id);

/* ---- deltas ---- */

struct git_op {
	bool copy;		/* from the base; else new bytes */
	size_t from, len;	/* in the base, or in the delta */
};

struct git_delta {
	struct span rest, all;
	uint64_t base_len, out_len;
};

/* False: not a delta. */
bool git_delta_begin(struct git_delta *d, struct span delta);
/* 1: *op is the next one; 0: at the end; -1: it is damaged. */
int git_delta_next(struct git_delta *d, struct git_op *op);

#endif
