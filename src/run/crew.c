/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crew.c - threads that read items and feed their scanners.  Which items, and
 * what becomes of findings, is order.c's and run.c's business.
 */
#include "run/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/error.h"
#include "run/pieces.h"

/* ---- one item ---- */

static bool
fail(struct crew *c, enum stanch_result r, const char *where)
{
	pthread_mutex_lock(&c->lock);
	if (c->error.result == STANCH_OK)
		error_set(&c->error, r, where, "the scanner gave up: %s",
			stanch_result_text(r));
	pthread_mutex_unlock(&c->lock);
	order_stop(c->order);
	return false;
}

static const char *
place_of(const struct worker *w)
{
	return (const char *)w->place.ptr;
}

static bool
send(void *worker, struct event *e)
{
	struct worker *w = worker;

	if (!e)
		return fail(w->crew, STANCH_ENOMEM, place_of(w));
	e->repo = w->repo;
	return order_post(w->crew->order, w->job, e);
}

static enum stanch_result
outcome(struct worker *w, const struct unwrap_count *count, bool nomem)
{
	atomic_fetch_add_explicit(&w->crew->members, count->members,
		memory_order_relaxed);
	atomic_fetch_add_explicit(&w->crew->decoded, count->decoded,
		memory_order_relaxed);
	return nomem ? STANCH_ENOMEM : w->result;
}

/* Reads to the end, to an error (its gap) or until stopped. */
static enum stanch_result
scan_bytes(struct worker *w, struct reading *reading)
{
	struct unwrap_count count = { 0 };
	bool nomem, whole;

	w->result = STANCH_OK;
	w->reading = reading;
	account_item(&w->account, place_of(w), w->gaps);
	image_item(w->image, place_of(w));
	whole = unwrap_item_at(w->unwrap, place_of(w), crew_read,
		reading->reader.kind == SOURCE_FILE ? crew_read_at : NULL,
		reading, &count, &nomem);
	if (crew_settle_item(w) && whole)
		account_sum(&w->account, &count, reading->reader.size,
			w->gaps + (reading->gap.detail != NULL));
	(void)image_done(w->image);
	w->reading = NULL;
	return outcome(w, &count, nomem);
}

static bool
scan_file(struct worker *w, size_t i)
{
	struct crew *c = w->crew;
	const struct source_batch *b = w->job->batch;
	struct reading now = { .gap.detail = NULL };
	struct source_reader *reader = &now.reader;
	enum stanch_result r;

	if (!source_open(reader, c->run->source, b, i, c->stop, &now.gap))
		return crew_post(w, event_of_gap(&now.gap, place_of(w))) &&
			account_unread(&w->account, place_of(w), &now.gap);
	if (reader->size >= RUN_BIG || reader->kind == SOURCE_STREAM)
		order_split(c->order, w->job, i + 1);
	r = scan_bytes(w, &now);
	source_close(reader);
	if (order_stopped(c->order))
		return false;
	if (r != STANCH_OK)
		return fail(c, r, place_of(w));
	if (now.gap.detail)
		return crew_post(w, event_of_gap(&now.gap, place_of(w)));
	atomic_fetch_add_explicit(&c->items, 1, memory_order_relaxed);
	return true;
}

/* Whether new bytes of it are all that need be looked at.  A base that
   something is known of was such a one. */
static bool
is_made_of_another(const struct worker *w, const struct source_object *o)
{
	const struct run *run = w->crew->run;
	const struct kin *kin = o->kin;

	return kin && !o->more && run->scanner->object &&
		!run->opt.scan.on_step && unwrap_is_plain(w->unwrap, o->data,
		kin->base && kin->base->ptr ? kin : NULL);
}

static enum stanch_result
scan_new_bytes(struct worker *w, const struct source_object *o)
{
	const struct run_scanner *sc = w->crew->run->scanner;

	atomic_fetch_add_explicit(&w->crew->bytes, o->data.len,
		memory_order_relaxed);
	return sc->object(w->scanner, o->place, o->data, o->kin);
}

