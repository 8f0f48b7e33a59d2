/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane_block.c - a block in a lane: opened when its BEGIN line is confirmed
 * and a key is behind it, fed as bytes come, a match when it ends.  How far a
 * block goes is block.c's to say.
 */
#include "scan/feed.h"

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

	feed_emit(f, &m);
	l->open = false;
	known(l, l->open_rule)->resume = end;
	explicit_bzero(l->kept, l->nkept);
	l->nkept = 0;
}

void
feed_go_on(struct feed *f)
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

enum outcome
feed_try_block(struct feed *f, uint32_t rule, uint64_t start, uint64_t end)
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
	if (b.state == BLOCK_NONE) {
		feed_tell_no(f, rule, start, end, "no key follows this line");
		return NO_BLOCK;
	}
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
