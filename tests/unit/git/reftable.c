/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "fs.h"
#include "git/refs.h"
#include "git/reftable.h"

enum { HEADER = 24, BLOCK_HEAD = 4, IDS = 20 };

/* ---- tables by hand ---- */

static void
put(struct buf *b, uint64_t v, unsigned bytes)
{
	while (bytes-- > 0)
		cr_assert(buf_byte(b, bytes < 8 ?
			(uint8_t)(v >> 8 * bytes) : 0));
}

static void
put_header(struct buf *b)
{
	buf_str(b, "REFT\1");
	put(b, 0, 3);
	put(b, 1, 8);
	put(b, 1, 8);
}

/* A record that shares nothing with the one before. */
static void
put_ref(struct buf *b, const char *name, unsigned type, uint8_t id)
{
	cr_assert(strlen(name) < 15);
	put(b, 0, 1);
	put(b, strlen(name) << 3 | type, 1);
	buf_str(b, name);
	put(b, 0, 1);
	for (int i = 0; type == 1 && i < IDS; i++)
		put(b, id, 1);
}

/* What a block of refs is of these records, in a table of its own. */
static void
put_table(struct buf *b, struct span records, size_t block_len)
{
	size_t from;

	buf_init(b, SIZE_MAX);
	put_header(b);
	buf_byte(b, 'r');
	put(b, block_len, 3);
	buf_append(b, records.ptr, records.len);
	put(b, HEADER + BLOCK_HEAD, 3);
	put(b, 1, 2);
	from = b->len;
	put_header(b);
	put(b, 0, 40);
	put(b, hash_crc32(span_of(b->ptr + from, b->len - from)), 4);
}

static size_t
whole(const struct buf *records)
{
	return HEADER + BLOCK_HEAD + records->len + 3 + 2;
}

struct seen {
	char names[256];
	size_t n;
};

static bool
on_record(const struct reftable_record *r, void *payload)
{
	struct seen *s = payload;
	size_t at = strlen(s->names);

	snprintf(s->names + at, sizeof s->names - at, "%s%s ",
		r->gone ? "-" : "", r->name);
	return ++s->n < 100;
}

static const char *
look(struct seen *s, struct span table)
{
	struct reftable_room room = { .z = inflate_new(), .left = 1 << 20 };
	const char *wrong;

	*s = (struct seen){ .n = 0 };
	wrong = reftable_read(table, IDS, &room, on_record, s);
	inflate_free(room.z);
	return wrong;
}

static struct buf records, table;
static struct seen seen;

static void
begin(void)
{
	buf_init(&records, SIZE_MAX);
	put_ref(&records, "refs/heads/a", 1, 7);
	put_ref(&records, "refs/heads/b", 0, 0);
}

static void
end(void)
{
	buf_free(&records);
	buf_free(&table);
}

TestSuite(git_reftable, .init = begin, .fini = end);

Test(git_reftable, refs_and_deletions_are_told)
{
	put_table(&table, buf_span(&records), whole(&records));
	cr_assert_null(look(&seen, buf_span(&table)));
	cr_assert_str_eq(seen.names, "refs/heads/a -refs/heads/b ");
}

Test(git_reftable, of_a_wrong_checksum_the_rest_is_told)
{
	put_table(&table, buf_span(&records), whole(&records));
	table.ptr[table.len - 1] ^= 1;
	cr_assert_str_eq(look(&seen, buf_span(&table)),
		"its checksum is wrong");
	cr_assert_eq(seen.n, 2);
}

Test(git_reftable, every_truncation_is_told_and_ends)
{
	put_table(&table, buf_span(&records), whole(&records));
	for (size_t n = 0; n < table.len; n++)
		cr_assert_not_null(look(&seen, span_of(table.ptr, n)),
			"cut at %zu", n);
}

Test(git_reftable, a_block_of_no_length_is_no_ring)
{
	for (size_t len = 0; len < HEADER + BLOCK_HEAD; len++) {
		put_table(&table, buf_span(&records), len);
		cr_assert_str_eq(look(&seen, buf_span(&table)),
			"a block has no length");
		buf_free(&table);
	}
}

