/* SPDX-License-Identifier: Apache-2.0 */
/* tag.c - templates of tags. */
#include <criterion/criterion.h>

#include "redact/tag.h"

static const struct stanch_rule rule = { .id = "acme-key",
	.provider = "acme" };
static const struct tag_facts facts = { &rule, "0011223344556677", 40 };

Test(redact_tag, names_and_braces_are_replaced)
{
	static const struct { const char *template, *text; } rows[] = {
		{ TAG_DEFAULT, "[REDACTED:acme-key]" },
		{ "{provider}/{rule}", "acme/acme-key" },
		{ "{{{rule}}}", "{acme-key}" }, { "{{}}", "{}" },
		{ "{{rule}}", "{rule}" }, { "***", "***" },
		{ "<{hash}>", "<0011223344556677>" },
		{ "[{rule}, {length} bytes]", "[acme-key, 40 bytes]" },
	};
	struct buf b;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_init(&b, TAG_MAX);
		cr_expect_eq(tag_check(rows[i].template, NULL, NULL),
			STANCH_OK);
		cr_expect(tag_write(&b, rows[i].template, &facts));
		cr_expect(span_equal(buf_span(&b), span_str(rows[i].text)),
			"%s", rows[i].template);
		buf_free(&b);
	}
}

Test(redact_tag, bad_templates_are_refused)
{
	static const char *const bad[] = { "", "{", "}", "{}", "{Rule}",
		"{rule", "rule}", "{secret}", "{rule}}", "a\nb", "a\x1b[0m",
		"a\tb", "\x7f", "\xc3\xa4", "a::b", "##[x]", "##vso[x]",
		"x:", "x#" };
	struct stanch_error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		cr_expect_eq(tag_check(bad[i], NULL, &err), STANCH_EUSAGE, "%s",
			bad[i]);
		cr_expect_str_not_empty(err.text);
	}
}

Test(redact_tag, template_of_the_most_characters_is_the_longest)
{
	char text[TAG_TEMPLATE_MAX + 2];

	memset(text, 'x', sizeof text);
	text[TAG_TEMPLATE_MAX + 1] = '\0';
	cr_expect_eq(tag_check(text, NULL, NULL), STANCH_EUSAGE);
	text[TAG_TEMPLATE_MAX] = '\0';
	cr_expect_eq(tag_check(text, NULL, NULL), STANCH_OK);
}

Test(redact_tag, text_over_the_maximum_is_said)
{
	struct buf b;

	buf_init(&b, 5);
	cr_expect_not(tag_write(&b, "{rule}", &facts));
	buf_free(&b);
}

Test(redact_tag, what_a_template_asks_for_is_told)
{
	static const struct { const char *template; unsigned asks; } rows[] = {
		{ "***", 0 }, { "{{hash}}", 0 }, { TAG_DEFAULT, TAG_VARIES },
		{ "{hash}", TAG_HASH | TAG_VARIES },
		{ "{length}{hash}", TAG_LENGTH | TAG_HASH | TAG_VARIES },
	};
	unsigned asks;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(tag_check(rows[i].template, &asks, NULL),
			STANCH_OK);
		cr_expect_eq(asks, rows[i].asks, "%s", rows[i].template);
	}
}

/* A rule file may call its provider what it likes. */
Test(redact_tag, no_command_and_no_escape_comes_out_of_a_rule)
{
	static const struct { const char *provider, *template, *text; }
	rows[] = {
		{ "\x1b[2J", "{provider}", "_[2J" },
		{ "a\nb", "<{provider}>", "<a_b>" },
		{ "::stop", "{provider}", "_:stop" },
		{ "", ":{provider}:x", "_:x" },
		{ "#", "#{provider}[x]", "_#[x]" },
		{ "##vso[task]", "{provider}", "_#vso[task]" },
		{ "", "{provider}", "_" },
		{ "x:", "{provider}", "x_" },
	};
	struct buf b;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct stanch_rule odd = { .id = "odd",
			.provider = rows[i].provider };
		struct tag_facts of_odd = { &odd, "", 0 };

		buf_init(&b, TAG_MAX);
		cr_expect(tag_write(&b, rows[i].template, &of_odd));
		cr_expect(span_equal(buf_span(&b), span_str(rows[i].text)),
			"row %zu: %.*s", i, (int)b.len, (char *)b.ptr);
		buf_free(&b);
	}
}
