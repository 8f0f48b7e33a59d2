/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.c - the window of jobs on their way, one lock for all of it.  It is
 * taken once or twice a batch and once an event, both rare beside reading.
 *
 *	taken by workers        waiting
 *	   v     v     v       v     v
 *	[job] [job] [job] -> [job] [job]     in order; a split puts the rest
 *	  ^ first: its events go out now     of a job right behind it
 */
#include "run/order.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* A batch and how many jobs still read it. */
struct shared {
	struct source_batch batch;	/* first: jobs and blanks point here */
	size_t jobs;		/* under the lock */
	struct shared *next;	/* among the spare ones */
};

/* All under the lock, but for job, which is its worker's. */
struct order_place {
	struct job job;
	struct order_place *next;	/* in order */
	struct order_place *next_waiting;
	struct event *events, **end;	/* posted, not collected */
	size_t cost;			/* of these */
	bool done;
};

struct order {
	pthread_mutex_t lock;
	pthread_cond_t work;	/* workers: something waits, or the end */
	pthread_cond_t room;	/* workers: events were collected */
	pthread_cond_t news;	/* the caller: see order_wait() */
	/* All under the lock: */
	struct order_place *first, *last;
	struct order_place *waiting, *waiting_last;
	struct shared *spare;
	size_t places, window;
	size_t idle;		/* workers in order_take() */
	size_t taken;		/* jobs in workers' hands */
	bool closed, has_news;
	atomic_bool stopped;	/* written under the lock, read anywhere */
};

/* ---- life ---- */

struct order *
order_new(size_t window)
{
	struct order *o = calloc(1, sizeof *o);
	pthread_condattr_t attr;

	if (!o)
		return NULL;
	o->window = window;
	atomic_init(&o->stopped, false);
	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->work, NULL);
	pthread_cond_init(&o->room, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&o->news, &attr);
	pthread_condattr_destroy(&attr);
	return o;
}

static void
shared_free(struct shared *s)
{
	source_batch_free(&s->batch);
	free(s);
}

/* Keeps a cleared batch for the next order_blank(); under the lock. */
static void
put_aside(struct order *o, struct source_batch *b)
{
	struct shared *s = (struct shared *)b;

	s->next = o->spare;
	o->spare = s;
}

void
order_free(struct order *o)
{
	if (!o)
		return;
	while (o->first) {
		struct order_place *p = o->first;
		o->first = p->next;
		if (!p->done && --((struct shared *)p->job.batch)->jobs == 0)
			shared_free((struct shared *)p->job.batch);
		event_free(p->events);
		free(p);
	}
	while (o->spare) {
		struct shared *s = o->spare;
		o->spare = s->next;
		shared_free(s);
	}
	pthread_cond_destroy(&o->news);
	pthread_cond_destroy(&o->room);
	pthread_cond_destroy(&o->work);
	pthread_mutex_destroy(&o->lock);
	free(o);
}

/* ---- the calling thread ---- */

struct source_batch *
order_blank(struct order *o, bool *nomem)
{
	struct shared *s;
	bool full;

	pthread_mutex_lock(&o->lock);
	full = o->places >= o->window;
	s = full ? NULL : o->spare;
	if (s)
		o->spare = s->next;
	pthread_mutex_unlock(&o->lock);
	*nomem = false;
	if (full || s)
		return full ? NULL : &s->batch;
	s = calloc(1, sizeof *s);
	if (s)
		source_batch_init(&s->batch);
	*nomem = !s;
	return s ? &s->batch : NULL;
}

static struct order_place *
place_new(struct source_batch *b, size_t first, size_t end)
{
	struct order_place *p = calloc(1, sizeof *p);

	if (!p)
		return NULL;
	p->job = (struct job){ b, first, end, p };
	p->end = &p->events;
	return p;
}

bool
order_publish(struct order *o, struct source_batch *b)
{
	bool empty = b->n == 0;
	struct order_place *p = empty ? NULL : place_new(b, 0, b->n);

	if (!p)
		source_batch_clear(b);
	pthread_mutex_lock(&o->lock);
	if (!p) {
		put_aside(o, b);
		pthread_mutex_unlock(&o->lock);
		return empty;
	}
	((struct shared *)b)->jobs = 1;
	*(o->first ? &o->last->next : &o->first) = p;
	o->last = p;
	*(o->waiting ? &o->waiting_last->next_waiting : &o->waiting) = p;
	o->waiting_last = p;
	o->places++;
	pthread_cond_signal(&o->work);
	pthread_mutex_unlock(&o->lock);
	return true;
}

void
order_close(struct order *o)
{
	pthread_mutex_lock(&o->lock);
	o->closed = true;
	pthread_cond_broadcast(&o->work);
	pthread_mutex_unlock(&o->lock);
}

