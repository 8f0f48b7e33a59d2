/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite: rows as text, joined over pages; all else as it is. */
#include "made.h"

TestSuite(unwrap_sqlite, .timeout = 60);

enum { PAGE = 512, PAGES = 6, LONG = 1200, LOCAL = 1200 - 2 * 508 };

static uint8_t *
page(struct buf *b, unsigned no)
{
	return b->ptr + (size_t)(no - 1) * PAGE;
}

static void
be(uint8_t *p, uint32_t v, size_t n)
{
	while (n--) {
		p[n] = (uint8_t)v;
		v >>= 8;
	}
}

/* A leaf of a table, with cells from its end on. */
static void
cell(uint8_t *p, size_t head, const void *bytes, size_t n)
{
	uint8_t *h = p + head;
	unsigned cells = h[4], at = h[5] << 8 | h[6];

	at = (at ? at : PAGE) - (unsigned)n;
	h[0] = 13;
	h[4]++;
	be(h + 5, at, 2);
	be(h + 8 + 2 * cells, at, 2);
	memcpy(p + at, bytes, n);
}

/* The payload of the long row: its text is over three pages. */
static struct buf
payload(void)
{
	struct buf b = made_buf();

	made_add(&b, "\3\x92\x67", 3);		/* a text of LONG - 3 bytes */
	while (b.len < LONG)
		made_add(&b, "long", b.len + 4 <= LONG ? 4 : LONG - b.len);
	memcpy(b.ptr + LOCAL - 5, "<split>", 7);
	memcpy(b.ptr + LOCAL + 508 - 3, "<again>", 7);
	return b;
}

static struct buf
database(void)
{
	struct buf b = made_buf(), long_row = payload(), c = made_buf();

	cr_assert(buf_reserve(&b, PAGES * PAGE));
	memset(b.ptr, 0, PAGES * PAGE);
	b.len = PAGES * PAGE;
	memcpy(b.ptr, "SQLite format 3", 16);
	be(b.ptr + 16, PAGE, 2);
	be(b.ptr + 28, PAGES, 4);
	be(b.ptr + 32, 6, 4);			/* of free pages */
	cell(b.ptr, 100, "\x0e\1\6\x17\x0f\x0f\1\x0d" "tablett\2", 16);
	cell(page(&b, 2), 0, "\x0d\1\4\x17\1\x13" "first\7two", 15);
	made_add(&c, "\x89\x30\2", 3);		/* LONG, row 2 */
	made_add(&c, long_row.ptr, LOCAL);
	made_add(&c, "\0\0\0\4", 4);
	cell(page(&b, 2), 0, c.ptr, c.len);
	be(page(&b, 4), 3, 4);			/* page 4 leads to 3 */
	memcpy(page(&b, 4) + 4, long_row.ptr + LOCAL, 508);
	memcpy(page(&b, 3) + 4, long_row.ptr + LOCAL + 508, 508);
	memcpy(page(&b, 2) + 100, "deleted", 7);
	be(page(&b, 6) + 4, 1, 4);		/* one free page: 5 */
	be(page(&b, 6) + 8, 5, 4);
	cell(page(&b, 5), 0, "\x0a\1\2\x1d" "was here", 12);
	buf_free(&long_row);
	buf_free(&c);
	return b;
}

Test(unwrap_sqlite, rows_are_joined_over_pages)
{
	struct buf b = database();

	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "f!t!page 2: first\ttwo",
		"<split>", "<again>", "deleted", "f!page 5: was here\n",
		"f!sqlite_schema!page 1: table\tt\tt\n", "behind\n", NULL });
	buf_free(&b);
}

Test(unwrap_sqlite, all_of_it_is_told_once)
{
	struct buf b = database();
	struct made m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);
	char *text = (char *)m.text.ptr;

	cr_assert_not(made_has(&m, "gap"), "%s", text);
	text = memmem(text, m.text.len, "<again>", 7);
	cr_assert_null(memmem(text + 1, (size_t)((char *)m.text.ptr +
		m.text.len - text - 1), "<again>", 7));
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_sqlite, a_row_that_goes_on_nowhere_or_in_itself_is_a_gap)
{
	static const uint32_t next[] = { 0, 4, 99, 0x80000000 };

	for (size_t i = 0; i < 4; i++) {
		struct buf b = database();

		be(page(&b, 4), next[i], 4);
		made_has_all(buf_span(&b), (const char *[]){ "<split>",
			"gap f!t!page 2: corrupt: a row goes on", NULL });
		buf_free(&b);
	}
}

Test(unwrap_sqlite, cells_on_each_other_are_no_cells)
{
	struct buf b = database();

	memcpy(page(&b, 2) + 8, page(&b, 2) + 10, 2);
	made_has_all(buf_span(&b), (const char *[]){ "first\7two", NULL });
	buf_free(&b);
}

Test(unwrap_sqlite, cut_or_changed_anywhere_nothing_is_lost)
{
	struct buf b = database();

	for (size_t n = 101; n < b.len; n += 7) {
		struct made m = made_unwrap(span_of(b.ptr, n), 512, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu", n);
		buf_free(&m.text);
	}
	for (size_t i = 0; i < b.len; i += 3) {
		struct made m;

		b.ptr[i] ^= 0x40;
		m = made_unwrap(buf_span(&b), 512, NULL);
		b.ptr[i] ^= 0x40;
		cr_assert(made_has(&m, i < PAGE || i >= PAGE + 490 ? "" :
			"first"), "changed at %zu", i);
		buf_free(&m.text);
	}
	buf_free(&b);
}
