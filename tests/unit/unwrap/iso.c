/* SPDX-License-Identifier: Apache-2.0 */
/* ISO 9660: files by their extents, with the best of their names. */
#include "made.h"

TestSuite(unwrap_iso, .timeout = 60);

enum { SECTOR = 2048, ROOT = 19, SUB = 20, FILES = 21, END = 26 };

static uint8_t *
sector(struct buf *b, unsigned n)
{
	return b->ptr + (size_t)n * SECTOR;
}

static void
both_32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++) {
		p[i] = (uint8_t)(v >> 8 * i);
		p[7 - i] = p[i];
	}
}

/* Behind what the sector has; rock: its name there, or NULL. */
static void
record(uint8_t *to, const char *name, size_t nname, uint32_t at, uint32_t size,
	uint8_t flags, const char *rock)
{
	size_t fill = !(nname & 1), more = rock ? 5 + strlen(rock) : 0;

	while (*to)
		to += *to;
	to[0] = (uint8_t)(33 + nname + fill + more + (more & 1));
	both_32(to + 2, at);
	both_32(to + 10, size);
	to[25] = flags;
	to[32] = (uint8_t)nname;
	memcpy(to + 33, name, nname);
	to += 33 + nname + fill;
	if (!rock)
		return;
	memcpy(to, "NM", 2);
	to[2] = (uint8_t)more;
	to[3] = 1;
	memcpy(to + 5, rock, strlen(rock));
}

static void
descriptor(uint8_t *p, uint8_t type)
{
	p[0] = type;
	memcpy(p + 1, "CD001\1", 6);
	both_32(p + 80, END);
	p[129] = p[130] = SECTOR >> 8;
	p[156] = 34;
	both_32(p + 158, ROOT);
	both_32(p + 166, SECTOR);
	p[181] = 2;
}

static struct buf
image(void)
{
	struct buf b = made_buf();

	cr_assert(buf_reserve(&b, END * SECTOR));
	memset(b.ptr, 0, END * SECTOR);
	b.len = END * SECTOR;
	memcpy(b.ptr, "boot code", 9);
	descriptor(sector(&b, 16), 1);
	descriptor(sector(&b, 17), 255);
	record(sector(&b, ROOT), "\0", 1, ROOT, SECTOR, 2, NULL);
	record(sector(&b, ROOT), "\1", 1, ROOT, SECTOR, 2, NULL);
	record(sector(&b, ROOT), "A.TXT;1", 7, FILES, 5, 0, "a longer name");
	record(sector(&b, ROOT), "SUB", 3, SUB, SECTOR, 2, NULL);
	record(sector(&b, SUB), "B.;1", 4, FILES + 1, 6, 0, NULL);
	record(sector(&b, SUB), "BIG;1", 5, FILES + 2, SECTOR, 0x80, NULL);
	record(sector(&b, SUB), "BIG;1", 5, FILES + 3, 3, 0, NULL);
	memcpy(sector(&b, FILES), "first, deleted", 14);
	memcpy(sector(&b, FILES + 1), "second", 6);
	memset(sector(&b, FILES + 2), 'x', SECTOR + 3);
	memcpy(sector(&b, FILES + 4), "of no file", 10);
	return b;
}

Test(unwrap_iso, files_by_their_names_and_what_lies_between)
{
	struct buf b = image();
	struct made m;

	made_add(&b, "behind", 6);
	made_has_all(buf_span(&b), (const char *[]){ "raw@0: boot code",
		"f!a longer name: first\n", ", deleted", "f!SUB/B: second\n",
		"f!SUB/BIG: xxx", "of no file", "behind\n",
		"f!headers@32768: ", NULL });
	b.len -= 6;
	m = made_unwrap(buf_span(&b), SIZE_MAX, NULL);
	cr_assert_not(made_has(&m, "gap"), "%s", (char *)m.text.ptr);
	cr_assert_eq(m.count.members, 3);
	buf_free(&m.text);
	buf_free(&b);
}

Test(unwrap_iso, cut_anywhere_is_a_gap)
{
	struct buf b = image();

	for (size_t n = 17 * SECTOR + 10; n < b.len; n += 191) {
		struct made m = made_unwrap(span_of(b.ptr, n), SIZE_MAX, NULL);

		cr_assert(made_has(&m, "gap f"), "cut at %zu", n);
		buf_free(&m.text);
	}
	buf_free(&b);
}

Test(unwrap_iso, directories_that_lead_back_or_nowhere)
{
	struct buf b = image();

	record(sector(&b, SUB), "LOOP", 4, ROOT, SECTOR, 2, NULL);
	record(sector(&b, SUB), "SELF", 4, SUB, SECTOR, 2, NULL);
	record(sector(&b, SUB), "FAR", 3, 1 << 30, SECTOR, 2, NULL);
	record(sector(&b, SUB), "LONG", 4, FILES + 4, 1 << 30, 0, NULL);
	made_has_all(buf_span(&b), (const char *[]){ "f!a longer name: first",
		"f!SUB/LONG: of no file", "gap f!SUB/LONG: corrupt", NULL });
	buf_free(&b);
}
