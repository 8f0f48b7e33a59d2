/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.c - the lanes of a place together: matches to findings, findings to
 * covers in order.  Windows are lane.c's, who wins is rivals.c's, what becomes
 * of a match match.c's.
 */
#include "scan/scanner_private.h"

#include <stdlib.h>

#include "base/error.h"

enum { VIEW_MAX = 4 * 1024 * 1024 };	/* of the UTF-16 view at a time */

static enum stanch_result on_raw(const struct lane_match *m, void *payload);
static enum stanch_result on_wide(const struct lane_match *m, void *payload);
static void watch(struct scanner *s);

static bool
minds_place(const struct stanch_rules *set, const struct stanch_rule *r)
{
	bool minds = r->path != NULL;

	for (size_t i = 0; i < r->nallows; i++)
		minds |= r->allows[i].paths.n > 0;
	for (size_t i = 0; i < set->nallows; i++)
		minds |= set->allows[i].paths.n > 0;
	return minds;
}

static bool
allocate(struct scanner *s)
{
	const struct stanch_rules *set = engine_rules(s->engine);
	size_t n = set->n;

	s->enabled = calloc(n, sizeof *s->enabled);
	s->ordinals = calloc(n + KNOWN_MOST, sizeof *s->ordinals);
	s->minding = calloc(n, sizeof *s->minding);
	wide_init(&s->wide, VIEW_MAX);
	if (!s->enabled || !s->ordinals || !s->minding)
		return false;
	memset(s->enabled, true, n);
	for (size_t i = 0; i < n; i++)
		if (minds_place(set, &set->rules[i]))
			s->minding[s->nminding++] = (uint32_t)i;
	return true;
}

enum stanch_result
scanner_new(struct scanner **out, const struct stanch_engine *engine,
	const struct stanch_scan_options *opt, unsigned flags,
	scan_cover_fn *on_cover, void *payload, struct stanch_error *err)
{
	struct scanner *s = calloc(1, sizeof *s);
	enum stanch_result r;

	if (!s)
		return error_nomem(err);
	s->engine = engine;
	s->opt = *opt;
	s->count_lines = flags & SCANNER_LINES;
	s->want_safe = flags & SCANNER_SAFE;
	s->want_pseudonym = (flags & SCANNER_PSEUDONYM) && opt->key;
	s->on_cover = on_cover;
	s->payload = payload;
	r = opt->values ? known_refresh(opt->values, err) : STANCH_OK;
	if (r == STANCH_OK)
		r = judge_new(&s->judge, engine_rules(engine), err);
	if (r == STANCH_OK && opt->comments)
		judge_want_lines(s->judge);
	if (r == STANCH_OK)
		r = engine_worker_new(&s->worker, engine, err);
	if (r == STANCH_OK && !allocate(s))
		r = error_nomem(err);
	if (r == STANCH_OK)
		r = lane_init(&s->raw, engine, s->judge, s->worker,
			opt->values, s->enabled, on_raw, s, err);
	if (r == STANCH_OK)
		r = lane_init(&s->wide_lane, engine, s->judge, s->worker,
			opt->values, s->enabled, on_wide, s, err);
	if (r != STANCH_OK) {
		scanner_free(s);
		return r;
	}
	watch(s);
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
	free(s->minding);
	free(s);
}

uint64_t
scanner_let_pass(const struct scanner *s)
{
	return s->let_pass;
}

static void
enable_rules(struct scanner *s, const char *place)
{
	const struct stanch_rules *rules = engine_rules(s->engine);

	for (size_t i = 0; i < s->nminding; i++)
		s->enabled[s->minding[i]] = judge_place(s->judge,
			&rules->rules[s->minding[i]], place,
			engine_worker_re(s->worker));
}

void
scanner_begin(struct scanner *s, const char *place)
{
	s->place = place;
	enable_rules(s, place);
	if (s->found)
		memset(s->ordinals, 0,
			(engine_rules(s->engine)->n + KNOWN_MOST) *
			sizeof *s->ordinals);
	s->found = false;
	s->safe = 0;
	lane_begin(&s->raw);
	wide_begin(&s->wide);
	s->wide_new = true;
	s->raw_mark.set = s->wide_mark.set = false;
	rivals_drop(&s->rivals, s->rivals.n);
	lines_begin(&s->lines);
}

/* ---- matches, in the coordinates of the place ---- */

static void
tell_raw(const struct stanch_step *step, void *payload)
{
	watch_tell(&((struct scanner *)payload)->watch, *step);
}

