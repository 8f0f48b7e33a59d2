/* SPDX-License-Identifier: Apache-2.0 */
#include "fs.h"
#include "git/gitindex.h"
#include "git/parse.h"
#include "git/refs.h"
#include "git/rev.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"
#define HEY "ffffffffffffffffffffffffffffffffffffffff"

static struct fs fs;
static struct git_repo *repo;

static void
begin(void)
{
	fs_begin(&fs);
	fs_dir("objects");
	fs_dir("refs");
	fs_dir("refs/heads");
	fs_file("HEAD", "ref: refs/heads/main\n");
	fs_file("refs/heads/main", HEX "\n");
	cr_assert_eq(git_open(&repo, ".", NULL, NULL), STANCH_OK);
}

static void
end(void)
{
	git_free(repo);
	fs_end(&fs);
}

TestSuite(git_parse, .init = begin, .fini = end, .timeout = 30);

Test(git_parse, a_commit_has_a_tree_parents_and_people)
{
	static const char text[] = "tree " HEX "\nparent " HEY "\nparent " HEX
		"\nauthor A B <a@b> 1767323045 -0330\n"
		"committer C <c@d> 5 +0100\n\nmessage\n";
	struct git_commit c;
	struct git_id id;

	cr_assert(git_commit_parse(&c, repo, span_str(text)));
	cr_assert(span_equal(c.author.name, span_str("A B <a@b>")));
	cr_assert_eq(c.author.time, 1767323045);
	cr_assert_eq(c.author.zone, -210);
	cr_assert_eq(c.committer.time, 5);
	cr_assert_str_eq(text + c.message, "\nmessage\n");
	cr_assert(git_commit_parent(&c, repo, &id));
	cr_assert_eq(id.v[0], 0xff);
	cr_assert(git_commit_parent(&c, repo, &id));
	cr_assert_eq(id.v[0], 0x01);
	cr_assert_not(git_commit_parent(&c, repo, &id));
}

/* Cut anywhere: nothing is read behind the end (ASan), nothing loops. */
Test(git_parse, what_is_cut_off_is_refused_or_read_as_far_as_it_goes)
{
	static const char text[] = "tree " HEX "\nparent " HEX
		"\nauthor A <a@b> 1767323045 +0100\n\nm";
	static const char tree[] = "100644 name\0" "01234567890123456789"
		"40000 d\0" "01234567890123456789";
	struct git_commit c;
	struct git_tree_entry e;
	struct git_id id;

	for (size_t n = 0; n < sizeof text; n++) {
		char *copy = malloc(n ? n : 1);

		memcpy(copy, text, n);
		if (git_commit_parse(&c, repo, span_of(copy, n)))
			while (git_commit_parent(&c, repo, &id))
				;
		cr_assert(n >= 45 || !git_commit_parse(&c, repo,
			span_of(copy, n)));
		free(copy);
	}
	for (size_t n = 0; n < sizeof tree; n++) {
		char *copy = malloc(n ? n : 1);
		struct span s = span_of(copy, n);
		size_t found = 0;

		memcpy(copy, tree, n);
		while (git_tree_next(&s, repo, &e))
			found++;
		cr_assert_eq(found, n < 32 ? 0 : n < 60 ? 1 : 2, "%zu", n);
		free(copy);
	}
}

Test(git_parse, numbers_of_people_that_are_none_are_no_date)
{
	static const char *const bad[] = { "A <a> x +0100", "A <a>", "",
		"A <a> 99999999999999999999999999 0100" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct git_commit c;
		char text[200];

		snprintf(text, sizeof text, "tree " HEX "\nauthor %s\n\n",
			bad[i]);
		cr_assert(git_commit_parse(&c, repo, span_str(text)));
		cr_assert_not(c.author.dated, "%zu", i);
		cr_assert(span_equal(c.author.name, span_str(bad[i])));
	}
}

Test(git_parse, refs_are_loose_or_packed_and_the_loose_one_wins)
{
	struct git_refs refs;
	const struct git_ref *r;

	fs_file("packed-refs", "# pack-refs with: peeled\n" HEY
		" refs/heads/main\n" HEY " refs/tags/v1\n^" HEX "\n");
	fs_dir("logs");
	fs_file("logs/HEAD", HEY " " HEX " A <a> 1 +0000\tone\n");
	cr_assert(git_refs_read(&refs, repo));
	r = git_refs_find(&refs, "HEAD");
	cr_assert_str_eq(r->target, "refs/heads/main");
	cr_assert_eq(r->id.v[0], 0x01);
	cr_assert_eq(git_refs_find(&refs, "refs/heads/main")->id.v[0], 0x01);
	cr_assert_eq(git_refs_find(&refs, "refs/tags/v1")->id.v[0], 0xff);
	cr_assert_eq(refs.nlogs, 2);
	cr_assert_eq(refs.logs[0].n, 0);
	cr_assert_eq(refs.logs[0].id.v[0], 0x01);
	cr_assert_eq(refs.logs[1].id.v[0], 0xff);
	git_refs_free(&refs);
}

