/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "fs.h"
#include "git/git.h"

enum { N = 30000, IDS = 20 };

static void
put32(struct buf *b, uint32_t n)
{
	cr_assert(buf_byte(b, (uint8_t)(n >> 24)) &&
		buf_byte(b, (uint8_t)(n >> 16)) &&
		buf_byte(b, (uint8_t)(n >> 8)) && buf_byte(b, (uint8_t)n));
}

static void
put_id(struct buf *b, uint32_t n)
{
	static const uint8_t rest[IDS - 4];

	put32(b, n << 8);
	cr_assert(buf_append(b, rest, sizeof rest));
}

/* The first two are deltas of each other, all others of the first. */
static void
write_pack(void)
{
	struct buf pack, idx;

	buf_init(&pack, SIZE_MAX);
	buf_init(&idx, SIZE_MAX);
	cr_assert(buf_append(&pack, "PACK\0\0\0\2", 8));
	cr_assert(buf_append(&idx, "\377tOc\0\0\0\2", 8));
	put32(&pack, N);
	for (uint32_t i = 0; i < 256; i++)
		put32(&idx, (i + 1) << 16 < N ? (i + 1) << 16 : N);
	for (uint32_t i = 0; i < N; i++) {
		put_id(&idx, i);
		buf_byte(&pack, 0x70);
		put_id(&pack, i == 0);
		buf_byte(&pack, 'x');
	}
	for (uint32_t i = 0; i < N; i++)
		put32(&idx, 0);
	for (uint32_t i = 0; i < N; i++)
		put32(&idx, 12 + i * (IDS + 2));
	put_id(&pack, 0);
	put_id(&idx, 0);
	put_id(&idx, 0);
	fs_write("objects/pack/a.pack", pack.ptr, pack.len);
	fs_write("objects/pack/a.idx", idx.ptr, idx.len);
	buf_free(&pack);
	buf_free(&idx);
}

TestSuite(git_ring, .timeout = 10);

Test(git_ring, what_hangs_on_a_ring_does_not_go_round_it_for_long)
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
	cr_assert_eq(git_count(r), N);
	for (size_t i = 0; i < N; i++) {
		struct git_id id;

		cr_assert_eq(git_nth_type(rd, i), GIT_NONE);
		git_nth(r, i, &id);
		cr_assert_not(git_read(rd, &id, &o, &gap));
	}
	git_reader_free(rd);
	git_free(r);
	fs_end(&fs);
}
