/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.c - cells of a row, and which of them may be secrets.  When rows come,
 * and what becomes of a secret, is lane_table.c's.
 */
#include "scan/table.h"

#include "judge/chars.h"

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* What stands round a name or a value in a table. */
static bool
is_wrapper(uint8_t c)
{
	return c == '"' || c == '\'' || c == '`' || c == '*';
}

static struct span
trim(struct span s, bool (*is)(uint8_t c))
{
	while (s.len && is(s.ptr[0]))
		s = span_skip(s, 1);
	while (s.len && is(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* ---- cells ---- */

/* A row, cell by cell. */
struct cursor {
	struct span row;
	size_t at;	/* of what ended the last cell, or of the row's end */
	uint8_t sep;
};

static bool
has_more(const struct cursor *c)
{
	return c->at < c->row.len && c->row.ptr[c->at] == c->sep;
}

/* The next cell; .at becomes the place of what ends it. */
static struct span
next_cell(struct cursor *c)
{
	const uint8_t *start = c->row.ptr + c->at;
	size_t left = c->row.len - c->at, n;
	bool in_quotes = left && *start == '"' && c->sep != '|';
	bool quoted = in_quotes;

	for (n = quoted ? 1 : 0; n < left; n++) {
		if (start[n] == '"' && quoted)	/* two stand for one */
			in_quotes = !in_quotes;
		else if (start[n] == '\\' && c->sep == '|' && n + 1 < left)
			n++;
		else if (!in_quotes && (start[n] == c->sep || start[n] == '\n'))
			break;
	}
	c->at += n;
	return span_of(start, n);
}

/* ---- names ---- */

static uint8_t
separator_of(struct span names)
{
	static const uint8_t seps[] = { '|', '\t', ';', ',' };

	for (size_t i = 0; i < sizeof seps; i++)
		if (names.len && memchr(names.ptr, seps[i], names.len))
			return seps[i];
	return 0;
}

/* Words of letters and few signs; digits stand together, if at all. */
static bool
is_name(struct span s)
{
	bool digit = false;	/* in this word there were some */

	if (!s.len || s.len > TABLE_NAME_MOST || char_is_digit(s.ptr[0]))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i];

		if (char_is_digit(c)) {
			if (digit && !char_is_digit(s.ptr[i - 1]))
				return false;
			digit = true;
		} else if (!char_is_alpha(c) && c < 0x80) {
			if (!memchr("_ ./-#?", c, 7))
				return false;
			digit = false;
		}
	}
	return true;
}

/* Whatever stands before the first name of a row, a blank parts from it. */
static struct span
last_word(struct span s)
{
	const uint8_t *blank = s.len ? memrchr(s.ptr, ' ', s.len) : NULL;

	return blank ? span_skip(s, (size_t)(blank + 1 - s.ptr)) : s;
}

/* Notes the column if it is the one whose name ends at `end`. */
static void
add_column(struct table *t, struct span name, const uint8_t *end)
{
	struct table_column *c = &t->columns[0];

	if (!name.len || name.ptr + name.len != end)
		return;
	*c = (struct table_column){ .index = t->seps,
		.len = (uint32_t)name.len };
	memcpy(c->name, name.ptr, name.len);
	t->n = 1;
}

/* Between pipes with blanks a ruler must follow: they may be of commands. */
static bool
needs_ruler(struct span names)
{
	return names.ptr[0] == '|' || memmem(names.ptr, names.len, " |", 2) ||
		memmem(names.ptr, names.len, "| ", 2);
}

bool
table_begin(struct table *t, struct span names, size_t end)
{
	struct cursor c = { .row = names, .sep = separator_of(names) };

	*t = (struct table){ .sep = c.sep, .fresh = true };
	t->ruled = c.sep == '|' && needs_ruler(names);
	if (!c.sep)
		return false;
	for (;; c.at++, t->seps++) {
		struct span cell = trim(next_cell(&c), is_blank);
		struct span name = trim(cell, is_wrapper);
		bool last = !has_more(&c);

		if (!t->seps && !is_name(name))
			name = trim(last_word(name), is_wrapper);
		if (!t->seps)
			t->head = (uint64_t)(name.ptr - names.ptr);
		if (!is_name(name) && (cell.len || c.sep != '|' ||
			(t->seps && !last)))
			return false;
		add_column(t, name, names.ptr + end);
		if (last)
			return t->n && t->seps;
	}
}

void
table_join(struct table *t, const struct table *other)
{
	if (t->n < TABLE_SECRETS)
		t->columns[t->n++] = other->columns[0];
}

/* ---- rows ---- */

static struct span
without_quotes(struct span s)
{
	bool quoted = s.len > 1 && s.ptr[0] == s.ptr[s.len - 1] &&
		is_wrapper(s.ptr[0]) && s.ptr[0] != '*';

	return quoted ? span_of(s.ptr + 1, s.len - 2) : s;
}

/* The value in a cell, if it may be a secret. */
static struct span
secret_of(struct span cell)
{
	struct span s = without_quotes(trim(cell, is_blank));

	if (s.len < TABLE_CELL_LEAST || s.len > TABLE_CELL_MOST)
		return span_of(NULL, 0);
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~' || s.ptr[i] == '"')
			return span_of(NULL, 0);
	return s;
}

static bool
is_ruler(struct span line)
{
	size_t dashes = 0;

	for (size_t i = 0; i < line.len; i++) {
		if (!memchr("|+-=: \t\r", line.ptr[i], 8))
			return false;
		dashes += line.ptr[i] == '-' || line.ptr[i] == '=';
	}
	return dashes > 2;
}

/* Of a cell that has not ended: no secret has a blank in it. */
static bool
may_be_secret(struct span cell)
{
	struct span s = trim(cell, is_blank);

	return s.len && !memchr(s.ptr, ' ', s.len);
}

/* Takes a cell of a secret's column; true: it is one. */
static bool
take_cell(const struct table *t, uint32_t index, struct span cell,
	struct table_cells *cells)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].index == index) {
			cells->secret[i] = secret_of(cell);
			return true;
		}
	return false;
}