/* *inside: something lies in it, or could not be looked into. */
static enum stanch_result
scan_object(struct worker *w, const struct source_object *o, struct gap *gap,
	bool *inside)
{
	struct pieces pieces = { .o = o, .gap = gap };
	struct unwrap_count count = { 0 };
	uint64_t gaps = w->gaps;
	bool nomem = false;

	w->result = STANCH_OK;
	w->object = o->id;
	w->object_place = strlen(o->place);
	account_item(&w->account, o->place, w->gaps);
	image_item(w->image, o->place);
	if (is_made_of_another(w, o))
		w->result = scan_new_bytes(w, o);
	else if (o->more)
		(void)unwrap_item(w->unwrap, o->place, pieces_read, &pieces,
			&count, &nomem);
	else
		(void)unwrap_memory(w->unwrap, o->place, o->data, &count,
			&nomem);
	w->object.len = 0;
	(void)crew_settle_item(w);
	*inside = count.members || count.decoded || w->gaps != gaps;
	if (*inside)
		account_sum(&w->account, &count, 0, w->gaps);
	(void)image_done(w->image);
	return outcome(w, &count, nomem);
}

/* How many matches comments let pass so far. */
static uint64_t
let_pass(const struct worker *w)
{
	const struct run_scanner *sc = w->crew->run->scanner;

	return sc->let_pass ? sc->let_pass(w->scanner) : 0;
}

/* Objects that an earlier run has scanned. */
static bool
count(struct crew *c, uint64_t objects, uint64_t bytes)
{
	atomic_fetch_add_explicit(&c->objects, objects, memory_order_relaxed);
	atomic_fetch_add_explicit(&c->bytes, bytes, memory_order_relaxed);
	return true;
}

/* One git object, whole. */
static bool
on_object(const struct source_object *o, void *payload)
{
	struct worker *w = payload;
	struct crew *c = w->crew;
	struct gap gap = { .detail = NULL };
	enum stanch_result r;
	uint64_t passed, news;
	bool inside;

	if (order_stopped(c->order))
		return false;
	if (o->gap)
		return crew_post(w, event_of_gap(o->gap, o->place));
	if (o->known)
		return count(c, o->known, o->known_bytes);
	passed = let_pass(w);
	news = w->news;
	r = scan_object(w, o, &gap, &inside);
	if (o->loud)
		*o->loud = w->news != news || gap.detail || inside ||
			let_pass(w) != passed;
	if (order_stopped(c->order))
		return false;
	if (r != STANCH_OK)
		return fail(c, r, o->place);
	if (gap.detail)
		return crew_post(w, event_of_gap(&gap, o->place));
	atomic_fetch_add_explicit(&c->objects, 1, memory_order_relaxed);
	return true;
}

static bool
scan_objects(struct worker *w, size_t i)
{
	struct crew *c = w->crew;
	bool nomem;

	/* They are many; the rest of the batch is for whoever is free. */
	order_split(c->order, w->job, i + 1);
	if (!w->hand)
		w->hand = source_hand_new();
	if (!w->hand)
		return fail(c, STANCH_ENOMEM, place_of(w));
	return source_objects(w->hand, w->job->batch, i, on_object, w,
		&nomem) ||
		(nomem && fail(c, STANCH_ENOMEM, place_of(w)));
}

static bool
scan_item(struct worker *w, size_t i)
{
	const struct source_batch *b = w->job->batch;

	if (!source_place(b, i, &w->place))
		return fail(w->crew, STANCH_ENOMEM, NULL);
	w->repo = b->items[i].repo;
	switch (b->items[i].kind) {
	case SOURCE_GAP:
		return crew_post(w, event_of_gap(&b->items[i].gap,
			place_of(w)));
	case SOURCE_OBJECTS:
		return scan_objects(w, i);
	case SOURCE_REPO_END:
		return crew_post(w, event_of_end());
	default:
		return scan_file(w, i);
	}
}

void
crew_note_let_pass(struct worker *w)
{
	uint64_t n = let_pass(w);

	atomic_fetch_add(&w->crew->let_pass, n - w->let_pass);
	w->let_pass = n;
}

