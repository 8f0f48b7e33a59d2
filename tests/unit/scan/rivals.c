/* SPDX-License-Identifier: Apache-2.0 */
/* rivals.c - who wins among findings that overlap. */
#include <criterion/criterion.h>

#include "scan/rivals.h"

static const struct stanch_rule plain = { .id = "plain",
	.confidence = STANCH_SHAPED, .facts = { .width_min = 10 } };
static const struct stanch_rule narrow = { .id = "narrow",
	.confidence = STANCH_SHAPED, .facts = { .width_min = 20 } };
static const struct stanch_rule block = { .id = "block",
	.confidence = STANCH_SHAPED, .block = RULE_BLOCK_PEM };

static const struct scan_open none;

static struct rivals rs;

static void
end(void)
{
	rivals_free(&rs);
}

TestSuite(scan_rivals, .fini = end);

static void
add(const struct stanch_rule *rule, uint64_t start, uint64_t stop,
	enum stanch_confidence sure)
{
	struct rival r = { .f = { .rule = rule, .start = start, .end = stop,
		.confidence = sure } };

	cr_assert(rivals_add(&rs, &r));
}

/* The only winner among all, which are one group. */
static const struct stanch_finding *
winner(void)
{
	const struct stanch_finding *won = NULL;
	size_t n;

	rivals_sort(&rs, &none);
	n = rivals_group(&rs, 0, UINT64_MAX);
	cr_assert_eq(n, rs.n);
	rivals_judge(&rs, 0, n);
	for (size_t i = 0; i < n; i++)
		if (rs.v[i].state == RIVAL_WINS) {
			cr_assert_null(won);
			won = &rs.v[i].f;
		}
	cr_assert_not_null(won);
	return won;
}

Test(scan_rivals, surest_wins)
{
	add(&narrow, 0, 30, STANCH_SHAPED);
	add(&plain, 10, 20, STANCH_PROVEN);
	cr_expect_eq(winner()->rule, &plain);
}

Test(scan_rivals, most_specific_wins_among_equals)
{
	add(&plain, 0, 30, STANCH_SHAPED);
	add(&narrow, 10, 20, STANCH_SHAPED);
	cr_expect_eq(winner()->rule, &narrow);
}

Test(scan_rivals, longer_then_first_wins_among_equals)
{
	add(&plain, 5, 20, STANCH_SHAPED);
	add(&plain, 0, 10, STANCH_SHAPED);
	cr_expect_eq(winner()->start, 5);
	rivals_drop(&rs, rs.n);
	add(&plain, 5, 15, STANCH_SHAPED);
	add(&plain, 0, 10, STANCH_SHAPED);
	cr_expect_eq(winner()->start, 0);
}

Test(scan_rivals, block_outranks_what_it_overlaps)
{
	add(&block, 10, 100, STANCH_HEURISTIC);
	add(&plain, 10, 60, STANCH_PROVEN);
	add(&plain, 50, 60, STANCH_PROVEN);
	add(&plain, 90, 100, STANCH_PROVEN);
	cr_expect_eq(winner()->rule, &block);
	cr_expect_eq(rs.n, 1);
}

Test(scan_rivals, what_reaches_into_a_block_or_out_of_it_keeps_the_rest)
{
	add(&plain, 0, 12, STANCH_PROVEN);
	add(&block, 10, 100, STANCH_HEURISTIC);
	add(&plain, 99, 120, STANCH_PROVEN);
	rivals_sort(&rs, &none);
	cr_assert_eq(rs.n, 3);
	cr_expect_eq(rs.v[0].f.end, 10);
	cr_expect(!rs.v[0].quiet);
	cr_expect_eq(rs.v[2].f.start, 100);
	cr_expect_eq(rs.v[2].f.end, 120);
	cr_expect(rs.v[2].quiet, "where it began is the block's to say");
}

Test(scan_rivals, what_is_left_of_utf16_begins_at_a_character)
{
	struct rival r = { .wide = 1, .f = { .rule = &plain, .start = 99,
		.end = 119 } };

	add(&block, 10, 100, STANCH_HEURISTIC);
	cr_assert(rivals_add(&rs, &r));
	rivals_sort(&rs, &none);
	cr_assert_eq(rs.n, 2);
	cr_expect_eq(rs.v[1].f.start, 101);
}

Test(scan_rivals, open_block_outranks_as_well)
{
	add(&plain, 0, 10, STANCH_PROVEN);
	add(&plain, 5, 11, STANCH_PROVEN);
	add(&plain, 20, 30, STANCH_PROVEN);
	rivals_sort(&rs, &(struct scan_open){ .start = 10, .sure = 30 });
	cr_assert_eq(rs.n, 2);
	cr_expect_eq(rs.v[0].f.end, 10, "it only touches the block");
	cr_expect_eq(rs.v[1].f.end, 10, "it ends where the block begins");
}

Test(scan_rivals, what_lies_in_a_long_key_is_no_finding_when_the_key_was_told)
{
	add(&block, 10, 9000, STANCH_SHAPED);
	rivals_sort(&rs, &none);
	cr_assert_eq(rivals_group(&rs, 0, 8300), 1, "long enough held back");
	rivals_judge(&rs, 0, 1);
	rivals_drop(&rs, 1);
	add(&plain, 8500, 8600, STANCH_PROVEN);
	add(&plain, 8990, 9010, STANCH_PROVEN);
	add(&plain, 9100, 9110, STANCH_PROVEN);
	rivals_sort(&rs, &none);
	cr_assert_eq(rs.n, 2, "the first one lies in the key");
	cr_expect_eq(rs.v[0].f.start, 9000);
	cr_expect(rs.v[0].quiet && rs.v[0].rest);
	cr_expect(!rs.v[1].quiet);
	rivals_begin(&rs);
	add(&plain, 8500, 8600, STANCH_PROVEN);
	rivals_sort(&rs, &none);
	cr_expect_eq(rs.n, 1, "another place");
}

Test(scan_rivals, key_decoded_from_a_key_that_reaches_out_has_no_tag_of_its_own)
{
	struct rival inner = { .depth = 1, .f = { .rule = &block, .start = 0,
		.end = 313, .confidence = STANCH_SHAPED } };

	add(&block, 0, 64, STANCH_SHAPED);
	cr_assert(rivals_add(&rs, &inner));
	rivals_sort(&rs, &none);
	cr_assert_eq(rs.n, 2);
	cr_expect_eq(rs.v[1].f.start, 64);
	cr_expect(rs.v[1].tail);
	cr_expect_eq(rivals_group(&rs, 0, 312), 0, "they wait together");
	cr_expect_eq(rivals_group(&rs, 0, 313), 2);
}

Test(scan_rivals, groups_end_where_nothing_overlaps)
{
	add(&plain, 20, 30, STANCH_SHAPED);
	add(&plain, 0, 10, STANCH_SHAPED);
	add(&plain, 9, 20, STANCH_SHAPED);
	rivals_sort(&rs, &none);
	cr_expect_eq(rs.v[0].f.start, 0);
	cr_expect_eq(rivals_group(&rs, 0, 19), 0, "must wait");
	cr_expect_eq(rivals_group(&rs, 0, 20), 2);
	cr_expect_eq(rivals_group(&rs, 2, 30), 1);
	cr_expect_eq(rivals_group(&rs, 3, 30), 0);
}
