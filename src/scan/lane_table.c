/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lane_table.c - a table in a lane: begun by a name of a secret in a row of
 * names, its rows read as they come; each secret is a match by itself, judged
 * as if it were assigned to the name of its column.  What a row is, is
 * table.c's to say.
 */
#include "scan/feed.h"

enum { TEXT_MOST = TABLE_NAME_MOST + TABLE_CELL_MOST + 3 };

/* NAME="SECRET" */
static void
emit_cell(struct feed *f, const struct table_column *c, struct span secret)
{
	struct lane *l = f->lane;
	uint8_t text[TEXT_MOST];
	uint64_t start = f->base + (uint64_t)(secret.ptr - f->data.ptr);
	struct lane_match m = { .rule = c->rule,
		.start = start, .end = start + secret.len,
		.secret_start = start, .secret_end = start + secret.len };
	size_t n = c->len;

	memcpy(text, c->name, n);
	text[n++] = '=';
	text[n++] = '"';
	memcpy(text + n, secret.ptr, secret.len);
	m.secret = span_of(text + n, secret.len);
	n += secret.len;
	text[n++] = '"';
	m.match = span_of(text, n);
	m.line = judge_wants_line(l->judge, rule_at(f->lane, m.rule)) ?
		feed_line(f, m.start, m.end) : m.match;
	feed_emit(f, &m);
	explicit_bzero(text, sizeof text);
}

/* The rows that end at `until` or before. */
static void
read_rows(struct feed *f, uint64_t until)
{
	struct lane *l = f->lane;
	struct table *t = &l->table;
	struct table_cells cells;
	enum table_row row;

	while (l->in_table && f->result == STANCH_OK) {
		row = table_take(t, bytes(f, t->pos, f->end), f->final,
			&cells);
		if (row == TABLE_MORE) {
			l->safe = least(l->safe, t->pos + cells.held);
			return;
		}
		if (row == TABLE_END) {
			l->in_table = false;
			return;
		}
		if (t->pos + cells.len > until) {
			l->safe = least(l->safe, t->pos);
			return;
		}
		for (size_t i = 0; row == TABLE_VALUES && i < t->n; i++)
			if (cells.secret[i].len)
				emit_cell(f, &t->columns[i], cells.secret[i]);
		table_pass(t, row, &cells);
	}
}

/* Before a name that waits, rows end: another table may begin with it. */
static uint64_t
first_waiting(const struct lane *l)
{
	for (size_t i = 0; i < l->waiting.n; i++)
		if (rule_at(l, l->waiting.v[i].rule)->block ==
			RULE_BLOCK_TABLE)
			return l->waiting.v[i].at;
	return UINT64_MAX;
}

void
feed_read_table(struct feed *f)
{
	struct lane *l = f->lane;

	if (!l->in_table)
		return;
	read_rows(f, first_waiting(l));
	if (l->in_table)
		l->keep = least(l->keep, less(l->table.pos, JUDGE_LINE));
}

/* The row that [start, end) lies in, without its end; *at: where it begins. */
static bool
row_of(const struct feed *f, uint64_t start, uint64_t end, uint64_t *at,
	struct span *row)
{
	struct span head = bytes_before(f, start, TABLE_HEAD_MOST);
	struct span tail = bytes(f, end, f->end);
	const uint8_t *nl = tail.len ? memchr(tail.ptr, '\n', tail.len) : NULL;
	const uint8_t *before = head.len ? memrchr(head.ptr, '\n', head.len) :
		NULL;

	if (!nl)
		return false;
	if (before)
		head = span_skip(head, (size_t)(before + 1 - head.ptr));
	*at = start - head.len;
	*row = bytes(f, *at, end + (uint64_t)(nl - tail.ptr));
	return true;
}

enum outcome
feed_try_table(struct feed *f, uint32_t rule, uint64_t start, uint64_t end)
{
	struct lane *l = f->lane;
	struct table t;
	struct span row;
	uint64_t at;

	known(l, rule)->resume = end;
	if (!row_of(f, start, end, &at, &row) ||
		!table_begin(&t, row, (size_t)(end - at))) {
		feed_tell_no(f, rule, start, end,
			"it stands in no row of names");
		return SETTLED;
	}
	t.head += at;
	t.pos = at + row.len + 1;
	t.columns[0].rule = rule;
	if (l->in_table && l->table.pos == t.pos && l->table.head == t.head) {
		table_join(&l->table, &t);
		return SETTLED;
	}
	read_rows(f, at);
	l->table = t;
	l->in_table = true;
	return SETTLED;
}
