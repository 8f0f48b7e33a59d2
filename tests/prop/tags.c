/* SPDX-License-Identifier: Apache-2.0 */
/* tags.c - what must hold of every tag and fill. */
#include "prop.h"

#define KEY .key = "a key of the tests", .key_len = 18

static const struct stanch_filter_options ways[] = {
	{ .tag = "[REDACTED:{rule}:{hash}]", KEY },
	{ .tag = "[REDACTED:{rule}:{length}]", KEY },
	{ .tag = "<{rule}>" },
	{ .tag = "***" },
	{ .tag = "[REDACTED:{rule}:{hash}:{length}]", KEY },
	{ .fill = '*' },
	{ .fill = 'x' },
};
enum { WAYS = sizeof ways / sizeof *ways };

static const char *
name_of(const struct stanch_filter_options *way)
{
	return way->fill ? "a fill" : way->tag;
}

static bool
same_output(struct world *w, const struct got *a, const struct got *b,
	const struct stanch_filter_options *way, const char *what)
{
	if (a->result != STANCH_OK || b->result != STANCH_OK)
		return fails(w, "%s: %s, %s", name_of(way),
			stanch_result_text(a->result),
			stanch_result_text(b->result));
	return span_equal(buf_span(&a->out), buf_span(&b->out)) ||
		fails(w, "%s: %s gives other bytes (%zu, %zu)", name_of(way),
			what, a->out.len, b->out.len);
}

bool
any_tag_is_left_alone(struct world *w, struct span in, uint64_t seed)
{
	const struct stanch_filter_options *way = &ways[seed % WAYS];
	struct got once, twice;
	bool ok;

	drive_filter_way(&once, w->engine, in, split_whole(), way);
	drive_filter_way(&twice, w->engine, buf_span(&once.out),
		split_whole(), way);
	ok = same_output(w, &once, &twice, way, "filtering again");
	got_free(&once);
	got_free(&twice);
	return ok;
}

bool
tags_do_not_see_pieces(struct world *w, struct span in, uint64_t seed)
{
	const struct stanch_filter_options *way = &ways[seed % WAYS];
	struct got whole, pieces;
	bool ok;

	drive_filter_way(&whole, w->engine, in, split_whole(), way);
	drive_filter_way(&pieces, w->engine, in, split_random(90, seed), way);
	ok = same_output(w, &whole, &pieces, way, "another split");
	got_free(&whole);
	got_free(&pieces);
	return ok;
}

static bool
is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* As long as it was, each line as well, and no other byte is changed. */
bool
a_fill_keeps_every_place(struct world *w, struct span in, uint64_t seed)
{
	const struct stanch_filter_options way = { .fill = 'X' };
	size_t changed = 0, ends = 0;
	struct got g;
	bool ok;

	drive_filter_way(&g, w->engine, in, split_random(4000, seed), &way);
	ok = g.result == STANCH_OK && g.out.len == in.len;
	for (size_t i = 0; ok && i < in.len; i++) {
		changed += g.out.ptr[i] != in.ptr[i];
		ends += is_line_end(g.out.ptr[i]) != is_line_end(in.ptr[i]);
	}
	ok = ok && !ends && changed <= g.stats.bytes_masked;
	if (!ok)
		fails(w, "%zu bytes in, %zu out, %zu changed, %zu line ends",
			in.len, g.out.len, changed, ends);
	got_free(&g);
	return ok;
}
