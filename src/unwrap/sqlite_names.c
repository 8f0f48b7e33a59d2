/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite_names.c - which table the pages of a database are of: the rows of
 * sqlite_schema name tables and the root of each, and pages lead to those
 * below them.
 */
#include <stdlib.h>

#include "unwrap/sqlite.h"

enum {
	PAGES_MOST = 1 << 22,		/* else pages have numbers only */
	TEXT_MOST = 4 * 1024 * 1024,
	DEEP = 24,			/* pages below each other */
	NAME_COLUMN = 2, ROOT_COLUMN = 3, COLUMNS = 4
};

void
sqlite_names_init(struct sqlite *db)
{
	buf_init(&db->names.text, TEXT_MOST);
	db->names.owner = NULL;
}

void
sqlite_names_free(struct sqlite *db)
{
	buf_free(&db->names.text);
	free(db->names.owner);
}

const char *
sqlite_names_of(const struct sqlite *db, uint32_t page)
{
	if (!db->names.owner || page > db->pages)
		return "";
	return (const char *)db->names.text.ptr + db->names.owner[page];
}

/* A copy: another page may be looked at meanwhile.  NULL: it cannot be had, or
   is of no tree. */
static uint8_t *
copy_page(struct sqlite *db, uint32_t no, struct sqlite_page *page)
{
	struct span s = reach_at(&db->reach, (uint64_t)(no - 1) * db->page,
		db->page);
	uint8_t *copy = s.len == db->page ? malloc(s.len) : NULL;

	if (!copy)
		return NULL;
	memcpy(copy, s.ptr, s.len);
	if (sqlite_page_open(page, span_of(copy, s.len), db->usable, no == 1))
		return copy;
	free(copy);
	return NULL;
}

typedef void on_page_fn(struct sqlite *db, const struct sqlite_page *page,
	uint32_t name);

/*
 * A page and all below it that no other has.  Pages are many, but not deep.
 */
static void
walk(struct sqlite *db, uint32_t no, uint32_t name, unsigned deep,
	on_page_fn *on_page)
{
	struct sqlite_page page;
	struct sqlite_cell cell;
	uint8_t *copy;

	if (!no || no > db->pages || db->names.owner[no] || deep == DEEP)
		return;
	db->names.owner[no] = name;
	copy = copy_page(db, no, &page);
	if (!copy)
		return;
	for (unsigned i = 0; sqlite_page_last(&page) && i < page.cells; i++)
		if (sqlite_page_cell(&page, i, &cell))
			walk(db, cell.child, name, deep + 1, on_page);
	walk(db, sqlite_page_last(&page), name, deep + 1, on_page);
	if (on_page)
		on_page(db, &page, name);
	free(copy);
}

/* type, name, tbl_name, rootpage, sql */
static bool
name_and_root(struct span row, struct span *name, uint64_t *root)
{
	struct sqlite_record r;
	struct span column;
	uint64_t n;
	enum sqlite_type type;

	if (!sqlite_record_open(&r, row))
		return false;
	column = span_skip(row, r.header);
	*root = 0;
	for (int i = 0; i < COLUMNS; i++) {
		if (!sqlite_record_next(&r, &n, &type) || n > column.len)
			return false;
		if (i == NAME_COLUMN && type == SQLITE_TEXT)
			*name = span_first(column, (size_t)n);
		for (size_t k = 0; i == ROOT_COLUMN && k < n; k++)
			*root = *root << 8 | column.ptr[k];
		column = span_skip(column, (size_t)n);
	}
	return name->len && *root <= UINT32_MAX;
}

/* Without what UTF-16 has between its letters. */
static bool
add_name(struct buf *text, struct span name)
{
	bool ok = true;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i])
			ok = ok && buf_byte(text, name.ptr[i]);
	return ok && buf_byte(text, 0);
}

static void
take_schema(struct sqlite *db, const struct sqlite_page *page, uint32_t schema)
{
	struct sqlite_cell cell;

	for (unsigned i = 0; page->kind == SQLITE_TABLE_LEAF &&
		i < page->cells; i++) {
		struct span name = span_of(NULL, 0);
		uint32_t at = (uint32_t)db->names.text.len;
		uint64_t root;

		if (!sqlite_page_cell(page, i, &cell) ||
			!name_and_root(cell.local, &name, &root))
			continue;
		if (!add_name(&db->names.text, name))
			return;
		walk(db, (uint32_t)root, at, 0, NULL);
	}
}

void
sqlite_names_find(struct sqlite *db)
{
	struct buf *text = &db->names.text;

	if (db->pages > PAGES_MOST)
		return;
	db->names.owner = calloc((size_t)db->pages + 1, 4);
	if (!db->names.owner || !buf_byte(text, 0) ||
		!buf_append(text, "sqlite_schema", 14)) {
		free(db->names.owner);
		db->names.owner = NULL;
		return;
	}
	walk(db, 1, 1, 0, take_schema);
}
