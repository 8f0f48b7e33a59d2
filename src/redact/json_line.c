/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_line.c - one line of JSON, with secrets masked so that it stays JSON:
 * what is covered inside a string, in whole characters and escapes, becomes a
 * tag; a number or a word that is covered becomes a string of the tag; all
 * else is given out as it is.  Nothing is written anew.
 */
#include <stdlib.h>

#include "base/json_walk.h"
#include "redact/filter_private.h"

enum { COVERS_ROOM = 32 };

/* The line's own covers, in its own offsets, sorted; none overlap. */
struct marked {
	struct stanch_filter *f;
	struct cover *v;
	size_t n, cap;
	size_t raw;		/* the first that are of the bytes themselves */
	size_t next;		/* those before it are done with */
};

static bool
mark(struct marked *m, const struct cover *c)
{
	size_t cap = m->cap ? m->cap * 2 : COVERS_ROOM;
	struct cover *v;

	if (m->n == m->cap) {
		v = realloc(m->v, cap * sizeof *v);
		if (!v)
			return false;
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = *c;
	return true;
}

/* A part of one that is not all in the line: nothing is known of it. */
static struct cover
clip(struct cover c, const struct line *l)
{
	if (c.end >= l->end)
		c.hash[0] = c.fingerprint[0] = '\0';
	c.wide = 0;	/* there is no UTF-16 in JSON that is text */
	c.start = c.start > l->start ? c.start - l->start : 0;
	c.end = (c.end < l->end ? c.end : l->end) - l->start;
	return c;
}

static bool
mark_raw(struct marked *m)
{
	struct stanch_filter *f = m->f;
	const struct line *l = &f->line;
	struct covers *cs = &f->covers;
	struct cover c;
	bool ok = true;

	for (size_t i = cs->next; ok && i < cs->n &&
		cs->v[i].start < l->end; i++) {
		c = clip(cs->v[i], l);
		ok = mark(m, &c);
	}
	if (ok && f->is_open && f->open.start < l->end) {
		c = (struct cover){ .start = f->open.start, .end = UINT64_MAX,
			.rule = f->open.rule };
		c = clip(c, l);
		ok = mark(m, &c);
	}
	m->raw = m->n;
	return ok;
}

static bool
is_marked(const struct marked *m, uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < m->raw; i++)
		if (m->v[i].start < end && start < m->v[i].end)
			return true;
	return false;
}

/* What its escapes hid counts as a finding; what they did not was one. */
static bool
tell(struct stanch_filter *f, const struct scan_cover *c)
{
	struct stanch_finding of_input = *c->finding;

	f->stats.findings++;
	if (!f->on_finding)
		return true;
	of_input.line = f->line.number;
	of_input.column = of_input.start + 1;
	of_input.start += f->line.start;
	of_input.end += f->line.start;
	return f->on_finding(&of_input, f->payload);
}

static enum stanch_result
on_hidden(const struct scan_cover *c, void *payload)
{
	struct marked *m = payload;
	struct cover to = { .start = c->start, .end = c->end,
		.rule = c->finding->rule };

	if (!c->quiet && !is_marked(m, c->start, c->end) && !tell(m->f, c))
		return STANCH_ESTOP;
	memcpy(to.hash, c->finding->pseudonym, sizeof to.hash);
	if (m->f->keyed)
		memcpy(to.fingerprint, c->finding->fingerprint,
			sizeof to.fingerprint);
	return mark(m, &to) ? STANCH_OK : STANCH_ENOMEM;
}

static int
by_start(const void *a, const void *b)
{
	const struct cover *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end == y->end ? 0 : x->end > y->end ? -1 : 1;
}

