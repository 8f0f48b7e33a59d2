/* SPDX-License-Identifier: Apache-2.0 */
/* overlap.c - an index that leads into the middle of an entry's head. */
#include <zlib.h>

#include "base/buf.h"
#include "fs.h"
#include "git/git.h"

enum {
	IDS = 20, SIZE = 0x230, LATE = 12 + 1,	/* the head's second byte */
	/* Objects by their ids: a tree, a delta of it, one of its middle. */
	TREE, WHOLE, BROKEN, END
};

static void
put32(struct buf *b, uint32_t n)
{
	uint8_t v[] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
		(uint8_t)(n >> 8), (uint8_t)n };

	cr_assert(buf_append(b, v, sizeof v));
}

static void
put_id(struct buf *b, uint8_t id)
{
	uint8_t v[IDS] = { id };

	cr_assert(buf_append(b, v, sizeof v));
}

static void
put_stream(struct buf *b, const uint8_t *text, size_t n)
{
	uint8_t out[1024];
	uLongf len = sizeof out;

	cr_assert_eq(compress(out, &len, text, n), Z_OK);
	cr_assert(buf_append(b, out, len));
}

/* Adds "x" and nothing of the base. */
static void
put_delta(struct buf *b, size_t back)
{
	static const uint8_t delta[] = { 0x80 | (SIZE & 0x7f), SIZE >> 7,
		1, 1, 'x' };

	cr_assert(back < 0x80);
	buf_byte(b, 0x60 | sizeof delta);
	buf_byte(b, (uint8_t)back);
	put_stream(b, delta, sizeof delta);
}

/* Its second byte is a head, too: of a tree of three bytes. */
static void
write_pack(void)
{
	static const uint8_t text[SIZE];
	uint32_t at[END];
	struct buf pack, idx;

	buf_init(&pack, SIZE_MAX);
	buf_init(&idx, SIZE_MAX);
	cr_assert(buf_append(&pack, "PACK\0\0\0\2", 8));
	cr_assert(buf_append(&idx, "\377tOc\0\0\0\2", 8));
	put32(&pack, END - TREE);
	at[TREE] = (uint32_t)pack.len;
	buf_byte(&pack, 0x80 | GIT_TREE << 4 | (SIZE & 15));
	buf_byte(&pack, SIZE >> 4);
	put_stream(&pack, text, SIZE);
	at[WHOLE] = (uint32_t)pack.len;
	put_delta(&pack, pack.len - at[TREE]);
	at[BROKEN] = (uint32_t)pack.len;
	put_delta(&pack, pack.len - LATE);
	for (uint32_t i = 0; i < 256; i++)
		put32(&idx, i < TREE ? 0 : i < END ? i - TREE + 1 :
			END - TREE);
	for (uint8_t i = TREE; i < END; i++)
		put_id(&idx, i);
	for (int i = TREE; i < END; i++)
		put32(&idx, 0);
	for (int i = TREE; i < END; i++)
		put32(&idx, at[i]);
	put_id(&pack, 0);
	put_id(&idx, 0);
	put_id(&idx, 0);
	fs_write("objects/pack/a.pack", pack.ptr, pack.len);
	fs_write("objects/pack/a.idx", idx.ptr, idx.len);
	buf_free(&pack);
	buf_free(&idx);
}

Test(git_overlap, what_was_kept_of_an_entry_is_no_base_of_its_middle)
{
	struct git_repo *r;
	struct git_reader *rd;
	struct git_object o;
	struct gap gap;
	struct fs fs;

	fs_begin(&fs);
	fs_dir("objects");
	fs_dir("objects/pack");
	write_pack();
	cr_assert_eq(git_open(&r, ".", NULL, NULL), STANCH_OK);
	rd = git_reader_new(r);
	cr_assert_eq(git_count(r), END - TREE);
	cr_assert(git_read_nth(rd, 1, &o, &gap), "%s", gap.detail);
	cr_assert(o.type == GIT_TREE && span_equal(o.data, span_str("x")));
	cr_assert_not(git_read_nth(rd, 2, &o, &gap));
	git_reader_free(rd);
	git_free(r);
	fs_end(&fs);
}
