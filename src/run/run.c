/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.c - the calling thread of a run: keeps the window full, writes what
 * comes out of it, hires workers when work waits for them, and tells how far
 * it is.
 */
#include "run/run.h"

#include <sched.h>
#include <sys/resource.h>
#include <time.h>

#include "base/error.h"
#include "run/crew.h"
#include "run/hold.h"
#include "run/order.h"
#include "run/tally.h"

enum {
	WINDOW = 4,		/* jobs on their way, a worker */
	WINDOW_LEAST = 16,
	RESERVED = 64	/* descriptors for the walk, the caller, libraries */
};

struct state {
	const struct run *run;
	struct order *order;
	struct crew crew;
	struct hold hold;	/* findings of repositories */
	struct stanch_tally *tally;
	struct timespec began, tick;	/* tick: the next one */
	bool all;		/* the source has no more */
	bool late;		/* ... or its time was up */
};

static struct timespec
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t;
}

static double
since(const struct timespec *t)
{
	struct timespec n = now();

	return (double)(n.tv_sec - t->tv_sec) +
		(double)(n.tv_nsec - t->tv_nsec) / 1e9;
}

static void
update(struct state *s)
{
	struct stanch_tally *t = s->tally;

	t->items = atomic_load(&s->crew.items);
	t->objects = atomic_load(&s->crew.objects);
	t->bytes = atomic_load(&s->crew.bytes);
	t->members = atomic_load(&s->crew.members);
	t->decoded = atomic_load(&s->crew.decoded);
	t->let_pass = atomic_load(&s->crew.let_pass);
	t->links = source_links(s->run->source);
	t->repositories = source_repositories(s->run->source, &t->not_asked);
	t->seconds = since(&s->began);
}

/* Publishes what the window has room for, one batch at a time. */
static enum stanch_result
refill(struct state *s, bool *published, struct stanch_error *err)
{
	struct source_batch *b;
	enum stanch_result r;
	bool nomem, more = true;

	*published = false;
	if (s->all)
		return STANCH_OK;
	if (s->run->opt.seconds_most > 0 &&
		since(&s->began) >= s->run->opt.seconds_most) {
		s->all = s->late = true;
		order_close(s->order);
		return STANCH_OK;
	}
	b = order_blank(s->order, &nomem);
	if (!b)
		return nomem ? error_nomem(err) : STANCH_OK;
	r = source_next(s->run->source, b, &more, err);
	if (!order_publish(s->order, b) && r == STANCH_OK)
		r = error_nomem(err);
	if (r == STANCH_OK && !more) {
		s->all = true;
		order_close(s->order);
	}
	*published = true;
	return r;
}

static enum stanch_result
write_finding(const struct stanch_finding *f, void *payload,
	struct stanch_error *err)
{
	struct state *s = payload;

	tally_finding(s->tally, f);
	return sink_finding(s->run->sink, f, err);
}

static enum stanch_result
release(struct state *s, uint32_t repo, struct stanch_error *err)
{
	return hold_release(&s->hold, repo, s->run->source, s->run->opt.jobs,
		write_finding, s, err);
}

/* Takes e. */
static enum stanch_result
take_event(struct state *s, struct event *e, struct stanch_error *err)
{
	enum stanch_result r = STANCH_OK;

	if (e->kind == EVENT_FINDING && e->repo) {
		hold_add(&s->hold, e);
		return hold_full(&s->hold) ?
			release(s, hold_next(&s->hold), err) : STANCH_OK;
	}
	if (e->kind == EVENT_FINDING) {
		r = write_finding(e->finding, s, err);
	} else if (e->kind == EVENT_GAP) {
		tally_gap(s->tally, &e->gap);
		r = sink_gap(s->run->sink, &e->gap, err);
	} else if (e->kind == EVENT_COVERAGE) {
		r = sink_coverage(s->run->sink, &e->coverage, err);
	} else {
		r = release(s, e->repo, err);
		source_repo_done(s->run->source, e->repo);
	}
	event_free(e);
	return r;
}

static enum stanch_result
take_events(struct state *s, struct event *e, struct stanch_error *err)
{
	enum stanch_result r = STANCH_OK;

	while (e && r == STANCH_OK) {
		struct event *next = e->next;

		e->next = NULL;
		r = take_event(s, e, err);
		e = next;
	}
	event_free(e);
	return r;
}

static bool
passed(const struct timespec *t)
{
	return since(t) >= 0;
}

