/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const struct re_literal literals[] = {
	{ .bytes = "tok_", .len = 4 },
	{ .bytes = "abc", .len = 3, .caseless = true },
	{ .bytes = "a_prefix_too_long", .len = 17 },
};

static struct stanch_rule
rule_with(enum stanch_confidence confidence)
{
	return (struct stanch_rule){ .id = "rule-a", .confidence = confidence,
		.facts.anchor = { .literals = literals, .nliterals = 3 } };
}

static void
previews(const struct stanch_rule *rule, const char *secret, const char *want)
{
	struct stanch_finding f = { .rule = rule };

	finding_preview(&f, span_str(secret), strlen(secret));
	cr_assert_str_eq(f.preview, want);
}

Test(finding_preview, shows_the_public_prefix_and_the_length)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);

	previews(&rule, "tok_0123456789", "tok_************ (14 bytes)");
}

Test(finding_preview, writes_the_prefix_from_the_rule)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);

	previews(&rule, "ABC0123456789", "abc************ (13 bytes)");
}

Test(finding_preview, shows_nothing_of_a_secret_without_prefix)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);

	previews(&rule, "x", "************ (1 byte)");
	previews(&rule, "Tok_0123456789", "************ (14 bytes)");
	previews(&rule, "", "************ (0 bytes)");
	previews(&rule, "a_prefix_too_long_0123456789_0123456789",
		"************ (39 bytes)");
}

Test(finding_preview, shows_no_prefix_that_is_most_of_the_secret)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);

	previews(&rule, "tok_012", "************ (7 bytes)");
	previews(&rule, "tok_0123", "tok_************ (8 bytes)");
}

/* `token = (...)`: a secret that begins with the keyword by chance. */
Test(finding_preview, a_word_before_the_secret_is_no_prefix_of_it)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);

	rule.facts.secret_min = 7;
	previews(&rule, "tok_0123456789", "************ (14 bytes)");
	rule.facts.secret_min = 0;
	rule.facts.anchor.secret_back = 20;
	previews(&rule, "tok_0123456789", "************ (14 bytes)");
}

Test(finding_preview, a_contextual_rule_shows_nothing)
{
	struct stanch_rule rule = rule_with(STANCH_CONTEXTUAL);

	previews(&rule, "tok_0123456789", "************ (14 bytes)");
}

Test(finding_preview, a_key_block_shows_its_header)
{
	struct stanch_rule rule = { .id = "k", .block = RULE_BLOCK_PEM };

	previews(&rule, "-----BEGIN X PRIVATE KEY-----\nMIIB",
		"-----BEGIN************ (34 bytes)");
	previews(&rule, "MIIB", "************ (4 bytes)");
}

Test(finding_preview, the_longest_one_fits)
{
	static const struct re_literal twelve[] = {
		{ .bytes = "abcdefghijkl", .len = 12 },
	};
	struct stanch_rule rule = { .confidence = STANCH_SHAPED,
		.facts.anchor = { .literals = twelve, .nliterals = 1 } };
	struct stanch_finding f = { .rule = &rule };

	finding_preview(&f, span_str("abcdefghijklmnopqrstuvwxyz"),
		UINT64_MAX);
	cr_assert_str_eq(f.preview,
		"abcdefghijkl************ (18446744073709551615 bytes)");
}

static void
prints(struct stanch_finding *f, const char *secret, uint64_t n,
	const char *key, char *out)
{
	cr_assert(finding_fingerprint(f, span_str(secret), n,
		span_of(key, key ? strlen(key) : 0)));
	memcpy(out, f->fingerprint, FINDING_FINGERPRINT);
}

Test(finding_fingerprint, without_a_key_the_secret_has_no_part_in_it)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);
	struct stanch_finding f = { .rule = &rule, .place = "a/b" };
	char x[FINDING_FINGERPRINT], y[FINDING_FINGERPRINT];

	prints(&f, "one secret", 0, NULL, x);
	prints(&f, "another one", 0, NULL, y);
	cr_assert_str_eq(x, y);
	prints(&f, "one secret", 1, NULL, y);
	cr_assert_str_neq(x, y);
	f.place = "a/c";
	prints(&f, "one secret", 0, NULL, y);
	cr_assert_str_neq(x, y);
}

/* printf 'rule-a\0a/b\0007' | sha256sum
   printf 'stanch-fp-1\0rule-a\0s3cret' | openssl sha256 -hmac key */
Test(finding_fingerprint, is_what_its_description_says)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);
	struct stanch_finding f = { .rule = &rule, .place = "a/b" };
	char x[FINDING_FINGERPRINT];

	prints(&f, "s3cret", 7, NULL, x);
	cr_assert_str_eq(x, "l1:a461271952d4e89908a93cde78d189ec");
	prints(&f, "s3cret", 7, "key", x);
	cr_assert_str_eq(x, "k1:4d8ced0c04818be32ceb26e1b65922ba");
}

Test(finding_fingerprint, with_a_key_only_rule_and_secret_count)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);
	struct stanch_finding f = { .rule = &rule, .place = "a/b" };
	char x[FINDING_FINGERPRINT], y[FINDING_FINGERPRINT];

	prints(&f, "one secret", 0, "key", x);
	f.place = "elsewhere";
	prints(&f, "one secret", 5, "key", y);
	cr_assert_str_eq(x, y);
	prints(&f, "one secret", 5, "yek", y);
	cr_assert_str_neq(x, y);
	prints(&f, "One secret", 0, "key", y);
	cr_assert_str_neq(x, y);
}

Test(finding_copy, owns_its_place_and_secret)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);
	char place[] = "some/where", secret[] = "s3cret";
	struct stanch_finding f = { .rule = &rule, .place = place,
		.start = 3, .end = 9, .line = 1, .column = 4,
		.reasons = { "why" }, .nreasons = 1,
		.secret = span_of(secret, 6) };
	struct stanch_finding *copy = finding_copy(&f);
	size_t len;

	cr_assert_not_null(copy);
	memset(place, 'x', 4);
	memset(secret, 'x', 6);
	cr_assert_str_eq(stanch_finding_place(copy), "some/where");
	cr_assert_eq(memcmp(stanch_finding_secret(copy, &len), "s3cret", 6),
		0);
	cr_assert_eq(len, 6);
	cr_assert_eq(stanch_finding_start(copy), 3);
	cr_assert_eq(stanch_finding_end(copy), 9);
	cr_assert_eq(stanch_finding_rule(copy), &rule);
	cr_assert_str_eq(stanch_finding_reason(copy, 0), "why");
	cr_assert_null(stanch_finding_reason(copy, 1));
	finding_free(copy);
}

Test(finding_copy, a_secret_that_was_not_asked_for_is_not_there)
{
	struct stanch_rule rule = rule_with(STANCH_SHAPED);
	struct stanch_finding f = { .rule = &rule, .place = "" };
	struct stanch_finding *copy = finding_copy(&f);
	size_t len = 9;

	cr_assert_not_null(copy);
	cr_assert_null(stanch_finding_secret(copy, &len));
	cr_assert_eq(len, 0);
	finding_free(copy);
	finding_free(NULL);
}
