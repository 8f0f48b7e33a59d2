/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_page.c - where in a page of an SQLite database what stands. */
#include "unwrap/sqlite_page.h"

#include "unwrap/le.h"

enum { LEAF = 8, INTERIOR = 12 };	/* bytes of a page's header */

static unsigned
be_16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool
has_children(const struct sqlite_page *page)
{
	return page->kind == SQLITE_INDEX || page->kind == SQLITE_TABLE;
}

static size_t
pointers(const struct sqlite_page *page)
{
	return page->head + (has_children(page) ? INTERIOR : LEAF);
}

bool
sqlite_page_open(struct sqlite_page *page, struct span bytes, size_t usable,
	bool first)
{
	const uint8_t *p = bytes.ptr;

	*page = (struct sqlite_page){ .bytes = bytes, .usable = usable,
		.head = first ? SQLITE_HEADER : 0 };
	if (bytes.len < SQLITE_PAGE_LEAST || usable > bytes.len)
		return false;
	page->kind = p[page->head];
	page->cells = be_16(p + page->head + 3);
	return (page->kind == SQLITE_INDEX || page->kind == SQLITE_TABLE ||
		page->kind == SQLITE_INDEX_LEAF ||
		page->kind == SQLITE_TABLE_LEAF) &&
		pointers(page) + 2 * (size_t)page->cells <= usable;
}

size_t
sqlite_varint(struct span s, uint64_t *value)
{
	uint64_t v = 0;

	for (size_t i = 0; i < s.len && i < 9; i++) {
		if (i == 8) {
			*value = v << 8 | s.ptr[i];
			return 9;
		}
		v = v << 7 | (s.ptr[i] & 0x7f);
		if (!(s.ptr[i] & 0x80)) {
			*value = v;
			return i + 1;
		}
	}
	return 0;
}

/* How much of a payload stays in the page. */
static size_t
local(const struct sqlite_page *page, uint64_t payload)
{
	size_t u = page->usable, least = (u - 12) * 32 / 255 - 23;
	size_t most = page->kind == SQLITE_TABLE_LEAF ? u - 35 :
		(u - 12) * 64 / 255 - 23;
	size_t k;

	if (payload <= most)
		return (size_t)payload;
	k = least + (size_t)((payload - least) % (u - 4));
	return k <= most ? k : least;
}

static bool
take_payload(const struct sqlite_page *page, struct sqlite_cell *cell,
	struct span s)
{
	size_t n;

	if (cell->payload > INT64_MAX / 2)
		return false;
	n = local(page, cell->payload);
	if (s.len < n + (n < cell->payload ? 4 : 0))
		return false;
	cell->local = span_first(s, n);
	cell->len += n;
	if (n == cell->payload)
		return true;
	cell->next = be_32(s.ptr + n);
	cell->len += 4;
	return true;
}

/* child, size of the payload, id of the row, payload: each where it is. */
bool
sqlite_page_cell(const struct sqlite_page *page, unsigned i,
	struct sqlite_cell *cell)
{
	size_t at = be_16(page->bytes.ptr + pointers(page) + 2 * (size_t)i);
	struct span s = span_skip(span_first(page->bytes, page->usable), at);
	uint64_t id;
	size_t n = 0;

	*cell = (struct sqlite_cell){ .at = at };
	if (at < pointers(page) + 2 * (size_t)page->cells || s.len < 4)
		return false;
	if (has_children(page)) {
		cell->child = be_32(s.ptr);
		n = 4;
	}
	for (int k = 0; k < 2; k++) {
		uint64_t *value = k ? &id : &cell->payload;
		size_t more;

		if (page->kind == (k ? SQLITE_INDEX : SQLITE_TABLE) ||
			(k && page->kind == SQLITE_INDEX_LEAF))
			continue;
		more = sqlite_varint(span_skip(s, n), value);
		if (!more)
			return false;
		n += more;
	}
	cell->len = n;
	return page->kind == SQLITE_TABLE ||
		take_payload(page, cell, span_skip(s, n));
}

uint32_t
sqlite_page_last(const struct sqlite_page *page)
{
	return has_children(page) ?
		be_32(page->bytes.ptr + page->head + LEAF) : 0;
}

bool
sqlite_record_open(struct sqlite_record *r, struct span payload)
{
	uint64_t size;
	size_t n = sqlite_varint(payload, &size);

	if (!n || size < n || size > payload.len)
		return false;
	r->header = (size_t)size;
	r->types = span_skip(span_first(payload, r->header), n);
	return true;
}

bool
sqlite_record_next(struct sqlite_record *r, uint64_t *bytes,
	enum sqlite_type *type)
{
	static const uint8_t numbers[12] = { 0, 1, 2, 3, 4, 6, 8, 8 };
	uint64_t code;
	size_t n = sqlite_varint(r->types, &code);

	if (!n)
		return false;
	r->types = span_skip(r->types, n);
	*bytes = code < 12 ? numbers[code] : (code - 12) / 2;
	*type = code < 12 ? SQLITE_NUMBER : code & 1 ? SQLITE_TEXT :
		SQLITE_BLOB;
	return true;
}
