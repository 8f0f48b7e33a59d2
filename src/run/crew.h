/* SPDX-License-Identifier: Apache-2.0 */
/* crew.h - the workers of one run.  For run.c. */
#ifndef RUN_CREW_H
#define RUN_CREW_H

#include <pthread.h>
#include <stdatomic.h>

#include "run/account.h"
#include "run/fan.h"
#include "run/image.h"
#include "run/order.h"
#include "run/run.h"
#include "sandbox/sandbox.h"
#include "unwrap/unwrap.h"

enum { CREW_SENT = 16 };	/* parcels on their way, of one item */

/* Of a crew; as a hand of its fan it has a scanner, and no more. */
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

	/* give_out.c: */
	bool fans;		/* members go into parcels */
	bool open;		/* a place is */
	struct event *held;	/* gaps of the open place */
	struct parcel_part *into;	/* what is found goes there */
	struct parcel *parcel;	/* being filled, or NULL */
	struct parcel *spare;	/* a list of them */
	struct parcel *sent[CREW_SENT];	/* not settled, in their order */
	size_t nsent;
	uint64_t turn;		/* the record in hand */
	uint64_t brought;	/* the last whose member brought something */
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
	struct fan *fan;	/* NULL: one thread, or no sandbox */
	atomic_size_t busy;	/* workers with a job */
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

/* ---- give_out.c ---- */

struct unwrap_out crew_unwrap_out(struct worker *w);
bool crew_on_finding(const struct stanch_finding *f, void *worker);
/* Takes e, NULL when there was no memory for it.  False: stop. */
bool crew_post(void *worker, struct event *e);
/* Waits for all that spare hands have, and posts it; so at the item's end. */
bool crew_settle(struct worker *w);
bool crew_settle_item(struct worker *w);

/* ---- crew.c: a worker, or a hand ---- */

enum stanch_result crew_worker_init(struct crew *c, struct worker *w,
	struct stanch_error *err);
void crew_worker_free(const struct crew *c, struct worker *w);
int crew_worker_start(struct worker *w, void *(*does)(void *worker));
void crew_note_let_pass(struct worker *w);

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
