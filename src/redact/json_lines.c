/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_lines.c - which lines of the input are JSON.  A line is held until it
 * is whole, and given out in one go; a line that is no JSON, or too long to
 * be held, is text like any other.  What of a line is masked is json_line.c's.
 */
#include "base/json_walk.h"
#include "redact/filter_private.h"

enum { JSON_LINE_MAX = 256 * 1024 };	/* bytes, without the line end */

static const uint8_t *
byte_at(const struct stanch_filter *f, uint64_t pos)
{
	return f->buffer + (pos - f->base);
}

/* Looks for the end of the line in what has come. */
static void
find_end(struct stanch_filter *f, bool final)
{
	struct line *l = &f->line;
	uint64_t end = f->base + f->len;
	const uint8_t *from = byte_at(f, l->searched), *nl = NULL;

	if (l->end != UINT64_MAX)
		return;
	if (l->searched < end)
		nl = memchr(from, '\n', (size_t)(end - l->searched));
	l->searched = end;
	if (nl)
		l->end = f->base + (uint64_t)(nl - f->buffer) + 1;
	else if (final)
		l->end = end;
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Of a line of which this has come: may it be JSON? */
static bool
may_be_json(struct span s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = span_skip(s, 1);
	return !s.len || s.ptr[0] == '{' || s.ptr[0] == '[' ||
		s.ptr[0] == '"';
}

/* LINE_UNKNOWN: more of it must come. */
static enum line_kind
kind_of(struct stanch_filter *f)
{
	const struct line *l = &f->line;
	bool whole = l->end != UINT64_MAX;
	uint64_t end = whole ? l->end : f->base + f->len;
	struct span s = span_of(byte_at(f, l->start),
		(size_t)(end - l->start));

	if (s.len && s.ptr[s.len - 1] == '\n')
		s.len--;
	if (!may_be_json(s))
		return LINE_TEXT;
	if (s.len > JSON_LINE_MAX) {
		f->stats.json_long++;
		return LINE_TEXT;
	}
	if (!whole)
		return LINE_UNKNOWN;
	if (!json_walk_valid(s))
		return LINE_TEXT;
	f->stats.json_lines++;
	return LINE_JSON;
}

static void
next_line(struct stanch_filter *f)
{
	struct line *l = &f->line;

	*l = (struct line){ .start = l->end, .searched = l->end,
		.end = UINT64_MAX, .number = l->number + 1 };
}

/* A secret in the text before may have taken the line end with it. */
static bool
give_line_end(struct stanch_filter *f)
{
	const struct joint *j = &f->standin.joint;

	if (!j->n || j->tail[j->n - 1] == '\n')
		return true;
	f->stats.bytes_masked--;
	return give_bytes(f, "\n", 1);
}

/* False: no more can be given out.  *more: another line may follow. */
static bool
give_line(struct stanch_filter *f, uint64_t decided, bool *more)
{
	struct line *l = &f->line;

	*more = false;
	if (l->kind == LINE_UNKNOWN)
		l->kind = kind_of(f);
	if (l->kind == LINE_UNKNOWN)
		return true;
	if (l->kind == LINE_TEXT) {
		*more = l->end <= decided;
		return give_text(f, *more ? l->end : decided);
	}
	*more = l->end <= decided;
	return !*more || (give_pending_tag(f, l->end) && give_line_end(f) &&
		json_line_give(f));
}

bool
json_lines_give(struct stanch_filter *f, uint64_t decided, bool final)
{
	bool more = true;

	while (more) {
		find_end(f, final);
		if (f->line.start == f->base + f->len)
			return true;	/* nothing of it has come */
		if (!give_line(f, decided, &more))
			return false;
		if (more)
			next_line(f);
	}
	return true;
}
