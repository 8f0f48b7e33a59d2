/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view_hex.c - text in hex: runs of LONGHEX_MIN or more pairs of digits that
 * each stand for a byte of text, one behind the other or with the same byte
 * between each two, in lines of any width that is no less.
 *
 * A run begins with its first pair: of digits in a row, both those that begin
 * at even and those that begin at odd places are tried, and what begins first
 * is a run.  Bytes that are no text end it, so hashes and images hold none.
 */
#include <stdlib.h>

#include "base/codec.h"
#include "scan/longhex.h"
#include "scan/view.h"

enum {
	INDENT_MOST = 32	/* blanks before a line */
};

enum step { STEP_ON, STEP_WAIT, STEP_FULL, STEP_ENDED, STEP_NOMEM };

/* What may stand between two pairs; NUL: nothing. */
static const uint8_t between[] = { 0, ':', ' ', '-' };

enum { SHAPES = sizeof between, UNIT_MOST = 3 };

struct hex {
	struct view v;
	uint64_t at;		/* no run begins before it */
	uint8_t between;	/* ... the pairs of this run */
};

/* The bytes of one take. */
struct input {
	struct span data;
	uint64_t base, end;
	bool final;
};

static struct span
rest(const struct input *in, uint64_t at)
{
	return span_skip(in->data, (size_t)(at - in->base));
}

/* ---- pairs ---- */

/* The byte of a pair; -1: it is no text; -2: not all of it is here. */
static int
pair(struct span s)
{
	int high = s.len ? codec_hex_value(s.ptr[0]) : 2, low;

	if (high != 0 && (high < 2 || high > 7))
		return -1;
	if (s.len < 2)
		return -2;
	low = codec_hex_value(s.ptr[1]);
	return low >= 0 && view_is_text((uint8_t)(high << 4 | low)) ?
		high << 4 | low : -1;
}

/* ... behind the one before; takes: with what stands between. */
static int
next_pair(struct span s, uint8_t sep, size_t *takes)
{
	*takes = sep ? 3 : 2;
	if (!sep)
		return pair(s);
	if (s.len && s.ptr[0] != sep)
		return -1;
	return pair(span_skip(s, 1));
}

/*
 * Pairs from the beginning of s on, LONGHEX_MIN at most; more: all of s is of
 * them, and what follows may be, too.
 */
static size_t
count_pairs(struct span s, uint8_t sep, bool *more)
{
	size_t n = 0, takes = 2;
	int c = pair(s);

	while (c >= 0 && ++n < LONGHEX_MIN) {
		s = span_skip(s, takes);
		c = next_pair(s, sep, &takes);
	}
	*more = c == -2;
	return n;
}

/* Where the pairs begin of which one is at `at`, not before `floor`. */
static uint64_t
first_pair(const struct input *in, uint64_t at, uint64_t floor, uint8_t sep)
{
	size_t step = sep ? 3 : 2;

	while (at >= floor + step && pair(rest(in, at - step)) >= 0 &&
		(!sep || *rest(in, at - 1).ptr == sep))
		at -= step;
	return at;
}

/* No run, and nothing that may become one, has it. */
static bool
parts(uint8_t c)
{
	return codec_hex_value(c) < 0 && !memchr(between, c, sizeof between) &&
		c != '\t' && c != '\r' && c != '\n';
}

/* ---- runs ---- */

/* Whether a run begins in the pairs near `at`: the first of them. */
static bool
run_near(struct hex *h, const struct input *in, uint64_t at, bool *unsure)
{
	uint64_t best = UINT64_MAX;
	bool more;

	for (size_t i = 0; i < SHAPES; i++)
		for (uint64_t k = at; k < at + 2 && k < in->end; k++) {
			uint64_t from;

			if (pair(rest(in, k)) < 0)
				continue;
			from = first_pair(in, k, h->at, between[i]);
			if (from >= best)
				continue;
			if (count_pairs(rest(in, from), between[i], &more) ==
				LONGHEX_MIN) {
				best = from;
				h->between = between[i];
			} else if (more && !in->final) {
				*unsure = true;
			}
		}
	h->v.pos = best;
	return best != UINT64_MAX;
}