bool
order_short_of_workers(struct order *o)
{
	bool is;

	pthread_mutex_lock(&o->lock);
	is = o->waiting && o->idle == 0;
	pthread_mutex_unlock(&o->lock);
	return is;
}

struct event *
order_collect(struct order *o, bool *ended)
{
	struct event *list = NULL, **end = &list;
	struct order_place *done = NULL, *p;

	pthread_mutex_lock(&o->lock);
	while ((p = o->first)) {
		if (p->events) {
			*end = p->events;
			end = p->end;
			p->events = NULL;
			p->end = &p->events;
			p->cost = 0;
		}
		if (!p->done)
			break;
		o->first = p->next;
		o->places--;
		p->next = done;
		done = p;
	}
	if (list)
		pthread_cond_broadcast(&o->room);
	/* Room in the window: the caller must not wait before it fills it. */
	if (done)
		o->has_news = true;
	*ended = o->closed && !o->first;
	pthread_mutex_unlock(&o->lock);
	while (done) {
		p = done;
		done = p->next;
		free(p);
	}
	return list;
}

void
order_wait(struct order *o, const struct timespec *until)
{
	pthread_mutex_lock(&o->lock);
	while (!o->has_news)
		if (pthread_cond_timedwait(&o->news, &o->lock, until))
			break;
	o->has_news = false;
	pthread_mutex_unlock(&o->lock);
}

void
order_stop(struct order *o)
{
	pthread_mutex_lock(&o->lock);
	atomic_store(&o->stopped, true);
	o->has_news = true;
	pthread_cond_broadcast(&o->work);
	pthread_cond_broadcast(&o->room);
	pthread_cond_signal(&o->news);
	pthread_mutex_unlock(&o->lock);
}

/* ---- workers ---- */

bool
order_stopped(const struct order *o)
{
	return atomic_load_explicit(&o->stopped, memory_order_relaxed);
}

static void
tell(struct order *o)
{
	o->has_news = true;
	pthread_cond_signal(&o->news);
}

/* A job in hand may yet be split, so until all are done one may come. */
static bool
none_to_come(const struct order *o)
{
	return order_stopped(o) ||
		(o->closed && !o->waiting && o->taken == 0);
}

struct job *
order_take(struct order *o)
{
	struct order_place *p;

	pthread_mutex_lock(&o->lock);
	o->idle++;
	while (!o->waiting && !none_to_come(o))
		pthread_cond_wait(&o->work, &o->lock);
	o->idle--;
	p = order_stopped(o) ? NULL : o->waiting;
	if (p) {
		o->waiting = p->next_waiting;
		o->taken++;
	}
	pthread_mutex_unlock(&o->lock);
	return p ? &p->job : NULL;
}

bool
order_post(struct order *o, struct job *job, struct event *e)
{
	struct order_place *p = job->place;
	bool stopped;

	pthread_mutex_lock(&o->lock);
	while (p->cost >= ORDER_EVENTS && !order_stopped(o)) {
		if (p == o->first)
			tell(o);
		pthread_cond_wait(&o->room, &o->lock);
	}
	stopped = order_stopped(o);
	if (!stopped) {
		if (p == o->first && !p->events)
			tell(o);
		e->next = NULL;
		*p->end = e;
		p->end = &e->next;
		p->cost += e->cost;
		e = NULL;
	}
	pthread_mutex_unlock(&o->lock);
	event_free(e);
	return !stopped;
}

void
order_split(struct order *o, struct job *job, size_t at)
{
	struct order_place *p = job->place, *rest;

	if (at >= job->end)
		return;
	rest = place_new(job->batch, at, job->end);
	if (!rest)
		return;		/* then one worker does it all */
	job->end = at;
	pthread_mutex_lock(&o->lock);
	((struct shared *)job->batch)->jobs++;
	rest->next = p->next;
	p->next = rest;
	if (o->last == p)
		o->last = rest;
	rest->next_waiting = o->waiting;
	if (!o->waiting)
		o->waiting_last = rest;
	o->waiting = rest;
	o->places++;
	pthread_cond_signal(&o->work);
	tell(o);
	pthread_mutex_unlock(&o->lock);
}

void
order_done(struct order *o, struct job *job)
{
	struct order_place *p = job->place;
	struct source_batch *b = job->batch;
	bool last;

	pthread_mutex_lock(&o->lock);
	last = --((struct shared *)b)->jobs == 0;
	pthread_mutex_unlock(&o->lock);
	if (last)
		source_batch_clear(b);	/* closes directories */
	pthread_mutex_lock(&o->lock);
	if (last)
		put_aside(o, b);
	p->done = true;		/* from here on p may be freed */
	if (p == o->first)
		tell(o);
	o->taken--;
	if (none_to_come(o))
		pthread_cond_broadcast(&o->work);
	pthread_mutex_unlock(&o->lock);
}