/* Five times a second: progress, and the report so far for who waits. */
static enum stanch_result
tick(struct state *s, struct stanch_error *err)
{
	if (!passed(&s->tick))
		return STANCH_OK;
	s->tick = now();
	s->tick.tv_nsec += RUN_TICK * 1000000L;
	if (s->tick.tv_nsec >= 1000000000L) {
		s->tick.tv_nsec -= 1000000000L;
		s->tick.tv_sec++;
	}
	update(s);
	if (s->run->opt.on_progress)
		s->run->opt.on_progress(s->tally, s->run->opt.payload);
	return sink_flush(s->run->sink, err);
}

static enum stanch_result
turn(struct state *s, bool *ended, struct stanch_error *err)
{
	struct event *events;
	enum stanch_result r;
	bool published, nothing;

	r = refill(s, &published, err);
	if (r == STANCH_OK && order_short_of_workers(s->order))
		r = crew_hire(&s->crew, err);
	if (r != STANCH_OK)
		return r;
	events = order_collect(s->order, ended);
	nothing = !events && !published;
	r = take_events(s, events, err);
	if (r == STANCH_OK && crew_failed(&s->crew, err))
		r = s->crew.error.result;
	if (r == STANCH_OK)
		r = tick(s, err);
	if (r == STANCH_OK && nothing && !*ended)
		order_wait(s->order, &s->tick);
	return r;
}

/* What was begun has been scanned to its end. */
static enum stanch_result
tell_late(struct state *s, struct stanch_error *err)
{
	const struct gap gap = { .place = "-", .why = STANCH_GAP_TIME,
		.detail = "the time given was up before all was scanned",
		.bytes = GAP_BYTES_UNKNOWN };

	tally_gap(s->tally, &gap);
	return sink_gap(s->run->sink, &gap, err);
}

static enum stanch_result
finish(struct state *s, struct stanch_error *err)
{
	struct stanch_tally *t = s->tally;
	enum stanch_result r;

	update(s);
	r = s->late ? tell_late(s, err) : STANCH_OK;
	while (r == STANCH_OK && hold_next(&s->hold))
		r = release(s, hold_next(&s->hold), err);
	if (r == STANCH_OK)
		r = sink_end(s->run->sink, t, err);
	if (r == STANCH_OK && t->items == 0 && t->objects == 0 &&
		t->gaps == 0 && t->repositories == 0)
		r = error_set(err, STANCH_EUSAGE, NULL, "nothing was scanned: "
			"there is no file below the paths given");
	return r;
}

static enum stanch_result
drive(struct state *s, struct stanch_error *err)
{
	bool ended = false;
	enum stanch_result r;

	r = crew_init(&s->crew, s->run, s->order, err);
	if (r == STANCH_OK)
		r = sink_begin(s->run->sink, &s->run->about, err);
	while (r == STANCH_OK && !ended)
		r = turn(s, &ended, err);
	if (r == STANCH_OK)
		r = finish(s, err);
	else
		order_stop(s->order);
	crew_dismiss(&s->crew);
	crew_free(&s->crew);
	update(s);
	return r;
}

static unsigned
cores(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return 1;
	return (unsigned)CPU_COUNT(&set);
}

/* A job on its way holds SOURCE_DIRS directories and a file open, at most. */
static size_t
window_of(unsigned jobs)
{
	size_t want = (size_t)jobs * WINDOW, most, reserved = RESERVED;
	struct rlimit files;

	if (want < WINDOW_LEAST)
		want = WINDOW_LEAST;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return want;
	reserved += jobs;	/* a decoder each */
	most = files.rlim_cur > reserved ?
		(size_t)(files.rlim_cur - reserved) / (SOURCE_DIRS + 1) : 0;
	if (most == 0)
		most = 1;
	return want < most ? want : most;
}

enum stanch_result
run_all(const struct run *run, struct stanch_tally *tally,
	struct stanch_error *err)
{
	struct run own = *run;
	struct state s = { .run = &own, .tally = tally, .began = now() };
	enum stanch_result r;

	memset(tally, 0, sizeof *tally);
	if (own.opt.jobs == 0)
		own.opt.jobs = cores();
	if (own.opt.jobs > RUN_JOBS)
		own.opt.jobs = RUN_JOBS;
	s.tick = s.began;
	s.order = order_new(window_of(own.opt.jobs));
	if (!s.order)
		return error_nomem(err);
	hold_init(&s.hold);
	r = drive(&s, err);
	hold_free(&s.hold);
	order_free(s.order);
	return r;
}
