/* SPDX-License-Identifier: Apache-2.0 */
/* in_band.c - values that commands in the input name, in pieces of any size. */
#include "fixture.h"

#define GITHUB STANCH_IN_BAND_GITHUB
#define BOTH (STANCH_IN_BAND_GITHUB | STANCH_IN_BAND_AZURE)
#define V "hq8Zk2-wPPxs71"	/* made up */
#define BODY "Zm9vYmFy" "YmF6cXV4" "MDEyMzQ1" "Njc4OWFi" "Y2RlZmdo" "aWprbG1u"

static struct stanch_filter_stats st;
static bool refuse;

static void
begin(void)
{
	fixture_begin("[[rules]]\nid = \"key\"\nblock = \"pem\"\n"
		"regex = '''-----BEGIN PRIVATE KEY-----'''\n");
	refuse = false;
}

TestSuite(redact_in_band, .init = begin, .fini = fixture_end);

static bool
on_command(const struct stanch_command *c, void *payload)
{
	buf_printf(&fix.told, "%s %zu-%zu %d %s\n", c->name, (size_t)c->start,
		(size_t)c->end, (int)c->use, c->why);
	return !refuse;
}

static enum stanch_result
filter(unsigned in_band, struct span text, size_t step)
{
	struct stanch_filter_options opt = { .in_band = in_band,
		.tag = "<{rule}>", .on_command = on_command };
	enum stanch_result r;

	fix.told.len = 0;
	cr_assert_eq(stanch_values_new(&opt.values, NULL, NULL), STANCH_OK);
	r = fixture_filter(opt, text, step, &st);
	stanch_values_free(opt.values);
	buf_byte(&fix.told, 0);
	return r;
}

static const struct { unsigned in_band; const char *text, *becomes; }
samples[] = {
	{ BOTH, V " ::add-mask::" V "\n" V, V " ::<known:add-mask.1>\n"
		"<known:add-mask.1>" },
	{ BOTH, "::Add-Mask x=y,z::" V "\r" V, "::<known:add-mask.1>\r"
		"<known:add-mask.1>" },
	{ BOTH, "##[add-mask]" V "\n" V, "##<known:add-mask.1>\n"
		"<known:add-mask.1>" },
	{ BOTH, "a ##vso[task.setsecret]" V "\n" V,
		"a ##<known:setsecret.1>\n<known:setsecret.1>" },
	{ BOTH, "##vso[task.setvariable variable=DB;isOutput=true; issecret ="
		"x]" V "\n" V, "##vso[task.setvariable variable=DB;isOutput="
		"true; issecret =x]" V "\n" V },
	{ BOTH, "##vso[task.setvariable variable=DB;isSecret= TRUE]" V "\n" V,
		"##<known:DB.1>\n<known:DB.1>" },
	{ GITHUB, "##vso[task.setsecret]" V "\n" V,
		"##vso[task.setsecret]" V "\n" V },
	{ 0, "::add-mask::" V "\n" V, "::add-mask::" V "\n" V },
	/* At the end of the input; the same value again; nothing. */
	{ BOTH, "::add-mask::" V, "::<known:add-mask.1>" },
	{ BOTH, "::add-mask::" V "\n::add-mask::" V "\n",
		"::<known:add-mask.1>\n::<known:add-mask.1>\n" },
	{ BOTH, "::add-mask::\nx", "::add-mask::\nx" },
	/* Nearly one, twice begun, one in another one. */
	{ BOTH, "::add-masks::" V " ::add-mask:" V, "::add-masks::" V
		" ::add-mask:" V },
	{ BOTH, ":::add-mask::" V "\n" V, ":::<known:add-mask.1>\n"
		"<known:add-mask.1>" },
	{ BOTH, "##vso[task.setsecret]::add-mask::" V "\n" V,
		"##<known:add-mask.1>\n<known:add-mask.1>" },
	{ BOTH, "::add-mask x\n::" V "\n", "::add-mask x\n::" V "\n" },
	/* Unescaped as each of them does it. */
	{ BOTH, "::add-mask::a%25b%0Ac-8Zk2%3B%250Ax\na%b\nc-8Zk2%3B%0Ax",
		"::<known:add-mask.1>\n<known:add-mask.1>" },
	{ BOTH, "##vso[task.setsecret]a%25b%3B8Zk2%AZP250Ax\na%25b;8Zk2%0Ax",
		"##<known:setsecret.1>\n<known:setsecret.1>" },
	/* Weak ones: the command itself is masked all the same. */
	{ BOTH, "::add-mask::e\nbeen there",
		"::<known:in-band>\nbeen there" },
	{ BOTH, "::add-mask::4711\n4711 14711",
		"::<known:add-mask.1>\n<known:add-mask.1> 14711" },
	/* Inside a key, and behind one that was cut short. */
	{ BOTH, "-----BEGIN " "PRIVATE KEY-----\n" BODY "\n::add-mask::" V "\n"
		BODY "\n" V "\n", "<key>\n<known:add-mask.1>\n" },
	{ BOTH, "-----BEGIN " "PRIVATE KEY-----\n" BODY "\n::add-mask::" V "\n"
		"and so on\n" V, "<key>\n::<known:add-mask.1>\nand so on\n"
		"<known:add-mask.1>" },
};

