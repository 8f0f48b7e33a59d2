/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.c - the lanes of a place together: matches to findings, findings to
 * covers in order.  Windows are lane.c's, who wins is choose.c's, whether it
 * is a secret the judge's.
 */
#include "scan/scanner.h"

#include <stdlib.h>

#include "base/error.h"
#include "scan/choose.h"
#include "scan/lane.h"
#include "scan/lines.h"
#include "scan/wide.h"

enum { VIEW_MAX = 4 * 1024 * 1024 };	/* of the UTF-16 view at a time */

struct scanner {
	const struct stanch_engine *engine;
	struct engine_worker *worker;
	struct judge *judge;
	struct stanch_scan_options opt;
	bool count_lines;
	scan_cover_fn *on_cover;
	void *payload;
	const char *place;
	bool *enabled;			/* by rule, at this place */
	uint32_t *ordinals;		/* by rule: findings so far */
	struct lane raw, wide_lane;
	struct wide wide;
	bool wide_used;
	bool wide_open;			/* a block is open in the wide lane: */
	uint64_t wide_open_start;	/* where, in the place's bytes */
	struct rivals rivals;
	struct lines lines;
	struct lines_mark open_mark;	/* where the open block began */
	bool open_marked;
	uint64_t block_start, block_end;	/* the last block that ended */
	struct span data;		/* the window of this push */
	uint64_t base;
};

static enum stanch_result on_raw(const struct lane_match *m, void *payload);
static enum stanch_result on_wide(const struct lane_match *m, void *payload);

static bool
allocate(struct scanner *s)
{
	size_t n = engine_rules(s->engine)->n;

	s->enabled = calloc(n, sizeof *s->enabled);
	s->ordinals = calloc(n, sizeof *s->ordinals);
	wide_init(&s->wide, VIEW_MAX);
	if (s->enabled)
		memset(s->enabled, true, n);
	return s->enabled && s->ordinals;
}

enum stanch_result
scanner_new(struct scanner **out, const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, bool lines,
	scan_cover_fn *on_cover, void *payload, struct stanch_error *err)
{
	struct scanner *s = calloc(1, sizeof *s);
	enum stanch_result r;

	if (!s)
		return error_nomem(err);
	s->engine = engine;
	s->opt = *opt;
	s->count_lines = lines;
	s->on_cover = on_cover;
	s->payload = payload;
	r = judge_new(&s->judge, engine_rules(engine), err);
	if (r == STANCH_OK)
		r = engine_worker_new(&s->worker, engine, err);
	if (r == STANCH_OK && !allocate(s))
		r = error_nomem(err);
	if (r == STANCH_OK)
		r = lane_init(&s->raw, engine, s->judge, s->worker,
			s->enabled, on_raw, s, err);
	if (r == STANCH_OK)
		r = lane_init(&s->wide_lane, engine, s->judge, s->worker,
			s->enabled, on_wide, s, err);
	if (r != STANCH_OK) {
		scanner_free(s);
		return r;
	}
	scanner_begin(s, "");
	*out = s;
	return STANCH_OK;
}

void
scanner_free(struct scanner *s)
{
	if (!s)
		return;
	lane_free(&s->raw);
	lane_free(&s->wide_lane);
	wide_free(&s->wide);
	rivals_free(&s->rivals);
	engine_worker_free(s->worker);
	judge_free(s->judge);
	free(s->enabled);
	free(s->ordinals);
	free(s);
}

static void
enable_rules(struct scanner *s, const char *place)
{
	const struct stanch_rules *rules = engine_rules(s->engine);

	for (size_t i = 0; i < rules->n; i++)
		s->enabled[i] = judge_place(s->judge, &rules->rules[i], place,
			engine_worker_re(s->worker));
}

void
scanner_begin(struct scanner *s, const char *place)
{
	s->place = place;
	enable_rules(s, place);
	memset(s->ordinals, 0,
		engine_rules(s->engine)->n * sizeof *s->ordinals);
	lane_begin(&s->raw, 0);
	if (s->wide_used)
		wide_begin(&s->wide, 0);
	s->wide_used = false;
	s->wide.pos = s->wide.held = 0;
	s->open_marked = s->wide_open = false;
	s->block_start = s->block_end = 0;
	rivals_drop(&s->rivals, s->rivals.n);
	lines_begin(&s->lines);
}

/* ---- matches to findings ---- */

static bool
judge_match(struct scanner *s, const struct lane_match *m,
	struct stanch_finding *f)
{
	struct judge_case c = { .rule = f->rule, .secret = m->secret,
		.match = m->match, .before = m->before, .line = m->line,
		.place = s->place };
	struct judgement out = { 0 };

