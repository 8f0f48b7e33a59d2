/* SPDX-License-Identifier: Apache-2.0 */
/*
 * give.c - what a filter gives out of its buffer: clean bytes, and what stands
 * in for those that are covered.  What is certain, and when, is filter.c's.
 */
#include <stdlib.h>

#include "redact/filter_private.h"

/*
 * The first byte to mask.  The NUL that a big-endian run begins with may be
 * out already when the run is seen to be one, so it always stays.
 */
static uint64_t
first(uint64_t start, uint8_t wide)
{
	return start + (wide == 2);
}

/* ---- covers ---- */

static bool
covers_room(struct covers *cs)
{
	size_t cap = cs->cap ? cs->cap * 2 : 64;
	struct cover *v;

	if (cs->next == cs->n)
		cs->next = cs->n = 0;
	if (cs->n < cs->cap)
		return true;
	v = realloc(cs->v, cap * sizeof *v);
	if (!v)
		return false;
	cs->v = v;
	cs->cap = cap;
	return true;
}

/*
 * They come in order, but for those of a value that was not known when what
 * is held came in.
 */
static struct cover *
place_for(struct covers *cs, uint64_t start)
{
	size_t i = cs->n++;

	for (; i > cs->next && cs->v[i - 1].start > start; i--)
		cs->v[i] = cs->v[i - 1];
	return &cs->v[i];
}

bool
covers_put(struct covers *cs, const struct cover *c)
{
	if (!covers_room(cs))
		return false;
	*place_for(cs, c->start) = *c;
	return true;
}

bool
covers_add(struct covers *cs, const struct scan_cover *c, bool keyed)
{
	struct cover to = { first(c->start, c->wide), c->end,
		c->finding->rule, c->wide, "", "" };

	memcpy(to.hash, c->finding->pseudonym, sizeof to.hash);
	if (keyed)
		memcpy(to.fingerprint, c->finding->fingerprint,
			sizeof to.fingerprint);
	return covers_put(cs, &to);
}

void
covers_free(struct covers *cs)
{
	free(cs->v);
	*cs = (struct covers){ .n = 0 };
}

/* ---- giving out ---- */

bool
give_bytes(struct stanch_filter *f, const void *data, size_t len)
{
	bool ok;

	if (!len)
		return true;
	f->stats.bytes_out += len;
	ok = f->neutral.on ? neutral_give(&f->neutral, &f->standin,
		span_of(data, len), f->on_output, f->payload) :
		f->on_output(data, len, f->payload);
	joint_note(&f->standin.joint, data, len);
	return ok;
}

bool
give_clean(struct stanch_filter *f, uint64_t to)
{
	const uint8_t *p = f->buffer + (f->out - f->base);
	size_t n;

	if (to <= f->out)
		return true;
	n = (size_t)(to - f->out);
	f->out = to;
	return give_bytes(f, p, n);
}

/* Drops the bytes up to `to`, or gives out what fills their place. */
static bool
mask(struct stanch_filter *f, uint64_t to)
{
	const struct masking *m = &f->masking;
	struct span fill = { NULL, 0 };

	if (to <= f->out)
		return true;
	if (f->standin.fill && !standin_fill(&f->standin,
		span_of(f->buffer + (f->out - f->base), (size_t)(to - f->out)),
		m->wide, (f->out - m->first) & 1, m->json, &fill))
		return false;
	f->stats.bytes_masked += to - f->out;
	f->out = to;
	return give_bytes(f, fill.ptr, fill.len);
}

/*
 * The tag of what was masked until now.  c->hash counts only when the tag may
 * tell of it.
 */
static bool
give_tag(struct stanch_filter *f, const struct cover *c, bool json)
{
	const struct masking *m = &f->masking;
	struct tag_facts facts = { c->rule, c->hash, f->out - m->first };
	struct stanch_redaction r = { c->rule, m->first, f->out,
		m->at, NULL, (size_t)(f->stats.bytes_out - m->at),
		c->fingerprint };
	struct span tag = { NULL, 0 };

	f->masking.tagged = true;
	if (!f->standin.fill) {
		if (!standin_tag(&f->standin, &facts, c->wide, json, &tag))
			return false;
		r.tag = tag.ptr;
		r.len = tag.len;
	}
	if (f->on_redaction && !f->on_redaction(&r, f->payload))
		return false;
	return give_bytes(f, tag.ptr, tag.len);
}

