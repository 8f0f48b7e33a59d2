/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane.c - windows and order.  A candidate is settled when its window has come
 * in or PCRE2 says that what will come does not matter; until then it waits,
 * and all later ones of its rule with it.  Blocks are in lane_block.c.
 */
#include "scan/feed.h"

#include <stdlib.h>

#include "base/error.h"

enum stanch_result
lane_init(struct lane *l, const struct stanch_engine *e,
	const struct judge *j, struct engine_worker *w,
	const struct stanch_values *values, const bool *enabled,
	lane_match_fn *on_match, void *payload, struct stanch_error *err)
{
	size_t n = engine_rules(e)->n;

	*l = (struct lane){ .engine = e, .judge = j, .worker = w,
		.values = values, .enabled = enabled, .on_match = on_match,
		.payload = payload };
	l->rules = calloc(n, sizeof *l->rules);
	l->kept = malloc(BLOCK_KEPT);
	if (!l->rules || !l->kept) {
		lane_free(l);
		return error_nomem(err);
	}
	return STANCH_OK;
}

void
lane_free(struct lane *l)
{
	if (l->kept)
		explicit_bzero(l->kept, BLOCK_KEPT);
	explicit_bzero(l->before, sizeof l->before);
	free(l->kept);
	free(l->rules);
	free(l->waiting.v);
	free(l->given.v);
	*l = (struct lane){ 0 };
}

void
lane_begin(struct lane *l)
{
	l->epoch++;
	l->scanned = l->keep = l->safe = 0;
	l->waiting.n = l->taken = 0;
	l->given_from = 0;
	l->given_known = 0;
	l->open = l->in_table = false;
	l->open_start = 0;
	l->block = (struct block){ .state = BLOCK_NONE };
	l->nkept = l->nbefore = 0;
}

/* The line round [start, end), at most JUDGE_LINE more on each side. */
struct span
feed_line(const struct feed *f, uint64_t start, uint64_t end)
{
	struct span head = bytes_before(f, start, JUDGE_LINE);
	struct span tail = bytes(f, end, least(f->end, end + JUDGE_LINE));
	const uint8_t *nl;

	nl = head.len ? memrchr(head.ptr, '\n', head.len) : NULL;
	if (nl)
		head = span_skip(head, (size_t)(nl + 1 - head.ptr));
	nl = tail.len ? memchr(tail.ptr, '\n', tail.len) : NULL;
	if (nl)
		tail.len = (size_t)(nl - tail.ptr);
	return span_of(bytes(f, start, end).ptr - head.len,
		head.len + (size_t)(end - start) + tail.len);
}

/* Whether the line after `end` has come in as far as it may be judged. */
static bool
line_is_here(const struct feed *f, uint64_t end)
{
	struct span tail = bytes(f, end, least(f->end, end + JUDGE_LINE));

	return f->final || tail.len == JUDGE_LINE ||
		(tail.len && memchr(tail.ptr, '\n', tail.len));
}

void
feed_emit(struct feed *f, const struct lane_match *m)
{
	enum stanch_result r = f->lane->on_match(m, f->lane->payload);

	if (r != STANCH_OK && f->result == STANCH_OK)
		f->result = r;
}

/* ---- what a watcher is told ---- */

static const char no_match[] = "its expression does not match here";

static void
tell_no(const struct feed *f, const struct candidate *c, const char *why)
{
	feed_tell_no(f, c->rule, c->at, c->at + c->len, why);
}

static inline void
tell_candidate(const struct feed *f, struct candidate *c, const char *why)
{
	if (watched(&f->lane->watch))
		feed_tell_once(f, c, why);
}

/* ---- windows ---- */

/* The first byte from `at` on with which a secret of the rule may begin. */
static uint64_t
first_of_secret(const struct feed *f, const struct stanch_rule *r, uint64_t at)
{
	while (at < f->end && !re_set_has(&r->facts.secret_first,
		f->data.ptr[at - f->base]))
		at++;
	return at;
}

/*
 * Where, at the earliest, the secret of candidate c's possible match at
 * `start` begins.  Another match may come without c's literal, so what is
 * known from there holds for rules only that match nowhere else.
 */