static void *
work(void *payload)
{
	struct worker *w = payload;
	struct order *o = w->crew->order;

	while ((w->job = order_take(o))) {
		atomic_fetch_add(&w->crew->busy, 1);
		/* job->end may come nearer when the rest is given away. */
		for (size_t i = w->job->first; i < w->job->end; i++)
			if (order_stopped(o) || !scan_item(w, i))
				break;
		/* Before it is done, so that nothing is missing at the end. */
		crew_note_let_pass(w);
		atomic_fetch_sub(&w->crew->busy, 1);
		order_done(o, w->job);
	}
	return NULL;
}

/* ---- the crew ---- */

enum stanch_result
crew_init(struct crew *c, const struct run *run, struct order *order,
	struct stanch_error *err)
{
	memset(c, 0, sizeof *c);	/* and so all counters */
	c->run = run;
	c->order = order;
	c->most = run->opt.jobs;
	if (getrandom(c->key, sizeof c->key, 0) != sizeof c->key)
		return error_sys(err, errno, NULL, "no random numbers");
	pthread_mutex_init(&c->lock, NULL);
	c->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	c->workers = calloc(c->most, sizeof *c->workers);
	if (c->most > 1 && run->opt.sandbox && !run->opt.scan.on_step)
		c->fan = fan_new(c);	/* without it goes, too */
	return c->workers ? STANCH_OK : error_nomem(err);
}

void
crew_worker_free(const struct crew *c, struct worker *w)
{
	if (w->scanner)
		c->run->scanner->free(w->scanner);
	unwrap_free(w->unwrap);
	image_free(w->image);
	remote_free(w->remote);
	source_hand_free(w->hand);
	buf_free(&w->place);
}

static struct unwrap *
unwrap_of(struct worker *w)
{
	const struct unwrap_options opt = crew_unwrap_options(w->crew);
	const struct unwrap_out out = crew_unwrap_out(w);

	return unwrap_new(&opt, &out);
}

enum stanch_result
crew_worker_init(struct crew *c, struct worker *w, struct stanch_error *err)
{
	struct stanch_scan_options opt = c->run->opt.scan;

	memset(w, 0, sizeof *w);
	w->crew = c;
	w->account = (struct account){ .wanted = c->run->opt.coverage,
		.post = crew_post, .payload = w };
	buf_init(&w->place, 2 * SOURCE_PLACE);
	w->unwrap = unwrap_of(w);
	w->image = image_new(send, w);
	if (!w->unwrap || !w->image)
		return error_nomem(err);
	opt.show_secrets = true;
	return c->run->scanner->make(&w->scanner, c->run->engine, &opt,
		crew_on_finding, w, err);
}

/* Signals are for the program's own threads. */
int
crew_worker_start(struct worker *w, void *(*does)(void *worker))
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&w->thread, NULL, does, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

enum stanch_result
crew_hire(struct crew *c, struct stanch_error *err)
{
	struct worker *w = &c->workers[c->n];
	enum stanch_result r;
	int error;

	if (c->n == c->most)
		return STANCH_OK;
	r = crew_worker_init(c, w, err);
	if (r == STANCH_OK) {
		error = crew_worker_start(w, work);
		if (error == 0) {
			c->n++;
			return STANCH_OK;
		}
		r = error_sys(err, error, NULL, "a thread cannot be started");
	}
	crew_worker_free(c, w);
	c->most = c->n;		/* make do with those there are */
	return c->n ? STANCH_OK : r;
}

bool
crew_failed(struct crew *c, struct stanch_error *err)
{
	bool failed;

	pthread_mutex_lock(&c->lock);
	failed = c->error.result != STANCH_OK;
	if (failed && err)
		*err = c->error;
	pthread_mutex_unlock(&c->lock);
	return failed;
}

void
crew_dismiss(struct crew *c)
{
	uint64_t one = 1;

	if (c->stop >= 0)
		(void)!write(c->stop, &one, sizeof one);
}

void
crew_free(struct crew *c)
{
	for (size_t i = 0; i < c->n; i++) {
		pthread_join(c->workers[i].thread, NULL);
		crew_worker_free(c, &c->workers[i]);
	}
	fan_free(c->fan);
	free(c->workers);
	explicit_bzero(c->key, sizeof c->key);
	if (c->stop >= 0)
		close(c->stop);
	pthread_mutex_destroy(&c->lock);
}
