/* SPDX-License-Identifier: Apache-2.0 */
/* steps.c - keeps the steps of a scan.  Showing them is steps_show.c's. */
#include "cli/steps.h"

#include <stdlib.h>
#include <string.h>

/* The line asked for begins. */
static void
begin(struct steps *st, uint64_t start)
{
	st->from = start + (st->column ? st->column - 1 : 0);
	st->to = st->column ? st->from + 1 : UINT64_MAX;
}

bool
steps_init(struct steps *st, uint64_t line, uint64_t column)
{
	*st = (struct steps){ .line = line, .column = column };
	begin(st, 0);
	if (line > 1)
		st->from = st->to = UINT64_MAX;
	buf_init(&st->secrets, STEPS_SECRETS);
	st->ends = calloc(STEPS_LINES, sizeof *st->ends);
	return st->ends;
}

void
steps_free(struct steps *st)
{
	buf_free(&st->secrets);
	free(st->ends);
	free(st->v);
}

void
steps_line(struct steps *st, uint64_t next)
{
	st->ends[st->lines++ % STEPS_LINES] = next;
	if (!st->line)
		return;
	if (st->lines + 1 == st->line)
		begin(st, next);
	else if (st->lines == st->line && next < st->to)
		st->to = next;
}

bool
steps_reached(const struct steps *st)
{
	return st->from < st->to;
}

/* Where line n, from 1, begins; n is at least the first one known. */
static uint64_t
line_start(const struct steps *st, uint64_t n)
{
	return n == 1 ? 0 : st->ends[(n - 2) % STEPS_LINES];
}

static void
set_place(const struct steps *st, struct step *to)
{
	uint64_t low = st->lines < STEPS_LINES ? 1 :
		st->lines - STEPS_LINES + 2, high = st->lines + 1, mid;

	to->line = to->column = 0;
	if (line_start(st, low) > to->s.start)
		return;
	while (low < high) {
		mid = high - (high - low) / 2;
		if (line_start(st, mid) <= to->s.start)
			low = mid;
		else
			high = mid - 1;
	}
	to->line = low;
	to->column = to->s.start - line_start(st, low) + 1;
}

static void
copy(struct steps *st, struct step *to, const struct stanch_step *step)
{
	*to = (struct step){ .s = *step, .secret_at = st->secrets.len };
	set_place(st, to);
	snprintf(to->preview, sizeof to->preview, "%s", step->preview);
	snprintf(to->decoded, sizeof to->decoded, "%s", step->decoded);
	if (!step->secret || !buf_append(&st->secrets, step->secret,
		step->secret_len))
		to->s.secret_len = 0;
}

/* The nearest candidate on each side, for a place where there is none. */
static void
note_near(struct steps *st, const struct stanch_step *step)
{
	bool after = step->start >= st->to;

	if (step->kind == STANCH_STEP_CANDIDATE &&
		(!after || !st->near[1].s.rule))
		copy(st, &st->near[after], step);
}

static bool
grow(struct steps *st)
{
	size_t cap = st->cap ? st->cap * 2 : 64;
	struct step *v;

	if (st->n < st->cap)
		return true;
	v = realloc(st->v, cap * sizeof *v);
	if (v) {
		st->v = v;
		st->cap = cap;
	}
	return v;
}

/* What becomes of a candidate that is kept is, too, wherever it leads. */
static bool
is_asked_for(struct steps *st, const struct stanch_step *step)
{
	bool inside = step->start < st->to && step->end > st->from;

	if (step->kind == STANCH_STEP_CANDIDATE)
		st->follows = inside;
	else if (step->kind >= STANCH_STEP_RIVAL)
		st->follows = false;
	return inside || st->follows;
}

void
steps_take(const struct stanch_step *step, void *payload)
{
	struct steps *st = payload;

	if (!is_asked_for(st, step))
		note_near(st, step);
	else if (st->n == STEPS_MOST)
		st->more++;
	else if (!grow(st))
		st->failed = true;
	else
		copy(st, &st->v[st->n++], step);
}

bool
steps_found(const struct steps *st)
{
	for (size_t i = 0; i < st->n; i++)
		if (st->v[i].s.kind == STANCH_STEP_COVER &&
			st->v[i].s.outcome == STANCH_PASSED)
			return true;
	return false;
}
