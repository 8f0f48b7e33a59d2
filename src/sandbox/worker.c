/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker.c - a process that unwraps what comes in at descriptor 0 and sends
 * out there what lies in it.  It trusts who it works for; nobody trusts it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/confine.h"
#include "sandbox/records.h"
#include "sandbox/sandbox.h"

enum { OUT = RECORDS_CHUNK, IN = RECORDS_CHUNK, AHEAD = 8 * 1024 };

/* For its tests, which make a decoder misbehave. */
#ifndef WORKER_PROBE
#define WORKER_PROBE(place, out) ((void)0)
#endif

struct worker_state {
	struct unwrap *unwrap;
	struct unwrap_out gives;
	uint64_t sent;		/* records of this item */
	bool eager;		/* ask for data before it is needed */
	bool asked;		/* ... and it was */
	char *place;		/* as the other end has it */
	size_t place_len, place_cap;
	size_t nout;
	uint8_t out[OUT];
	/* The chunk that is read, and the one behind it. */
	struct chunk {
		struct span rest;
		bool there, last, broken;
		uint8_t bytes[IN];
	} chunks[2], *now, *next;
	struct span ahead;	/* received, in `in` */
	uint8_t in[AHEAD];
	uint64_t answer;
	bool answered;
	uint8_t *far;		/* where bytes out of turn go, */
	uint32_t far_n;		/* room there; then what came, */
	bool far_came;		/* if it did */
};

/* ---- out ---- */

