/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite_rows.c - the rows of a page as text, and blobs as places of their
 * own, as they may be files.  Numbers are left out; a payload whose columns
 * cannot be told is given whole.
 */
#include <stdio.h>

#include "unwrap/sqlite.h"

enum { BLOB = 16 };	/* bytes of one that has a place of its own */

struct rows {
	struct sqlite *db;
	const struct sqlite_page *page;
	uint8_t *set;
	unsigned next;			/* cell; the number of the row, then */
	unsigned column;		/* counted from 1 */
	bool open;			/* a row is */
	struct sqlite_chain chain;
	struct sqlite_record record;
	uint64_t left;			/* bytes of the column */
	enum sqlite_type type;
	bool begun;			/* the row has a column */
	bool blob;			/* one is next */
};

/* Bytes of the payload that say nothing, or may be broken off. */
static void
skip(struct rows *r, uint64_t n)
{
	struct span s;

	while (n && (s = sqlite_chain_look(&r->chain)).len) {
		size_t part = s.len < n ? s.len : (size_t)n;

		sqlite_chain_take(&r->chain, part);
		n -= part;
	}
}

static void
open_row(struct rows *r)
{
	struct sqlite_cell cell;

	if (!sqlite_page_cell(r->page, r->next++, &cell))
		return;
	sqlite_chain_begin(&r->chain, r->db, r->set, &cell);
	r->db->split = r->db->split || (cell.next && !r->db->given);
	r->open = true;
	r->begun = false;
	r->left = r->column = 0;
	if (sqlite_record_open(&r->record, cell.local)) {
		skip(r, r->record.header);
		return;
	}
	r->record.types = span_of(NULL, 0);
}

/* The next column with text, or what is left behind the last; at most what
   there is.  False: the row is at its end. */
static bool
next_column(struct rows *r)
{
	while (sqlite_record_next(&r->record, &r->left, &r->type)) {
		r->column++;
		if (r->left > r->chain.left)
			r->left = r->chain.left;
		if (r->type != SQLITE_NUMBER && r->left)
			return true;
		skip(r, r->left);
		r->left = 0;
	}
	r->left = r->chain.left;
	r->type = SQLITE_TEXT;
	return r->left > 0;
}

static size_t
give_column(struct rows *r, struct tap *t, uint8_t *to, size_t n)
{
	struct span s = span_first(sqlite_chain_look(&r->chain), n);

	if (s.len > r->left)
		s.len = (size_t)r->left;
	if (!s.len) {		/* broken off */
		if (r->set) {
			t->broken = "a row goes on in a page that is not "
				"there";
			t->why = STANCH_GAP_CORRUPT;
		}
		r->open = false;
		*to = '\n';
		return 1;
	}
	memcpy(to, s.ptr, s.len);
	sqlite_chain_take(&r->chain, s.len);
	r->left -= s.len;
	return s.len;
}

/* Some bytes; 0: between rows. */
static size_t
give(struct rows *r, struct tap *t, uint8_t *to, size_t n)
{
	if (!r->open) {
		open_row(r);
		return 0;
	}
	if (r->left)
		return give_column(r, t, to, n);
	if (next_column(r)) {
		r->blob = r->type == SQLITE_BLOB && r->left >= BLOB;
		*to = '\t';
		n = r->begun;
		r->begun = true;
		return n;
	}
	r->open = false;
	*to = '\n';
	return 1;
}

static size_t
fill(struct tap *t, uint8_t *to, size_t n)
{
	struct rows *r = t->of;
	size_t got = 0;

	while (!got && !r->blob && (r->open || r->next < r->page->cells))
		got = give(r, t, to, n);
	if (!unwrap_decoded(r->db->u, got))
		t->broken = "";
	return got;
}

static size_t
fill_blob(struct tap *t, uint8_t *to, size_t n)
{
	struct rows *r = t->of;
	size_t got = r->open && r->left ? give_column(r, t, to, n) : 0;

	if (!unwrap_decoded(r->db->u, got))
		t->broken = "";
	return got;
}

static void
give_tap(struct rows *r, uint8_t *room, tap_fn *fill_it)
{
	struct unwrap *u = r->db->u;
	struct tap t;

	tap_init(&t, room, fill_it, r);
	sift(u, &t, r->db->depth + 1);
	if (t.broken && t.broken[0] && !u->stopped)
		unwrap_gap(u, t.why, t.broken, GAP_BYTES_UNKNOWN);
}

static void
give_blob(struct rows *r, uint8_t *room)
{
	struct unwrap *u = r->db->u;
	char name[48];
	size_t before;

	snprintf(name, sizeof name, "row %u column %u", r->next, r->column);
	before = unwrap_enter(u, span_str(name));
	if (unwrap_member(u))
		give_tap(r, room, fill_blob);
	unwrap_leave(u, before);
	r->blob = false;
}

/* What follows a blob is a place of its own: its lines begin again. */
static void
give_all(struct rows *r, uint8_t *room)
{
	struct unwrap *u = r->db->u;
	size_t before = u->place.len;
	char name[24];

	while (!u->stopped && (r->open || r->next < r->page->cells)) {
		snprintf(name, sizeof name, "row %u", r->next);
		if (r->next)
			unwrap_enter(u, span_str(name));
		give_tap(r, room, fill);
		unwrap_leave(u, before);
		if (r->blob && !u->stopped)
			give_blob(r, room);
	}
}

static size_t
enter(struct sqlite *db, uint32_t no)
{
	const char *name = sqlite_names_of(db, no);
	char page[24];
	size_t before = *name ? unwrap_enter(db->u, span_str(name)) :
		db->u->place.len;

	snprintf(page, sizeof page, "page %u", no);
	unwrap_enter(db->u, span_str(page));
	return before;
}

void
sqlite_rows_give(struct sqlite *db, const struct sqlite_page *page,
	uint32_t no, uint8_t *set)
{
	struct rows r = { .db = db, .page = page, .set = set };
	uint8_t *room = page->cells ? unwrap_room(db->u) : NULL;
	size_t before;

	if (!room)
		return;
	before = enter(db, no);
	give_all(&r, room);
	unwrap_leave(db->u, before);
	unwrap_room_back(db->u, room);
}