Test(redact_in_band, a_value_is_masked_from_its_command_on)
{
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		for (size_t n = 1; n < 200; n += 11) {
			cr_assert_eq(filter(samples[i].in_band,
				span_str(samples[i].text), n), STANCH_OK);
			cr_expect(fixture_out_is(samples[i].becomes),
				"%s in pieces of %zu", samples[i].text, n);
		}
}

Test(redact_in_band, what_becomes_of_a_value_is_told_once)
{
	filter(BOTH, span_str("::add-mask::" V "\n::add-mask::ab\n"
		"::add-mask::" V "\n::add-mask::4711\n"), 5);
	cr_expect_str_eq((const char *)fix.told.ptr, "add-mask.1 2-26 0 \n"
		"add-mask.2 29-41 2 is shorter than 4 bytes\n"
		"add-mask.2 71-85 1 is shorter than 8 bytes\n");
	cr_expect_eq(st.commands, 4);
	cr_expect_eq(st.commands_refused, 1);
}

/* 100 KiB that may be a value: masked as they come, and not looked for. */
Test(redact_in_band, a_value_too_long_is_masked_and_little_is_held)
{
	struct buf text;

	buf_init(&text, 1 << 20);
	buf_str(&text, "::add-mask::");
	for (int i = 0; i < 10000; i++)
		buf_str(&text, "x1Y2z3_4Q5");
	buf_str(&text, "\nx1Y2z3_4Q5 end\n");
	for (size_t n = 1; n <= 100000; n *= 10) {
		cr_assert_eq(filter(BOTH, buf_span(&text), n), STANCH_OK);
		cr_expect(fixture_out_is("::<known:in-band><known:in-band>"
			"<known:in-band><known:in-band><known:in-band>"
			"<known:in-band><known:in-band>\nx1Y2z3_4Q5 end\n"));
		cr_expect_eq(st.commands_refused, 1);
		cr_expect_leq(st.held_most, 17 * 1024);
	}
	buf_free(&text);
}

Test(redact_in_band, properties_without_end_are_taken_for_a_command)
{
	struct buf text;

	buf_init(&text, 1 << 16);
	buf_str(&text, "::add-mask ");
	for (int i = 0; i < 2000; i++)
		buf_byte(&text, 'p');
	buf_str(&text, "::" V "\nend");
	for (size_t n = 1; n <= 10000; n *= 10) {
		cr_assert_eq(filter(BOTH, buf_span(&text), n), STANCH_OK);
		cr_expect(fixture_out_is("::<known:in-band>\nend"));
	}
	buf_free(&text);
}

Test(redact_in_band, a_log_cannot_name_values_without_end)
{
	struct buf text;

	buf_init(&text, 1 << 20);
	for (int i = 0; i < 600; i++)
		buf_printf(&text, "::add-mask::%04d-q8Zk2wPPxs\n", i);
	buf_str(&text, "0127-q8Zk2wPPxs 0128-q8Zk2wPPxs");
	cr_assert_eq(filter(GITHUB, buf_span(&text), 100000), STANCH_OK);
	cr_expect_eq(st.commands, 600);
	cr_expect_eq(st.commands_refused, 472);
	cr_expect_not_null(memmem(fix.out.ptr, fix.out.len,
		"<known:add-mask.128> 0128-q8Zk2wPPxs", 36));
	cr_expect_not_null(strstr((char *)fix.told.ptr, "is one too many"));
	buf_free(&text);
}

Test(redact_in_band, a_prompt_is_not_held)
{
	static const char *const prompts[] = { "Password:", "a::", "##", "# " };
	struct stanch_filter_options opt = { .size = sizeof opt,
		.in_band = BOTH, .on_output = fixture_output };
	struct stanch_filter *f;

	cr_assert_eq(stanch_values_new(&opt.values, NULL, NULL), STANCH_OK);
	for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++) {
		fix.out.len = 0;
		cr_assert_eq(stanch_filter_new(&f, fix.engine, &opt, NULL),
			STANCH_OK);
		cr_assert_eq(stanch_filter_write(f, prompts[i],
			strlen(prompts[i]), STANCH_RUN), STANCH_OK);
		cr_expect(fixture_out_is(prompts[i]));
		stanch_filter_free(f);
	}
	stanch_values_free(opt.values);
}

/* Fail closed: what cannot be noted does not come out. */
Test(redact_in_band, a_command_that_cannot_be_noted_ends_all_output)
{
	refuse = true;
	cr_expect_eq(filter(BOTH, span_str("a ::add-mask::" V "\n" V), 100),
		STANCH_ESTOP);
	cr_expect(fixture_out_is("a ::"));
}

Test(redact_in_band, values_to_add_to_are_needed)
{
	struct stanch_filter_options opt = { .in_band = BOTH };

	cr_expect_eq(fixture_filter(opt, span_str(""), 1, NULL),
		STANCH_EUSAGE);
}
