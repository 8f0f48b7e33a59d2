/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.c - a confirmed match to a finding: asks the judge, and fills in what
 * a finding says of itself.  Which of those that overlap is told is rivals.c's.
 */
#include "scan/scanner_private.h"

#include <stdlib.h>

#include "judge/comment.h"
#include "scan/pseudonym.h"

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
		.preview = f->preview };

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

/* Whether the judge's yes counts at this place, as the options have it. */
static bool
is_wanted(struct scanner *s, const struct lane_match *m,
	const struct judgement *j)
{
	tell(s, j, STANCH_STEP_JUDGED, j->keep ? STANCH_PASSED :
		STANCH_FAILED, j->keep ? NULL : j->reasons[0]);
	if (!j->keep)
		return false;
	if (j->confidence < s->opt.least) {
		tell(s, j, STANCH_STEP_LEAST, STANCH_FAILED, NULL);
		return false;
	}
	if (m->rule < engine_rules(s->engine)->n &&
		comment_allows(s->opt.comments, m->line)) {
		tell(s, j, STANCH_STEP_ALLOW, STANCH_FAILED,
			"a comment lets it pass");
		s->let_pass++;
		return false;
	}
	return true;
}

static bool
judge_match(struct scanner *s, const struct lane_match *m,
	struct stanch_finding *f)
{
	struct judge_case c = { .rule = f->rule, .secret = m->secret,
		.match = m->match, .before = m->before, .line = m->line,
		.place = s->place, .watch = &s->watch };
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
	if (!is_wanted(s, m, &out))
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
	if (s->raw_mark.set && f->start == s->raw_mark.at.pos)
		m = s->raw_mark.at;
	else if (s->wide_mark.set && f->start == s->wide_mark.at.pos)
		m = s->wide_mark.at;
	else
		m = lines_at(&s->lines, s->data, s->base, f->start);
	f->line = m.line;
	f->column = f->start - m.line_start + 1;
}

enum stanch_result
scanner_match(struct scanner *s, const struct lane_match *m, uint64_t start,
	uint64_t end, uint8_t wide)
{
	struct rival r = { .wide = wide };
	struct stanch_finding *f = &r.f;

	f->rule = rule_of(s, m->rule);
	f->place = s->place;
	f->start = start;
	f->end = end;
	if (watched(&s->watch))
		tell_match(s, m, f);
	r.quiet = !judge_match(s, m, f);
	if (r.quiet && f->rule->block == RULE_BLOCK_NONE)
		return STANCH_OK;
	set_line(s, f);
	finding_preview(f, m->secret, m->secret_end - m->secret_start);
	if (s->opt.key && !finding_fingerprint(f, m->secret, 0,
		span_of(s->opt.key, s->opt.key_len)))
		return STANCH_ENOMEM;
	if (s->want_pseudonym && !pseudonym_set(f, m->secret,
		span_of(s->opt.key, s->opt.key_len)))
		return STANCH_ENOMEM;
	if (s->opt.show_secrets && !keep_secret(f, m->secret))
		return STANCH_ENOMEM;
	return rivals_add(&s->rivals, &r) ? STANCH_OK : STANCH_ENOMEM;
}
