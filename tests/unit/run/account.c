/* SPDX-License-Identifier: Apache-2.0 */
/* The account of a file's bytes: what is told, and of which places. */
#include "run/account.h"

#include <criterion/criterion.h>

struct told {
	struct event *e[8];
	size_t n;
};

static bool
post(void *payload, struct event *e)
{
	struct told *t = payload;

	cr_assert_not_null(e);
	t->e[t->n++] = e;
	return true;
}

Test(run_account, what_belongs_to_no_member_is_told_of_before_the_sum)
{
	struct unwrap_count count = { .bytes = 90, .raw = 30, .inside = 60,
		.apart = 30, .napart = 2 };
	struct told t = { .n = 0 };
	struct account a = { .wanted = true, .post = post, .payload = &t };

	count.first[0].n = 10;
	count.first[1].at = 70;
	count.first[1].n = 20;
	account_item(&a, "x.zip", 0);
	cr_assert(account_sum(&a, &count, 90, 0));
	cr_assert_eq(t.n, 3);
	cr_assert(t.e[0]->coverage.part);
	cr_assert_str_eq(t.e[0]->coverage.place, "x.zip");
	cr_assert_eq(t.e[0]->coverage.bytes, 10);
	cr_assert_str_eq(t.e[1]->coverage.place, "x.zip!raw@70");
	cr_assert_not(t.e[2]->coverage.part);
	cr_assert_eq(t.e[2]->coverage.apart, 30);
	for (size_t k = 0; k < t.n; k++)
		event_free(t.e[k]);
}

Test(run_account, what_was_not_read_is_in_the_sum)
{
	const struct unwrap_count count = { .bytes = 90, .raw = 60,
		.inside = 30 };
	const struct gap gap = { .bytes = 40 };
	struct told t = { .n = 0 };
	struct account a = { .wanted = true, .post = post, .payload = &t };
	const struct coverage *c;

	account_item(&a, "a", 2);
	cr_assert(account_sum(&a, &count, 100, 3));
	cr_assert(account_sum(&a, &count, 0, 2));
	cr_assert(account_unread(&a, "b", &gap));
	cr_assert_eq(t.n, 3);
	for (size_t i = 0; i < t.n; i++) {
		c = &t.e[i]->coverage;
		cr_assert_eq(c->bytes, c->decoded + c->raw + c->unread);
	}
	cr_assert_eq(t.e[0]->coverage.unread, 10);
	cr_assert_eq(t.e[0]->coverage.gaps, 1);
	cr_assert_eq(t.e[1]->coverage.bytes, 90);
	cr_assert_eq(t.e[2]->coverage.unread, 40);
	for (size_t i = 0; i < t.n; i++)
		event_free(t.e[i]);
}

Test(run_account, nothing_is_told_when_nobody_asked)
{
	static const struct unwrap_count count = { .napart = 1 };
	struct told t = { .n = 0 };
	struct account a = { .post = post, .payload = &t };

	account_item(&a, "x", 0);
	cr_assert(account_sum(&a, &count, 1, 0));
	cr_assert_eq(t.n, 0);
}
