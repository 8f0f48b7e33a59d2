/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h - the state of a database that is looked into. */
#ifndef UNWRAP_SQLITE_H
#define UNWRAP_SQLITE_H

#include "unwrap/reach.h"
#include "unwrap/sqlite_page.h"

struct sqlite_names {
	uint32_t *owner;	/* of each page, where its table's name is; or
				   NULL: they are not known */
	struct buf text;	/* names, a NUL behind each; the first is "" */
};

struct sqlite {
	struct unwrap *u;
	struct reach reach;
	uint64_t base;		/* of it in its tap */
	size_t page, usable;	/* bytes of a page */
	uint32_t pages;		/* 0: not known */
	unsigned depth;
	/* Pages, a bit each; NULL: nothing can be had out of turn. */
	uint8_t *free, *joined, *given;
	uint8_t *marks;		/* of each byte of a page: it is of a cell */
	uint8_t *copy;		/* of a page */
	bool split;		/* something was not joined */
	struct headers headers;
	struct sqlite_names names;
};

/* The page that t has next, all of which can be seen; sqlite.c */
void sqlite_give_page(struct sqlite *db, struct tap *t, uint32_t no);

/* ---- a payload, wherever it goes on; sqlite.c ---- */

struct sqlite_chain {
	struct sqlite *db;
	uint8_t *set;		/* pages that are taken; NULL: do not go on */
	struct span piece;
	uint32_t next;
	uint64_t left;		/* bytes of the payload */
};

void sqlite_chain_begin(struct sqlite_chain *c, struct sqlite *db, uint8_t *set,
	const struct sqlite_cell *cell);
/* What comes next of it; nothing at its end, or where it is broken. */
struct span sqlite_chain_look(struct sqlite_chain *c);
void sqlite_chain_take(struct sqlite_chain *c, size_t n);

/* ---- rows of page number `no`; sqlite_rows.c ---- */

void sqlite_rows_give(struct sqlite *db, const struct sqlite_page *page,
	uint32_t no, uint8_t *set);

/* ---- which table a page is of; sqlite_names.c ---- */

void sqlite_names_init(struct sqlite *db);
void sqlite_names_find(struct sqlite *db);
/* "" when it is not known. */
const char *sqlite_names_of(const struct sqlite *db, uint32_t page);
void sqlite_names_free(struct sqlite *db);

#endif
