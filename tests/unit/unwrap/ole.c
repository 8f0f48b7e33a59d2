/* SPDX-License-Identifier: Apache-2.0 */
/* Compound files: streams from sectors that lie anywhere. */
#include "made.h"

TestSuite(unwrap_ole, .timeout = 60);

enum {
	SECTOR = 512, TABLE = 0, DIRECTORY = 1, SMALL_TABLE = 2, SMALL = 3,
	LARGE = 5, LARGE_N = 9, FREE = LARGE + LARGE_N, SECTORS
};

static uint8_t *
sector(struct buf *b, unsigned n)
{
	return b->ptr + (size_t)(n + 1) * SECTOR;
}

static void
le(uint8_t *p, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static void
entry(struct buf *b, unsigned i, const char *name, unsigned type,
	unsigned first, size_t size)
{
	uint8_t *p = sector(b, DIRECTORY) + 128 * (size_t)i;

	for (size_t k = 0; name[k]; k++)
		p[2 * k] = (uint8_t)name[k];
	le(p + 64, 2 * strlen(name) + 2, 2);
	p[66] = (uint8_t)type;
	le(p + 116, first, 4);
	le(p + 120, size, 8);
}

/* The sectors of the large stream follow each other from the last on. */
static struct buf
file(void)
{
	struct buf b = made_buf();
	uint8_t *table;

	cr_assert(buf_reserve(&b, (SECTORS + 1) * SECTOR));
	memset(b.ptr, 0, (SECTORS + 1) * SECTOR);
	b.len = (SECTORS + 1) * SECTOR;
	memcpy(b.ptr, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	le(b.ptr + 30, 9, 2);
	le(b.ptr + 32, 6, 2);
	le(b.ptr + 44, 1, 4);
	le(b.ptr + 48, DIRECTORY, 4);
	le(b.ptr + 56, 4096, 4);
	le(b.ptr + 60, SMALL_TABLE, 4);
	le(b.ptr + 64, 1, 4);
	le(b.ptr + 68, 0xfffffffe, 4);
	table = sector(&b, TABLE);
	memset(table, 0xff, SECTOR);
	le(table + 4 * TABLE, 0xfffffffd, 4);
	for (unsigned i = DIRECTORY; i < LARGE; i++)
		le(table + 4 * (size_t)i, 0xfffffffe, 4);
	for (unsigned i = 0; i < LARGE_N; i++) {
		le(table + 4 * (size_t)(LARGE + i), i ? LARGE + i - 1 :
			0xfffffffe, 4);
		memset(sector(&b, LARGE + i), 'a' + (int)i, SECTOR);
	}
	memcpy(sector(&b, LARGE + 4) + SECTOR - 4, "<spl", 4);
	memcpy(sector(&b, LARGE + 3), "it>", 3);
	entry(&b, 0, "Root Entry", 5, SMALL, 3 * 64);
	entry(&b, 1, "large", 2, LARGE + LARGE_N - 1, LARGE_N * SECTOR - 7);
	entry(&b, 2, "small", 2, 2, 70);
	le(sector(&b, DIRECTORY) + 256, 0x3800 | 10 | 11 << 6, 2);
	memset(sector(&b, SMALL_TABLE), 0xff, SECTOR);
	le(sector(&b, SMALL_TABLE) + 8, 0, 4);
	le(sector(&b, SMALL_TABLE), 0xfffffffe, 4);
	memset(sector(&b, SMALL) + 128, 's', 64);
	memcpy(sector(&b, SMALL), "mall", 4);
	memcpy(sector(&b, FREE), "deleted", 7);
	return b;
}

Test(unwrap_ole, streams_are_joined_over_sectors)
{
	struct buf b = file();
	struct made m;

	made_has_all(buf_span(&b), (const char *[]){ "f!large: iii", "<split>",
		"f!ABmall: ss", "small", "deleted", "R\0o\0o\0t", NULL });
	m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);
	cr_assert_not(made_has(&m, "gap"), "%s", (char *)m.text.ptr);
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_ole, what_leads_nowhere_or_in_circles_is_a_gap)
{
	static const uint32_t next[] = { LARGE + 7, 0xfffffffe, 100000,
		0xffffffff };

	for (size_t i = 0; i < 4; i++) {
		struct buf b = file();

		le(sector(&b, TABLE) + 4 * (LARGE + 5), next[i], 4);
		made_has_all(buf_span(&b), (const char *[]){ "f!large: iii",
			i ? "gap f!large: corrupt: it goes on" : "f!large",
			"f!ABmall: ss", NULL });
		le(sector(&b, TABLE) + 4, DIRECTORY, 4);
		made_has_all(buf_span(&b), (const char *[]){
			"gap f: corrupt: its directory", "deleted", NULL });
		buf_free(&b);
	}
}

Test(unwrap_ole, cut_anywhere_is_a_gap)
{
	struct buf b = file();

	for (size_t n = 20; n <= (FREE + 1) * SECTOR - 10; n += 97) {
		struct made m = made_unwrap(span_of(b.ptr, n), 512, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu:\n%s", n,
			(char *)m.text.ptr);
		buf_free(&m.text);
	}
	buf_free(&b);
}
