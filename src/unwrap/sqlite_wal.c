/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite_wal.c - pages of a write-ahead log of SQLite, one after the other,
 * those that count no more, too.  Rows that go on in other pages are not
 * joined: it is told.
 */
#include <stdlib.h>

#include "unwrap/le.h"
#include "unwrap/sqlite.h"

enum { HEADER = 32, FRAME = 24, VERSION = 3007000 };

/* The size of pages; 0: it is none. */
static size_t
page_size(struct span head)
{
	uint32_t n;

	if (head.len < HEADER || (be_32(head.ptr) & ~1U) != 0x377f0682 ||
		be_32(head.ptr + 4) != VERSION)
		return 0;
	n = be_32(head.ptr + 8);
	return n < SQLITE_PAGE_LEAST || n > SQLITE_PAGE_MOST || n & (n - 1) ?
		0 : n;
}

bool
sqlite_wal_is(struct span head)
{
	return page_size(head) != 0;
}

static void
give_frames(struct sqlite *db, struct tap *t)
{
	struct span s = span_of(NULL, 0);
	uint32_t no;

	headers_take(&db->headers, t, HEADER);
	while (!db->u->stopped && !db->u->spent &&
		(s = tap_look(t, FRAME + db->page)).len >= FRAME + db->page) {
		no = be_32(s.ptr);
		headers_take(&db->headers, t, FRAME);
		sqlite_give_page(db, t, no);
	}
	if (s.len && s.len < FRAME + db->page && !db->u->stopped && !t->broken)
		unwrap_gap(db->u, STANCH_GAP_CORRUPT, "truncated",
			GAP_BYTES_UNKNOWN);
	if (db->split && !db->u->stopped)
		unwrap_gap(db->u, STANCH_GAP_FORMAT, "a write-ahead log: what "
			"goes on in other pages was not joined",
			GAP_BYTES_UNKNOWN);
}

void
sqlite_wal_run(struct unwrap *u, struct tap *t, unsigned depth)
{
	size_t page = page_size(tap_look(t, HEADER));
	struct sqlite db = { .u = u, .depth = depth,
		.page = page, .usable = page };

	headers_init(&db.headers, u);
	sqlite_names_init(&db);
	db.marks = malloc(page);
	if (db.marks)
		give_frames(&db, t);
	else
		u->nomem = u->stopped = true;
	free(db.marks);
	sqlite_names_free(&db);
	headers_end(&db.headers);
}