static uint64_t
secret_bound(const struct feed *f, const struct candidate *c, uint64_t start)
{
	const struct stanch_rule *r = rule_at(f->lane, c->rule);
	const struct re_anchor *a = &r->facts.anchor;
	uint64_t at = start + r->facts.secret_min;
	uint64_t behind = c->at + c->len + c->gap;

	if (a->secret_after && a->before == a->before_min && behind > at)
		at = behind;
	return first_of_secret(f, r, at);
}

static void
emit_match(struct feed *f, uint32_t rule, uint64_t base,
	const struct re_match *m, bool undecided)
{
	struct lane_match out = { .rule = rule, .undecided = undecided,
		.start = base + m->start, .end = base + m->end,
		.secret_start = base + m->group_start,
		.secret_end = base + m->group_end };

	out.match = bytes(f, out.start, out.end);
	out.secret = bytes(f, out.secret_start, out.secret_end);
	out.before = bytes_before(f, out.start, JUDGE_BEFORE);
	out.line = judge_wants_line(f->lane->judge, rule_at(f->lane, rule)) ?
		feed_line(f, out.start, out.end) : out.match;
	feed_emit(f, &out);
}

/* One match, found at m in the window that begins at base. */
static enum outcome
settle_match(struct feed *f, uint32_t rule, uint64_t base,
	const struct re_match *m)
{
	struct lane *l = f->lane;
	const struct stanch_rule *r = rule_at(l, rule);
	uint64_t start = base + m->start, end = base + m->end;

	if (r->block == RULE_BLOCK_TABLE)
		return feed_try_table(f, rule, start, end);
	if (r->block == RULE_BLOCK_PEM)
		return feed_try_block(f, rule, start, end) == WAITS ? WAITS :
			SETTLED;
	if (judge_wants_line(l->judge, r) && !line_is_here(f, end)) {
		f->secret_from = base + m->group_start;
		return WAITS;
	}
	if (m->group_end > m->group_start)
		emit_match(f, rule, base, m, false);
	else
		feed_tell_no(f, rule, start, end, "the secret in it is empty");
	known(l, rule)->resume = end > start ? end : start + 1;
	return SETTLED;
}

/*
 * No secret of a match of c's that begins at `from` or later begins before
 * it, and no byte from it on was ever safe while c waited.
 */
static uint64_t
limit_bound(const struct feed *f, const struct candidate *c, uint64_t from)
{
	const struct re_anchor *a = &rule_at(f->lane, c->rule)->facts.anchor;
	uint64_t at = secret_bound(f, c, from), back = c->at;
	uint64_t least_back = less(c->at, a->secret_back);

	while (back > f->base && back > least_back && re_set_has(
		&a->secret_class, f->data.ptr[back - 1 - f->base]))
		back--;
	if (a->secret_after)
		back = c->at + c->len + c->gap;
	return at > back ? at : back;
}

/*
 * The expression gave up: fail closed.  The whole window is a match; of a rule
 * of blocks it is a BEGIN line, and what it begins is followed to its end.
 */
static enum outcome
settle_limit(struct feed *f, const struct candidate *c, uint64_t from,
	uint64_t limit)
{
	const struct stanch_rule *r = rule_at(f->lane, c->rule);
	uint64_t secret = limit_bound(f, c, from), mark = c->at + c->len;
	struct re_match m = { .end = (size_t)(limit - from),
		.group_start = (size_t)(secret - from),
		.group_end = (size_t)(limit - from) };

	if (r->block == RULE_BLOCK_PEM && secret < mark) {
		enum outcome o = feed_try_block(f, c->rule, secret, mark);

		if (o != NO_BLOCK)
			return o;
	}
	if (limit > secret)
		emit_match(f, c->rule, from, &m, true);
	known(f->lane, c->rule)->resume = limit > from ? limit : from + 1;
	return SETTLED;
}

/* The first offset from `from` on where a match may still begin. */
static uint64_t
first_start(const struct lane_rule *k, uint64_t from)
{
	if (from < k->resume)
		from = k->resume;
	if (from >= k->tried_from && from < k->tried_to)
		from = k->tried_to;
	return from;
}

