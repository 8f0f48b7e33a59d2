/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.c - a confirmed match to a finding: asks the judge, and fills in what
 * a finding says of itself.  Which of those that overlap is told is rivals.c's.
 */
#include "scan/scanner_private.h"

#include <stdlib.h>

#include "judge/comment.h"
#include "scan/pseudonym.h"

enum {
	PLAIN_MIN = 12,		/* bytes of text in a row, in a view */
	PLAIN_BEFORE = 16	/* bytes before a match that are looked at */
};

/* Known values have numbers behind those of the rules. */
static const struct stanch_rule *
rule_of(const struct scanner *s, uint32_t number)
{
	const struct stanch_rules *set = engine_rules(s->engine);

	return number < set->n ? &set->rules[number] :
		known_rule(s->opt.values, number - (uint32_t)set->n);
}

/* What becomes of f, to who asks why. */
static void
tell(const struct scanner *s, const struct judgement *j,
	enum stanch_step_kind kind, enum stanch_outcome outcome,
	const char *text)
{
	if (watched(&s->watch))
		watch_tell(&s->watch, (struct stanch_step){ .kind = kind,
			.outcome = outcome, .text = text,
			.confidence = j->confidence,
			.severity = j->severity });
}

/* The first step of all: here is a match. */
static void
tell_match(struct scanner *s, const struct lane_match *m,
	struct stanch_finding *f)
{
	struct stanch_step step = { .kind = STANCH_STEP_CONFIRM,
		.outcome = m->undecided ? STANCH_CANNOT_TELL : STANCH_PASSED,
		.preview = f->preview, .decoded = f->decoded };

	s->watch.rule = f->rule;
	s->watch.start = f->start;
	s->watch.end = f->end;
	finding_preview(f, m->secret, m->secret_end - m->secret_start);
	if (s->opt.show_secrets) {
		step.secret = m->secret.ptr;
		step.secret_len = m->secret.len;
	}
	watch_tell(&s->watch, step);
}

/* What counts of a match that was judged. */
enum worth { NOTHING, WEAK, WANTED };	/* WEAK: only what goes with it */

/* Whether the judge's yes counts at this place, as the options have it. */
static enum worth
worth_of(struct scanner *s, const struct lane_match *m,
	const struct judgement *j)
{
	tell(s, j, STANCH_STEP_JUDGED, j->keep ? STANCH_PASSED :
		STANCH_FAILED, j->keep ? NULL : j->reasons[0]);
	if (!j->keep)
		return NOTHING;
	if (m->rule < engine_rules(s->engine)->n &&
		comment_allows(s->opt.comments, m->line)) {
		tell(s, j, STANCH_STEP_ALLOW, STANCH_FAILED,
			"a comment lets it pass");
		s->let_pass += j->confidence >= s->opt.least;
		return NOTHING;
	}
	return j->confidence < s->opt.least ? WEAK : WANTED;
}

/*
 * Whether a match in a view counts.  It must have a text in or before it that
 * is as long as the shortest run, so that runs which have none need not be
 * looked at; and rules that go by the surroundings need a text all through,
 * or bytes at random would be found to be something now and then.
 */
static bool
counts_in_view(const struct lane_match *m, const struct stanch_rule *rule)
{
	size_t before = m->before.len < PLAIN_BEFORE ? m->before.len :
		PLAIN_BEFORE, row = 0, longest = 0;
	struct span parts[] = { span_skip(m->before, m->before.len - before),
		m->match };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < parts[k].len; i++) {
			row = view_is_text(parts[k].ptr[i]) ? row + 1 : 0;
			longest = row > longest ? row : longest;
		}
	return rule->given || (longest >= PLAIN_MIN &&
		(rule->confidence >= STANCH_SHAPED ||
		longest == before + m->match.len));
}

/*
 * An escape right behind a match counts, for the expression may look there.
 * But when it had matched before there was any, it did not.
 */
static bool
had_ended(const struct scanner *s, const struct layer *l,
	const struct lane_match *m, const struct stanch_finding *f)
{
	size_t n = s->nended < SCANNER_ENDED ? s->nended : SCANNER_ENDED;
	char way[FINDING_DECODED];
	bool same = false;

	for (size_t i = 0; i < n; i++)
		same |= s->ended[i].rule == f->rule &&
			s->ended[i].start == f->start &&
			s->ended[i].end == f->end;
	if (same)
		layer_way(l, m->start, m->end - 1, way, sizeof way);
	return same && !way[0];
}

static void
note_end(struct scanner *s, const struct layer *l, const struct lane_match *m,
	const struct stanch_finding *f)
{
	if (m->end == l->base + l->data.len)
		s->ended[s->nended++ % SCANNER_ENDED] = (struct ended){
			rule_of(s, m->rule), f->start, f->end };
}

