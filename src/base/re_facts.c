/* SPDX-License-Identifier: Apache-2.0 */
/*
 * re_facts.c - widths, first and last bytes, and the search for the anchor:
 * the set of literals, one of which every match must hold, that is cheapest
 * to look for.  Runs of exactly known text (re_literals.c) are the candidates;
 * a run is broken where the text is not known or would take too many.
 */
#include "base/re_facts.h"

#include <ctype.h>

#include "base/error.h"
#include "base/re_ast.h"
#include "base/re_literals.h"

struct candidate {
	struct re_literals lits;
	uint32_t dist_min, dist;	/* node start to literal start */
	struct re_set before;		/* bytes in between */
	struct re_set prev, next;
	bool prev_none, next_none;
	bool secret_known;		/* what is below is final */
	uint32_t secret_back;
	struct re_set secret_class;
	bool secret_after;
	int score;			/* < 0: there is none */
};

/* ---- widths and edges ---- */

static uint32_t
add_width(uint32_t a, uint32_t b)
{
	return a == RE_WIDTH_INF || b >= RE_WIDTH_INF - a ? RE_WIDTH_INF :
		a + b;
}

static uint32_t
times_width(uint32_t a, uint32_t b)
{
	uint64_t w = (uint64_t)a * b;

	if (!a || !b)
		return 0;
	return a == RE_WIDTH_INF || b == RE_WIDTH_INF || w >= RE_WIDTH_INF ?
		RE_WIDTH_INF : (uint32_t)w;
}

static void
widths(const struct re_node *node, uint32_t *min, uint32_t *max)
{
	uint32_t kid_min, kid_max;

	*min = *max = node->kind == RE_BYTES;
	for (size_t i = 0; i < node->nkids; i++) {
		widths(node->kids[i], &kid_min, &kid_max);
		if (node->kind == RE_REPEAT) {
			*min = times_width(kid_min, node->min);
			*max = times_width(kid_max, node->max);
		} else if (node->kind == RE_ALT) {
			*min = i && *min < kid_min ? *min : kid_min;
			*max = *max > kid_max ? *max : kid_max;
		} else {
			*min = add_width(*min, kid_min);
			*max = add_width(*max, kid_max);
		}
	}
}

static uint32_t
width_min(const struct re_node *node)
{
	uint32_t min, max;

	widths(node, &min, &max);
	return min;
}

static uint32_t
width_max(const struct re_node *node)
{
	uint32_t min, max;

	widths(node, &min, &max);
	return max;
}

static uint32_t
look_ahead(const struct re_node *node)
{
	uint32_t most = node->kind == RE_LOOK ? node->max : 0, kid;

	for (size_t i = 0; i < node->nkids; i++) {
		kid = look_ahead(node->kids[i]);
		most = kid > most ? kid : most;
	}
	return most;
}

/* Of alternatives the worst: one is tried after the other, not in it. */
static uint32_t
wide_repeats(const struct re_node *node)
{
	uint32_t n = node->kind == RE_REPEAT &&
		node->max - node->min >= RE_WIDE_REPEAT;
	uint32_t sum = 0, most = 0, kid;

	for (size_t i = 0; i < node->nkids; i++) {
		kid = wide_repeats(node->kids[i]);
		sum += kid;
		most = kid > most ? kid : most;
	}
	return n + (node->kind == RE_ALT ? most : sum);
}

static void
all_bytes(const struct re_node *node, struct re_set *set)
{
	if (node->kind == RE_BYTES)
		re_set_join(set, &node->set);
	for (size_t i = 0; i < node->nkids; i++)
		all_bytes(node->kids[i], set);
}

/*
 * Adds the bytes a match of node may begin (last: end) with; returns whether
 * it may be empty.
 */
