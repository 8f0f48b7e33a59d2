/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite.c - rows of an SQLite database, a page a place: a row a line, its
 * texts and blobs between tabs.  What goes on in other pages is joined; pages
 * that are free but still have rows are read, too.  All else in a page, and
 * pages of no tree, are given out as they are.
 */
#include "unwrap/sqlite.h"

#include <stdio.h>
#include <stdlib.h>

#include "unwrap/le.h"

enum { PAGES_MOST = 1 << 27, TRUNK_HEAD = 8, USABLE_LEAST = 480 };

/* ---- sets of pages ---- */

static bool
has(const uint8_t *set, uint32_t page)
{
	return set[page / 8] >> page % 8 & 1;
}

static void
put(uint8_t *set, uint32_t page)
{
	set[page / 8] |= (uint8_t)(1 << page % 8);
}

/* ---- a payload, wherever it goes on ---- */

void
sqlite_chain_begin(struct sqlite_chain *c, struct sqlite *db, uint8_t *set,
	const struct sqlite_cell *cell)
{
	*c = (struct sqlite_chain){ .db = db, .set = set,
		.piece = cell->local, .next = cell->next,
		.left = cell->payload };
}

struct span
sqlite_chain_look(struct sqlite_chain *c)
{
	struct sqlite *db = c->db;
	uint32_t page = c->next;
	struct span s;

	if (c->piece.len || !c->left || !c->set)
		return c->piece;
	if (page == 0 || page > db->pages || has(c->set, page))
		return span_of(NULL, 0);
	put(c->set, page);
	s = span_first(reach_at(&db->reach, (uint64_t)(page - 1) * db->page,
		db->page), db->usable);
	if (s.len < 4)
		return span_of(NULL, 0);
	c->next = be_32(s.ptr);
	c->piece = span_skip(s, 4);
	if (c->piece.len > c->left)
		c->piece.len = (size_t)c->left;
	return c->piece;
}

void
sqlite_chain_take(struct sqlite_chain *c, size_t n)
{
	c->piece = span_skip(c->piece, n);
	c->left -= n;
}

/* ---- pages of rows ---- */

/* Notes which bytes are of cells.  False: it is no page of rows; cells lie
   outside of it, or on each other. */
static bool
has_rows(struct sqlite *db, const struct sqlite_page *page)
{
	struct sqlite_cell cell;

	if (page->kind == SQLITE_TABLE)
		return false;
	memset(db->marks, 0, page->bytes.len);
	for (unsigned i = 0; i < page->cells; i++) {
		if (!sqlite_page_cell(page, i, &cell) ||
			memchr(db->marks + cell.at, 1, cell.len))
			return false;
		memset(db->marks + cell.at, 1, cell.len);
	}
	return true;
}

/* Zeros have nothing to say. */
static bool
is_zero(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i])
			return false;
	return true;
}

static void
give_rest(struct sqlite *db, struct span page, uint64_t at)
{
	size_t i = 0, n;

	for (; i < page.len; i += n) {
		const uint8_t *end = memchr(db->marks + i, !db->marks[i],
			page.len - i);
		struct span s;

		n = end ? (size_t)(end - db->marks) - i : page.len - i;
		s = span_of(page.ptr + i, n);
		if (!db->marks[i] && !is_zero(s))
			headers_add(&db->headers, at + i, s);
	}
}

void
sqlite_give_page(struct sqlite *db, struct tap *t, uint32_t no)
{
	struct sqlite_page page;
	struct span s = span_of(t->ptr, db->page);

	if (db->joined && has(db->joined, no)) {
		tap_inside(t, db->page);
		return;
	}
	if (!sqlite_page_open(&page, s, db->usable, no == 1) ||
		!has_rows(db, &page)) {
		headers_add(&db->headers, db->base + t->at, s);
		if (t == db->u->item)
			db->u->count.headers += db->page;
		tap_raw(t, db->page);
		return;
	}
	give_rest(db, s, db->base + t->at);
	sqlite_rows_give(db, &page, no, db->given &&
		!(db->free && has(db->free, no)) ? db->given : NULL);
	tap_inside(t, db->page);
}

/* ---- what is where, before anything is given out ---- */

/* Trunks lead to each other, and have the numbers of free pages. */
static void
find_free(struct sqlite *db, struct span head)
{
	uint32_t trunk = be_32(head.ptr + 32);

	while (trunk && trunk <= db->pages && !has(db->free, trunk)) {
		struct span s = span_first(reach_at(&db->reach,
			(uint64_t)(trunk - 1) * db->page, db->page),
			db->usable);

		put(db->free, trunk);
		if (s.len < TRUNK_HEAD)
			return;
		for (size_t i = 0; i < be_32(s.ptr + 4) &&
			TRUNK_HEAD + 4 * i + 4 <= s.len; i++) {
			uint32_t no = be_32(s.ptr + TRUNK_HEAD + 4 * i);

			if (no && no <= db->pages)
				put(db->free, no);
		}
		trunk = be_32(s.ptr);
	}
}