/* No match begins in [from, to): candidates that overlap cost no more. */
static void
note_tried(struct lane_rule *k, uint64_t from, uint64_t to)
{
	if (from != k->tried_to)
		k->tried_from = from;
	k->tried_to = to;
}

/* The bytes a candidate's match may take; they follow from its offset. */
struct window {
	uint64_t from, until;	/* where a match may begin */
	uint64_t end, limit;	/* where it must end; what of that is here */
	unsigned edges;
};

static struct window
window_of(const struct feed *f, const struct candidate *c)
{
	const struct re_facts *facts = &rule_at(f->lane, c->rule)->facts;
	struct window w = { .from = less(c->at, facts->anchor.before),
		.until = less(c->at, facts->anchor.before_min) };

	w.end = w.until + least(facts->width, ENGINE_WIDTH_MAX) +
		least(facts->ahead, ENGINE_CONTEXT);
	w.limit = least(w.end, f->end);
	w.edges = w.end <= f->end ? RE_NOT_END : f->final ? 0 : RE_MORE;
	return w;
}

/* Matches in the window; *begin is the offset that m counts from. */
static enum re_result
match_in(struct feed *f, const struct candidate *c, const struct window *w,
	uint64_t *begin, struct re_match *m)
{
	*begin = less(w->from, ENGINE_CONTEXT);
	if (*begin < f->base)
		*begin = f->base;
	return engine_confirm(f->lane->worker, c->rule,
		bytes(f, *begin, w->limit), (size_t)(w->from - *begin),
		(size_t)(w->until - *begin),
		w->edges | (*begin ? RE_NOT_BEGIN : 0), m);
}

/*
 * Where the match limit was hit: not tried again until the window is whole,
 * and then once, or a byte at a time would cost a limit each.
 */
static enum outcome
at_limit(struct feed *f, const struct candidate *c, const struct window *w)
{
	struct lane_rule *k = known(f->lane, c->rule);
	enum outcome o = WAITS;

	f->secret_from = w->from;
	if (!(w->edges & RE_MORE))
		o = settle_limit(f, c, w->from, w->limit);
	k->limit_end = w->end;
	k->limit_whole = !(w->edges & RE_MORE) && o == WAITS;
	return o;
}

/* Whether it would be hit again. */
static bool
is_at_limit(const struct lane_rule *k, const struct window *w)
{
	return k->limit_end == w->end &&
		((w->edges & RE_MORE) || k->limit_whole);
}

/* Settled, c->dead tells whether no match begins in all of its window. */
static enum outcome
confirm(struct feed *f, struct candidate *c)
{
	struct lane_rule *k = known(f->lane, c->rule);
	const struct stanch_rule *r = rule_at(f->lane, c->rule);
	struct window w = window_of(f, c);
	uint64_t first = w.from, begin;
	struct re_match m;
	bool found = false;

	if (c->at < r->facts.anchor.before_min) {
		tell_no(f, c, "the input begins too shortly before it");
		return SETTLED;
	}
	while (f->result == STANCH_OK) {
		w.from = first_start(k, w.from);
		if (w.from > w.until) {
			if (!found)
				tell_no(f, c, "what it may begin was tried "
					"or found before");
			break;
		}
		if (is_at_limit(k, &w))
			return at_limit(f, c, &w);
		switch (match_in(f, c, &w, &begin, &m)) {
		case RE_NO:
			note_tried(k, w.from, w.until + 1);
			if (!found)
				tell_no(f, c, no_match);
			c->dead = k->resume <= first;
			return SETTLED;
		case RE_PARTIAL:
			f->secret_from = secret_bound(f, c, w.from);
			return WAITS;
		case RE_LIMIT:
			if (at_limit(f, c, &w) == WAITS)
				return WAITS;
			break;
		case RE_NOMEM:
			f->result = STANCH_ENOMEM;
			break;
		case RE_MATCH:
			if (settle_match(f, c->rule, begin, &m) == WAITS)
				return WAITS;
			found = true;
			if (r->block == RULE_BLOCK_PEM)
				return SETTLED;
			break;
		}
	}
	c->dead = k->resume <= first;
	return SETTLED;
}

