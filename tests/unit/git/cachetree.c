/* SPDX-License-Identifier: Apache-2.0 */
/* cachetree.c - what an index remembers of trees, whole and damaged. */
#include <criterion/criterion.h>

#include <stdlib.h>

#include "git/cachetree.h"

enum { ID = 20 };

/* The top, a (whole), a/b (whole), c (changed), c/d (whole): ids by letter. */
static const char whole[] =
	"\0" "9 2\nTTTTTTTTTTTTTTTTTTTT"
	"a\0" "4 1\nAAAAAAAAAAAAAAAAAAAA"
	"b\0" "3 0\nBBBBBBBBBBBBBBBBBBBB"
	"c\0" "-1 1\n"
	"d\0" "2 0\nDDDDDDDDDDDDDDDDDDDD";

/* In an allocation of its own, so that sanitizers see what is read. */
static struct cachetree
read_first(size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);
	struct cachetree t;

	cr_assert(copy);
	memcpy(copy, whole, n);
	cachetree_read(&t, span_of(copy, n), ID);
	free(copy);
	return t;
}

static const struct cachetree_node *
at(const struct cachetree *t, const char *path)
{
	return cachetree_find(t, path, strlen(path));
}

Test(git_cachetree, directories_are_found_by_their_paths)
{
	struct cachetree t = read_first(sizeof whole - 1);

	cr_assert_eq(t.n, 4);
	cr_assert(at(&t, "") && at(&t, "a") && at(&t, "a/b") && at(&t, "c/d"));
	cr_expect_eq(at(&t, "")->entries, 9);
	cr_expect_eq(at(&t, "a/b")->entries, 3);
	cr_expect_eq(at(&t, "a/b")->id.v[ID - 1], 'B');
	cr_expect_eq(at(&t, "a/b")->id.v[ID], 0);
	cr_expect_eq(at(&t, "c/d")->entries, 2);
	cr_expect_null(at(&t, "c"), "it has changed");
	cr_expect_null(at(&t, "b"));
	cr_expect_null(at(&t, "d"));
	cachetree_free(&t);
}

Test(git_cachetree, what_is_cut_is_as_if_it_were_not_there)
{
	for (size_t n = 0; n + 1 < sizeof whole; n++) {
		struct cachetree t = read_first(n);

		cr_expect_eq(t.n, 0, "%zu", n);
		cr_expect_null(at(&t, ""), "%zu", n);
		cachetree_free(&t);
	}
}

Test(git_cachetree, one_that_is_too_deep_is_as_if_it_were_not_there)
{
	char text[8 * 1024];
	struct cachetree t;
	size_t n = 0;

	while (n + 8 < sizeof text) {
		memcpy(text + n, "x\0-1 1\n", 7);
		n += 7;
	}
	cachetree_read(&t, span_of(text, n), ID);
	cr_expect_eq(t.n, 0);
	cachetree_free(&t);
}