static void
find_joined_of(struct sqlite *db, struct span bytes, bool first)
{
	struct sqlite_page page;
	struct sqlite_cell cell;
	struct sqlite_chain c;
	struct span s;

	if (!sqlite_page_open(&page, bytes, db->usable, first) ||
		!has_rows(db, &page))
		return;
	for (unsigned i = 0; i < page.cells; i++) {
		if (!sqlite_page_cell(&page, i, &cell))
			continue;
		sqlite_chain_begin(&c, db, db->joined, &cell);
		while ((s = sqlite_chain_look(&c)).len)
			sqlite_chain_take(&c, s.len);
	}
}

/* Pages that only go on with what others have begun. */
static void
find_joined(struct sqlite *db)
{
	for (uint32_t no = 1; no <= db->pages && !db->u->stopped; no++) {
		struct span s = reach_at(&db->reach,
			(uint64_t)(no - 1) * db->page, db->page);

		if (s.len < db->page)
			return;
		if (has(db->free, no))
			continue;
		/* It must stay while others are looked at. */
		memcpy(db->copy, s.ptr, s.len);
		find_joined_of(db, span_of(db->copy, s.len), no == 1);
	}
}

/* ---- the database ---- */

bool
sqlite_is(struct span head)
{
	size_t page;

	if (head.len < SQLITE_HEADER ||
		memcmp(head.ptr, "SQLite format 3", 16) != 0)
		return false;
	page = (size_t)head.ptr[16] << 8 | head.ptr[17];
	return page == 1 || (page >= SQLITE_PAGE_LEAST &&
		!(page & (page - 1)) && page - head.ptr[20] >= USABLE_LEAST);
}

/* Those who wrote databases long ago did not keep the number of pages. */
static void
open_database(struct sqlite *db, struct span head)
{
	db->page = (size_t)head.ptr[16] << 8 | head.ptr[17];
	if (db->page == 1)
		db->page = SQLITE_PAGE_MOST;
	db->usable = db->page - head.ptr[20];
	if (!memcmp(head.ptr + 24, head.ptr + 92, 4) &&
		be_32(head.ptr + 28) <= PAGES_MOST)
		db->pages = be_32(head.ptr + 28);
}

static void
give_pages(struct sqlite *db, struct tap *t)
{
	struct span s;

	for (uint32_t no = 1; !db->u->stopped && !db->u->spent &&
		(!db->pages || no <= db->pages); no++) {
		s = tap_look(t, db->page);
		if (s.len < db->page)
			return;
		sqlite_give_page(db, t, no);
	}
}

static void
give_within_reach(struct sqlite *db)
{
	size_t bytes = (size_t)db->pages / 8 + 1;
	uint64_t lacks;

	db->free = calloc(1, bytes);
	db->joined = calloc(1, bytes);
	db->given = calloc(1, bytes);
	if (db->free && db->joined && db->given) {
		struct span head = reach_at(&db->reach, 0, SQLITE_HEADER);

		find_free(db, head);
		find_joined(db);
		sqlite_names_find(db);
		give_pages(db, &db->reach.tap);
	} else {
		db->u->nomem = db->u->stopped = true;
	}
	if (!db->u->stopped && tap_look(&db->reach.tap, 1).len)
		reach_raw(&db->reach);
	lacks = reach_close(&db->reach);
	if (lacks && !db->reach.from->broken && !db->u->stopped &&
		!db->u->spent)
		unwrap_gap(db->u, STANCH_GAP_CORRUPT, "truncated", lacks);
	free(db->free);
	free(db->joined);
	free(db->given);
}

/* Its pages come one after the other: what goes on in others is not joined. */
static void
give_in_turn(struct sqlite *db, struct tap *t)
{
	uint64_t end = t->at + (uint64_t)db->pages * db->page;

	db->base = 0;
	give_pages(db, t);
	if (db->split && !db->u->stopped)
		unwrap_gap(db->u, STANCH_GAP_OVER_LIMIT, "too large to be "
			"held: what goes on in other pages was not joined",
			GAP_BYTES_UNKNOWN);
	if (!db->u->stopped && !db->u->spent && t->at < end &&
		!t->broken)
		unwrap_gap(db->u, STANCH_GAP_CORRUPT, "truncated",
			GAP_BYTES_UNKNOWN);
}

void
sqlite_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	struct span head = tap_look(t, SQLITE_HEADER);
	struct sqlite db = { .u = u, .depth = depth, .base = t->at };

	open_database(&db, head);
	headers_init(&db.headers, u);
	sqlite_names_init(&db);
	db.marks = malloc(db.page);
	db.copy = malloc(db.page);
	if (!db.marks || !db.copy)
		u->nomem = u->stopped = true;
	else if (db.pages && reach_open(&db.reach, u, t, db.pages * db.page))
		give_within_reach(&db);
	else if (!u->stopped)
		give_in_turn(&db, t);
	free(db.marks);
	free(db.copy);
	sqlite_names_free(&db);
	headers_end(&db.headers);
}
