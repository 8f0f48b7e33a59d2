/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane.c - windows, order, and what is still open.  A candidate is settled
 * when its window has come in or PCRE2 says that what will come does not
 * matter; until then it waits, and all later ones of its rule with it.
 */
#include "scan/lane.h"

#include <stdlib.h>

#include "base/error.h"
#include "scan/bound.h"

/* How one candidate was left. */
enum outcome { SETTLED, WAITS };

/* The bytes of one lane_feed(). */
struct feed {
	struct lane *lane;
	struct span data;
	uint64_t base, end;
	bool final;
	enum stanch_result result;
	uint64_t secret_from;	/* set with WAITS: no secret begins before */
};

enum stanch_result
lane_init(struct lane *l, const struct stanch_engine *e,
	const struct judge *j, struct engine_worker *w, const bool *enabled,
	lane_match_fn *on_match, void *payload, struct stanch_error *err)
{
	size_t n = engine_rules(e)->n;

	*l = (struct lane){ .engine = e, .judge = j, .worker = w,
		.enabled = enabled, .on_match = on_match, .payload = payload };
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
	*l = (struct lane){ 0 };
}

void
lane_begin(struct lane *l)
{
	l->epoch++;
	l->scanned = l->keep = l->safe = 0;
	l->waiting.n = 0;
	l->open = false;
	l->open_start = 0;
	l->block = (struct block){ .state = BLOCK_NONE };
	l->nkept = l->nbefore = 0;
}

/* What is known of a rule here; of the place before, nothing. */
static struct lane_rule *
known(struct lane *l, uint32_t rule)
{
	struct lane_rule *k = &l->rules[rule];

	if (k->epoch != l->epoch)
		*k = (struct lane_rule){ .epoch = l->epoch };
	return k;
}

static const struct stanch_rule *
rule_at(const struct lane *l, uint32_t i)
{
	return &engine_rules(l->engine)->rules[i];
}

static uint64_t
less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static struct span
bytes(const struct feed *f, uint64_t from, uint64_t to)
{
	return span_of(f->data.ptr + (from - f->base), (size_t)(to - from));
}

/* Up to `most` bytes before `at`. */
static struct span
bytes_before(const struct feed *f, uint64_t at, uint64_t most)
{
	uint64_t from = less(at, most);

	return bytes(f, from > f->base ? from : f->base, at);
}

/* The line round [start, end), at most JUDGE_LINE more on each side. */
static struct span
line_of(const struct feed *f, uint64_t start, uint64_t end)
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

static void
emit(struct feed *f, const struct lane_match *m)
{
	enum stanch_result r = f->lane->on_match(m, f->lane->payload);

	if (r != STANCH_OK && f->result == STANCH_OK)
		f->result = r;
}

/* ---- blocks ---- */

static void
keep_bytes(struct lane *l, struct span s)
{
	size_t n = BLOCK_KEPT - l->nkept;

	n = s.len < n ? s.len : n;
	if (n)
		memcpy(l->kept + l->nkept, s.ptr, n);
	l->nkept += n;
}

static void
close_block(struct feed *f)
{
	struct lane *l = f->lane;
	uint64_t end = l->block.sure;
	size_t n = end - l->open_start < l->nkept ?
		(size_t)(end - l->open_start) : l->nkept;
	struct span secret = span_of(l->kept, n);
	struct lane_match m = { .rule = l->open_rule,
		.start = l->open_start, .end = end,
		.secret_start = l->open_start, .secret_end = end,
		.match = secret, .secret = secret, .line = secret,
		.before = span_of(l->before, l->nbefore) };

	emit(f, &m);
	l->open = false;
	known(l, l->open_rule)->resume = end;
	explicit_bzero(l->kept, l->nkept);
	l->nkept = 0;
}

/* Takes what has come in of the open block. */
static void
go_on(struct feed *f)
{
	struct lane *l = f->lane;
	uint64_t from = l->block.pos;

	if (from < f->end)
		block_take(&l->block, bytes(f, from, f->end), f->final);
	else if (f->final)
		block_take(&l->block, span_of(NULL, 0), true);
	if (from < l->block.pos)
		keep_bytes(l, bytes(f, from, l->block.pos));
	if (l->block.state == BLOCK_ENDED)
		close_block(f);
}

/* A BEGIN line was confirmed: is there a key behind it? */
static enum outcome
try_block(struct feed *f, uint32_t rule, uint64_t start, uint64_t end)
{
	struct lane *l = f->lane;
	struct block b;
	struct span before;

	block_begin(&b, end);
	block_take(&b, bytes(f, end, f->end), f->final);
	if (b.state == BLOCK_UNSURE) {
		f->secret_from = start;
		return WAITS;
	}
	known(l, rule)->resume = end;
	if (b.state == BLOCK_NONE)
		return SETTLED;
	before = bytes_before(f, start, JUDGE_BEFORE);
	memcpy(l->before, before.ptr, before.len);
	l->nbefore = before.len;
	l->open = true;
	l->open_start = start;
	l->open_rule = rule;
	l->block = b;
	keep_bytes(l, bytes(f, start, b.pos));
	if (b.state == BLOCK_ENDED)
		close_block(f);
	return SETTLED;
}

/* ---- windows ---- */