static bool
edge_bytes(const struct re_node *node, bool last, struct re_set *set)
{
	bool empty = node->kind != RE_BYTES && node->kind != RE_ALT;

	if (node->kind == RE_BYTES)
		re_set_join(set, &node->set);
	for (size_t i = 0; i < node->nkids; i++) {
		size_t k = last ? node->nkids - 1 - i : i;
		bool kid = edge_bytes(node->kids[k], last, set);

		if (node->kind == RE_ALT)
			empty |= kid;
		else if (node->kind == RE_REPEAT)
			empty = kid || node->min == 0;
		else if (!kid)
			return false;
	}
	return empty;
}

/* ---- the anchor ---- */

/*
 * Long beats short up to 8 bytes, a fixed place beats a range, the start of
 * the match beats its middle, few beat many.
 */
static int
score(const struct candidate *c)
{
	size_t shortest = RE_LITERAL_MAX;
	int s;

	for (size_t i = 0; i < c->lits.n; i++)
		if (c->lits.v[i].len < shortest)
			shortest = c->lits.v[i].len;
	if (c->lits.n == 0 || shortest == 0 || c->dist == RE_WIDTH_INF)
		return -1;
	s = shortest >= 4 ? 4000 : (int)shortest * 1000;
	s += 20 * (int)(shortest < 8 ? shortest : 8);
	s -= (int)c->lits.n;
	if (c->dist != c->dist_min)
		s -= 300;
	s -= c->dist > 500 ? 500 : (int)c->dist;
	return s < 0 ? 0 : s;
}

static bool
has_group(const struct re_node *node, uint32_t group)
{
	if (node->kind == RE_GROUP && node->group == group)
		return true;
	for (size_t i = 0; i < node->nkids; i++)
		if (has_group(node->kids[i], group))
			return true;
	return false;
}

/* Least distance from node's start to the group's; node has the group. */
static uint32_t
group_distance(const struct re_node *node, uint32_t group)
{
	uint32_t before = 0;

	if (node->kind == RE_GROUP && node->group == group)
		return 0;
	for (size_t i = 0; i < node->nkids; i++) {
		if (has_group(node->kids[i], group))
			return add_width(before,
				group_distance(node->kids[i], group));
		if (node->kind == RE_CAT)
			before = add_width(before, width_min(node->kids[i]));
	}
	return before;
}

/* Whether the group takes part in every match. */
static bool
group_always(const struct re_node *node, uint32_t group)
{
	if (node->kind == RE_GROUP && node->group == group)
		return true;
	if (node->kind == RE_ALT || (node->kind == RE_REPEAT && !node->min))
		return false;
	for (size_t i = 0; i < node->nkids; i++)
		if (group_always(node->kids[i], group))
			return true;
	return false;
}

static const struct re_node *
find_group(const struct re_node *node, uint32_t group)
{
	const struct re_node *found = NULL;

	if (node->kind == RE_GROUP && node->group == group)
		return node;
	for (size_t i = 0; !found && i < node->nkids; i++)
		found = find_group(node->kids[i], group);
	return found;
}

static void
add_rest(struct re_literals *lits, uint32_t width)
{
	for (size_t i = 0; i < lits->n; i++)
		lits->v[i].rest = add_width(lits->v[i].rest, width);
}

/* Where the group is, seen from c in kids[first, last] of the sequence. */
static void
place_secret(struct candidate *c, const struct re_node *cat, size_t first,
	size_t last, uint32_t group)
{
	size_t holder = 0;

	while (holder < cat->nkids && !has_group(cat->kids[holder], group))
		holder++;
	if (holder < first) {
		c->secret_known = true;
		c->secret_back = c->dist;
		for (size_t i = holder; i < first; i++) {
			c->secret_back = add_width(c->secret_back,
				width_max(cat->kids[i]));
			all_bytes(cat->kids[i], &c->secret_class);
		}
		re_set_join(&c->secret_class, &c->before);
	} else if (holder < cat->nkids && holder > last) {
		c->secret_known = c->secret_after = true;
		for (size_t i = last + 1; i < holder; i++)
			add_rest(&c->lits, width_min(cat->kids[i]));
		add_rest(&c->lits, group_distance(cat->kids[holder], group));
	} else {
		for (size_t i = last + 1; i < cat->nkids; i++)
			add_rest(&c->lits, width_min(cat->kids[i]));
	}
}

