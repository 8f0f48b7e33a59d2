/* SPDX-License-Identifier: Apache-2.0 */
/*
 * remote_lost.c - what is done when a worker is lost: a gap says why, and the
 * bytes are given out as they are.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "sandbox/remote.h"

static struct gap
gap_of(struct remote *r, const char *text, enum stanch_gap why)
{
	text = sandbox_keep(r->sandbox, text);
	return (struct gap){ .place = r->item->rest->place, .why = why,
		.bytes = GAP_BYTES_UNKNOWN,
		.detail = text ? text : "the decoder was lost" };
}

static struct gap
gap_of_status(struct remote *r, int status)
{
	char text[RECORDS_TEXT + 1];
	const char *name;
	int sig;

	if (status < 0 || !WIFSIGNALED(status))
		return gap_of(r, status >= 0 && WIFEXITED(status) &&
			WEXITSTATUS(status) == WORKER_OPEN ?
			"a decoder could not be confined: scanned as it is" :
			"the decoder went away: scanned as it is",
			STANCH_GAP_CRASHED);
	sig = WTERMSIG(status);
	name = sigabbrev_np(sig);
	if (sig == SIGXCPU)
		return gap_of(r, "the decoder takes too long: scanned as it "
			"is", STANCH_GAP_OVER_LIMIT);
	snprintf(text, sizeof text, "the decoder %s (SIG%s): scanned as it is",
		sig == SIGKILL ? "was killed" : "crashed", name ? name : "?");
	return gap_of(r, text, STANCH_GAP_CRASHED);
}

static struct gap
gap_of_loss(struct remote *r, enum loss why, int status)
{
	static const struct { const char *text; enum stanch_gap why; } of[] = {
		[BAD] = { "the decoder sent what it may not: scanned as it is",
			STANCH_GAP_CRASHED },
		[HUNG] = { "the decoder hung: scanned as it is",
			STANCH_GAP_CRASHED },
		[SPENT] = { "decoding needs more memory than it may have: "
			"scanned as it is", STANCH_GAP_OVER_LIMIT },
		[NONE] = { "no decoder could be started: scanned as it is",
			STANCH_GAP_CRASHED },
	};

	return why == LOST ? gap_of_status(r, status) :
		gap_of(r, of[why].text, of[why].why);
}

static bool
give(const struct unwrap_out *out, struct span s)
{
	return !s.len || out->bytes(s.ptr, s.len, out->payload);
}

/* `read` to its end, and *all grows. */
static bool
give_read(struct remote *r, unwrap_read_fn *read, void *of, uint64_t *all)
{
	ssize_t n = 1;
	bool on = true;

	while (on && read && (n = read(of, r->in, REMOTE_IN)) > 0) {
		*all += (uint64_t)n;
		on = give(r->out, span_of(r->in, (size_t)n));
	}
	return on;
}

/* A place of its own when it is not the item from its first byte on. */
static bool
begin_at(struct remote *r, uint64_t at)
{
	struct buf *place = &r->records.place;

	place->len = r->records.item;
	if ((at && !buf_printf(place, "!raw@%llu", (unsigned long long)at)) ||
		!buf_byte(place, 0))
		return false;
	return r->out->begin((const char *)place->ptr, r->out->payload);
}

/* What it may not have got to; it was handed over where `seen` begins. */
static bool
give_left(struct remote *r, struct span seen, uint64_t *all)
{
	const struct unwrap_rest *rest = r->item->rest;
	const struct sent *old = &r->sent[r->chunks % 2],
		*young = &r->sent[(r->chunks + 1) % 2];
	size_t n = r->chunks > 1 ? old->head.n : 0;
	bool on;

	*all = r->records.bytes;
	if (*all <= rest->at + seen.len) {
		*all = rest->at + seen.len;
		on = begin_at(r, rest->at) && give(r->out, seen);
	} else {
		on = begin_at(r, *all - n - young->head.n) &&
			give(r->out, span_of(old->bytes, n)) &&
			give(r->out, span_of(young->bytes, young->head.n));
	}
	return on && (r->ended ||
		give_read(r, rest->read, rest->of, all));
}

static bool
give_as_it_is(struct remote *r, struct span seen)
{
	const struct remote_item *item = r->item;
	uint64_t all = 0;
	bool on;

	if (item->again && item->again(item->of))
		on = begin_at(r, 0) &&
			give_read(r, item->read, item->of, &all);
	else
		on = give_left(r, seen, &all);
	item->rest->count = (struct unwrap_count){ .bytes = all, .raw = all };
	return on && r->out->end(r->out->payload);
}

bool
remote_lose(struct remote *r, enum loss why, int status, struct span seen)
{
	const struct unwrap_out *out = r->out;
	const struct gap gap = gap_of_loss(r, why, status);

	if (r->records.open && !out->end(out->payload))
		return false;
	r->records.open = false;
	return out->gap(&gap, out->payload) && give_as_it_is(r, seen);
}
