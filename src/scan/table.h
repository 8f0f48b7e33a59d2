/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.h - tables as text: a row of names, some of them of secrets, and rows
 * of values below: CSV (RFC 4180) by commas, semicolons or tabs, tables of
 * Markdown, of psql and of mysql.
 *
 *	name , password , host \n    bob , Gx4.. , db \n   ...
 *	^ head  ^ a column           ^ pos: the next row
 *
 * A table goes on as long as rows have as many cells as the names, but for a
 * few that were damaged.  State is of fixed size: rows can come in any pieces,
 * and there can be any number.
 */
#ifndef SCAN_TABLE_H
#define SCAN_TABLE_H

#include "base/span.h"

enum {
	TABLE_HEAD_MOST = 256,	/* bytes of the names, before one of a secret */
	TABLE_ROW_MOST = 4096,	/* a longer one ends the table */
	TABLE_CELL_LEAST = 8, TABLE_CELL_MOST = 256,	/* of a secret */
	TABLE_NAME_MOST = 64,
	TABLE_SECRETS = 4,	/* columns of secrets; others are let be */
	TABLE_MISFITS = 3	/* rows in a row of another width */
};

struct table_column {
	uint32_t rule;		/* the caller's, of its secrets */
	uint32_t index;		/* how many separators stand before it */
	uint32_t len;
	uint8_t name[TABLE_NAME_MOST];
};

struct table {
	uint64_t head;		/* where the first name begins */
	uint64_t pos;		/* where the next row does */
	uint32_t seps;		/* in each row */
	uint8_t sep;
	bool fresh;		/* no row has come */
	bool ruled;		/* the first must be a ruler: --- | --- */
	uint32_t misfits;	/* rows of another width came last */
	size_t n;
	struct table_column columns[TABLE_SECRETS];
};

/*
 * names is the row of them without its end, and a secret's name ends at `end`
 * of it.  False: it is not a row of names.  .head counts from the row's begin,
 * .pos is the caller's.
 */
bool table_begin(struct table *t, struct span names, size_t end);
/* The column of another begun on the same names is t's, too. */
void table_join(struct table *t, const struct table *other);

enum table_row {
	TABLE_MORE,	/* it has not ended yet */
	TABLE_VALUES, TABLE_RULER,
	TABLE_MISFIT,	/* of another width: nothing of it is told */
	TABLE_END	/* it is no row, and none will come */
};

struct table_cells {
	size_t len;	/* bytes of the row, with its end */
	size_t held;	/* TABLE_MORE: no secret begins before it */
	/* By column: its secret, as it stands; empty if it can be none. */
	struct span secret[TABLE_SECRETS];
};

/* The row that rest begins with.  final: nothing comes behind it. */
enum table_row table_take(const struct table *t, struct span rest, bool final,
	struct table_cells *cells);
/* It has been: the next one begins behind it. */
void table_pass(struct table *t, enum table_row row,
	const struct table_cells *cells);

#endif
