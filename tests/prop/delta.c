/* SPDX-License-Identifier: Apache-2.0 */
/*
 * delta.c - objects made of each other by copies and new bytes, as git's
 * deltas do: what is found when only new bytes are looked at is what a scan
 * of all bytes finds.
 */
#include <string.h>

#include "base/kin.h"
#include "prop.h"
#include "scan/object.h"

enum { DEEP = 4, COPIES = 64 };

void
make_long(struct buf *out, const struct stanch_rules *rules, struct rng *r)
{
	for (size_t n = 1 + rng_below(r, 8); n--; )
		make_input(out, rules, r);
}

/* An object in the making. */
struct maker {
	struct world *world;
	struct rng *rng;
	const struct got *base;		/* what was found in it */
	struct span from;
	struct buf *to;
	struct kin_copy copies[COPIES];
	size_t n;
};

/* Any offset of the base; secrets' edges and insides more often. */
static size_t
some_place(const struct maker *m)
{
	size_t n = got_count(m->base), at = rng_below(m->rng, m->from.len + 1);

	if (n && !rng_once_in(m->rng, 3)) {
		const struct found *f = got_at(m->base,
			rng_below(m->rng, n));

		at = rng_once_in(m->rng, 2) ? f->start : f->end;
		at += rng_below(m->rng, rng_once_in(m->rng, 4) ? 600 : 9);
		at -= at < 4 ? at : 4;
	}
	return at < m->from.len ? at : m->from.len;
}

static void
copy(struct maker *m, size_t from, size_t end)
{
	struct kin_copy *last = m->n ? &m->copies[m->n - 1] : NULL;

	if (from >= end || !buf_append(m->to, m->from.ptr + from, end - from))
		return;
	if (last && last->from + last->len == from &&
		last->to + last->len == m->to->len - (end - from))
		last->len += end - from;
	else if (m->n < COPIES)
		m->copies[m->n++] = (struct kin_copy){ from,
			m->to->len - (end - from), end - from };
}

static void
bring(struct maker *m)
{
	static const char *const news[] = { "", "x", "\n", " ", "\"",
		" # stanch:allow for the tests\n", "twilio ", "password=",
		"aws_secret_access_key = ", "-----END PRIVATE KEY-----\n",
		"-----BEGIN RSA PRIVATE KEY-----\n", "\xff\xfe", "example",
		"=", "\\n", "/", "AAAA" };
	size_t start, end;

	switch (rng_below(m->rng, 6)) {
	case 0:
		make_example(m->to, m->world->rules, m->rng, &start, &end);
		break;
	case 1:
		make_input(m->to, m->world->rules, m->rng);
		break;
	case 2:
		buf_byte(m->to, (uint8_t)rng_next(m->rng));
		break;
	default:
		buf_str(m->to, news[rng_below(m->rng,
			sizeof news / sizeof *news)]);
	}
}

/* A change in one place, or parts in any order and number. */
static void
change(struct maker *m)
{
	size_t a = some_place(m), b = some_place(m);

	m->to->len = m->n = 0;
	if (!rng_once_in(m->rng, 3)) {
		if (rng_once_in(m->rng, 2))
			b = a;
		copy(m, 0, a < b ? a : b);
		bring(m);
		copy(m, a < b ? b : a, m->from.len);
		return;
	}
	for (size_t n = 1 + rng_below(m->rng, 6); n--; ) {
		copy(m, some_place(m), some_place(m));
		if (rng_once_in(m->rng, 2))
			bring(m);
	}
}

struct scans {
	struct stanch_scanner *whole, *part;
	struct got of_whole, of_part;
};

static bool
same(struct world *w, struct scans *s, struct span data,
	const struct kin *kin)
{
	enum stanch_result r = scan_object(s->part, "", data, kin);

	got_forget(&s->of_whole);
	if (r == STANCH_OK)
		r = stanch_scanner_begin(s->whole, "");
	if (r == STANCH_OK)
		r = stanch_scanner_feed(s->whole, data.ptr, data.len);
	if (r == STANCH_OK)
		r = stanch_scanner_finish(s->whole);
	if (r != STANCH_OK)
		return fails(w, "%s", stanch_result_text(r));
	if (stanch_scanner_let_pass(s->whole) !=
		stanch_scanner_let_pass(s->part))
		return fails(w, "not as many let pass");
	if (span_equal(buf_span(&s->of_whole.text),
		buf_span(&s->of_part.text)) &&
		span_equal(buf_span(&s->of_whole.secrets),
		buf_span(&s->of_part.secrets)))
		return true;
	buf_byte(&s->of_whole.text, 0);
	buf_byte(&s->of_part.text, 0);
	return fails(w, "in a delta of %zu copies, whole:\n%s---\n%s",
		kin->ncopies, (char *)s->of_whole.text.ptr,
		(char *)s->of_part.text.ptr);
}

static void
forget(struct kin_note *note)
{
	if (note->ptr)
		note->free(note->ptr);
	*note = (struct kin_note){ 0 };
}

/* The input, and what is made of it, and of that. */
static bool
chain(struct world *w, struct scans *s, struct span in, struct rng *rng)
{
	struct kin_note notes[2] = { { 0 } };
	struct kin kin = { .own = &notes[0] };
	struct buf objects[2];
	bool ok = same(w, s, in, &kin);

	buf_init(&objects[0], 2 * PROP_INPUT_MAX);
	buf_init(&objects[1], 2 * PROP_INPUT_MAX);
	buf_append(&objects[0], in.ptr, in.len);
	for (size_t i = 1; ok && i <= DEEP; i++) {
		struct maker m = { .world = w, .rng = rng,
			.base = &s->of_part,
			.from = buf_span(&objects[(i - 1) % 2]),
			.to = &objects[i % 2] };

		change(&m);
		kin = (struct kin){ m.copies, m.n, m.from.len,
			&notes[(i - 1) % 2], i < DEEP ? &notes[i % 2] : NULL };
		got_forget(&s->of_part);
		ok = same(w, s, buf_span(m.to), &kin);
		forget(&notes[(i - 1) % 2]);
	}
	forget(&notes[0]);
	forget(&notes[1]);
	buf_free(&objects[0]);
	buf_free(&objects[1]);
	return ok;
}

bool
a_delta_finds_what_its_object_has(struct world *w, struct span in,
	uint64_t seed)
{
	struct scans s;
	struct rng rng;
	bool ok;

	s.whole = drive_open(&s.of_whole, w->engine, STANCH_COMMENTS_OWN);
	s.part = drive_open(&s.of_part, w->engine, STANCH_COMMENTS_OWN);
	rng_seed(&rng, seed);
	ok = s.whole && s.part ? chain(w, &s, in, &rng) :
		fails(w, "no scanner");
	stanch_scanner_free(s.whole);
	stanch_scanner_free(s.part);
	got_free(&s.of_whole);
	got_free(&s.of_part);
	return ok;
}
