/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reftable.h - one table of names: records of refs and of reflogs, as git's
 * technical documentation of reftable has them.  For the git room alone.
 */
#ifndef GIT_REFTABLE_H
#define GIT_REFTABLE_H

#include "base/inflate.h"
#include "git/git.h"

/* What it points to is valid during the call that tells of it. */
struct reftable_record {
	const char *name;	/* of the ref */
	bool log;		/* of its reflog */
	bool gone;		/* it was deleted: nothing else is set */
	struct git_id id;	/* of a log: what it became */
	struct span target;	/* of a symbolic ref; else ptr is NULL */
	/* Of a log: */
	uint64_t index;		/* of its update: a later one is greater */
	struct git_id old;
	struct span who, mail, why;
	uint64_t time;		/* seconds since 1970 */
	int zone;		/* minutes from GMT */
};

/* False: stop. */
typedef bool reftable_fn(const struct reftable_record *r, void *payload);

struct reftable_room {
	struct inflate *z;
	uint64_t left;		/* bytes of logs that may yet be unpacked */
	bool full;		/* they were not enough */
};

/*
 * Tells of every record of the file in the order it has them, ids id_len
 * bytes long.  NULL, or what is wrong with it: then all that could be read
 * was told of.
 */
const char *reftable_read(struct span file, size_t id_len,
	struct reftable_room *room, reftable_fn *fn, void *payload);

#endif