/* The first byte from h->at on that may be of a run, by what is to come. */
static uint64_t
loose_end(const struct hex *h, const struct input *in)
{
	uint64_t most = LONGHEX_MIN * UNIT_MOST, at = h->at;
	bool more = false;

	if (in->final || (in->data.len &&
		parts(in->data.ptr[in->data.len - 1])))
		return in->end;
	if (in->end - at > most)
		at = in->end - most;
	for (; at < in->end; at++)
		for (size_t i = 0; i < SHAPES && !more; i++) {
			count_pairs(rest(in, at), between[i], &more);
			if (more)
				return at;
		}
	return at;
}

/* Goes to the next run; false: there is none yet. */
static bool
next_run(struct hex *h, const struct input *in)
{
	bool unsure = false;

	while (h->at < in->end && !unsure) {
		struct span s = rest(in, h->at);
		size_t n = longhex_find(s);

		if (n == s.len)
			break;
		if (run_near(h, in, h->at + n, &unsure)) {
			h->v.active = true;
			return true;
		}
		if (!unsure)
			h->at += n + 1;
	}
	h->at = loose_end(h, in);
	h->v.pos = h->v.held = h->at;
	return false;
}

/* A line end, and what indents the next line; 0: there is none. */
static size_t
line_end(struct span s)
{
	size_t n = s.len && s.ptr[0] == '\r', most;

	if (n == s.len || s.ptr[n] != '\n')
		return n && n == s.len ? n : 0;
	for (most = ++n + INDENT_MOST; n < most && n < s.len &&
		(s.ptr[n] == ' ' || s.ptr[n] == '\t'); n++)
		;
	return n;
}

/* The next pair, or the end. */
static enum step
take_pair(struct hex *h, const struct input *in)
{
	struct view *v = &h->v;
	struct span s = rest(in, v->pos);
	size_t skip = 0, takes = 2;
	int c = v->base + v->text.len ? next_pair(s, h->between, &takes) :
		pair(s);

	if (c == -1) {
		skip = line_end(s);
		c = skip ? pair(span_skip(s, skip)) : c;
		takes = 2;
	}
	if (c < 0)
		return c == -1 || in->final ? STEP_ENDED : STEP_WAIT;
	v->pos += skip + takes;
	return view_put(v, (uint8_t)c, v->pos - 2, v->pos) ? STEP_ON :
		STEP_NOMEM;
}

static enum step
extend(struct hex *h, const struct input *in)
{
	size_t full = h->v.text.len + VIEW_STEP;
	enum step step = STEP_ON;

	while (step == STEP_ON && h->v.pos < in->end)
		step = h->v.text.len >= full ? STEP_FULL : take_pair(h, in);
	if (step == STEP_ON)
		step = in->final ? STEP_ENDED : STEP_WAIT;
	return step;
}

static enum view_event
take(struct view *v, struct span data, uint64_t base, bool final)
{
	struct hex *h = (struct hex *)v;
	struct input in = { data, base, base + data.len, final };
	enum step step;

	if (!v->active) {
		view_clear(v);
		if (h->at < v->pos)	/* the caller knows of no run there */
			h->at = v->pos;
		if (!next_run(h, &in))
			return VIEW_NONE;
	}
	step = extend(h, &in);
	v->held = h->at = v->pos;
	switch (step) {
	case STEP_ON:
	case STEP_WAIT:
		return VIEW_NONE;
	case STEP_FULL:
		return VIEW_FULL;
	case STEP_NOMEM:
		return VIEW_NOMEM;
	case STEP_ENDED:
		break;
	}
	v->active = false;
	return VIEW_RUN_ENDED;
}

/* ---- as a kind of view ---- */

static struct view *
make(unsigned which)
{
	struct hex *h = calloc(1, sizeof *h);

	if (!h)
		return NULL;
	buf_init(&h->v.text, VIEW_MAX);
	buf_init(&h->v.map, VIEW_MAX * sizeof(struct view_from));
	return &h->v;
}

static void
begin(struct view *v)
{
	view_clear(v);
	v->active = false;
	v->pos = v->held = ((struct hex *)v)->at = 0;
}

const struct view_kind view_hex = {
	.decodes = STANCH_DECODE_HEX,
	.make = make, .take = take, .begin = begin, .parts = parts,
};