/* Of those that overlap the first has the bytes of all. */
static void
merge(struct marked *m)
{
	size_t n = 0;

	if (m->n)
		qsort(m->v, m->n, sizeof *m->v, by_start);
	for (size_t i = 0; i < m->n; i++) {
		struct cover *last = n ? &m->v[n - 1] : NULL;

		if (last && m->v[i].start < last->end) {
			if (m->v[i].end > last->end)
				last->end = m->v[i].end;
		} else {
			m->v[n++] = m->v[i];
		}
	}
	m->n = n;
}

/* ---- tokens ---- */

/* The next cover that reaches beyond `at`; NULL: there is none. */
static const struct cover *
cover_after(struct marked *m, size_t at)
{
	while (m->next < m->n && m->v[m->next].end <= at)
		m->next++;
	return m->next < m->n ? &m->v[m->next] : NULL;
}

static bool
mask_part(struct stanch_filter *f, const struct cover *c, size_t start,
	size_t end)
{
	uint64_t base = f->line.start;

	return give_clean(f, base + start) &&
		give_masked(f, c, base + end, true);
}

/*
 * [at, end) is the string's inside.  What is masked is grown to whole
 * characters: half an escape is no JSON.
 */
static bool
mask_string(struct marked *m, const uint8_t *line, size_t at, size_t end)
{
	const struct cover *c;
	size_t from, takes, n;
	uint8_t unused[4];

	while (at < end && (c = cover_after(m, at)) && c->start < end) {
		from = end;
		while (at < end && at < c->end) {
			takes = json_walk_char(span_of(line + at, end - at),
				unused, &n);
			if (from == end && c->start < at + takes)
				from = at;
			at += takes;
		}
		if (!mask_part(m->f, c, from, at))
			return false;
	}
	return true;
}

/* In as many bytes as there were, and JSON. */
static bool
fill_bare(struct stanch_filter *f, const struct cover *c, size_t at,
	size_t len)
{
	const char *quote = len < 2 ? "0" : "\"";

	f->out++;
	if (!give_bytes(f, quote, 1) || len < 2)
		return len < 2;
	if (!mask_part(f, c, at + 1, at + len - 1))
		return false;
	f->out++;
	return give_bytes(f, quote, 1);
}

static bool
mask_bare(struct marked *m, size_t at, size_t len)
{
	struct stanch_filter *f = m->f;
	const struct cover *c = cover_after(m, at);

	if (!c || c->start >= at + len)
		return true;
	if (!give_clean(f, f->line.start + at))
		return false;
	if (f->standin.fill)
		return fill_bare(f, c, at, len);
	return give_bytes(f, "\"", 1) && mask_part(f, c, at, at + len) &&
		give_bytes(f, "\"", 1);
}

static bool
give_tokens(struct marked *m, struct span line)
{
	struct json_walk w;
	enum json_token t = JSON_TOKEN_MARK;
	size_t start, len;
	bool ok = true;

	json_walk_begin(&w, line);
	while (ok && m->n && t > JSON_TOKEN_END) {
		t = json_walk_next(&w, &start, &len);
		if (t == JSON_TOKEN_STRING)
			ok = mask_string(m, line.ptr, start + 1,
				start + len - 1);
		else if (t == JSON_TOKEN_BARE)
			ok = mask_bare(m, start, len);
	}
	return ok && give_clean(m->f, m->f->line.end);
}

/* What ended in the line is done with; what goes on has another tag there. */
static void
pass(struct stanch_filter *f)
{
	struct covers *cs = &f->covers;

	while (cs->next < cs->n && cs->v[cs->next].end <= f->line.end)
		cs->next++;
	f->masking.on = false;
}

bool
json_line_give(struct stanch_filter *f)
{
	const struct line *l = &f->line;
	struct span line = span_of(f->buffer + (l->start - f->base),
		(size_t)(l->end - l->start));
	struct marked m = { .f = f };
	bool ok;

	ok = mark_raw(&m) && json_view_scan(&f->view, line, on_hidden, &m);
	if (ok) {
		merge(&m);
		ok = give_tokens(&m, line);
		pass(f);
	}
	free(m.v);
	return ok;
}