/* What a row is that has ended. */
static enum table_row
kind_of(const struct table *t, struct span line, uint32_t seps)
{
	if (t->fresh && is_ruler(line))
		return TABLE_RULER;
	if (t->fresh && t->ruled)
		return TABLE_END;
	if (seps == t->seps && line.len)
		return TABLE_VALUES;
	return t->fresh || t->misfits + 1 == TABLE_MISFITS ||
		!trim(line, is_blank).len ? TABLE_END : TABLE_MISFIT;
}

enum table_row
table_take(const struct table *t, struct span rest, bool final,
	struct table_cells *cells)
{
	struct cursor c = { .row = span_first(rest, TABLE_ROW_MOST),
		.sep = t->sep };
	size_t held = SIZE_MAX;
	uint32_t seps = 0;
	bool ended;

	*cells = (struct table_cells){ .held = rest.len };
	for (;; c.at++, seps++) {
		size_t from = c.at;
		struct span cell = next_cell(&c);

		if (take_cell(t, seps, cell, cells) && held == SIZE_MAX &&
			(c.at < c.row.len || may_be_secret(cell)))
			held = from;
		if (!has_more(&c))
			break;
	}
	ended = c.at < c.row.len;
	if (!ended && c.row.len == TABLE_ROW_MOST)
		return TABLE_END;
	if (!ended && !final) {
		cells->held = held < rest.len ? held : rest.len;
		return TABLE_MORE;
	}
	cells->len = c.at + ended;
	return kind_of(t, span_first(rest, c.at), seps);
}

void
table_pass(struct table *t, enum table_row row,
	const struct table_cells *cells)
{
	t->pos += cells->len;
	t->misfits = row == TABLE_MISFIT ? t->misfits + 1 : 0;
	t->fresh = t->fresh && row == TABLE_RULER;
	t->ruled = false;
}