/*
 * c was found in kids[first, last] of the sequence: what comes before and
 * after it there.
 */
static void
place_in_cat(struct candidate *c, const struct re_node *cat, size_t first,
	size_t last, uint32_t group)
{
	uint32_t min = 0, max = 0, kid_min, kid_max;

	for (size_t i = 0; i < first; i++) {
		widths(cat->kids[i], &kid_min, &kid_max);
		min = add_width(min, kid_min);
		max = add_width(max, kid_max);
	}
	if (!c->secret_known)
		place_secret(c, cat, first, last, group);
	for (size_t i = 0; i < first; i++)
		all_bytes(cat->kids[i], &c->before);
	c->dist_min = add_width(c->dist_min, min);
	c->dist = add_width(c->dist, max);
	for (size_t i = first; c->prev_none && i-- > 0; )
		c->prev_none = edge_bytes(cat->kids[i], true, &c->prev);
	for (size_t i = last + 1; c->next_none && i < cat->nkids; i++)
		c->next_none = edge_bytes(cat->kids[i], false, &c->next);
	c->score = score(c);
}

static void
keep_better(struct candidate *best, const struct candidate *c)
{
	if (c->score > best->score)
		*best = *c;
}

static void find_anchor(const struct re_node *node, uint32_t group,
	struct candidate *best);

/* The run of known text in kids[first, last). */
static void
try_run(const struct re_node *cat, size_t first, size_t last,
	const struct re_literals *run, uint32_t group, struct candidate *best)
{
	struct candidate c = { .lits = *run, .prev_none = true,
		.next_none = true };

	if (first == last)
		return;
	for (size_t i = first; i < last; i++)	/* the secret begins in it */
		c.secret_known |= has_group(cat->kids[i], group);
	place_in_cat(&c, cat, first, last - 1, group);
	keep_better(best, &c);
}

static void
anchor_in_cat(const struct re_node *cat, uint32_t group,
	struct candidate *best)
{
	struct re_literals run = re_literals_none, kid;
	size_t first = 0, i;

	for (i = 0; i < cat->nkids; i++) {
		struct candidate c;

		if (re_literals_of(cat->kids[i], &kid)) {
			if (re_literals_cross(&run, &kid))
				continue;
			try_run(cat, first, i, &run, group, best);
			run = kid;
			first = i;
			continue;
		}
		try_run(cat, first, i, &run, group, best);
		run = re_literals_none;
		first = i + 1;
		find_anchor(cat->kids[i], group, &c);
		if (c.score >= 0) {
			place_in_cat(&c, cat, i, i, group);
			keep_better(best, &c);
		}
	}
	try_run(cat, first, i, &run, group, best);
}

static void
anchor_in_alt(const struct re_node *alt, uint32_t group,
	struct candidate *best)
{
	struct candidate all = { .dist_min = RE_WIDTH_INF }, c;

	for (size_t i = 0; i < alt->nkids; i++) {
		find_anchor(alt->kids[i], group, &c);
		if (c.score < 0)
			return;
		for (size_t k = 0; k < c.lits.n; k++)
			if (!re_literals_add(&all.lits, &c.lits.v[k]))
				return;
		if (c.dist_min < all.dist_min)
			all.dist_min = c.dist_min;
		if (c.dist > all.dist)
			all.dist = c.dist;
		re_set_join(&all.before, &c.before);
		re_set_join(&all.prev, &c.prev);
		re_set_join(&all.next, &c.next);
		all.prev_none |= c.prev_none;
		all.next_none |= c.next_none;
		/* A branch without the group has nothing to say of it. */
		if (has_group(alt->kids[i], group)) {
			all.secret_known = c.secret_known;
			all.secret_back = c.secret_back;
			all.secret_class = c.secret_class;
			all.secret_after = c.secret_after;
		}
	}
	all.score = score(&all);
	keep_better(best, &all);
}