Test(git_parse, a_ring_of_symbolic_refs_ends)
{
	struct git_refs refs;

	fs_file("HEAD", "ref: refs/heads/main\n");
	fs_file("refs/heads/main", "ref: HEAD\n");
	cr_assert(git_refs_read(&refs, repo));
	cr_assert(git_id_is_zero(&git_refs_find(&refs, "HEAD")->id));
	git_refs_free(&refs);
}

Test(git_parse, a_name_of_nothing_is_refused)
{
	static const char *const bad[] = { "", "~", "nothing", "main~1", "0",
		"deadbeef", "main^{tree}", "main~99999999999999999999" };
	struct git_reader *rd = git_reader_new(repo);
	struct git_refs refs;
	struct git_id id;

	cr_assert(git_refs_read(&refs, repo));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_assert_eq(git_rev(&id, rd, repo, &refs, bad[i], NULL),
			STANCH_EUSAGE, "%s", bad[i]);
	cr_assert_eq(git_rev(&id, rd, repo, &refs, "main", NULL), STANCH_OK);
	git_refs_free(&refs);
	git_reader_free(rd);
}

/* An index of version 2 with one entry, then cut and bent. */
Test(git_parse, an_index_is_read_and_a_damaged_one_told)
{
	uint8_t v[12 + 72 + 20] = "DIRC\0\0\0\2\0\0\0\1";
	struct git_index ix;

	v[12 + 24 + 2] = 0x81;
	v[12 + 24 + 3] = 0xa4;
	memset(v + 12 + 40, 7, 20);
	v[12 + 61] = 4;
	memcpy(v + 12 + 62, "path", 4);
	fs_write("index", v, sizeof v);
	cr_assert_eq(git_index_read(&ix, repo, AT_FDCWD, "index", NULL),
		STANCH_OK);
	cr_assert_eq(ix.n, 1);
	cr_assert_str_eq(ix.v[0].path, "path");
	cr_assert_eq(ix.v[0].mode, 0100644);
	cr_assert_eq(ix.v[0].id.v[19], 7);
	git_index_free(&ix);
	for (size_t n = 1; n < sizeof v - 20; n++) {
		fs_write("index", v, n);
		cr_assert_eq(git_index_read(&ix, repo, AT_FDCWD, "index",
			NULL), STANCH_EFORMAT, "%zu", n);
		git_index_free(&ix);
	}
	v[8] = 0xff;
	fs_write("index", v, sizeof v);
	cr_assert_eq(git_index_read(&ix, repo, AT_FDCWD, "index", NULL),
		STANCH_EFORMAT);
	git_index_free(&ix);
}

/* A version 4 index of n entries: a first path of `first` letters, and each
   further one longer by a letter. */
static void
write_growing_index(uint32_t n, size_t first)
{
	uint8_t head[] = { 'D', 'I', 'R', 'C', 0, 0, 0, 4, 0, 0,
		(uint8_t)(n >> 8), (uint8_t)n };
	static const uint8_t entry[40 + 20 + 2];
	FILE *f = fopen("index", "wb");

	cr_assert(f);
	fwrite(head, 1, sizeof head, f);
	for (uint32_t i = 0; i < n; i++) {
		fwrite(entry, 1, sizeof entry, f);
		fputc(0, f);		/* nothing of the path before goes */
		for (size_t k = i ? 1 : first; k > 0; k--)
			fputc('a', f);
		fputc(0, f);
	}
	fwrite(entry, 1, 20, f);	/* the checksum, which nobody asks */
	fclose(f);
}

Test(git_parse, index_whose_paths_grow_without_end_is_refused)
{
	struct stanch_error err = { 0 };
	struct git_index ix;

	write_growing_index(100, 100);
	cr_expect_eq(git_index_read(&ix, repo, AT_FDCWD, "index", &err),
		STANCH_OK, "%s", err.text);
	cr_expect_eq(ix.n, 100);
	git_index_free(&ix);
	write_growing_index(3000, 5000);
	cr_expect_eq(git_index_read(&ix, repo, AT_FDCWD, "index", &err),
		STANCH_EFORMAT);
	cr_expect_lt(ix.n, 3000);
	git_index_free(&ix);
}
