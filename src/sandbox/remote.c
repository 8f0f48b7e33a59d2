/* SPDX-License-Identifier: Apache-2.0 */
/*
 * remote.c - one worker and the items it unwraps, one after the other: sends
 * bytes, takes records, and gets another one when it is lost.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/remote.h"

enum {
	SOCKET = 256 * 1024,	/* bytes it may hold each way */
	TICK = 200,		/* milliseconds between two looks around */
	PLACE_MOST = 64 * 1024 * 1024
};

static double
clock_at(clockid_t clock)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- a worker ---- */

/* What waitpid() says, or -1. */
static int
dismiss(struct remote *r)
{
	int status;

	if (r->fd < 0)
		return -1;
	close(r->fd);
	r->fd = -1;
	status = sandbox_reap(r->sandbox, r->pid);
	r->pid = -1;
	return status;
}

static bool send_all(struct remote *r, const void *data, size_t n);

static bool
hire(struct remote *r)
{
	const struct timeval tick = { .tv_usec = TICK * 1000L };
	const int room = SOCKET;
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return false;
	for (size_t i = 0; i < 2; i++)
		setsockopt(fds[i], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof tick);
	setsockopt(fds[0], SOL_SOCKET, SO_SNDTIMEO, &tick, sizeof tick);
	r->pid = sandbox_spawn(r->sandbox, fds[1]);
	close(fds[1]);
	if (r->pid < 0) {
		close(fds[0]);
		return false;
	}
	r->fd = fds[0];
	r->busy = 0;
	return send_all(r, &r->with, sizeof r->with);
}

/* One that has worked long would hit its limit of time within an item. */
static bool
ready(struct remote *r)
{
	if (r->fd >= 0 && r->busy > (double)r->with.opt.seconds / 15)
		dismiss(r);
	return r->fd >= 0 || hire(r);
}

struct remote *
remote_new(struct stanch_sandbox *s, const struct unwrap_options *opt)
{
	struct remote *r = malloc(sizeof *r);

	if (!r)
		return NULL;
	memset(r, 0, offsetof(struct remote, sent));
	r->sandbox = s;
	r->with.opt = *opt;
	r->with.opt.formats = NULL;
	if (opt->formats)
		snprintf(r->with.formats, sizeof r->with.formats, "%s",
			opt->formats);
	r->with.opt.seconds = (unsigned)sandbox_seconds(s);
	r->fd = -1;
	buf_init(&r->records.place, PLACE_MOST);
	return r;
}

void
remote_free(struct remote *r)
{
	if (!r)
		return;
	dismiss(r);
	buf_free(&r->records.place);
	explicit_bzero(r, sizeof *r);
	free(r);
}

/* ---- bytes to and from it ---- */

/* It does not answer; whether it may have more time. */
static bool
is_alive(struct remote *r, enum loss *why)
{
	unsigned seconds = r->with.opt.seconds;
	double cpu = 0;
	clockid_t clock;

	*why = STOPPED;
	if (r->item && r->item->stopped && r->item->stopped(r->out->payload))
		return false;
	if (clock_getcpuclockid(r->pid, &clock) == 0)
		cpu = clock_at(clock);
	r->still = cpu > r->cpu ? 0 : r->still + 1;
	r->cpu = cpu;
	*why = HUNG;
	if (seconds > SANDBOX_HUNG)
		seconds = SANDBOX_HUNG;
	return r->still < seconds * 1000 / TICK;
}

/* After a call that moved n bytes: whether to go on. */
static bool
goes_on(struct remote *r, ssize_t n, enum loss *why)
{
	*why = LOST;
	if (n > 0) {
		r->still = 0;
		return true;
	}
	if (n == 0)
		return false;
	return errno == EINTR || (errno == EAGAIN && is_alive(r, why));
}

static bool
send_all(struct remote *r, const void *data, size_t n)
{
	const uint8_t *p = data;
	enum loss why;

	while (n) {
		ssize_t k = send(r->fd, p, n, MSG_NOSIGNAL);

		if (!goes_on(r, k, &why))
			return false;
		p += k > 0 ? k : 0;
		n -= k > 0 ? (size_t)k : 0;
	}
	return true;
}

static bool
receive(struct remote *r, enum loss *why)
{
	ssize_t n;

	do
		n = recv(r->fd, r->in + r->n, REMOTE_IN - r->n, 0);
	while (n <= 0 && goes_on(r, n, why));
	if (n <= 0)
		return false;
	r->n += (size_t)n;
	return true;
}

