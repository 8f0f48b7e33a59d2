/* SPDX-License-Identifier: Apache-2.0 */
/*
 * give_out.c - what comes of one item: its places to the scanner, and what
 * there is to say of them to the order.
 *
 * Members that a sandbox decodes are collected in parcels, which spare hands
 * scan meanwhile (fan.h).  What is found in them is posted in their order, so
 * nobody can tell.  A member too large for that goes to this worker's own
 * scanner as it comes, when all before it are settled.
 */
#include "run/crew.h"

#include <string.h>

/* What is of a container image waits until it can be told of which. */
bool
crew_post(void *worker, struct event *e)
{
	return image_post(((struct worker *)worker)->image, e);
}

static bool
keep(struct parcel_part *part, struct event *e)
{
	if (!e)
		return false;
	*part->last = e;
	part->last = &e->next;
	return true;
}

/* The scanner shows secrets, so that they can be told apart: no further than
   to here unless they were asked for. */
bool
crew_on_finding(const struct stanch_finding *f, void *payload)
{
	struct worker *w = payload;
	struct stanch_finding own = *f;
	struct event *e;

	if (f->secret.len)
		finding_compare_by(&own, span_of(w->crew->key,
			sizeof w->crew->key), f->secret, f->end - f->start);
	if (!w->crew->run->opt.scan.show_secrets)
		own.secret = span_of(NULL, 0);
	own.object_len = (uint8_t)w->object.len;
	if (w->object.len) {
		memcpy(own.object, w->object.ptr, w->object.len);
		if (strlen(f->place) > w->object_place)
			own.inner = (uint32_t)w->object_place;
	}
	e = event_of_finding(&own);
	if (w->into)
		return keep(w->into, e);
	w->news++;
	return crew_post(w, e);
}

/* ---- parcels ---- */

static bool
post_part(struct worker *w, struct parcel_part *part)
{
	bool ok = true;

	if (part->events && !part->is_gap)
		w->brought = part->turn;
	while (part->events && ok) {
		struct event *e = part->events;

		part->events = e->next;
		e->next = NULL;
		ok = part->kept ? image_post(w->image, e) :
			image_pass(w->image, e);
	}
	return ok;
}

/* The first parcel that was sent: waits for it, says what it has to say. */
static bool
settle_first(struct worker *w, bool ok)
{
	struct parcel *p = w->sent[0];

	if (!fan_wait(w->crew->fan, p))
		fan_scan(w, p);
	if (ok && p->result != STANCH_OK) {
		w->result = p->result;
		ok = false;
	}
	for (size_t i = 0; i < p->n && ok; i++)
		ok = post_part(w, &p->parts[i]);
	parcel_clear(p);
	p->next = w->spare;
	w->spare = p;
	memmove(w->sent, w->sent + 1, --w->nsent * sizeof *w->sent);
	return ok;
}

static bool
send_parcel(struct worker *w)
{
	struct parcel *p = w->parcel;

	w->parcel = NULL;
	w->sent[w->nsent++] = p;
	if (!fan_give(w->crew->fan, p)) {
		fan_scan(w, p);
		p->done = true;
	}
	return w->nsent < CREW_SENT || settle_first(w, true);
}

bool
crew_settle(struct worker *w)
{
	bool ok = true;

	if (w->parcel && w->parcel->n && !w->parcel->open)
		ok = send_parcel(w);
	while (w->nsent)
		ok = settle_first(w, ok);
	return ok;
}

static void
free_parcels(struct worker *w)
{
	parcel_free(w->parcel);
	w->parcel = NULL;
	while (w->spare) {
		struct parcel *p = w->spare;

		w->spare = p->next;
		parcel_free(p);
	}
}

/* After an item, however it ended. */
bool
crew_settle_item(struct worker *w)
{
	bool ok = true;

	if (w->parcel && w->parcel->open) {	/* nobody wants the rest */
		parcel_free(w->parcel);
		w->parcel = NULL;
	}
	w->fans = w->open = false;
	ok = crew_settle(w);
	free_parcels(w);
	while (w->held && ok) {
		struct event *e = w->held;

		w->held = e->next;
		e->next = NULL;
		ok = crew_post(w, e);
	}
	event_free(w->held);
	w->held = NULL;
	return ok;
}

static bool
no_memory(struct worker *w)
{
	w->result = STANCH_ENOMEM;
	return false;
}

