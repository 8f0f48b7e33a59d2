/* SPDX-License-Identifier: Apache-2.0 */
/* Deflate that is cut or changed, beside what zlib makes of it. */
#include <malloc.h>

#include "made.h"

TestSuite(unwrap_damaged, .timeout = 120);

enum { LEAST = 2000, ROUNDS = 300, LESS = 2 };

/* Words that repeat, as text does. */
static struct buf
text_of(uint32_t seed, size_t n)
{
	struct buf b = made_buf();

	while (b.len < n) {
		seed = seed * 1664525 + 1013904223;
		cr_assert(buf_printf(&b, "word%u %s ", seed >> 25,
			seed & 1 << 20 ? "and" : "or"));
	}
	return b;
}

/* Bytes that zlib gets out of it. */
static struct buf
by_zlib(struct span s)
{
	z_stream z = { .next_in = (Bytef *)s.ptr, .avail_in = (uInt)s.len };
	struct buf b = made_buf();

	cr_assert_eq(inflateInit2(&z, 31), Z_OK);
	cr_assert(buf_reserve(&b, 1 << 20));
	z.next_out = b.ptr;
	z.avail_out = (uInt)b.cap;
	inflate(&z, Z_NO_FLUSH);
	b.len = z.total_out;
	inflateEnd(&z);
	return b;
}

static void
spoil(struct buf *b, uint32_t how)
{
	size_t at = 10 + how % (b->len - 10);

	if (how & 1 << 30)
		b->len = at;
	else
		b->ptr[at] ^= (uint8_t)(1 << (how >> 25 & 7));
}

Test(unwrap_damaged, as_much_of_it_as_zlib_gives_however_it_comes)
{
	static const size_t pieces[] = { 1, 7, 4096, SIZE_MAX };
	uint32_t seed = 1;

	for (int i = 0; i < ROUNDS; i++) {
		struct buf text = text_of(seed, LEAST + (size_t)i * 300);
		struct buf b = made_deflate(buf_span(&text), 31), want;
		struct made first, m;

		seed = seed * 22695477 + 1;
		spoil(&b, seed);
		want = by_zlib(buf_span(&b));
		first = made_unwrap(buf_span(&b), SIZE_MAX, NULL);
		cr_assert(want.len <= LESS || !memcmp(first.text.ptr + 3,
			want.ptr, want.len - LESS));
		cr_assert(made_has(&first, "gap f"));
		for (size_t k = 0; k < 4; k++) {
			m = made_unwrap(buf_span(&b), pieces[k], NULL);
			cr_assert_eq(m.text.len, first.text.len);
			cr_assert_arr_eq(m.text.ptr, first.text.ptr,
				m.text.len);
			buf_free(&m.text);
		}
		buf_free(&first.text);
		buf_free(&want);
		buf_free(&b);
		buf_free(&text);
	}
}

/* A copy from before the beginning, with what freed memory may hold. */
Test(unwrap_damaged, memory_that_others_had_does_not_come_out)
{
	static const uint8_t bytes[] = {
		0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0x4b, 0x54, 0xc8, 0xc9,
		0xcc, 0x4b, 0xe5, 0x4a, 0xa4, 0xac, 2, 0, 0xbd, 0x4c, 0x2b,
		0x71, 0x46, 0, 0, 0, 0x62, 0x65, 0x74, 0x77, 0x65, 0x65,
		0x6e, 0x1f, 0x8b, 8, 0, 0x48, 0, 2, 0, 0xbd, 0x5c, 0, 0, 2,
		3, 0x4b, 0x54, 0xc8, 0xc9, 0xcc, 0x4b, 0xe5, 0x4a, 0xa4,
		0x8c, 2, 0, 0xbd, 0x5c, 0x2b, 0x71, 0x46, 0, 0, 0,
	};
	struct made m;

	/* What malloc() gives is full of it; that of ASan is of 0xbe. */
	(void)mallopt(M_PERTURB, ~'A' & 0xff);
	m = made_unwrap(span_of(bytes, sizeof bytes), SIZE_MAX, NULL);
	cr_assert_not(made_has(&m, "AAAA") || made_has(&m, "\xbe\xbe"));
	cr_assert(made_has(&m, "f: a line\na"));
	buf_free(&m.text);
}
