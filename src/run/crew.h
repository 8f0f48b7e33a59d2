/* SPDX-License-Identifier: Apache-2.0 */
/* crew.h - the workers of one run.  For run.c. */
#ifndef RUN_CREW_H
#define RUN_CREW_H

#include <pthread.h>
#include <stdatomic.h>

#include "run/account.h"
#include "run/image.h"
#include "run/order.h"
#include "run/run.h"
#include "sandbox/sandbox.h"
#include "unwrap/unwrap.h"

struct worker {
	pthread_t thread;
	struct crew *crew;
	struct stanch_scanner *scanner;
	struct source_hand *hand;	/* for git objects; NULL until then */
	struct unwrap *unwrap;
	struct account account;
	struct image *image;
	struct remote *remote;	/* who decodes, with a sandbox */
	struct reading *reading;	/* the file in hand; NULL: an object */
	uint64_t news, gaps;	/* findings so far; gaps inside of items */
	enum stanch_result result;	/* of the scanner, for this item */
	struct job *job;	/* in hand */
	uint64_t let_pass;	/* by its scanner, as told so far */
	uint32_t repo;		/* of the item in hand */
	struct span object;	/* id of the object in hand, or empty */
	size_t object_place;	/* length of its place */
	struct buf place;	/* of the item in hand */
};

struct crew {
	const struct run *run;
	struct order *order;
	int stop;	/* readable when streams must not be waited for */
	atomic_uint_fast64_t items, objects, bytes, members, decoded, let_pass;
	uint8_t key[32];	/* to compare secrets by, in this run */
	pthread_mutex_t lock;
	struct stanch_error error;	/* the first one; under the lock */
	struct worker *workers;
	size_t n, most;		/* the calling thread's */
};

/* What a file is read by, and why its end came early. */
struct reading {
	struct source_reader reader;
	struct gap gap;
};

/* unwrap_out.rest of a worker: to the sandbox with it.  apart.c. */
bool crew_apart(struct unwrap_rest *rest, void *payload);
/* What of its bytes unwrap wants. */
ssize_t crew_read(void *reading, void *to, size_t n);
ssize_t crew_read_at(void *reading, void *to, size_t n, uint64_t at);
struct unwrap_options crew_unwrap_options(const struct crew *c);
struct unwrap_out crew_unwrap_out(struct worker *w);

enum stanch_result crew_init(struct crew *c, const struct run *run,
	struct order *order, struct stanch_error *err);
/* Another worker, if there may be one.  An error only when there is none. */
enum stanch_result crew_hire(struct crew *c, struct stanch_error *err);
/* Why a worker stopped the order; false: none did. */
bool crew_failed(struct crew *c, struct stanch_error *err);
/* Wakes those who wait for a stream; the order has been stopped or ended. */
void crew_dismiss(struct crew *c);
void crew_free(struct crew *c);		/* waits for all of them */

#endif