static struct bound
bound_of(const struct feed *f, const struct candidate *c)
{
	return (struct bound){ f->data, f->base, rule_at(f->lane, c->rule),
		c };
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
		line_of(f, out.start, out.end) : out.match;
	emit(f, &out);
}

/* One match, found at m in the window that begins at base. */
static enum outcome
settle_match(struct feed *f, uint32_t rule, uint64_t base,
	const struct re_match *m)
{
	struct lane *l = f->lane;
	const struct stanch_rule *r = rule_at(l, rule);
	uint64_t start = base + m->start, end = base + m->end;

	if (r->block != RULE_BLOCK_NONE)
		return try_block(f, rule, start, end);
	if (judge_wants_line(l->judge, r) && !line_is_here(f, end)) {
		f->secret_from = base + m->group_start;
		return WAITS;
	}
	if (m->group_end > m->group_start)
		emit_match(f, rule, base, m, false);
	known(l, rule)->resume = end > start ? end : start + 1;
	return SETTLED;
}

/* The expression gave up: fail closed, the whole window is a match. */
static void
settle_limit(struct feed *f, const struct candidate *c, uint64_t from,
	uint64_t limit)
{
	struct bound b = bound_of(f, c);
	uint64_t secret = bound_limit(&b, from);
	struct re_match m = { .end = (size_t)(limit - from),
		.group_start = (size_t)(secret - from),
		.group_end = (size_t)(limit - from) };

	if (limit > secret)
		emit_match(f, c->rule, from, &m, true);
	known(f->lane, c->rule)->resume = limit > from ? limit : from + 1;
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

/* Where what a match may look at ends, when it begins at `until` or before. */
static uint64_t
window_end(const struct re_facts *facts, uint64_t until)
{
	uint32_t width = facts->width < ENGINE_WIDTH_MAX ? facts->width :
		ENGINE_WIDTH_MAX;
	uint32_t ahead = facts->ahead < ENGINE_CONTEXT ? facts->ahead :
		ENGINE_CONTEXT;

	return until + width + ahead;
}

static enum outcome
confirm(struct feed *f, const struct candidate *c)
{
	struct lane *l = f->lane;
	const struct stanch_rule *r = rule_at(l, c->rule);
	const struct re_facts *facts = &r->facts;
	uint64_t from = less(c->at, facts->anchor.before), until, window,
		limit, begin;
	struct bound b = bound_of(f, c);
	struct re_match m;
	unsigned edges;

	if (c->at < facts->anchor.before_min)
		return SETTLED;
	until = c->at - facts->anchor.before_min;
	window = window_end(facts, until);
	limit = least(window, f->end);
	edges = window <= f->end ? RE_NOT_END : f->final ? 0 : RE_MORE;
	for (;;) {
		from = first_start(known(l, c->rule), from);
		if (from > until || f->result != STANCH_OK)
			return SETTLED;
		if ((edges & RE_MORE) && known(l, c->rule)->limit_end ==
			window) {
			f->secret_from = from;
			return WAITS;
		}
		begin = less(from, ENGINE_CONTEXT);
		begin = begin > f->base ? begin : f->base;
		switch (engine_confirm(l->worker, c->rule,
			bytes(f, begin, limit), (size_t)(from - begin),
			(size_t)(until - begin),
			edges | (begin ? RE_NOT_BEGIN : 0), &m)) {
		case RE_NO:
			note_tried(known(l, c->rule), from, until + 1);
			return SETTLED;
		case RE_MATCH:
			if (settle_match(f, c->rule, begin, &m) == WAITS)
				return WAITS;
			if (r->block != RULE_BLOCK_NONE)
				return SETTLED;
			break;
		case RE_PARTIAL:
			f->secret_from = bound_secret(&b, from);
			return WAITS;
		case RE_LIMIT:
			if (edges & RE_MORE) {
				known(l, c->rule)->limit_end = window;
				break;
			}
			settle_limit(f, c, from, limit);
			break;
		}
	}
}

/* ---- the feed ---- */

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
		go_on(f);
	for (size_t i = 0; i < l->waiting.n && f->result == STANCH_OK; i++) {
		struct candidate c = l->waiting.v[i];
		const struct stanch_rule *r = rule_at(l, c.rule);

		if (!l->enabled[c.rule])
			continue;
		if (in_block(l, c.at))
			continue;
		if (blocked || known(l, c.rule)->stamp == l->pass ||
			(l->open && c.at >= l->open_start)) {
			struct bound b = bound_of(f, &c);

			f->secret_from = bound_waiting(&b);
			wait(f, &kept, &c);
		} else if (confirm(f, &c) == WAITS) {
			known(l, c.rule)->stamp = l->pass;
			blocked |= r->block != RULE_BLOCK_NONE;
			wait(f, &kept, &c);
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
	if (f.end > l->scanned)
		f.result = engine_candidates(l->worker, bytes(&f, from, f.end),
			(size_t)(l->scanned - from), from, &l->waiting);
	if (f.result != STANCH_OK)
		return f.result;
	l->scanned = l->safe = f.end;
	l->keep = less(f.end, overlap + engine_reach(l->engine) + JUDGE_LINE);
	settle(&f);
	if (l->open)
		l->safe = least(l->safe, l->open_start);
	return f.result;
}

uint64_t
lane_safe(const struct lane *l, struct span data, uint64_t base)
{
	return l->open ? l->safe :
		least(l->safe, base + engine_tail(l->engine, data));
}