/* Why a match in what was decoded does not count; NULL: it does. */
static const char *
why_not(const struct scanner *s, const struct layer *l,
	const struct lane_match *m, const struct rival *r)
{
	if (l->depth && (!r->f.decoded[0] || had_ended(s, l, m, &r->f)))
		return "it stands there as it is, and is found so";
	if (l->depth > (r->wide != 0) && !counts_in_view(m, r->f.rule))
		return "what it was decoded from is no text";
	if (!r->f.rule->given && r->f.rule->confidence < STANCH_SHAPED &&
		layer_doubtful(l, m->start, m->end))
		return "the line it stands in may end there";
	return NULL;
}

static enum worth
judge_match(struct scanner *s, const struct lane_match *m,
	struct stanch_finding *f)
{
	struct judge_case c = { .rule = f->rule, .secret = m->secret,
		.match = m->match, .before = m->before, .line = m->line,
		.place = s->place, .watch = &s->watch };
	struct judgement out = { 0 };
	enum worth worth;

	if (m->undecided) {
		out.keep = true;
		out.severity = f->rule->impact;
		out.confidence = STANCH_CONTEXTUAL;
		judgement_reason(&out, "the match limit was hit here: "
			"taken for a secret to be safe");
	} else {
		judge(s->judge, &c, engine_worker_re(s->worker), &out);
	}
	worth = worth_of(s, m, &out);
	if (worth != NOTHING && out.rule)
		f->rule = out.rule;
	f->confidence = out.confidence;
	f->severity = out.severity;
	f->nreasons = out.nreasons;
	memcpy(f->reasons, out.reasons, sizeof f->reasons);
	if (worth == WEAK && !pairs_may_raise(&s->pairs, f))
		tell(s, &out, STANCH_STEP_LEAST, STANCH_FAILED, NULL);
	return worth;
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
set_line(struct scanner *s, const struct layer *l, struct stanch_finding *f)
{
	struct lines_mark m;

	if (!s->count_lines)
		return;
	m = l->open && l->marked && f->start == l->open_place ? l->line :
		lines_at(&s->lines, s->data, s->base, f->start);
	f->line = m.line;
	f->column = f->start - m.line_start + 1;
}

/* Whether it matters at all, be it as a part of another. */
static bool
matters(const struct scanner *s, const struct stanch_finding *f,
	enum worth worth)
{
	return worth == WANTED || f->rule->block == RULE_BLOCK_PEM ||
		(worth == WEAK && pairs_concern(&s->pairs, f));
}

/* Whether it is a finding, as far as can be known now. */
static bool
is_finding(const struct scanner *s, const struct rival *r, enum worth worth)
{
	return !r->f.rule->part && (worth == WANTED || r->quiet ||
		pairs_may_raise(&s->pairs, &r->f));
}

/* The digests of the secret that were asked for, and itself. */
static bool
set_secret(const struct scanner *s, const struct lane_match *m,
	struct stanch_finding *f)
{
	struct span key = span_of(s->opt.key, s->opt.key_len);

	return (!s->opt.key || finding_fingerprint(f, m->secret, 0, key)) &&
		(!s->want_pseudonym || pseudonym_set(f, m->secret, key)) &&
		(!s->opt.show_secrets || keep_secret(f, m->secret));
}

enum stanch_result
scanner_match(struct scanner *s, const struct layer *l,
	const struct lane_match *m)
{
	struct rival r = { .wide = layer_wide(l), .depth = l->depth };
	struct stanch_finding *f = &r.f;
	enum worth worth;
	const char *why;

	f->rule = rule_of(s, m->rule);
	f->place = s->place;
	f->start = layer_from(l, m->secret_start);
	f->end = layer_to(l, m->secret_end);
	layer_way(l, m->start, m->end, f->decoded, sizeof f->decoded);
	r.changed = f->rule->block != RULE_BLOCK_PEM ?
		layer_changed(l, m->secret_start, m->secret_end) :
		f->decoded[0] != '\0';
	if (watched(&s->watch))
		tell_match(s, m, f);
	why = why_not(s, l, m, &r);
	if (why) {
		tell(s, &(struct judgement){ .keep = false },
			STANCH_STEP_JUDGED, STANCH_FAILED, why);
		return STANCH_OK;
	}
	worth = judge_match(s, m, f);
	r.quiet = worth != WANTED && f->rule->block == RULE_BLOCK_PEM;
	if (!matters(s, f, worth))
		return STANCH_OK;
	set_line(s, l, f);
	finding_preview(f, m->secret, m->secret_end - m->secret_start);
	if (worth != NOTHING && !pairs_note(&s->pairs, f))
		return STANCH_ENOMEM;
	if (!is_finding(s, &r, worth))
		return STANCH_OK;
	note_end(s, l, m, f);
	r.unminded = l->depth && s->opt.comments &&
		f->rule->block != RULE_BLOCK_PEM;
	r.weak = !r.quiet && pairs_must_wait(&s->pairs, f);
	return set_secret(s, m, f) && rivals_add(&s->rivals, &r) ?
		STANCH_OK : STANCH_ENOMEM;
}