Test(git_reftable, a_number_beyond_64_bits_is_damage)
{
	static const uint8_t wide[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0x7f, 'x' };

	buf_append(&records, wide, sizeof wide);
	put_table(&table, buf_span(&records), whole(&records));
	cr_assert_str_eq(look(&seen, buf_span(&table)),
		"a record is damaged");
	cr_assert_eq(seen.n, 2);
}

Test(git_reftable, a_key_that_shares_more_than_there_is_is_damage)
{
	static const uint8_t far[] = { 13, 1 << 3, 'x', 0 };

	buf_append(&records, far, sizeof far);
	put_table(&table, buf_span(&records), whole(&records));
	cr_assert_str_eq(look(&seen, buf_span(&table)),
		"a record is damaged");
}

Test(git_reftable, ids_of_another_kind_are_not_taken)
{
	struct reftable_room room = { .z = inflate_new(), .left = 1 << 20 };

	put_table(&table, buf_span(&records), whole(&records));
	cr_assert_str_eq(reftable_read(buf_span(&table), 32, &room, on_record,
		&seen), "its ids are not those of the repository");
	inflate_free(room.z);
}

/* ---- stacks ---- */

static void
write_table(const char *name)
{
	int fd;

	put_table(&table, buf_span(&records), whole(&records));
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	cr_assert(fd >= 0 && write(fd, table.ptr, table.len) ==
		(ssize_t)table.len);
	close(fd);
	buf_free(&table);
	buf_free(&records);
}

/* Two tables: the second has a where the first has it too, and no c. */
static struct fs fs;
static struct git_repo *repo;
static struct git_refs refs;

static void
make_stack(const char *list)
{
	fs_begin(&fs);
	fs_dir("objects");
	fs_dir("refs");
	fs_dir("reftable");
	fs_file("HEAD", "ref: refs/heads/.invalid\n");
	fs_file("config", "[extensions]\n\trefStorage = reftable\n");
	fs_file("reftable/tables.list", list);
	put_ref(&records, "refs/heads/c", 1, 7);
	write_table("reftable/one");
	put_ref(&records, "refs/heads/a", 1, 9);
	put_ref(&records, "refs/heads/c", 0, 0);
	write_table("reftable/two");
	cr_assert_eq(git_open(&repo, ".", NULL, NULL), STANCH_OK);
	cr_assert(git_refs_read(&refs, repo));
}

static void
drop_stack(void)
{
	git_refs_free(&refs);
	git_free(repo);
	fs_end(&fs);
}

Test(git_reftable, the_later_table_holds)
{
	make_stack("one\ntwo\n");
	cr_assert_null(refs.problems);
	cr_assert_eq(refs.n, 1);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/a")->id.v[0], 9);
	cr_assert(span_equal(buf_span(&refs.past),
		span_str("refs/heads/b\nrefs/heads/c\n")));
	drop_stack();
}

Test(git_reftable, a_table_that_no_list_names_is_but_text)
{
	make_stack("one\n");
	git_refs_free(&refs);
	cr_assert_eq(rename("reftable/two", "reftable/two.ref"), 0);
	cr_assert(git_refs_read(&refs, repo));
	cr_assert_null(refs.problems);
	cr_assert_eq(refs.n, 2);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/a")->id.v[0], 7);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/c")->id.v[0], 7);
	cr_assert(span_equal(buf_span(&refs.past), span_str("refs/heads/b\n")));
	cr_assert_eq(rename("reftable/one", "reftable/one.ref"), 0);
	fs_file("reftable/tables.list", "two.ref\n");
	git_refs_free(&refs);
	cr_assert(git_refs_read(&refs, repo));
	cr_assert_eq(refs.n, 1);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/a")->id.v[0], 9);
	drop_stack();
}

Test(git_reftable, a_table_that_is_not_there_is_a_gap_with_its_name)
{
	make_stack("one\nnone\n../one\n");
	cr_assert_eq(refs.nproblems, 2);
	cr_assert_str_eq(refs.problems->place, "reftable/none");
	cr_assert_eq(refs.problems->gap.why, STANCH_GAP_HISTORY);
	cr_assert_str_eq(refs.last_problem->place, "reftable/tables.list");
	cr_assert_eq(refs.n, 2);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/a")->id.v[0], 7);
	drop_stack();
}
