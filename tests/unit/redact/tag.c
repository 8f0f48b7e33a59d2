/* SPDX-License-Identifier: Apache-2.0 */
/* tag.c - templates of tags. */
#include <criterion/criterion.h>

#include "redact/tag.h"

static const struct stanch_rule rule = { .id = "acme-key",
	.provider = "acme" };

Test(redact_tag, names_and_braces_are_replaced)
{
	static const struct { const char *template, *text; } rows[] = {
		{ TAG_DEFAULT, "[REDACTED:acme-key]" },
		{ "{provider}/{rule}", "acme/acme-key" },
		{ "{{{rule}}}", "{acme-key}" }, { "{{}}", "{}" },
		{ "{{rule}}", "{rule}" }, { "***", "***" },
	};
	struct buf b;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_init(&b, TAG_MAX);
		cr_expect_eq(tag_check(rows[i].template, NULL), STANCH_OK);
		cr_expect(tag_write(&b, rows[i].template, &rule));
		cr_expect(span_equal(buf_span(&b), span_str(rows[i].text)),
			"%s", rows[i].template);
		buf_free(&b);
	}
}

Test(redact_tag, bad_templates_are_refused)
{
	static const char *const bad[] = { "", "{", "}", "{}", "{Rule}",
		"{rule", "rule}", "{secret}", "{rule}}", "a\nb", "a\x1b[0m",
		"a\tb", "\x7f", "\xc3\xa4" };
	struct stanch_error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		cr_expect_eq(tag_check(bad[i], &err), STANCH_EUSAGE, "%s",
			bad[i]);
		cr_expect_str_not_empty(err.text);
	}
}

Test(redact_tag, template_of_the_most_characters_is_the_longest)
{
	char text[TAG_TEMPLATE_MAX + 2];

	memset(text, 'x', sizeof text);
	text[TAG_TEMPLATE_MAX + 1] = '\0';
	cr_expect_eq(tag_check(text, NULL), STANCH_EUSAGE);
	text[TAG_TEMPLATE_MAX] = '\0';
	cr_expect_eq(tag_check(text, NULL), STANCH_OK);
}

Test(redact_tag, text_over_the_maximum_is_said)
{
	struct buf b;

	buf_init(&b, 5);
	cr_expect_not(tag_write(&b, "{rule}", &rule));
	buf_free(&b);
}
