/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <criterion/criterion.h>

#include "base/hash.h"
#include "rule/recipe.h"
#include "rule/rule.h"

enum { MOST = 65536 };

static struct span
make(struct recipe_out *out, const char *recipe, uint64_t seed)
{
	struct stanch_error err = { .text = "" };

	buf_init(&out->text, MOST);
	cr_assert_eq(recipe_expand(out, recipe, seed, &err), STANCH_OK,
		"%s: %s", recipe, err.text);
	return buf_span(&out->text);
}

static void
expect(const char *recipe, const char *text)
{
	struct recipe_out out;
	struct span made = make(&out, recipe, 0);

	cr_expect(span_equal(made, span_str(text)), "%s gives %.*s", recipe,
		(int)made.len, (const char *)made.ptr);
	buf_free(&out.text);
}

Test(rule_recipe, text_without_parts_is_itself)
{
	expect("", "");
	expect("plain { text } }}", "plain { text } }}");
}

Test(rule_recipe, hard_characters_have_names)
{
	expect("{{lf}}{{cr}}{{tab}}{{quote}}{{dquote}}{{bslash}}{{lbrace}}"
		"{{rbrace}}", "\n\r\t'\"\\{}");
	struct recipe_out out;
	struct span made = make(&out, "a{{nul}}b", 0);
	cr_expect_eq(made.len, 3);
	cr_expect_eq(made.ptr[1], 0);
	buf_free(&out.text);
}

Test(rule_recipe, alphabets_draw_only_their_own_characters)
{
	static const struct { const char *recipe, *chars; } cases[] = {
		{ "{{digit:500}}", "0123456789" },
		{ "{{hex:500}}", "0123456789abcdef" },
		{ "{{HEX:500}}", "0123456789ABCDEF" },
		{ "{{base32:500}}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" },
		{ "{{base32l:500}}", "abcdefghijklmnopqrstuvwxyz234567" },
		{ "{{base36:500}}", "0123456789abcdefghijklmnopqrstuvwxyz" },
		{ "{{lower:500}}", "abcdefghijklmnopqrstuvwxyz" },
		{ "{{upper:500}}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct recipe_out out;
		struct span made = make(&out, cases[i].recipe, 42);

		cr_expect_eq(made.len, 500);
		for (size_t k = 0; k < made.len; k++)
			cr_assert(strchr(cases[i].chars, made.ptr[k]),
				"%s", cases[i].recipe);
		/* and, among 500, each of them */
		for (const char *c = cases[i].chars; *c; c++)
			cr_expect(memchr(made.ptr, *c, made.len), "%s lacks "
				"%c", cases[i].recipe, *c);
		buf_free(&out.text);
	}
}

Test(rule_recipe, print_has_no_quotes_blanks_or_backslashes)
{
	struct recipe_out out;
	struct span made = make(&out, "{{print:2000}}", 1);

	for (size_t i = 0; i < made.len; i++)
		cr_assert(made.ptr[i] > 0x20 && made.ptr[i] < 0x7f &&
			!strchr("'\"`\\", made.ptr[i]));
	buf_free(&out.text);
}

Test(rule_recipe, ranges_give_both_their_ends)
{
	bool seen[6] = { false };

	for (uint64_t seed = 0; seed < 200; seed++) {
		struct recipe_out out;
		struct span made = make(&out, "{{hex:2-5}}", seed);

		cr_assert(made.len >= 2 && made.len <= 5);
		seen[made.len] = true;
		buf_free(&out.text);
	}
	cr_expect(seen[2] && seen[3] && seen[4] && seen[5]);
}

Test(rule_recipe, marks_are_the_secret)
{
	struct recipe_out out;

	make(&out, "k=\"{{(}}abc{{hex:4}}{{)}}\";", 0);
	cr_expect_eq(out.start, 3);
	cr_expect_eq(out.end, 10);
	buf_free(&out.text);
	make(&out, "abc{{hex:4}}", 0);
	cr_expect_eq(out.start, 0);
	cr_expect_eq(out.end, 7);
	buf_free(&out.text);
}

/* Whether hex digits at the end are the CRC-32 of s[from, to). */
static void
expect_sum(const char *recipe, size_t from, size_t to)
{
	struct recipe_out out;
	struct span made = make(&out, recipe, 11);
	char sum[9];

	snprintf(sum, sizeof sum, "%08x", hash_crc32(span_of(made.ptr + from,
		to - from)));
	cr_expect(!memcmp(made.ptr + made.len - 8, sum, 8), "%s", recipe);
	buf_free(&out.text);
}

Test(rule_recipe, body_begins_at_the_first_drawn_character_or_its_mark)
{
	expect_sum("pre_{{hex:8}}.x{{hexcrc32}}", 4, 14);
	expect_sum("{{<}}pre_{{hex:8}}{{hexcrc32}}", 0, 12);
	expect_sum("p{{<}}re_{{hex:8}}{{hexcrc32}}", 1, 12);
	expect_sum("{{hex:8}}{{hexcrc32}}-{{hex:3}}{{hexcrc32}}", 17, 20);
}

Test(rule_recipe, underscore_parts_body_and_checksum_unless_drawn)
{
	expect_sum("{{hex:8}}_{{hexcrc32}}", 0, 8);
	expect_sum("{{hex:8}}={{hexcrc32}}", 0, 9);
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct recipe_out out;
		struct span s = make(&out, "{{base64url:4}}{{hexcrc32}}",
			seed);
		char sum[9];

		snprintf(sum, sizeof sum, "%08x",
			hash_crc32(span_first(s, 4)));
		cr_assert(!memcmp(s.ptr + 4, sum, 8), "seed %u",
			(unsigned)seed);
		buf_free(&out.text);
	}
}

