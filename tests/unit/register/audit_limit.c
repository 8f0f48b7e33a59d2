/* SPDX-License-Identifier: Apache-2.0 */
/* audit_limit.c - what is written, what is counted, and that none is lost. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "register/audit_limit.h"
#include "rule/rule.h"

static const struct stanch_rule rules[2] = { { .id = "a" }, { .id = "b" } };
static struct audit_limit *limit;

static void
begin(void)
{
	limit = calloc(1, sizeof *limit);
	cr_assert_not_null(limit);
}

static void
end(void)
{
	free(limit);
}

TestSuite(register_audit_limit, .init = begin, .fini = end);

static bool
pass(int rule, const char *fingerprint, unsigned stream, uint64_t at)
{
	struct stanch_redaction r = { .rule = &rules[rule], .at = at,
		.fingerprint = fingerprint };

	return audit_limit_pass(limit, stream, &r);
}

static uint64_t
counted(void)
{
	const struct audit_kind *k;
	uint64_t n = 0;
	size_t i = 0;

	while ((k = audit_limit_next(limit, &i)))
		n += k->counted;
	return n;
}

Test(register_audit_limit, the_first_of_a_kind_are_written)
{
	const struct audit_kind *k;
	size_t i = 0;

	for (uint64_t n = 0; n < 250; n++)
		cr_expect_eq(pass(0, "k1:x", 0, n), n < AUDIT_LIMIT_EACH);
	cr_expect(pass(0, "k1:y", 0, 0));
	cr_expect(pass(1, "k1:x", 0, 0));
	cr_expect(pass(0, "k1:x", 1, 0));
	k = audit_limit_next(limit, &i);
	cr_assert_not_null(k);
	cr_expect_eq(k->counted, 150);
	cr_expect_eq(k->first, 100);
	cr_expect_eq(k->last, 249);
	cr_expect_null(audit_limit_next(limit, &i));
	audit_limit_renew(limit);
	cr_expect_eq(counted(), 0);
	cr_expect(pass(0, "k1:x", 0, 0));
}

Test(register_audit_limit, more_kinds_than_there_is_room_for_are_counted)
{
	uint64_t written = 0;
	char name[32];

	for (uint64_t n = 0; n < 50000; n++) {
		snprintf(name, sizeof name, "k1:%llu", (unsigned long long)n);
		written += pass((int)(n & 1), name, n & 2 ? 1 : 0, n);
	}
	cr_expect_leq(written, AUDIT_LIMIT_ALL);
	cr_expect_geq(written, AUDIT_LIMIT_KINDS / 2);
	cr_expect_eq(written + counted(), 50000);
}
