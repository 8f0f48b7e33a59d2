/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite_page.h - a page of an SQLite database, as bytes: its cells, and the
 * columns of what they hold.  https://sqlite.org/fileformat2.html
 */
#ifndef UNWRAP_SQLITE_PAGE_H
#define UNWRAP_SQLITE_PAGE_H

#include "base/span.h"

enum {
	SQLITE_PAGE_LEAST = 512, SQLITE_PAGE_MOST = 65536,
	SQLITE_HEADER = 100,		/* of a database, in its first page */
	/* Kinds of pages; the rest are none of a tree. */
	SQLITE_INDEX = 2, SQLITE_TABLE = 5,
	SQLITE_INDEX_LEAF = 10, SQLITE_TABLE_LEAF = 13
};

struct sqlite_page {
	struct span bytes;
	size_t usable;		/* of them */
	size_t head;		/* where its own header is */
	uint8_t kind;
	unsigned cells;
};

struct sqlite_cell {
	size_t at, len;		/* in the page */
	struct span local;	/* of its payload, what is in the page */
	uint64_t payload;	/* bytes in all */
	uint32_t next;		/* page where it goes on; 0: nowhere */
	uint32_t child;		/* page below; 0: none */
};

/* First: it is the first page, behind the header of the database.  False: it
   is no page of a tree. */
bool sqlite_page_open(struct sqlite_page *page, struct span bytes,
	size_t usable, bool first);
/* Its cell number i.  False: that is damaged. */
bool sqlite_page_cell(const struct sqlite_page *page, unsigned i,
	struct sqlite_cell *cell);
/* The page below behind the last cell, of a page that has some below. */
uint32_t sqlite_page_last(const struct sqlite_page *page);

/* A number of 1 to 9 bytes: how many; 0: it is not all there. */
size_t sqlite_varint(struct span s, uint64_t *value);

/* The columns of a record. */
struct sqlite_record {
	struct span types;	/* not read yet */
	size_t header;		/* bytes before the first column */
};

/* False: the header of the record is not all in the span. */
bool sqlite_record_open(struct sqlite_record *r, struct span payload);
enum sqlite_type { SQLITE_NUMBER, SQLITE_TEXT, SQLITE_BLOB };

/* What the next column is, and its bytes.  False: there is none. */
bool sqlite_record_next(struct sqlite_record *r, uint64_t *bytes,
	enum sqlite_type *type);

#endif