static void
flush(struct worker_state *w)
{
	size_t done = 0;

	while (done < w->nout) {
		ssize_t n = send(0, w->out + done, w->nout - done,
			MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			_exit(0);	/* nobody listens any more */
		done += n > 0 ? (size_t)n : 0;
	}
	w->nout = 0;
}

static void
send_record(struct worker_state *w, struct record r, const void *bytes)
{
	if (OUT - w->nout < sizeof r + r.n)
		flush(w);
	memcpy(w->out + w->nout, &r, sizeof r);
	if (r.n)
		memcpy(w->out + w->nout + sizeof r, bytes, r.n);
	w->nout += sizeof r + r.n;
	w->sent++;
}

static void
send_plain(struct worker_state *w, enum records_kind kind)
{
	send_record(w, (struct record){ .kind = kind }, "");
}

/* In as many records as it takes. */
static void
send_long(struct worker_state *w, struct record r, const char *bytes, size_t n)
{
	const size_t most = OUT - sizeof r;

	do {
		size_t room = OUT - w->nout;

		/* Rather another record than a copy of a few bytes. */
		room = room < 1024 ? most : room - sizeof r;
		r.n = (uint32_t)(n < room ? n : room);
		send_record(w, r, bytes);
		bytes += r.n;
		n -= r.n;
		r.value += r.n;
	} while (n);
}

/* ---- in ---- */

static size_t
receive_some(void *to, size_t n)
{
	ssize_t got;

	do
		got = recv(0, to, n, 0);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		_exit(0);	/* nobody speaks any more */
	return (size_t)got;
}

/* What is short comes in one go with what is before it. */
static void
receive(struct worker_state *w, void *to, size_t n)
{
	uint8_t *p = to;

	while (n) {
		size_t got = w->ahead.len < n ? w->ahead.len : n;

		if (got) {
			memcpy(p, w->ahead.ptr, got);
			w->ahead = span_skip(w->ahead, got);
		} else if (n >= AHEAD) {
			got = receive_some(p, n);
		} else {
			w->ahead = span_of(w->in, receive_some(w->in, AHEAD));
		}
		p += got;
		n -= got;
	}
}

static void
take_data(struct worker_state *w, const struct records_head *h)
{
	struct chunk *c = w->next;

	if (h->n > IN || c->there)
		_exit(0);
	receive(w, c->bytes, h->n);
	c->rest = span_of(c->bytes, h->n);
	c->there = true;
	c->last = h->last;
	c->broken = h->broken;
}

static void
take_far(struct worker_state *w, const struct records_head *h)
{
	if (!w->far || h->n > w->far_n)
		_exit(0);
	receive(w, w->far, h->n);
	w->far_n = h->n;
	w->far_came = true;
	w->far = NULL;
}

static void
take_head(struct worker_state *w, struct records_head *h)
{
	receive(w, h, sizeof *h);
	if (h->kind == TO_DATA)
		take_data(w, h);
	if (h->kind == TO_FAR)
		take_far(w, h);
	w->answered = h->kind == TO_ANSWER;
	w->answer = h->value;
}

static void
want(struct worker_state *w)
{
	if (!w->asked)
		send_plain(w, RECORD_WANT);
	w->asked = true;
}

static void
next_chunk(struct worker_state *w)
{
	struct chunk *c = w->next;
	struct records_head h;

	want(w);
	flush(w);
	while (!c->there)
		take_head(w, &h);
	w->next = w->now;
	w->next->there = false;
	w->now = c;
	w->asked = false;
	if (w->eager && !c->last)
		want(w);
}

static ssize_t
read_chunk(void *of, void *to, size_t n)
{
	struct worker_state *w = of;

	while (!w->now->rest.len && !w->now->last)
		next_chunk(w);
	if (!w->now->rest.len)
		return w->now->broken ? -1 : 0;
	n = w->now->rest.len < n ? w->now->rest.len : n;
	memcpy(to, w->now->rest.ptr, n);
	w->now->rest = span_skip(w->now->rest, n);
	return (ssize_t)n;
}

static ssize_t
read_far(void *of, void *to, size_t n, uint64_t at)
{
	struct worker_state *w = of;
	struct records_head h;

	w->far = to;
	w->far_n = n < RECORDS_CHUNK ? (uint32_t)n : RECORDS_CHUNK;
	w->far_came = false;
	send_record(w, (struct record){ .kind = RECORD_FAR, .value = at,
		.why = w->far_n }, "");
	flush(w);
	while (!w->far_came)
		take_head(w, &h);
	return w->far_n;
}

/* ---- what unwrap gives out ---- */

static bool
remember(struct worker_state *w, const char *place, size_t n)
{
	if (n > w->place_cap) {
		char *p = realloc(w->place, 2 * n);
		if (!p)
			return false;
		w->place = p;
		w->place_cap = 2 * n;
	}
	if (n)
		memcpy(w->place, place, n);
	w->place_len = n;
	return true;
}

/* Only what changed of it. */
static bool
send_place(struct worker_state *w, const char *place)
{
	size_t n = strlen(place), same = 0;

	while (same < n && same < w->place_len && place[same] == w->place[same])
		same++;
	if (same == n && n == w->place_len)
		return true;
	send_long(w, (struct record){ .kind = RECORD_PLACE, .value = same },
		place + same, n - same);
	return remember(w, place, n);
}

static bool
on_begin(const char *place, void *payload)
{
	struct worker_state *w = payload;

	WORKER_PROBE(place, &w->gives);
	if (!send_place(w, place))
		return false;
	send_plain(w, RECORD_BEGIN);
	return true;
}

static bool
on_bytes(const void *data, size_t n, void *payload)
{
	if (n)
		send_long(payload, (struct record){ .kind = RECORD_BYTES },
			data, n);
	return true;
}

static bool
on_end(void *payload)
{
	send_plain(payload, RECORD_END);
	return true;
}

static bool
on_gap(const struct gap *gap, void *payload)
{
	struct worker_state *w = payload;
	size_t n = strlen(gap->detail);

	if (!send_place(w, gap->place))
		return false;
	n = n < RECORDS_TEXT ? n : RECORDS_TEXT;
	send_record(w, (struct record){ .kind = RECORD_GAP, .n = (uint32_t)n,
		.value = gap->bytes, .why = (uint32_t)gap->why }, gap->detail);
	return true;
}

static bool
is_quiet(uint64_t since, void *payload)
{
	struct worker_state *w = payload;
	struct records_head h;

	send_plain(w, RECORD_ASK);
	flush(w);
	do
		take_head(w, &h);
	while (!w->answered);
	return w->answer <= since;
}

/* ---- items ---- */

static void
work(struct worker_state *w, const struct records_head *job)
{
	struct unwrap_rest rest = { .place = "", .at = job->value,
		.open = job->open, .read = read_chunk,
		.far = job->far ? read_far : NULL, .of = w };
	struct records_done done = { 0 };

	w->sent = 0;
	w->place_len = 0;
	w->eager = job->eager;
	w->now = &w->chunks[0];
	w->next = &w->chunks[1];
	w->now->rest = span_of(NULL, 0);
	w->now->last = w->now->there = w->next->there = false;
	w->asked = true;	/* the first data comes with the job */
	if (!unwrap_rest(w->unwrap, &rest))
		done.nomem = true;
	done.count = rest.count;
	send_record(w, (struct record){ .kind = RECORD_DONE,
		.n = sizeof done }, &done);
	flush(w);
}

_Noreturn void
worker_main(const struct confine_limits *limits)
{
	struct worker_state *w = calloc(1, sizeof *w);
	struct records_options with;
	struct records_head head;

	if (!w || !confine_self(limits))
		_exit(WORKER_OPEN);
	w->gives = (struct unwrap_out){ .begin = on_begin, .bytes = on_bytes,
		.end = on_end, .gap = on_gap, .news = &w->sent,
		.quiet = is_quiet, .payload = w };
	receive(w, &with, sizeof with);
	with.formats[UNWRAP_FORMATS - 1] = '\0';
	with.opt.formats = with.formats[0] ? with.formats : NULL;
	w->unwrap = unwrap_new(&with.opt, &w->gives);
	while (w->unwrap) {
		receive(w, &head, sizeof head);
		if (head.kind != TO_JOB)
			break;
		work(w, &head);
	}
	_exit(WORKER_OPEN);
}
