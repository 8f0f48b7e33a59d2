/* SPDX-License-Identifier: Apache-2.0 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "git/splitindex.h"

/* Bits of a bitmap that is one word as it is; a run of ones before it. */
#define PLAIN(bits) 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, \
	0, 0, 0, 0, 0, 0, 0, (bits), 0, 0, 0, 0
#define ONES 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0

static struct git_index
index_of(size_t n, const char *const *paths, uint8_t id)
{
	struct git_index ix = { .n = n };

	ix.v = calloc(n + 1, sizeof *ix.v);
	cr_assert_not_null(ix.v);
	for (size_t i = 0; i < n; i++) {
		ix.v[i].path = paths[i];
		ix.v[i].id.v[0] = id;
	}
	return ix;
}

static const char *const shared_paths[] = { "a", "b", "c", "d" };
static const char *const own_paths[] = { "", "ba" };

/* "a1 b2 ": paths, and which of the two an entry is of. */
static void
expect(const uint8_t *link, size_t n, const char *all)
{
	struct git_index shared = index_of(4, shared_paths, 1);
	struct git_index ix = index_of(2, own_paths, 2);
	const char *why = splitindex_lay(&ix, &shared, span_of(link, n));
	char text[64] = "";
	size_t at = 0;

	for (size_t i = 0; !why && i < ix.n && at < sizeof text; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%u ",
			ix.v[i].path, ix.v[i].id.v[0]);
	cr_expect_str_eq(why ? "wrong" : text, all);
	git_index_free(&ix);
	git_index_free(&shared);
}

Test(git_splitindex, entries_go_are_others_and_come)
{
	static const uint8_t link[] = { PLAIN(1), PLAIN(4) };
	static const uint8_t all_gone[] = { ONES, PLAIN(0) };

	expect(link, sizeof link, "b1 ba2 c2 d1 ");
	expect(NULL, 0, "2 a1 b1 ba2 c1 d1 ");
	expect(all_gone, sizeof all_gone, "2 ba2 ");
}

Test(git_splitindex, a_hostile_bitmap_is_refused)
{
	static const uint8_t few[] = { PLAIN(0), PLAIN(7) };
	static const uint8_t many[] = { 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0 };
	uint8_t link[] = { PLAIN(1), PLAIN(4) };

	expect(few, sizeof few, "wrong");	/* more than there are */
	expect(many, sizeof many, "wrong");
	for (size_t n = 1; n < sizeof link; n++)
		expect(link, n, "wrong");
	link[11] = 0xff;	/* words as they are, without end */
	expect(link, sizeof link, "wrong");
}