/* The next bytes of the item. */
static void
next_chunk(struct remote *r, struct sent *to)
{
	struct unwrap_rest *rest = r->item->rest;
	struct records_head *h = &to->head;

	*h = (struct records_head){ .kind = TO_DATA };
	while (h->n < RECORDS_CHUNK && !r->ended &&
		(r->item->eager || h->n == 0)) {
		size_t room = RECORDS_CHUNK - h->n;
		struct span s = span_first(rest->seen, room);
		ssize_t got = (ssize_t)s.len;

		if (s.len) {
			memcpy(to->bytes + h->n, s.ptr, s.len);
			rest->seen = span_skip(rest->seen, s.len);
		} else {
			got = rest->read ? rest->read(rest->of,
				to->bytes + h->n, room) : 0;
		}
		r->ended = got <= 0;
		h->broken = got < 0;
		h->n += got > 0 ? (uint32_t)got : 0;
	}
	h->last = r->ended;
	r->records.bytes += h->n;
	r->records.may_want = !h->last;
}

static bool
send_data(struct remote *r)
{
	struct sent *to = &r->sent[r->chunks++ % 2];

	next_chunk(r, to);
	return send_all(r, &to->head, sizeof to->head + to->head.n);
}

/* The first data goes with it. */
static bool
send_job(struct remote *r)
{
	const struct unwrap_rest *rest = r->item->rest;
	struct sent *to = &r->sent[0];

	to->job = (struct records_head){ .kind = TO_JOB, .value = rest->at,
		.open = rest->open, .eager = r->item->eager,
		.far = rest->far != NULL };
	next_chunk(r, to);
	r->chunks = 1;
	return send_all(r, to, 2 * sizeof to->head + to->head.n);
}

/* Of what cannot be had, as many as can be. */
static bool
send_far(struct remote *r)
{
	const struct unwrap_rest *rest = r->item->rest;
	struct far *to = &r->far;
	size_t done = 0;
	ssize_t got = 1;

	while (done < r->records.far_n && got > 0) {
		got = rest->far(rest->of, to->bytes + done,
			r->records.far_n - done, r->records.far_at + done);
		done += got > 0 ? (size_t)got : 0;
	}
	to->head = (struct records_head){ .kind = TO_FAR,
		.n = (uint32_t)done };
	return send_all(r, to, sizeof to->head + done);
}

static bool
send_answer(struct remote *r)
{
	const struct records_head h = { .kind = TO_ANSWER,
		.value = r->records.last };

	return send_all(r, &h, sizeof h);
}

/* ---- an item ---- */

static const char *
keep(const char *text, void *payload)
{
	return sandbox_keep(payload, text);
}

static bool
begin(struct remote *r)
{
	struct records *p = &r->records;
	const struct unwrap_rest *rest = r->item->rest;

	p->out = r->out;
	p->keep = keep;
	p->payload = r->sandbox;
	p->taken = p->last = 0;
	p->news = r->out->news ? *r->out->news : 0;
	p->bytes = rest->at;
	p->open = rest->open;
	p->may_want = false;
	p->may_far = rest->far;
	r->chunks = r->n = r->still = 0;
	r->ended = false;
	return send_job(r);
}

/* Serves the worker until it is done; *why when it is not. */
static enum records_state
serve(struct remote *r, enum loss *why)
{
	enum records_state state = RECORDS_MORE;
	bool on = begin(r);

	*why = LOST;
	while (on) {
		struct span s = span_of(r->in, r->n);

		state = records_take(&r->records, &s);
		if (s.len)
			memmove(r->in, s.ptr, s.len);
		r->n = s.len;
		if (state == RECORDS_MORE)
			on = receive(r, why);
		else if (state == RECORDS_WANT)
			on = send_data(r);
		else if (state == RECORDS_FAR)
			on = send_far(r);
		else if (state == RECORDS_ASK)
			on = send_answer(r);
		else
			break;
	}
	if (on && state == RECORDS_BAD)
		*why = BAD;
	return on ? state : RECORDS_BAD;
}

bool
remote_rest(struct remote *r, const struct remote_item *item,
	const struct unwrap_out *out)
{
	double began = clock_at(CLOCK_MONOTONIC);
	const struct span seen = item->rest->seen;
	struct buf *place = &r->records.place;
	enum records_state state = RECORDS_BAD;
	enum loss why = NONE;

	r->item = item;
	r->out = out;
	place->len = 0;
	place->failed = false;
	if (!buf_str(place, item->rest->place)) {
		item->rest->nomem = true;
		return false;
	}
	r->records.item = place->len;
	r->records.open = item->rest->open;
	if (ready(r))
		state = serve(r, &why);
	r->busy += clock_at(CLOCK_MONOTONIC) - began;
	if (state == RECORDS_DONE && !r->records.done.nomem) {
		item->rest->count = r->records.done.count;
		return true;
	}
	item->rest->nomem = state == RECORDS_STOP && place->failed;
	if (state == RECORDS_STOP || why == STOPPED) {
		dismiss(r);
		return false;
	}
	if (state == RECORDS_DONE)
		why = SPENT;
	return remote_lose(r, why, dismiss(r), seen);
}