/* ---- the feed ---- */

/* Before this no secret of a candidate that was not tried yet begins. */
static uint64_t
waiting_bound(const struct feed *f, const struct candidate *c)
{
	const struct stanch_rule *r = rule_at(f->lane, c->rule);
	const struct re_anchor *a = &r->facts.anchor;

	return a->secret_after ? first_of_secret(f, r,
		c->at + c->len + c->gap) : less(c->at, a->secret_back);
}

/* Keeps a candidate for later; f->secret_from bounds its secret. */
static void
wait(struct feed *f, size_t *kept, const struct candidate *c)
{
	struct lane *l = f->lane;
	uint64_t start = less(c->at, rule_at(l, c->rule)->facts.anchor.before);

	start = first_start(known(l, c->rule), start);
	l->waiting.v[(*kept)++] = *c;
	l->safe = least(l->safe, f->secret_from);
	l->keep = least(l->keep, less(start, JUDGE_LINE));
}

/* What lies in a block belongs to it; what may, waits. */
static bool
in_block(const struct lane *l, uint64_t at)
{
	return (l->open || l->block.state == BLOCK_ENDED) &&
		at >= l->open_start && at < l->block.sure;
}

/* Why a candidate is not tried. */
static const char *
why_not(const struct lane *l, const struct candidate *c)
{
	return !l->enabled[c->rule] ? "its path, or an allow-list of paths, "
		"leaves this place out" : "it lies in a private key";
}

/*
 * Settles what can be settled, in order.  An open block has taken all bytes
 * there are before the first candidate is looked at, and a new one all as it
 * opens, so that what lies in it does not depend on the feeds.
 */
static void
settle(struct feed *f)
{
	struct lane *l = f->lane;
	size_t kept = 0;
	bool blocked = false;	/* by a BEGIN line that is not sure yet */

	l->pass++;
	if (l->open)
		feed_go_on(f);
	for (size_t i = 0; i < l->waiting.n && f->result == STANCH_OK; i++) {
		struct candidate c = l->waiting.v[i];
		const struct stanch_rule *r = rule_at(l, c.rule);

		if (!l->enabled[c.rule] || in_block(l, c.at)) {
			tell_candidate(f, &c, why_not(l, &c));
			feed_note(f, &c);
			continue;
		}
		tell_candidate(f, &c, NULL);
		if (c.ruled_out) {
			tell_no(f, &c, no_match);
			continue;
		}
		if (blocked || known(l, c.rule)->stamp == l->pass ||
			(l->open && c.at >= l->open_start)) {
			f->secret_from = waiting_bound(f, &c);
			wait(f, &kept, &c);
		} else if (confirm(f, &c) == WAITS) {
			known(l, c.rule)->stamp = l->pass;
			blocked |= r->block == RULE_BLOCK_PEM;
			wait(f, &kept, &c);
		} else {
			feed_note(f, &c);
		}
	}
	l->waiting.n = kept;
}

enum stanch_result
lane_feed(struct lane *l, struct span data, uint64_t base, bool final)
{
	struct feed f = { .lane = l, .data = data, .base = base,
		.end = base + data.len, .final = final };
	uint64_t overlap = engine_longest(l->engine);
	uint64_t from = less(l->scanned, overlap);

	from = from > base ? from : base;
	if (l->carried)
		f.result = feed_carried(&f);
	else if (f.end > l->scanned)
		f.result = engine_candidates(l->worker, bytes(&f, from, f.end),
			(size_t)(l->scanned - from), from, &l->waiting);
	if (f.result != STANCH_OK)
		return f.result;
	l->scanned = l->safe = f.end;
	l->keep = less(f.end, overlap + engine_reach(l->engine) + JUDGE_LINE);
	settle(&f);
	if (l->open)
		l->safe = least(l->safe, l->open_start);
	feed_read_table(&f);
	if (l->values)
		feed_given(&f);
	return f.result;
}

uint64_t
lane_safe(const struct lane *l, struct span data, uint64_t base)
{
	return l->open ? l->safe :
		least(l->safe, base + engine_tail(l->engine, data));
}
