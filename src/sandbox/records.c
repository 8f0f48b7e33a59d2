/* SPDX-License-Identifier: Apache-2.0 */
/*
 * records.c - what a decoder sends becomes calls of an unwrap_out, as if it
 * had been decoded here.  Where the bytes come from is left to remote.c.
 */
#include "sandbox/records.h"

#include <string.h>

typedef enum records_state take_fn(struct records *r, const struct record *h,
	struct span s);

static enum records_state
went(bool on)
{
	return on ? RECORDS_MORE : RECORDS_STOP;
}

static enum records_state
take_place(struct records *r, const struct record *h, struct span s)
{
	if (r->open || h->value > r->place.len - r->item ||
		memchr(s.ptr, 0, s.len))
		return RECORDS_BAD;
	r->place.len = r->item + (size_t)h->value;
	return went(buf_append(&r->place, s.ptr, s.len));
}

static const char *
place_of(struct records *r)
{
	if (!buf_byte(&r->place, 0))
		return NULL;
	r->place.len--;
	return (const char *)r->place.ptr;
}

static enum records_state
take_begin(struct records *r, const struct record *h, struct span s)
{
	const char *place;

	if (r->open)
		return RECORDS_BAD;
	r->open = true;
	place = place_of(r);
	return went(place && r->out->begin(place, r->out->payload));
}

static enum records_state
take_bytes(struct records *r, const struct record *h, struct span s)
{
	if (!r->open || !s.len)
		return RECORDS_BAD;
	return went(r->out->bytes(s.ptr, s.len, r->out->payload));
}

static enum records_state
take_end(struct records *r, const struct record *h, struct span s)
{
	if (!r->open)
		return RECORDS_BAD;
	r->open = false;
	return went(r->out->end(r->out->payload));
}

static enum records_state
take_gap(struct records *r, const struct record *h, struct span s)
{
	char text[RECORDS_TEXT + 1];
	struct gap gap = { .bytes = h->value };

	if (h->why >= STANCH_GAP_COUNT || !s.len || s.len > RECORDS_TEXT)
		return RECORDS_BAD;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < ' ' || s.ptr[i] > '~')
			return RECORDS_BAD;
		text[i] = (char)s.ptr[i];
	}
	text[s.len] = '\0';
	gap.why = (enum stanch_gap)h->why;
	gap.place = place_of(r);
	gap.detail = r->keep(text, r->payload);
	return went(gap.place && gap.detail &&
		r->out->gap(&gap, r->out->payload));
}

static enum records_state
take_want(struct records *r, const struct record *h, struct span s)
{
	if (!r->may_want)
		return RECORDS_BAD;
	r->may_want = false;
	return RECORDS_WANT;
}

static enum records_state
take_far(struct records *r, const struct record *h, struct span s)
{
	if (!r->may_far || !h->why || h->why > RECORDS_CHUNK)
		return RECORDS_BAD;
	r->far_at = h->value;
	r->far_n = h->why;
	return RECORDS_FAR;
}

static enum records_state
take_ask(struct records *r, const struct record *h, struct span s)
{
	uint64_t last = r->out->brought ? r->out->brought(r->out->payload) : 0;

	if (last > r->last)
		r->last = last;
	return RECORDS_ASK;
}

/* Each byte that it was sent must have become something. */
static enum records_state
take_done(struct records *r, const struct record *h, struct span s)
{
	const struct unwrap_count *c = &r->done.count;

	memcpy(&r->done, s.ptr, sizeof r->done);
	if (r->open && !r->done.nomem)
		return RECORDS_BAD;
	if (!r->done.nomem && (c->bytes != r->bytes || c->raw > c->bytes ||
		c->inside != c->bytes - c->raw))
		return RECORDS_BAD;
	return RECORDS_DONE;
}

static const struct {
	take_fn *take;
	uint32_t most;		/* bytes */
} kinds[] = {
	[RECORD_PLACE] = { take_place, RECORDS_CHUNK },
	[RECORD_BEGIN] = { take_begin, 0 },
	[RECORD_BYTES] = { take_bytes, RECORDS_CHUNK },
	[RECORD_END] = { take_end, 0 },
	[RECORD_GAP] = { take_gap, RECORDS_TEXT },
	[RECORD_WANT] = { take_want, 0 },
	[RECORD_FAR] = { take_far, 0 },
	[RECORD_ASK] = { take_ask, 0 },
	[RECORD_DONE] = { take_done, sizeof(struct records_done) },
};

static enum records_state
take(struct records *r, const struct record *h, struct span s)
{
	enum records_state state;

	if (r->out->turn)
		*r->out->turn = r->taken + 1;
	state = kinds[h->kind].take(r, h, s);
	r->taken++;
	if (r->out->news && *r->out->news != r->news) {
		r->news = *r->out->news;
		r->last = r->taken;
	}
	return state;
}

enum records_state
records_take(struct records *r, struct span *s)
{
	enum records_state state = RECORDS_MORE;
	struct record h;

	while (state == RECORDS_MORE && s->len >= sizeof h) {
		memcpy(&h, s->ptr, sizeof h);
		if (h.kind >= sizeof kinds / sizeof *kinds ||
			h.n > kinds[h.kind].most ||
			(h.kind == RECORD_DONE && h.n != sizeof r->done))
			return RECORDS_BAD;
		if (s->len - sizeof h < h.n)
			break;
		state = take(r, &h, span_of(s->ptr + sizeof h, h.n));
		*s = span_skip(*s, sizeof h + h.n);
	}
	return state;
}
