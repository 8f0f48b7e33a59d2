/* SPDX-License-Identifier: Apache-2.0 */
/* rivals.c - groups of overlapping findings and who wins in them. */
#include "scan/rivals.h"

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

/*
 * By name.  Rules of one name lie in order in their set; known values lie
 * anywhere, and have numbers.
 */
static int
by_rule(const struct stanch_rule *a, const struct stanch_rule *b)
{
	int c = strcmp(a->id, b->id);

	if (c == 0 && a->given != b->given)
		return a->given < b->given ? -1 : 1;
	return c ? c : a < b ? -1 : a > b;
}

static int
compare(const void *x, const void *y)
{
	const struct rival *a = x, *b = y;

	if (a->f.start != b->f.start)
		return a->f.start < b->f.start ? -1 : 1;
	if (a->f.end != b->f.end)
		return a->f.end < b->f.end ? -1 : 1;
	if (a->f.rule != b->f.rule)
		return by_rule(a->f.rule, b->f.rule);
	if (a->wide != b->wide)
		return (int)a->wide - (int)b->wide;
	return strcmp(a->f.decoded, b->f.decoded);
}

bool
rivals_add(struct rivals *rs, const struct rival *r)
{
	struct rival *v;
	size_t cap;

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
	rs->unsorted |= rs->n && compare(r, &rs->v[rs->n - 1]) < 0;
	rs->v[rs->n++] = *r;
	return true;
}

static bool
is_block(const struct rival *r)
{
	return r->f.rule->block == RULE_BLOCK_PEM && !r->rest;
}

/* A block that was decoded from within another one is no block. */
static bool
is_within(const struct rival *r, const struct rival *block)
{
	return block && r->depth > block->depth &&
		r->f.start < block->f.end && r->f.end > block->f.start;
}

static void
tell_lost(const struct rivals *rs, const struct rival *r,
	const struct stanch_rule *to, const char *why)
{
	if (watched(rs->watch))
		watch_tell(rs->watch, (struct stanch_step){
			.kind = STANCH_STEP_RIVAL, .outcome = STANCH_FAILED,
			.rule = r->f.rule, .start = r->f.start,
			.end = r->f.end, .other = to, .text = why,
			.confidence = r->f.confidence,
			.severity = r->f.severity });
}

void
rivals_lose(struct rivals *rs, struct rival *r, const char *why)
{
	r->state = RIVAL_LOST;
	tell_lost(rs, r, NULL, why);
}

/*
 * What lies in a block is lost.  What reaches into it ends there; of what
 * reaches out of it the rest is masked, but it is no finding any more.  Only
 * what is told of the encoded bytes of a block stays with it: one tag.
 */
static void
lose_to(struct rivals *rs, struct rival *r, const struct rivals_claim *c)
{
	uint64_t end = c->end;
	size_t most;

	if (r->f.start >= end || r->f.end <= c->start)
		return;
	if (r->f.start >= c->start) {
		if (r->f.end > end && r->depth < c->depth)
			return;
		if (r->wide)	/* at a character's start */
			end += (end - r->f.start) % 2;
		if (r->f.end <= end)
			rivals_lose(rs, r, "it lies in a private key");
		r->f.start = end;
		r->tail = r->tail || is_block(r);
		r->quiet = r->rest = true;
		return;
	}
	r->f.end = c->start;
	most = (size_t)(r->f.end - r->f.start);
	if (r->f.secret.len > most)
		r->f.secret.len = most;
}

/* Loses to the block last met, or becomes it. */
static void
meet(struct rivals *rs, struct rival *r, const struct rival **block)
{
	const struct rival *b = *block;

	if (is_block(r) && !is_within(r, b))
		*block = r;
	else if (b)
		lose_to(rs, r, &(struct rivals_claim){ b->f.start, b->f.end,
			b->depth });
}

/* Whether the open one is no block, as is_within() has it. */
static bool
opens_within(const struct rivals *rs, const struct scan_open *open)
{
	for (size_t i = 0; i < rs->n; i++) {
		const struct rival *r = &rs->v[i];

		if (is_block(r) && r->depth < open->depth &&
			r->f.start <= open->start && open->start < r->f.end)
			return true;
	}
	return false;
}

/* Of a block longer than a group more may come when it is gone. */
static void
lose_to_told(struct rivals *rs, struct rival *r)
{
	const struct rivals_claim *c = &rs->told;
	bool within = r->depth > c->depth && r->f.start < c->end;

	if (r->f.start >= c->start && (!is_block(r) || within))
		lose_to(rs, r, c);
}

/* Sorted by start; so blocks, which do not overlap, are by end, too. */
static void
lose_to_blocks(struct rivals *rs, const struct scan_open *open)
{
	struct rivals_claim claim = { open->start, open->sure, open->depth };
	const struct rival *block = NULL;

	if (opens_within(rs, open))
		claim.start = claim.end = 0;
	for (size_t i = 0; i < rs->n; i++) {
		lose_to_told(rs, &rs->v[i]);
		meet(rs, &rs->v[i], &block);
	}
	block = NULL;
	for (size_t i = rs->n; i-- > 0; ) {
		meet(rs, &rs->v[i], &block);
		if (!is_block(&rs->v[i]) || rs->v[i].depth > open->depth)
			lose_to(rs, &rs->v[i], &claim);
	}
}

