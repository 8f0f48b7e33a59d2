/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane_given.c - known values in a lane: they are searched for by themselves
 * (known/known.h), and are matches like any other from then on.  What lies in
 * an open block waits until it is known where that ends.
 */
#include "scan/feed.h"

static void
emit(struct feed *f, const struct known_match *v)
{
	struct lane *l = f->lane;
	struct span value = known_bytes(l->values, v->value);
	struct lane_match m = { .start = v->start, .end = v->end,
		.secret_start = v->start, .secret_end = v->end,
		.match = value, .secret = value };

	m.rule = (uint32_t)engine_rules(l->engine)->n + v->value;
	feed_emit(f, &m);
}

/* One that has just been added is looked for in all that is here. */
static bool
is_new(const struct lane *l, const struct known_match *m)
{
	return m->start >= l->given_from || m->value >= l->given_known;
}

/* Emits what is decided; returns where what is not begins. */
static uint64_t
emit_all(struct feed *f, uint64_t safe)
{
	struct lane *l = f->lane;
	uint64_t sure = l->open ? l->block.sure : UINT64_MAX;

	safe = least(safe, sure);
	for (size_t i = 0; i < l->given.n && f->result == STANCH_OK; i++) {
		const struct known_match *m = &l->given.v[i];

		if (m->end > sure)
			return least(safe, m->start);
		if (m->start < safe && is_new(l, m))
			emit(f, m);
	}
	return safe;
}

void
feed_given(struct feed *f)
{
	struct lane *l = f->lane;
	size_t n = known_count(l->values);
	uint64_t from = n == l->given_known ? l->given_from : f->base, safe;

	if (!known_find(l->values, f->data, f->base, from, f->final,
		&l->given, &safe)) {
		f->result = STANCH_ENOMEM;
		return;
	}
	safe = emit_all(f, safe);
	l->given_from = safe > l->given_from ? safe : l->given_from;
	l->given_known = n;
	l->safe = least(l->safe, safe);
	l->keep = least(l->keep, less(safe, KNOWN_CONTEXT));
}
