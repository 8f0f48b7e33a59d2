/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.h - unwrapping in processes that can open no file, make no socket
 * and start no program.
 *
 *	zygote --fork--> worker     made when wanted, one for each remote
 *	   ^                ^ |
 *	   | ask            | | bytes of the item; records of what lies in it
 *	[ sandbox ] <--- [ remote ] ---> unwrap_out
 *
 * A zygote is forked before there are threads or secrets, and forks workers.
 * One that crashes, is killed or breaks the protocol costs its item a gap.
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include <sys/types.h>

#include "base/gap.h"
#include "stanch.h"
#include "unwrap/unwrap.h"

enum {
	SANDBOX_MEMORY = 512 * 1024 * 1024,	/* for a worker, by default */
	SANDBOX_HUNG = 60,	/* seconds without a word and without work,
				   or as many as it may work */
	SANDBOX_TEXTS = 256	/* details of gaps that are kept */
};

/* ---- for remote.c; any thread ---- */

/* A worker with the socket fd, which it gets a copy of; -1: none, errno. */
pid_t sandbox_spawn(struct stanch_sandbox *s, int fd);
/* Kills it if it lives.  What waitpid() says of it; -1: it is not known. */
int sandbox_reap(struct stanch_sandbox *s, pid_t pid);
/* The text, for as long as s is there; NULL: out of memory. */
const char *sandbox_keep(struct stanch_sandbox *s, const char *text);
uint64_t sandbox_seconds(const struct stanch_sandbox *s);

/* ---- remote.c: belongs to one thread ---- */

struct remote;

/* NULL: out of memory. */
struct remote *remote_new(struct stanch_sandbox *s,
	const struct unwrap_options *opt);
void remote_free(struct remote *r);

struct remote_item {
	struct unwrap_rest *rest;
	bool eager;		/* reading it never waits for others */
	/* Goes back to its first byte; NULL or false: that cannot be. */
	bool (*again)(void *of);
	unwrap_read_fn *read;	/* ... and reads from there */
	void *of;
	bool (*stopped)(void *payload);	/* asked now and then, of out's */
};

/*
 * Has the rest unwrapped by a worker.  When that is lost a gap says why, and
 * the bytes are given out as they are: all of them, or, if the item cannot be
 * read again, those that the worker may not have got to.  False: out said
 * stop, or out of memory (rest->nomem).
 */
bool remote_rest(struct remote *r, const struct remote_item *item,
	const struct unwrap_out *out);

/* ---- worker.c: the other end, a process of its own ---- */

struct confine_limits;

/* Serves descriptor 0 until it is closed. */
_Noreturn void worker_main(const struct confine_limits *limits);

enum { WORKER_OPEN = 120 };	/* exit status: it cannot be confined */

#endif
