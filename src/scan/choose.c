/* SPDX-License-Identifier: Apache-2.0 */
/* choose.c - groups of overlapping findings and who wins in them. */
#include "scan/choose.h"

#include <stdlib.h>

/*
 * A group takes no member that begins this far behind its first: a chain of
 * overlaps must not hold back for ever.
 */
enum { GROUP_MAX = 8 * 1024 };

static void
wipe(struct rival *r)
{
	if (!r->f.secret.ptr)
		return;
	explicit_bzero((void *)r->f.secret.ptr, r->f.secret.len);
	free((void *)r->f.secret.ptr);
}

bool
rivals_add(struct rivals *rs, const struct rival *r)
{
	struct rival *v;
	size_t cap, i;

	if (rs->n == rs->cap) {
		cap = rs->cap ? rs->cap * 2 : 16;
		v = realloc(rs->v, cap * sizeof *v);
		if (!v) {
			struct rival gone = *r;

			wipe(&gone);
			return false;
		}
		rs->v = v;
		rs->cap = cap;
	}
	for (i = rs->n; i > 0 && (rs->v[i - 1].f.start > r->f.start ||
		(rs->v[i - 1].f.start == r->f.start &&
		rs->v[i - 1].f.rule > r->f.rule)); i--)
		rs->v[i] = rs->v[i - 1];
	rs->v[i] = *r;
	rs->n++;
	return true;
}

void
rivals_oust(struct rivals *rs, uint64_t start, uint64_t end)
{
	size_t kept = 0;

	for (size_t i = 0; i < rs->n; i++)
		if (rs->v[i].f.start < end && start < rs->v[i].f.end)
			wipe(&rs->v[i]);
		else
			rs->v[kept++] = rs->v[i];
	rs->n = kept;
}

size_t
rivals_group(const struct rivals *rs, uint64_t safe)
{
	uint64_t end, last;
	size_t n = 1;

	if (!rs->n)
		return 0;
	end = rs->v[0].f.end;
	last = rs->v[0].f.start + GROUP_MAX;
	while (n < rs->n && rs->v[n].f.start < end &&
		rs->v[n].f.start < last) {
		if (rs->v[n].f.end > end)
			end = rs->v[n].f.end;
		n++;
	}
	return (end < last ? end : last) <= safe ? n : 0;
}

/* Whether a is to be preferred to b. */
static bool
better(const struct stanch_finding *a, const struct stanch_finding *b)
{
	uint64_t a_len = a->end - a->start, b_len = b->end - b->start;

	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	if (a->rule->confidence != b->rule->confidence)
		return a->rule->confidence > b->rule->confidence;
	if (a->rule->facts.width_min != b->rule->facts.width_min)
		return a->rule->facts.width_min > b->rule->facts.width_min;
	if (a_len != b_len)
		return a_len > b_len;
	if (a->start != b->start)
		return a->start < b->start;
	return a->rule < b->rule;
}

static struct rival *
best_open(struct rivals *rs, size_t n)
{
	struct rival *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (rs->v[i].state == RIVAL_OPEN && (!best ||
			better(&rs->v[i].f, &best->f)))
			best = &rs->v[i];
	return best;
}

void
rivals_judge(struct rivals *rs, size_t n)
{
	struct rival *best;

	while ((best = best_open(rs, n))) {
		for (size_t i = 0; i < n; i++)
			if (rs->v[i].state == RIVAL_OPEN &&
				rs->v[i].f.start < best->f.end &&
				best->f.start < rs->v[i].f.end)
				rs->v[i].state = RIVAL_LOST;
		best->state = RIVAL_WINS;
	}
}

void
rivals_drop(struct rivals *rs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		wipe(&rs->v[i]);
	memmove(rs->v, rs->v + n, (rs->n - n) * sizeof *rs->v);
	rs->n -= n;
}

void
rivals_free(struct rivals *rs)
{
	if (rs->v)
		rivals_drop(rs, rs->n);
	free(rs->v);
	*rs = (struct rivals){ 0 };
}