/*
 * The same bytes on every machine and in every release: a changed digest
 * changes all examples, and needs a reason.
 */
Test(rule_recipe, same_seed_gives_the_same_bytes_for_ever)
{
	static const char recipe[] = "{{base62:30}}{{b62crc32:6}} {{jwt}} "
		"{{pem-rsa}} {{openssh-ed25519}} {{pgp-private}} "
		"{{azure-key:+ASt}} {{gitlab-routable}} {{hex:1-90}}";
	struct recipe_out one, two, other;
	struct span a = make(&one, recipe, 7), b = make(&two, recipe, 7);
	uint8_t digest[32];
	char hex[65];

	make(&other, recipe, 8);
	cr_expect(span_equal(a, b));
	cr_expect_not(span_equal(a, buf_span(&other.text)));
	hash_sha256_of(a, digest);
	hash_hex(digest, 32, hex);
	cr_expect_str_eq(hex, "885f9acd676c4d451c62f762876430b0"
		"793df9ffd7252c1b4ad52a5a1c9e8a03");
	buf_free(&one.text);
	buf_free(&two.text);
	buf_free(&other.text);
}

Test(rule_recipe, recipes_of_one_seed_differ)
{
	struct recipe_out one, two;

	make(&one, "a{{hex:32}}", 1);
	make(&two, "b{{hex:32}}", 1);
	cr_expect_neq(memcmp(one.text.ptr + 1, two.text.ptr + 1, 32), 0);
	buf_free(&one.text);
	buf_free(&two.text);
}

Test(rule_recipe, errors_name_the_part_and_its_offset)
{
	static const struct { const char *recipe, *part; uint32_t column; }
	bad[] = {
		{ "ab{{hex:3", "without", 3 },
		{ "ab{{nothing}}", "{{nothing}}", 3 },
		{ "{{hex}}", "{{hex}}", 1 },
		{ "{{hex:}}", "{{hex:}}", 1 },
		{ "{{hex:x}}", "{{hex:x}}", 1 },
		{ "{{hex:9-3}}", "{{hex:9-3}}", 1 },
		{ "{{hex:3-}}", "{{hex:3-}}", 1 },
		{ "{{hex:-3}}", "{{hex:-3}}", 1 },
		{ "{{hex:99999999999999999999}}", "at most", 1 },
		{ "{{hexcrc32}}", "{{hexcrc32}}", 1 },
		{ "{{hex:3}}{{hexcrc32:4}}", "{{hexcrc32:4}}", 10 },
		{ "{{hex:3}}{{b62crc32}}", "{{b62crc32}}", 10 },
		{ "{{hex:3}}{{b64crc32le:7}}", "{{b64crc32le:7}}", 10 },
		{ "x{{)}}", "{{)}}", 2 },
		{ "{{(}}x{{(}}", "{{(}}", 7 },
		{ "{{(}}x", "{{(}} without {{)}}", 7 },
		{ "{{azure-key:NONE}}", "{{azure-key:NONE}}", 1 },
		{ "{{aws-key-id:AK}}", "{{aws-key-id:AK}}", 1 },
		{ "{{jwt:5}}", "{{jwt:5}}", 1 },
		{ "{{sealed-base64:0}}", "{{sealed-base64:0}}", 1 },
		{ "{{}}", "{{}}", 1 },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct stanch_error err = { .text = "" };
		struct recipe_out out;

		buf_init(&out.text, MOST);
		cr_expect_eq(recipe_expand(&out, bad[i].recipe, 0, &err),
			STANCH_ERULE, "%s", bad[i].recipe);
		cr_expect_eq(err.column, bad[i].column, "%s: %u",
			bad[i].recipe, err.column);
		cr_expect(strstr(err.text, bad[i].part), "%s: %s",
			bad[i].recipe, err.text);
		cr_expect_eq(out.text.len, 0);
		buf_free(&out.text);
	}
}