static void
tell_wide(const struct stanch_step *step, void *payload)
{
	struct scanner *s = payload;
	struct stanch_step there = *step;

	there.start = wide_place(&s->wide, step->start);
	there.end = wide_place(&s->wide, step->end);
	watch_tell(&s->watch, there);
}

/* Steps of the lanes come in their coordinates. */
static void
watch(struct scanner *s)
{
	if (!s->opt.on_step)
		return;
	s->watch.on_step = s->opt.on_step;
	s->watch.payload = s->opt.step_payload;
	s->raw.watch = (struct watch){ .on_step = tell_raw, .payload = s };
	s->wide_lane.watch = (struct watch){ .on_step = tell_wide,
		.payload = s };
	s->rivals.watch = &s->watch;
	engine_worker_want_all(s->worker);
}

/* Whether the match lies in the lane's open block, at least in part. */
static bool
is_claimed(const struct lane *l, const struct lane_match *m)
{
	return l->open && m->rule != l->open_rule &&
		m->secret_start >= l->open_start;
}

static enum stanch_result
on_raw(const struct lane_match *m, void *payload)
{
	struct scanner *s = payload;

	return is_claimed(&s->raw, m) ? STANCH_OK :
		scanner_match(s, m, m->secret_start, m->secret_end, 0);
}

static enum stanch_result
on_wide(const struct lane_match *m, void *payload)
{
	struct scanner *s = payload;

	return is_claimed(&s->wide_lane, m) ? STANCH_OK :
		scanner_match(s, m, wide_place(&s->wide, m->secret_start),
			wide_place(&s->wide, m->secret_end),
			s->wide.big ? 2 : 1);
}

/* ---- findings to covers ---- */

/* Known values have numbers behind those of the rules. */
static uint32_t
number_of(const struct scanner *s, const struct stanch_rule *rule)
{
	const struct stanch_rules *set = engine_rules(s->engine);

	return rule->given ? (uint32_t)set->n + rule->given - 1 :
		(uint32_t)(rule - set->rules);
}

static enum stanch_result
deliver(struct scanner *s, const struct rival *r, uint64_t start,
	uint64_t end)
{
	struct scan_cover c = { .start = start, .end = end, .wide = r->wide,
		.quiet = r->quiet, .finding = &r->f };
	uint32_t rule = number_of(s, r->f.rule);
	struct stanch_finding f;

	if (watched(&s->watch))
		watch_tell(&s->watch, (struct stanch_step){
			.kind = STANCH_STEP_COVER, .outcome = r->quiet ?
			STANCH_FAILED : STANCH_PASSED, .rule = r->f.rule,
			.start = start, .end = end,
			.confidence = r->f.confidence,
			.severity = r->f.severity });
	s->found = true;
	if (s->opt.key || r->quiet)
		return s->on_cover(&c, s->payload);
	f = r->f;
	if (!finding_fingerprint(&f, span_of(NULL, 0), s->ordinals[rule]++,
		span_of(NULL, 0)))
		return STANCH_ENOMEM;
	c.finding = &f;
	return s->on_cover(&c, s->payload);
}

/* The n rivals from v[first] on overlap: their winners share the bytes. */
static enum stanch_result
deliver_group(struct scanner *s, size_t first, size_t n)
{
	const struct rival *v = s->rivals.v + first, *winner = NULL;
	uint64_t from = v[0].f.start, end = v[0].f.end;
	enum stanch_result r = STANCH_OK;

	rivals_judge(&s->rivals, first, n);
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
	return r;
}

/* All groups that nothing to come can join. */
static enum stanch_result
deliver_all(struct scanner *s, uint64_t safe)
{
	struct scan_open open = { 0 };
	enum stanch_result r = STANCH_OK;
	size_t done = 0, n;

	if (!s->rivals.n)
		return STANCH_OK;
	scanner_open(s, &open);
	rivals_sort(&s->rivals, open.start, open.sure);
	while (r == STANCH_OK && (n = rivals_group(&s->rivals, done, safe))) {
		r = deliver_group(s, done, n);
		done += n;
	}
	rivals_drop(&s->rivals, done);
	return r;
}

/* ---- the push ---- */

/* Each run is a place of its own to its lane: nothing crosses its end. */
static enum stanch_result
feed_run(struct scanner *s, bool ended)
{
	enum stanch_result r;

	if (s->wide_new)
		lane_begin(&s->wide_lane);
	r = lane_feed(&s->wide_lane, buf_span(&s->wide.view),
		s->wide.view_base, ended);
	s->wide_new = ended;
	if (!ended)
		wide_drop(&s->wide, s->wide_lane.keep);
	return r;
}