static bool
has_parcel(struct worker *w)
{
	if (w->parcel)
		return true;
	w->parcel = w->spare;
	if (w->spare)
		w->spare = w->spare->next;
	else
		w->parcel = parcel_new();
	return w->parcel || no_memory(w);
}

/* The open member grows too large: all before it, then what there is of it. */
static bool
take_out(struct worker *w)
{
	const struct run_scanner *sc = w->crew->run->scanner;
	struct parcel *own = parcel_split(w->parcel);
	bool ok = own && crew_settle(w);

	if (!own)
		return no_memory(w);
	if (ok) {
		w->result = sc->begin(w->scanner, parcel_place(own, 0));
		if (w->result == STANCH_OK && own->bytes.len)
			w->result = sc->feed(w->scanner, own->bytes.ptr,
				own->bytes.len);
		ok = w->result == STANCH_OK;
	}
	parcel_free(own);
	return ok;
}

static bool
is_open(const struct worker *w)
{
	return w->parcel && w->parcel->open;
}

/* ---- places of a file: itself, and what lies inside of it ---- */

static bool
on_begin(const char *place, void *payload)
{
	struct worker *w = payload;

	if (w->result != STANCH_OK)
		return false;
	w->open = true;
	image_begin(w->image, place);
	if (w->fans)
		return has_parcel(w) && (parcel_begin(w->parcel, place) ||
			no_memory(w));
	w->result = w->crew->run->scanner->begin(w->scanner, place);
	return w->result == STANCH_OK;
}

static bool
on_bytes(const void *data, size_t n, void *payload)
{
	struct worker *w = payload;

	if (order_stopped(w->crew->order))
		return false;
	atomic_fetch_add_explicit(&w->crew->bytes, n, memory_order_relaxed);
	image_bytes(w->image, data, n);
	if (is_open(w) && w->parcel->parts[w->parcel->n - 1].n + n <=
		PARCEL_MEMBER)
		return parcel_add(w->parcel, data, n) || no_memory(w);
	if (is_open(w) && !take_out(w))
		return false;
	w->result = w->crew->run->scanner->feed(w->scanner, data, n);
	return w->result == STANCH_OK;
}

/* Between places, or behind one that has ended. */
static bool
give_gap(struct worker *w, struct event *e)
{
	if (!w->fans || !e)
		return crew_post(w, e);
	if (!has_parcel(w)) {
		event_free(e);
		return false;
	}
	(void)parcel_gap(w->parcel, e, image_keeps(w->image));
	return !parcel_is_full(w->parcel) || send_parcel(w);
}

static bool
give_held(struct worker *w)
{
	bool ok = true;

	while (w->held && ok) {
		struct event *e = w->held;

		w->held = e->next;
		e->next = NULL;
		ok = give_gap(w, e);
	}
	return ok;
}

static bool
on_end(void *payload)
{
	struct worker *w = payload;
	bool ok = true;

	if (order_stopped(w->crew->order))
		return false;
	if (is_open(w)) {
		parcel_end(w->parcel, image_keeps(w->image), w->turn);
		if (parcel_is_full(w->parcel))
			ok = send_parcel(w);
	} else {
		w->result = w->crew->run->scanner->finish(w->scanner);
		ok = w->result == STANCH_OK;
	}
	w->open = false;
	ok = ok && give_held(w);
	image_end(w->image);
	return ok;
}

/* What is found in a place comes first, then its gaps. */
static bool
on_gap(const struct gap *gap, void *payload)
{
	struct worker *w = payload;
	struct event *e = event_of_gap(gap, gap->place), **last = &w->held;

	w->gaps++;
	if (!w->open || !e)
		return give_gap(w, e);
	while (*last)
		last = &(*last)->next;
	*last = e;
	return true;
}

/* Which record was the last that brought something. */
static uint64_t
on_ask(void *payload)
{
	struct worker *w = payload;

	(void)crew_settle(w);	/* what failed is told by the next call */
	return w->brought;
}

struct unwrap_out
crew_unwrap_out(struct worker *w)
{
	return (struct unwrap_out){ .begin = on_begin, .bytes = on_bytes,
		.end = on_end, .gap = on_gap, .news = &w->news, .payload = w,
		.turn = &w->turn, .brought = on_ask,
		.rest = w->crew->run->opt.sandbox ? crew_apart : NULL };
}