Test(rule_recipe, text_over_the_maximum_is_a_limit)
{
	static const char *const recipes[] = { "{{hex:101}}", "{{jwt}}",
		"{{pem-rsa}}", "{{hex:97}}{{hexcrc32}}",
		"{{hex:90}}{{azure-entra-secret}}" };

	for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
		struct stanch_error err;
		struct recipe_out out;

		buf_init(&out.text, 100);
		cr_expect_eq(recipe_expand(&out, recipes[i], 0, &err),
			STANCH_ELIMIT, "%s", recipes[i]);
		cr_expect_eq(out.text.len, 0);
		cr_expect_eq(recipe_expand(&out, "{{hex:100}}", 0, NULL),
			STANCH_OK);
		buf_free(&out.text);
	}
}

Test(rule_recipe, every_object_is_made)
{
	static const char *const names[] = { "jwt", "jwt-expired", "jwt-none",
		"jwt-kubernetes", "jwt-supabase-service", "pem-rsa",
		"pem-pkcs8-rsa", "pem-ec", "pem-pkcs8-ed25519",
		"pem-encrypted", "pem-legacy-encrypted", "openssh-ed25519",
		"openssh-encrypted", "pgp-private", "gitlab-routable",
		"github-fine-grained-tail", "azure-devops-pat",
		"azure-entra-secret", "nats-seed", "age-key", "pypi-token",
		"sentry-org-token", "onepassword-sa", "jfrog-reftkn",
		"discord-bot", "sealed-base64:300", "aws-key-id:AKIA",
		"azure-cask:AZDO", "azure-key:+ASt", "azure-key:AZEG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct recipe_out out;
		char recipe[64];

		snprintf(recipe, sizeof recipe, "{{%s}}", names[i]);
		cr_expect(make(&out, recipe, i).len > 10, "%s", names[i]);
		buf_free(&out.text);
	}
}

Test(rule_recipe, escaped_armour_has_no_newline)
{
	struct recipe_out out;
	struct span made = make(&out, "{{pem-ec-escaped}}", 3);

	cr_expect_null(memchr(made.ptr, '\n', made.len));
	cr_expect(memmem(made.ptr, made.len, "KEY-----\\nM", 11));
	buf_free(&out.text);
}

Test(rule_recipe, armour_ends_with_its_last_dash)
{
	struct recipe_out out;
	struct span made = make(&out, "{{pem-ec}}", 3);

	cr_expect(span_starts(made, "-----BEGIN EC"));
	cr_expect(!memcmp(made.ptr + made.len - 16, "PRIVATE KEY-----", 16));
	buf_free(&out.text);
}

static const char *const positives[] = { "x{{(}}{{hex:4}}{{)}}" };
static const char *const negatives[] = { "{{hex:5}}" };
static const struct stanch_rule rule = { .id = "some-rule",
	.positive = { positives, 1 }, .negative = { negatives, 1 } };

Test(rule_recipe, example_tells_where_its_secret_is)
{
	size_t len, start, end;
	char buf[8];

	cr_assert_eq(stanch_rule_example(&rule, true, 0, 1, buf, sizeof buf,
		&len, &start, &end, NULL), STANCH_OK);
	cr_expect(len == 5 && start == 1 && end == 5 && buf[0] == 'x');
	cr_assert_eq(stanch_rule_example(&rule, false, 0, 1, buf, sizeof buf,
		&len, &start, &end, NULL), STANCH_OK);
	cr_expect(len == 5 && start == end);
}

Test(rule_recipe, example_that_is_not_there_or_does_not_fit_is_an_error)
{
	struct stanch_error err;
	size_t len, start, end;
	char buf[4];

	cr_expect_eq(stanch_rule_example(&rule, true, 1, 1, buf, sizeof buf,
		&len, &start, &end, &err), STANCH_EUSAGE);
	cr_expect_str_eq(err.where, "some-rule");
	cr_expect_eq(stanch_rule_example(&rule, true, 0, 1, buf, sizeof buf,
		&len, &start, &end, &err), STANCH_ELIMIT);
	cr_expect_str_eq(err.where, "some-rule");
}
