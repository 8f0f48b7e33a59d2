/* SPDX-License-Identifier: Apache-2.0 */
/* standin.c - what stands in for a secret, as the filter gives it out. */
#include <stdio.h>

#include "fixture.h"

static const char rules_text[] =
	"[[rules]]\nid = \"acme\"\nregex = '''acme_[0-9a-z]{20}'''\n"
	"[[rules]]\nid = \"other\"\nregex = '''id=(acme_[0-9a-z]{20})'''\n"
	"[[rules]]\nid = \"key\"\nblock = \"pem\"\n"
	"regex = '''-----BEGIN PRIVATE KEY-----'''\n";

/* Neither live nor like one: it is of a rule of this file alone. */
#define SECRET "acme_" "4kq7w1zt9x2m6c8v3b5n"
#define BODY_1 "Zm9vYmFy" "YmF6cXV4" "MDEyMzQ1" \
	"Njc4OWFi" "Y2RlZmdo" "aWprbG1u"
#define BODY_2 "b3BxcnN0" "dXZ3eHl6" "QUJDREVG" \
	"R0hJSktM" "TU5PUFFS" "U1RVVldY"
#define ARMOUR(nl) "-----BEGIN " "PRIVATE KEY-----" nl BODY_1 nl BODY_2 nl \
	"-----END " "PRIVATE KEY-----"

static bool refuse;		/* redactions cannot be noted */

static bool
on_redaction(const struct stanch_redaction *r, void *payload)
{
	cr_expect_eq(fix.out.len, r->tag ? r->at : r->at + r->len);
	buf_printf(&fix.told, "%s %d-%d at %d: %.*s\n", stanch_rule_id(r->rule),
		(int)r->start, (int)r->end, (int)r->at,
		r->tag ? (int)r->len : 0, r->tag ? (const char *)r->tag : "");
	return !refuse;
}

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(redact_standin, .init = begin, .fini = fixture_end);

static enum stanch_result
filter(struct stanch_filter_options opt, struct span text, size_t n)
{
	fix.told.len = 0;
	return fixture_filter(opt, text, n, NULL);
}

static bool
becomes(struct stanch_filter_options opt, const char *text, const char *want)
{
	bool ok = true;

	for (size_t n = 1; n < 300 && ok; n += 23)
		ok = filter(opt, span_str(text), n) == STANCH_OK &&
			fixture_out_is(want);
	return ok;
}

static const struct stanch_filter_options hashes = { .tag = "<{hash}>",
	.key = "0123456789abcdef", .key_len = 16 };

Test(redact_standin, one_secret_is_one_pseudonym)
{
	char first[19] = "";

	cr_assert_eq(filter(hashes, span_str(SECRET), 1), STANCH_OK);
	cr_assert_eq(fix.out.len, 18);
	memcpy(first, fix.out.ptr, 18);
	/* Another rule, another place, and UTF-16. */
	cr_assert_eq(filter(hashes, span_str("id=" SECRET), 1), STANCH_OK);
	cr_expect(span_equal(span_skip(buf_span(&fix.out), 3),
		span_str(first)));
	for (size_t big = 0; big < 2; big++) {
		uint8_t wide[2 * sizeof SECRET] = { 0 };
		size_t n = 2 * (sizeof SECRET - 1);

		for (size_t i = 0; i < sizeof SECRET - 1; i++)
			wide[2 * i + big] = (uint8_t)SECRET[i];
		cr_assert_eq(filter(hashes, span_of(wide, n), n), STANCH_OK);
		cr_assert_eq(fix.out.len, 36);
		for (size_t i = 0; i < 18; i++)
			cr_expect_eq(fix.out.ptr[2 * i + big], first[i]);
	}
}

Test(redact_standin, another_secret_or_key_is_another_pseudonym)
{
	struct stanch_filter_options opt = hashes;
	char first[18];

	cr_assert_eq(filter(hashes, span_str(SECRET), 1), STANCH_OK);
	memcpy(first, fix.out.ptr, 18);
	cr_assert_eq(filter(hashes, span_str("acme_" "4kq7w1zt9x2m6c8v3b5m"),
		1), STANCH_OK);
	cr_assert_eq(fix.out.len, 18);
	cr_expect(memcmp(first, fix.out.ptr, 18) != 0);
	opt.key_len = 15;
	cr_assert_eq(filter(opt, span_str(SECRET), 1), STANCH_OK);
	cr_expect(memcmp(first, fix.out.ptr, 18) != 0);
}