static void
find_anchor(const struct re_node *node, uint32_t group,
	struct candidate *best)
{
	struct candidate c = { .prev_none = true, .next_none = true };

	best->score = -1;
	if (re_literals_of(node, &c.lits)) {
		c.score = score(&c);
		c.secret_known = has_group(node, group);
		keep_better(best, &c);
		return;
	}
	switch (node->kind) {
	case RE_CAT:
		anchor_in_cat(node, group, best);
		break;
	case RE_ALT:
		anchor_in_alt(node, group, best);
		break;
	case RE_GROUP:
		find_anchor(node->kids[0], group, best);
		if (best->score >= 0 && node->group == group &&
			!best->secret_known) {
			best->secret_known = true;
			best->secret_back = best->dist;
			best->secret_class = best->before;
		}
		break;
	case RE_REPEAT:
		if (node->min == 0)
			return;
		find_anchor(node->kids[0], group, best);
		if (best->score >= 0 && best->next_none && node->max > 1)
			edge_bytes(node->kids[0], false, &best->next);
		break;
	default:
		break;
	}
}

static enum stanch_result
anchor_out(struct re_anchor *out, const struct candidate *c, struct arena *a,
	struct stanch_error *err)
{
	struct re_literal *lits;

	memset(out, 0, sizeof *out);
	if (c->score < 0)
		return STANCH_OK;
	lits = arena_array(a, c->lits.n, sizeof *lits);
	if (!lits)
		return error_nomem(err);
	for (size_t i = 0; i < c->lits.n; i++) {
		lits[i].bytes = arena_strndup(a, c->lits.v[i].bytes,
			c->lits.v[i].len);
		lits[i].len = c->lits.v[i].len;
		lits[i].caseless = c->lits.v[i].caseless;
		lits[i].gap = c->secret_after ? c->lits.v[i].rest : 0;
		if (!lits[i].bytes)
			return error_nomem(err);
		for (size_t k = 0; lits[i].caseless && k < lits[i].len; k++)
			((char *)lits[i].bytes)[k] = (char)tolower(
				(unsigned char)lits[i].bytes[k]);
	}
	out->literals = lits;
	out->nliterals = c->lits.n;
	out->before_min = c->dist_min;
	out->before = c->dist;
	out->prev = c->prev;
	out->next = c->next;
	out->prev_none = c->prev_none;
	out->next_none = c->next_none;
	out->secret_back = c->secret_back;
	out->secret_class = c->secret_class;
	out->secret_after = c->secret_after;
	return STANCH_OK;
}

enum stanch_result
re_facts(struct re_facts *out, struct arena *a, const char *pattern, size_t n,
	uint32_t group, const char *where, struct stanch_error *err)
{
	struct re_node *node;
	const struct re_node *secret;
	struct candidate best;
	enum stanch_result r;
	bool always;

	memset(out, 0, sizeof *out);
	r = re_parse(&node, a, pattern, n, &out->groups, where, err);
	if (r != STANCH_OK)
		return r;
	if (group > out->groups)
		return error_set(err, STANCH_ERULE, where,
			"the expression has %u groups, there is no group %u",
			out->groups, group);
	always = !group || group_always(node, group);
	if (!always)
		group = 0;	/* the match may be the secret */
	widths(node, &out->width_min, &out->width);
	out->ahead = look_ahead(node);
	out->wide_repeats = wide_repeats(node);
	secret = group ? find_group(node, group) : node;
	out->secret_min = group ? group_distance(node, group) : 0;
	if (edge_bytes(secret, false, &out->secret_first) || !always)
		memset(&out->secret_first, 0xff, sizeof out->secret_first);
	find_anchor(node, group, &best);
	if (best.score >= 0 && !best.secret_known) {
		best.secret_back = best.dist;
		best.secret_class = best.before;
	}
	return anchor_out(&out->anchor, &best, a, err);
}
