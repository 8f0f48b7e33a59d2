/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.h - batches go out to workers, and what they find comes back in the
 * order of the source.
 *
 *	caller:  order_blank -> fill -> order_publish ... order_close
 *	workers: order_take -> order_post ... -> order_done
 *	caller:  order_collect
 *
 * Bounded: at most `window` jobs are on their way, and a job that is not the
 * first in order may post ORDER_EVENTS bytes before its worker has to wait
 * for its turn.  The first one never waits for another, so it always ends.
 */
#ifndef RUN_ORDER_H
#define RUN_ORDER_H

#include <time.h>

#include "run/event.h"
#include "source/source.h"

enum { ORDER_EVENTS = 256 * 1024 };	/* bytes, of one job */

/* Items [first, end) of a batch.  Belongs to the worker that took it, but for
   what order.c names. */
struct job {
	struct source_batch *batch;
	size_t first, end;
	struct order_place *place;	/* order.c's */
};

struct order;

struct order *order_new(size_t window);		/* NULL: out of memory */
void order_free(struct order *o);	/* no worker is left */

/* ---- the thread that runs the job ---- */

/* An empty batch to fill; NULL: the window is full, or out of memory. */
struct source_batch *order_blank(struct order *o, bool *nomem);
/* Hands it to the workers; an empty one is put aside.  False: no memory. */
bool order_publish(struct order *o, struct source_batch *b);
void order_close(struct order *o);	/* nothing more will be published */
/* Whether work waits and no worker does. */
bool order_short_of_workers(struct order *o);
/*
 * Takes what is ready, in order; NULL when nothing is.  *ended: everything
 * was published, scanned and taken.
 */
struct event *order_collect(struct order *o, bool *ended);
/* Sleeps until there may be something to collect, publish or hire for. */
void order_wait(struct order *o, const struct timespec *until);
/* Ends it early: workers are woken, and get nothing more. */
void order_stop(struct order *o);

/* ---- workers ---- */

struct job *order_take(struct order *o);	/* NULL: no more */
/* False: stopped.  Takes e in any case. */
bool order_post(struct order *o, struct job *job, struct event *e);
/* Gives the items from `at` on to whoever is free; in order all the same. */
void order_split(struct order *o, struct job *job, size_t at);
void order_done(struct order *o, struct job *job);
bool order_stopped(const struct order *o);	/* cheap */

#endif