Test(redact_standin, a_key_is_one_pseudonym_however_it_is_set)
{
	static const char *const forms[] = { ARMOUR("\n"), ARMOUR("\r\n"),
		ARMOUR("\\n"), ARMOUR("\n  "), ARMOUR("\\\\n") };
	char first[18];

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		for (size_t n = 1; n < 300; n += 97) {
			cr_assert_eq(filter(hashes, span_str(forms[i]), n),
				STANCH_OK);
			cr_assert_eq(fix.out.len, 18, "form %zu", i);
			if (i == 0 && n == 1)
				memcpy(first, fix.out.ptr, 18);
			cr_expect(!memcmp(first, fix.out.ptr, 18), "form %zu",
				i);
		}
}

Test(redact_standin, a_pseudonym_without_a_key_is_refused)
{
	struct stanch_filter_options opt = { .size = sizeof opt,
		.tag = "<{hash}>", .on_output = fixture_output };
	struct stanch_filter *f;
	struct stanch_error err;

	cr_expect_eq(stanch_filter_new(&f, fix.engine, &opt, &err),
		STANCH_EUSAGE);
	cr_expect_not_null(strstr(err.text, "needs a key"));
	opt.tag = NULL;
	opt.fill = 'a';
	cr_expect_eq(stanch_filter_new(&f, fix.engine, &opt, &err),
		STANCH_EUSAGE);
}

Test(redact_standin, length_is_that_of_what_was_masked)
{
	const struct stanch_filter_options opt = { .tag = "<{length}>" };

	cr_expect(becomes(opt, "a " SECRET " b", "a <25> b"));
	cr_expect(becomes(opt, "a " ARMOUR("\n") "\nb", "a <151>\nb"));
}

Test(redact_standin, fill_keeps_columns_and_lines)
{
	const struct stanch_filter_options opt = { .fill = '*' };

	cr_expect(becomes(opt, "a " SECRET " b",
		"a ************************* b"));
	cr_expect(becomes(opt, "-----BEGIN " "PRIVATE KEY-----\n" BODY_1 "\r\n"
		BODY_1 "\n- tail",
		"***************************\n"
		"************************************************\r\n"
		"************************************************\n- tail"));
}

Test(redact_standin, no_sequence_or_command_comes_about)
{
	const struct stanch_filter_options tags = { 0 }, fill = { .fill = 'x' };

	cr_expect(becomes(tags, "\x1b" SECRET, "\x1b\x18[REDACTED:acme]"));
	cr_expect(becomes(tags, "\x1b[3" SECRET, "\x1b[3\x18[REDACTED:acme]"));
	cr_expect(becomes(tags, "##" SECRET " ##vso" SECRET,
		"## [REDACTED:acme] ##vso [REDACTED:acme]"));
	cr_expect(becomes(fill, "\x1b" SECRET,
		"\x1b\x18xxxxxxxxxxxxxxxxxxxxxxxx"));
}

Test(redact_standin, redactions_are_told_with_their_places)
{
	struct stanch_filter_options opt = { .on_redaction = on_redaction };

	cr_expect(becomes(opt, "a " SECRET " b " ARMOUR("\n") "\n",
		"a [REDACTED:acme] b [REDACTED:key]\n"));
	cr_expect(span_equal(buf_span(&fix.told), span_str(
		"acme 2-27 at 2: [REDACTED:acme]\n"
		"key 30-181 at 20: [REDACTED:key]\n")), "%.*s",
		(int)fix.told.len, (char *)fix.told.ptr);
	opt.fill = '*';
	cr_assert_eq(filter(opt, span_str("a " SECRET), 5), STANCH_OK);
	cr_expect(span_equal(buf_span(&fix.told), span_str(
		"acme 2-27 at 2: \n")));
}

/* Fail closed: what cannot be noted does not come fix.out. */
Test(redact_standin, a_redaction_that_cannot_be_noted_ends_all_output)
{
	struct stanch_filter_options opt = { .on_redaction = on_redaction };

	refuse = true;
	cr_expect_eq(filter(opt, span_str("a " SECRET " b"), 100),
		STANCH_ESTOP);
	cr_expect(span_equal(buf_span(&fix.out), span_str("a ")));
}