	if (m->undecided) {
		out.keep = true;
		out.severity = f->rule->impact;
		out.confidence = STANCH_CONTEXTUAL;
		judgement_reason(&out, "the match limit was hit here: "
			"taken for a secret to be safe");
	} else {
		judge(s->judge, &c, engine_worker_re(s->worker), &out);
	}
	if (!out.keep || out.confidence < s->opt.least)
		return false;
	f->confidence = out.confidence;
	f->severity = out.severity;
	f->nreasons = out.nreasons;
	memcpy(f->reasons, out.reasons, sizeof f->reasons);
	return true;
}

static bool
keep_secret(struct stanch_finding *f, struct span secret)
{
	size_t n = secret.len < FINDING_SECRET ? secret.len : FINDING_SECRET;
	uint8_t *copy = malloc(n ? n : 1);

	if (!copy)
		return false;
	memcpy(copy, secret.ptr, n);
	f->secret = span_of(copy, n);
	return true;
}

static void
set_line(struct scanner *s, struct stanch_finding *f)
{
	struct lines_mark m;

	if (!s->count_lines)
		return;
	m = s->open_marked && f->start == s->open_mark.pos ? s->open_mark :
		lines_at(&s->lines, s->data, s->base, f->start);
	f->line = m.line;
	f->column = f->start - m.line_start + 1;
}

/*
 * m is a secret at [start, end) of the place, if the judge says so.  A block
 * outranks all it overlaps: redact masks it before its end is known.
 */
static enum stanch_result
on_match(struct scanner *s, const struct lane_match *m, uint64_t start,
	uint64_t end, uint8_t wide)
{
	struct rival r = { .wide = wide };
	struct stanch_finding *f = &r.f;
	bool block;

	f->rule = &engine_rules(s->engine)->rules[m->rule];
	f->place = s->place;
	f->start = start;
	f->end = end;
	block = f->rule->block != RULE_BLOCK_NONE;
	if (!block && start < s->block_end && end > s->block_start)
		return STANCH_OK;
	r.quiet = !judge_match(s, m, f);
	if (r.quiet && !block)
		return STANCH_OK;
	if (block) {
		rivals_oust(&s->rivals, start, end);
		s->block_start = start;
		s->block_end = end;
	}
	set_line(s, f);
	finding_preview(f, m->secret, m->secret_end - m->secret_start);
	if (s->opt.key)
		finding_fingerprint(f, m->secret, 0,
			span_of(s->opt.key, s->opt.key_len));
	if (s->opt.show_secrets && !keep_secret(f, m->secret))
		return STANCH_ENOMEM;
	return rivals_add(&s->rivals, &r) ? STANCH_OK : STANCH_ENOMEM;
}

/* Whether the match lies in the lane's open block, at least in part. */
static bool
is_claimed(const struct lane *l, const struct lane_match *m)
{
	return l->open && m->rule != l->open_rule &&
		m->secret_end > l->open_start;
}

static enum stanch_result
on_raw(const struct lane_match *m, void *payload)
{
	struct scanner *s = payload;

	return is_claimed(&s->raw, m) ? STANCH_OK :
		on_match(s, m, m->secret_start, m->secret_end, 0);
}

/* Where the character at a view offset begins in the place's bytes. */
static uint64_t
wide_place(const struct scanner *s, uint64_t view)
{
	const struct wide_run *run = wide_find(&s->wide, view);

	return wide_source(&s->wide, view) - (run && run->big);
}

static enum stanch_result
on_wide(const struct lane_match *m, void *payload)
{
	struct scanner *s = payload;
	const struct wide_run *run = wide_find(&s->wide, m->secret_end - 1);
	bool big = run && run->big;
	uint64_t start = s->wide_open && m->secret_start ==
		s->wide_lane.open_start ? s->wide_open_start :
		wide_place(s, m->secret_start);
	uint64_t end = wide_source(&s->wide, m->secret_end - 1) + 2 - big;

	return is_claimed(&s->wide_lane, m) ? STANCH_OK :
		on_match(s, m, start, end, big ? 2 : 1);
}

/* ---- findings to covers ---- */

static enum stanch_result
deliver(struct scanner *s, const struct rival *r, uint64_t start,
	uint64_t end)
{
	struct scan_cover c = { .start = start, .end = end, .wide = r->wide,
		.quiet = r->quiet, .finding = &r->f };
	uint32_t rule = (uint32_t)(r->f.rule - engine_rules(s->engine)->rules);
	struct stanch_finding f;

	if (s->opt.key || r->quiet)
		return s->on_cover(&c, s->payload);
	f = r->f;
	finding_fingerprint(&f, span_of(NULL, 0), s->ordinals[rule]++,
		span_of(NULL, 0));
	c.finding = &f;
	return s->on_cover(&c, s->payload);
}