static void
begin_mask(struct stanch_filter *f, uint64_t start, uint8_t wide)
{
	f->masking = (struct masking){ .on = true, .wide = wide,
		.start = start, .first = f->out, .at = f->stats.bytes_out };
}

bool
give_masked(struct stanch_filter *f, const struct cover *c, uint64_t to,
	bool json)
{
	bool ok;

	begin_mask(f, c->start, c->wide);
	f->masking.json = json;
	ok = mask(f, to) && give_tag(f, c, json);
	f->masking.on = false;
	return ok;
}

static bool
give_cover(struct stanch_filter *f, const struct cover *c, uint64_t to)
{
	if (c->end <= f->out && !f->masking.on)
		return true;	/* lies in what is masked already */
	if (!give_clean(f, c->start))
		return false;
	if (!f->masking.on)
		begin_mask(f, c->start, c->wide);
	if (!mask(f, c->end < to ? c->end : to))
		return false;
	if (c->end > to)
		return true;
	f->masking.on = false;
	return f->masking.tagged || give_tag(f, c, false);
}

/* Of a secret that goes on: its tag when that can be known, then nothing. */
static bool
give_open(struct stanch_filter *f, uint64_t to)
{
	const struct scan_open *open = &f->open;
	struct cover c = { .rule = open->rule, .wide = open->wide };

	if (!f->masking.on) {
		if (open->sure <= f->out)
			return true;	/* all of it was in a line of JSON */
		if (!give_clean(f, first(open->start, open->wide)))
			return false;
		begin_mask(f, open->start, open->wide);
		if (!f->late && !f->standin.fill && !give_tag(f, &c, false))
			return false;
	}
	/* Another one: the cover of the first is still to come. */
	return f->masking.start != open->start ||
		mask(f, open->sure < to ? open->sure : to);
}

bool
give_text(struct stanch_filter *f, uint64_t to)
{
	struct covers *cs = &f->covers;

	for (; cs->next < cs->n && cs->v[cs->next].start < to; cs->next++) {
		if (!give_cover(f, &cs->v[cs->next], to))
			return false;
		if (cs->v[cs->next].end > to)
			return true;
	}
	if (f->is_open && first(f->open.start, f->open.wide) < to)
		return give_open(f, to);
	return give_clean(f, to);
}

bool
give_pending_tag(struct stanch_filter *f, uint64_t before)
{
	const struct covers *cs = &f->covers;
	struct cover c = { .rule = f->open.rule, .wide = f->open.wide };

	if (!f->masking.on || f->masking.tagged)
		return true;
	if (cs->next < cs->n)
		c = cs->v[cs->next];
	/* Of one that goes on nothing is known, or might not be. */
	if (cs->next == cs->n || c.end >= before)
		c.hash[0] = c.fingerprint[0] = '\0';
	return give_tag(f, &c, false);
}

/* All before it is covered by what is known to be, or by nothing. */
static uint64_t
decided(const struct stanch_filter *f, bool final)
{
	const struct covers *cs = &f->covers;
	uint64_t end = f->base + f->len;
	uint64_t safe = final ? end : scanner_safe(f->scanner);

	safe = safe < end ? safe : end;
	if (cs->next < cs->n && cs->v[cs->n - 1].end > safe)
		safe = cs->v[cs->n - 1].end;
	if (!f->is_open || (safe < f->open.start && !f->masking.on))
		return safe;
	safe = first(f->open.start, f->open.wide);
	return f->open.sure > safe ? f->open.sure : safe;
}

bool
give_all(struct stanch_filter *f, bool final)
{
	uint64_t to;

	f->is_open = !final && scanner_open(f->scanner, &f->open);
	to = decided(f, final);
	if (f->in_band.systems && !command_settle(f, &to))
		return false;
	return (f->json ? json_lines_give(f, to, final) : give_text(f, to)) &&
		(!final || neutral_end(&f->neutral, &f->standin, f->on_output,
		f->payload));
}
