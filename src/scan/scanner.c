/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.c - the layers of a place together: matches to findings, findings to
 * covers in order.  Windows are lane.c's, decoding is layer.c's, who wins is
 * rivals.c's, what becomes of a match match.c's.
 */
#include "scan/scanner_private.h"

#include <stdlib.h>

#include "base/error.h"

static layer_match_fn on_match;

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
	if (!s->enabled || !s->ordinals || !s->minding)
		return false;
	memset(s->enabled, true, n);
	for (size_t i = 0; i < n; i++)
		if (minds_place(set, &set->rules[i]))
			s->minding[s->nminding++] = (uint32_t)i;
	return true;
}

static void
watch(struct scanner *s)
{
	if (!s->opt.on_step)
		return;
	s->watch.on_step = s->opt.on_step;
	s->watch.payload = s->opt.step_payload;
	s->rivals.watch = &s->watch;
	engine_worker_want_all(s->worker);
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
	if (r == STANCH_OK && (!allocate(s) || !pairs_init(&s->pairs,
		engine_rules(engine), opt->least,
		s->want_safe && !s->count_lines)))
		r = error_nomem(err);
	if (r == STANCH_OK)
		watch(s);
	s->use = (struct layer_use){ engine, s->judge, s->worker,
		opt->values, s->enabled, on_match, s, &s->watch,
		opt->leave_encoded };
	if (r == STANCH_OK)
		r = layer_new(&s->layers, &s->use, err);
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
	layer_free(s->layers);
	rivals_free(&s->rivals);
	pairs_free(&s->pairs);
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
	s->nended = 0;
	s->safe = 0;
	layer_begin(s->layers);
	rivals_begin(&s->rivals);
	pairs_begin(&s->pairs);
	lines_begin(&s->lines);
}

static enum stanch_result
on_match(struct layer *l, const struct lane_match *m, void *payload)
{
	return scanner_match(payload, l, m);
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
	bool quiet = r->quiet || r->absorbed;
	struct stanch_finding f = r->f;
	struct scan_cover c = { .start = start, .end = end, .wide = r->wide,
		.quiet = quiet, .finding = &f };
	uint32_t rule = number_of(s, r->f.rule);

	if (r->raised > f.confidence)
		f.confidence = r->raised;
	if (watched(&s->watch))
		watch_tell(&s->watch, (struct stanch_step){
			.kind = STANCH_STEP_COVER, .outcome = quiet ?
			STANCH_FAILED : STANCH_PASSED, .rule = r->f.rule,
			.start = start, .end = end, .text = r->absorbed ?
			"it is told as a part of another" : "",
			.confidence = f.confidence,
			.severity = r->f.severity });
	s->found = true;
	if (s->opt.key || quiet)
		return s->on_cover(&c, s->payload);
	if (!finding_fingerprint(&f, span_of(NULL, 0), s->ordinals[rule]++,
		span_of(NULL, 0)))
		return STANCH_ENOMEM;
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
		if (v[i].state != RIVAL_WINS || (winner && v[i].tail))
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

	if (!s->rivals.n && !s->pairs.n)
		return STANCH_OK;
	scanner_open(s, &open);
	rivals_sort(&s->rivals, &open);
	pairs_resolve(&s->pairs, &s->rivals, safe);
	while (r == STANCH_OK && (n = rivals_group(&s->rivals, done, safe))) {
		r = deliver_group(s, done, n);
		done += n;
	}
	rivals_drop(&s->rivals, done);
	return r;
}

/* ---- the push ---- */

uint64_t
scanner_safe(const struct scanner *s)
{
	return s->rivals.n && s->rivals.v[0].f.start < s->safe ?
		s->rivals.v[0].f.start : s->safe;
}

uint64_t
scanner_keep(const struct scanner *s)
{
	uint64_t keep = layer_keep(s->layers, s->count_lines ||
		s->opt.comments);

	return s->opt.comments ? scanner_comments_keep(s, keep) : keep;
}

bool
scanner_open(const struct scanner *s, struct scan_open *open)
{
	const struct layer *l = layer_open(s->layers);

	if (!l)
		return false;
	open->wide = layer_wide(l);
	open->depth = l->depth;
	open->start = l->open_place;
	open->sure = layer_to(l, l->lane.block.sure);
	open->rule = &engine_rules(s->engine)->rules[l->lane.open_rule];
	return true;
}

/* Counts the lines of what will not be seen again. */
static void
advance_lines(struct scanner *s)
{
	layer_mark_open(s->layers, &s->lines, s->data, s->base);
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
		r = layer_push(s->layers, data, base, final);
	if (r == STANCH_OK && (s->want_safe || s->rivals.n || s->pairs.n))
		s->safe = final ? UINT64_MAX : layer_safe(s->layers);
	if (r == STANCH_OK && s->opt.comments)
		scanner_mind_comments(s, final);
	if (r == STANCH_OK)
		r = deliver_all(s, s->safe);
	if (r == STANCH_OK && s->count_lines && !final && !s->is_whole)
		advance_lines(s);
	return r;
}