/* The first n rivals overlap: their winners share the group's bytes. */
static enum stanch_result
deliver_group(struct scanner *s, size_t n)
{
	const struct rival *v = s->rivals.v, *winner = NULL;
	uint64_t from = v[0].f.start, end = v[0].f.end;
	enum stanch_result r = STANCH_OK;

	rivals_judge(&s->rivals, n);
	for (size_t i = 0; i < n; i++)
		end = v[i].f.end > end ? v[i].f.end : end;
	for (size_t i = 0; i < n && r == STANCH_OK; i++) {
		if (v[i].state != RIVAL_WINS)
			continue;
		if (winner) {
			r = deliver(s, winner, from, v[i].f.start);
			from = v[i].f.start;
		}
		winner = &v[i];
	}
	if (winner && r == STANCH_OK)
		r = deliver(s, winner, from, end);
	rivals_drop(&s->rivals, n);
	return r;
}

/* ---- the push ---- */

static enum stanch_result
push_wide(struct scanner *s, bool final)
{
	struct lane *l = &s->wide_lane;
	enum stanch_result r;

	if (!wide_take(&s->wide, s->data, s->base, final))
		return STANCH_ENOMEM;
	if (!s->wide_used && !s->wide.view.len)
		return STANCH_OK;
	if (!s->wide_used)
		lane_begin(l, 0);
	s->wide_used = true;
	r = lane_feed(l, buf_span(&s->wide.view), s->wide.view_base, final);
	/* Its run may be forgotten before the block ends. */
	if (l->open && !s->wide_open)
		s->wide_open_start = wide_place(s, l->open_start);
	s->wide_open = l->open;
	return r;
}

/* No secret in UTF-16 to come begins before this offset. */
static uint64_t
wide_safe(const struct scanner *s)
{
	const struct lane *l = &s->wide_lane;
	uint64_t held = s->wide.held, safe;

	if (!s->wide_used || l->safe >= s->wide.view_base + s->wide.view.len)
		return held;
	safe = s->wide_open ? s->wide_open_start : wide_place(s, l->safe);
	return safe < held ? safe : held;
}

/* No match to come begins before this offset. */
static uint64_t
lanes_safe(const struct scanner *s)
{
	uint64_t wide = wide_safe(s);

	return s->raw.safe < wide ? s->raw.safe : wide;
}

uint64_t
scanner_safe(const struct scanner *s)
{
	uint64_t safe = lanes_safe(s);

	return s->rivals.n && s->rivals.v[0].f.start < safe ?
		s->rivals.v[0].f.start : safe;
}

uint64_t
scanner_keep(const struct scanner *s)
{
	uint64_t wide = s->wide.pos ? s->wide.pos - 1 : 0;

	return s->raw.keep < wide ? s->raw.keep : wide;
}

bool
scanner_open(const struct scanner *s, struct scan_open *open)
{
	const struct lane *l = s->raw.open ? &s->raw : &s->wide_lane;

	if (!s->raw.open && !s->wide_open)
		return false;
	open->wide = s->raw.open ? 0 : 1;
	open->start = s->raw.open ? l->open_start : s->wide_open_start;
	open->sure = s->raw.open ? l->block.sure :
		wide_place(s, l->block.sure);
	open->rule = &engine_rules(s->engine)->rules[l->open_rule];
	return true;
}

/* Counts the lines of what will not be seen again. */
static void
advance_lines(struct scanner *s)
{
	uint64_t safe = lanes_safe(s), end = s->base + s->data.len;
	struct scan_open open;
	bool is_open = scanner_open(s, &open);

	if (is_open && !s->open_marked)
		s->open_mark = lines_at(&s->lines, s->data, s->base,
			open.start);
	s->open_marked = is_open;
	if (is_open && safe == open.start)
		safe = open.sure;
	lines_advance(&s->lines, s->data, s->base, safe < end ? safe : end);
}

enum stanch_result
scanner_push(struct scanner *s, struct span data, uint64_t base, bool final)
{
	struct scan_open open;
	enum stanch_result r;
	size_t n;

	s->data = data;
	s->base = base;
	r = lane_feed(&s->raw, data, base, final);
	if (r == STANCH_OK)
		r = push_wide(s, final);
	if (scanner_open(s, &open))
		rivals_oust(&s->rivals, open.start, UINT64_MAX);
	while (r == STANCH_OK && (n = rivals_group(&s->rivals,
		final ? UINT64_MAX : lanes_safe(s))))
		r = deliver_group(s, n);
	if (r == STANCH_OK && s->count_lines)
		advance_lines(s);
	if (s->wide_used)
		wide_drop(&s->wide, s->wide_lane.keep);
	return r;
}