static enum stanch_result
push_wide(struct scanner *s, bool final)
{
	enum stanch_result r = STANCH_OK;
	enum wide_event e = WIDE_RUN_ENDED;

	while (r == STANCH_OK && e == WIDE_RUN_ENDED) {
		e = wide_take(&s->wide, s->data, s->base, final);
		if (e == WIDE_NOMEM)
			return STANCH_ENOMEM;
		if (e == WIDE_RUN_ENDED || s->wide.active)
			r = feed_run(s, e == WIDE_RUN_ENDED);
	}
	return r;
}

/* No secret in UTF-16 to come begins before this offset. */
static uint64_t
wide_safe(const struct scanner *s)
{
	uint64_t held = s->wide.held, safe;

	if (!s->wide.active)
		return held;
	safe = lane_safe(&s->wide_lane, buf_span(&s->wide.view),
		s->wide.view_base);
	if (safe >= s->wide_lane.scanned)
		return held;
	safe = wide_place(&s->wide, safe);
	return safe < held ? safe : held;
}

/* No match to come begins before this offset. */
static uint64_t
lanes_safe(const struct scanner *s)
{
	uint64_t wide = wide_safe(s);
	uint64_t raw = lane_safe(&s->raw, s->data, s->base);

	return raw < wide ? raw : wide;
}

uint64_t
scanner_safe(const struct scanner *s)
{
	return s->rivals.n && s->rivals.v[0].f.start < s->safe ?
		s->rivals.v[0].f.start : s->safe;
}

uint64_t
scanner_keep(const struct scanner *s)
{
	uint64_t keep = s->wide.pos ? s->wide.pos - 1 : 0, line;

	if (s->raw.keep < keep)
		keep = s->raw.keep;
	if (!s->count_lines || !s->wide.active)
		return keep;
	/* The view has its own bytes, but lines are counted in these. */
	line = s->wide_lane.open ? s->wide_lane.block.sure :
		s->wide_lane.safe;
	line = wide_place(&s->wide, line < s->wide_lane.keep ? line :
		s->wide_lane.keep);
	return line < keep ? line : keep;
}

bool
scanner_open(const struct scanner *s, struct scan_open *open)
{
	const struct lane *l = s->raw.open ? &s->raw : &s->wide_lane;

	if (!s->raw.open && !(s->wide.active && s->wide_lane.open))
		return false;
	open->wide = s->raw.open ? 0 : s->wide.big ? 2 : 1;
	open->start = s->raw.open ? l->open_start :
		wide_place(&s->wide, l->open_start);
	open->sure = s->raw.open ? l->block.sure :
		wide_place(&s->wide, l->block.sure);
	open->rule = &engine_rules(s->engine)->rules[l->open_rule];
	return true;
}

/* Notes the line of a block that has opened, while its start is here. */
static void
mark_open(struct scanner *s, struct mark *mark, bool open, uint64_t start)
{
	if (open && (!mark->set || mark->at.pos != start))
		mark->at = lines_at(&s->lines, s->data, s->base, start);
	mark->set = open;
}

/* Counts the lines of what will not be seen again. */
static void
advance_lines(struct scanner *s)
{
	mark_open(s, &s->raw_mark, s->raw.open, s->raw.open_start);
	mark_open(s, &s->wide_mark, s->wide.active && s->wide_lane.open,
		wide_place(&s->wide, s->wide_lane.open_start));
	lines_advance(&s->lines, s->data, s->base, scanner_keep(s));
}

enum stanch_result
scanner_push(struct scanner *s, struct span data, uint64_t base, bool final)
{
	enum stanch_result r;

	s->data = data;
	s->base = base;
	r = s->opt.values ? known_refresh(s->opt.values, NULL) : STANCH_OK;
	if (r == STANCH_OK)
		r = lane_feed(&s->raw, data, base, final);
	if (r == STANCH_OK)
		r = push_wide(s, final);
	if (r == STANCH_OK && (s->want_safe || s->rivals.n))
		s->safe = final ? UINT64_MAX : lanes_safe(s);
	if (r == STANCH_OK)
		r = deliver_all(s, s->safe);
	if (r == STANCH_OK && s->count_lines && !final)
		advance_lines(s);
	return r;
}