void
rivals_sweep(struct rivals *rs)
{
	size_t kept = 0;

	for (size_t i = 0; i < rs->n; i++)
		if (rs->v[i].state == RIVAL_LOST)
			wipe(&rs->v[i]);
		else
			rs->v[kept++] = rs->v[i];
	rs->n = kept;
}

void
rivals_sort(struct rivals *rs, const struct scan_open *open)
{
	if (rs->unsorted)
		qsort(rs->v, rs->n, sizeof *rs->v, compare);
	rs->unsorted = false;
	lose_to_blocks(rs, open);
	rivals_sweep(rs);
}

size_t
rivals_group(const struct rivals *rs, size_t first, uint64_t safe)
{
	const struct rival *v = rs->v + first;
	uint64_t end, last;
	size_t n = 1;
	bool waits;

	if (first >= rs->n)
		return 0;
	waits = v[0].waits || v[0].unminded;
	end = v[0].f.end;
	last = v[0].f.start + GROUP_MAX;
	while (first + n < rs->n && ((v[n].f.start < end &&
		v[n].f.start < last) ||
		(v[n].tail && v[n].f.start == end))) {
		if (v[n].f.end > end)
			end = v[n].f.end;
		waits |= v[n].waits || v[n].unminded;
		n++;
	}
	return !waits && (end < last ? end : last) <= safe ? n : 0;
}

/*
 * Whether a is to be preferred to b; *why: what decides, between the two of
 * them, in words.
 */
static bool
better(const struct rival *x, const struct rival *y, const char **why)
{
	const struct stanch_finding *a = &x->f, *b = &y->f;
	uint64_t a_len = a->end - a->start, b_len = b->end - b->start;

	*why = "what is left of the other is no finding";
	if (x->quiet != y->quiet)
		return y->quiet;
	*why = "it is surer";
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	*why = "its rule is surer of what it finds";
	if (a->rule->confidence != b->rule->confidence)
		return a->rule->confidence > b->rule->confidence;
	*why = "its rule asks for a longer match";
	if (a->rule->facts.width_min != b->rule->facts.width_min)
		return a->rule->facts.width_min > b->rule->facts.width_min;
	*why = "it is longer";
	if (a_len != b_len)
		return a_len > b_len;
	*why = "it begins first";
	if (a->start != b->start)
		return a->start < b->start;
	*why = "its rule comes first by name";
	if (a->rule != b->rule)
		return by_rule(a->rule, b->rule) < 0;
	*why = "it is decoded";
	return x->changed && !y->changed;
}

static struct rival *
best_open(struct rival *v, size_t n)
{
	struct rival *best = NULL;
	const char *why;

	for (size_t i = 0; i < n; i++)
		if (v[i].state == RIVAL_OPEN && (!best ||
			better(&v[i], best, &why)))
			best = &v[i];
	return best;
}

/* A part is told with some secret, be it of another rule than its own. */
static void
inherit(struct stanch_finding *to, const struct stanch_finding *from)
{
	for (size_t i = 0; i < from->nparts; i++) {
		const struct finding_part *p = &from->parts[i];
		size_t k = 0;

		while (k < to->nparts && (to->parts[k].rule != p->rule ||
			to->parts[k].start != p->start))
			k++;
		if (k == to->nparts && k < FINDING_PARTS)
			to->parts[to->nparts++] = *p;
	}
}

void
rivals_judge(struct rivals *rs, size_t first, size_t n)
{
	struct rival *v = rs->v + first, *best;
	const char *why;

	while ((best = best_open(v, n))) {
		best->state = RIVAL_WINS;
		for (size_t i = 0; i < n; i++) {
			if (v[i].state != RIVAL_OPEN ||
				v[i].f.start >= best->f.end ||
				best->f.start >= v[i].f.end)
				continue;
			v[i].state = RIVAL_LOST;
			inherit(&best->f, &v[i].f);
			better(best, &v[i], &why);
			tell_lost(rs, &v[i], best->f.rule, why);
		}
	}
}

void
rivals_drop(struct rivals *rs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rival *r = &rs->v[i];

		if (is_block(r) && r->state == RIVAL_WINS)
			rs->told = (struct rivals_claim){ r->f.start,
				r->f.end, r->depth };
		wipe(&rs->v[i]);
	}
	if (n && n < rs->n)
		memmove(rs->v, rs->v + n, (rs->n - n) * sizeof *rs->v);
	rs->n -= n;
}

void
rivals_begin(struct rivals *rs)
{
	rivals_drop(rs, rs->n);
	rs->told = (struct rivals_claim){ .end = 0 };
}

void
rivals_free(struct rivals *rs)
{
	if (rs->v)
		rivals_drop(rs, rs->n);
	free(rs->v);
	*rs = (struct rivals){ 0 };
}
