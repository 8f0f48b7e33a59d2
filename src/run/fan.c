/* SPDX-License-Identifier: Apache-2.0 */
/* fan.c - a queue of parcels and the hands that take from it. */
#include "run/fan.h"

#include <stdlib.h>

#include "run/crew.h"

struct fan {
	struct crew *crew;
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	struct parcel *first, **last;
	size_t waiting, active;	/* parcels, hands */
	struct worker *hands;
	size_t n, most;
	bool closed;
};

struct fan *
fan_new(struct crew *crew)
{
	struct fan *f = calloc(1, sizeof *f);

	if (!f)
		return NULL;
	f->crew = crew;
	f->most = crew->most - 1;
	f->last = &f->first;
	f->hands = calloc(crew->most, sizeof *f->hands);
	if (!f->hands) {
		free(f);
		return NULL;
	}
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->work, NULL);
	pthread_cond_init(&f->done, NULL);
	return f;
}

static enum stanch_result
scan_part(struct worker *w, struct parcel *p, size_t i)
{
	const struct run_scanner *sc = w->crew->run->scanner;
	struct parcel_part *part = &p->parts[i];
	enum stanch_result r = sc->begin(w->scanner, parcel_place(p, i));

	w->into = part;
	if (r == STANCH_OK && part->n)
		r = sc->feed(w->scanner, p->bytes.ptr + part->at, part->n);
	if (r == STANCH_OK)
		r = sc->finish(w->scanner);
	w->into = NULL;
	return r;
}

void
fan_scan(struct worker *w, struct parcel *p)
{
	for (size_t i = 0; i < p->n && p->result == STANCH_OK; i++)
		if (!p->parts[i].is_gap && !order_stopped(w->crew->order))
			p->result = scan_part(w, p, i);
}

static bool
is_room(const struct fan *f)
{
	return f->active + atomic_load(&f->crew->busy) < f->crew->most;
}

/* With the lock held. */
static void
unlink_first(struct fan *f)
{
	f->first = f->first->next;
	if (!f->first)
		f->last = &f->first;
	f->waiting--;
}

/* With the lock held; NULL: it is over. */
static struct parcel *
take(struct fan *f)
{
	struct parcel *p;

	while (!f->closed && !(f->first && is_room(f)))
		pthread_cond_wait(&f->work, &f->lock);
	p = f->first;
	if (p)
		unlink_first(f);
	return p;
}

static void *
work(void *payload)
{
	struct worker *w = payload;
	struct fan *f = w->crew->fan;
	struct parcel *p;

	pthread_mutex_lock(&f->lock);
	while ((p = take(f))) {
		f->active++;
		pthread_mutex_unlock(&f->lock);
		fan_scan(w, p);
		crew_note_let_pass(w);
		pthread_mutex_lock(&f->lock);
		f->active--;
		p->done = true;
		pthread_cond_broadcast(&f->done);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

/* Those there are are enough when another cannot be had. */
static bool
hire(struct fan *f)
{
	struct worker *w = &f->hands[f->n];

	if (f->n == f->most)
		return false;
	if (crew_worker_init(f->crew, w, NULL) == STANCH_OK &&
		crew_worker_start(w, work) == 0) {
		f->n++;
		return true;
	}
	crew_worker_free(f->crew, w);
	f->most = f->n;
	return false;
}

bool
fan_give(struct fan *f, struct parcel *p)
{
	bool given;

	pthread_mutex_lock(&f->lock);
	given = is_room(f) || f->active;
	if (given && f->waiting + f->active >= f->n)
		given = hire(f) || f->n;
	if (given) {
		p->next = NULL;
		*f->last = p;
		f->last = &p->next;
		f->waiting++;
		pthread_cond_signal(&f->work);
	}
	pthread_mutex_unlock(&f->lock);
	return given;
}

bool
fan_wait(struct fan *f, struct parcel *p)
{
	bool back;

	pthread_mutex_lock(&f->lock);
	back = f->first == p;
	if (back)
		unlink_first(f);
	while (!back && !p->done)
		pthread_cond_wait(&f->done, &f->lock);
	pthread_mutex_unlock(&f->lock);
	return !back;
}

void
fan_free(struct fan *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->lock);
	f->closed = true;
	pthread_cond_broadcast(&f->work);
	pthread_mutex_unlock(&f->lock);
	for (size_t i = 0; i < f->n; i++) {
		pthread_join(f->hands[i].thread, NULL);
		crew_worker_free(f->crew, &f->hands[i]);
	}
	pthread_cond_destroy(&f->done);
	pthread_cond_destroy(&f->work);
	pthread_mutex_destroy(&f->lock);
	free(f->hands);
	free(f);
}
