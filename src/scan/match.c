/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.c - a confirmed match to a finding: asks the judge, and fills in what
 * a finding says of itself.  Which of those that overlap is told is rivals.c's.
 */
#include "scan/scanner_private.h"

#include <stdlib.h>

#include "judge/comment.h"
#include "scan/pseudonym.h"

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
	if (comment_allows(s->opt.comments, m->line)) {
		s->let_pass++;
		return false;
	}
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

	f->rule = &engine_rules(s->engine)->rules[m->rule];
	f->place = s->place;
	f->start = start;
	f->end = end;
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
