/* SPDX-License-Identifier: Apache-2.0 */
/*
 * comment_wait.c - comments beside encoded secrets.  They stand in the place's
 * bytes, not in what was decoded, and may come in later: so what was decoded
 * waits for the rest of its line.  Of all others the lane sees the line.
 */
#include "judge/comment.h"
#include "scan/scanner_private.h"

/* Whether the place's line round a rival is here as far as it counts. */
static bool
line_of(const struct scanner *s, const struct stanch_finding *f, bool final,
	struct span *line)
{
	size_t from = f->start > s->base ? (size_t)(f->start - s->base) : 0;
	size_t to = f->end > s->base ? (size_t)(f->end - s->base) : 0, n;
	const uint8_t *p = s->data.ptr, *nl;

	n = s->data.len - to < JUDGE_LINE ? s->data.len - to : JUDGE_LINE;
	nl = n ? memchr(p + to, '\n', n) : NULL;
	if (!nl && n < JUDGE_LINE && !final)
		return false;
	to += nl ? (size_t)(nl - p) - to : n;
	n = from < JUDGE_LINE ? from : JUDGE_LINE;
	nl = n ? memrchr(p + from - n, '\n', n) : NULL;
	from = nl ? (size_t)(nl - p) + 1 : from - n;
	*line = span_of(p + from, to - from);
	return true;
}

void
scanner_mind_comments(struct scanner *s, bool final)
{
	bool passes = false;
	struct span line;

	for (size_t i = 0; i < s->rivals.n; i++) {
		struct rival *r = &s->rivals.v[i];

		if (!r->unminded || !line_of(s, &r->f, final, &line))
			continue;
		r->unminded = false;
		if (!comment_allows(s->opt.comments, line))
			continue;
		s->let_pass += r->f.confidence >= s->opt.least;
		rivals_lose(&s->rivals, r, "a comment lets it pass");
		passes = true;
	}
	if (passes)
		rivals_sweep(&s->rivals);
}

uint64_t
scanner_comments_keep(const struct scanner *s, uint64_t keep)
{
	for (size_t i = 0; i < s->rivals.n; i++)
		if (s->rivals.v[i].unminded && s->rivals.v[i].f.start < keep)
			keep = s->rivals.v[i].f.start;
	return keep > JUDGE_LINE ? keep - JUDGE_LINE : 0;
}
