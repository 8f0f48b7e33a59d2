/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - rows below names: what is one, and where its secrets are. */
#include <stdio.h>

#include "fixture.h"
#include "scan/table.h"

/* The table that names begin, of which `name` is a secret's. */
static bool
begins(struct table *t, const char *names, const char *name)
{
	const char *at = strstr(names, name);

	cr_assert_not_null(at);
	return table_begin(t, span_str(names),
		(size_t)(at - names) + strlen(name));
}

TestSuite(scan_table);

Test(scan_table, names_stand_between_separators)
{
	struct table t;

	cr_expect(begins(&t, "user,password,host", "password"));
	cr_expect(t.sep == ',' && t.seps == 2 && t.columns[0].index == 1);
	cr_expect(begins(&t, "\"a b\";\"api_key\"\r", "api_key"));
	cr_expect(t.sep == ';' && t.columns[0].index == 1);
	cr_expect(begins(&t, "id\ttoken\tby", "token"));
	cr_expect(t.sep == '\t' && t.columns[0].index == 1);
	cr_expect(begins(&t, "| a | **Password** |", "Password"));
	cr_expect(t.sep == '|' && t.seps == 3 && t.columns[0].index == 2);
	cr_expect(begins(&t, " a | secret ", "secret"));
	cr_expect(begins(&t, "out of it: user,password", "password"));
	cr_expect_eq(t.head, 11);
}

Test(scan_table, what_is_no_name_makes_no_row_of_names)
{
	struct table t;

	cr_expect(!begins(&t, "password", "password"));
	cr_expect(!begins(&t, "user,password_hint", "password"));
	cr_expect(!begins(&t, "f(user, password, 12)", "password"));
	cr_expect(!begins(&t, "password,x = get()", "password"));
	cr_expect(!begins(&t, "a,,password", "password"));
	cr_expect(!begins(&t, "token, err := read", "token"));
}

/* What the row is; *secret is that of the first column. */
static enum table_row
take(const struct table *t, const char *row, bool final, char secret[64])
{
	struct table_cells cells;
	enum table_row kind = table_take(t, span_str(row), final, &cells);

	snprintf(secret, 64, "%.*s", (int)cells.secret[0].len,
		cells.secret[0].len ? (const char *)cells.secret[0].ptr : "");
	return kind;
}

Test(scan_table, a_cell_is_a_secret_as_it_stands_without_its_quotes)
{
	char secret[64];
	struct table t;

	cr_assert(begins(&t, "user,password,host", "password"));
	cr_expect_eq(take(&t, "bob,some!word,db\n", false, secret),
		TABLE_VALUES);
	cr_expect_str_eq(secret, "some!word");
	cr_expect_eq(take(&t, "\"b, c\",\"some,word\",db\r\n", false, secret),
		TABLE_VALUES);
	cr_expect_str_eq(secret, "some,word");
	cr_expect_eq(take(&t, "\"say \"\"b, c\"\"\nd\",some!word,\n", false,
		secret), TABLE_VALUES);
	cr_expect_str_eq(secret, "some!word");
	cr_expect_eq(take(&t, "bob, some!word ,db", true, secret),
		TABLE_VALUES);
	cr_expect_str_eq(secret, "some!word");
	cr_expect_eq(take(&t, "bob,two words,db\n", false, secret),
		TABLE_VALUES);
	cr_expect_str_eq(secret, "");
}

Test(scan_table, a_first_row_of_other_width_ends_it)
{
	char secret[64];
	struct table t;

	cr_assert(begins(&t, "user,password,host", "password"));
	cr_expect_eq(take(&t, "bob,some!word\n", false, secret), TABLE_END);
	cr_expect_eq(take(&t, "a,some!word,b,c\n", false, secret), TABLE_END);
	cr_expect_eq(take(&t, "\n", false, secret), TABLE_END);
	cr_expect_eq(take(&t, "", true, secret), TABLE_END);
}

Test(scan_table, one_or_two_damaged_rows_do_not)
{
	struct table_cells cells;
	struct table t;

	cr_assert(begins(&t, "user,password,host", "password"));
	for (int i = 0; i < 3; i++) {
		enum table_row row = table_take(&t,
			span_str("bob,some!word,db\n"), false, &cells);

		cr_expect_eq(row, TABLE_VALUES);
		table_pass(&t, row, &cells);
		for (int k = 0; k < TABLE_MISFITS - 1; k++) {
			row = table_take(&t, span_str("a,b\n"), false,
				&cells);
			cr_expect_eq(row, TABLE_MISFIT);
			table_pass(&t, row, &cells);
		}
	}
	cr_expect_eq(table_take(&t, span_str("a,b\n"), false, &cells),
		TABLE_END);
	cr_expect_eq(table_take(&t, span_str("\n"), false, &cells),
		TABLE_END);
}

Test(scan_table, pipes_need_a_ruler_below_the_names)
{
	char secret[64];
	struct table t;

	cr_assert(begins(&t, "cat token | base64", "token"));
	cr_expect_eq(take(&t, "echo some!word | base64\n", false, secret),
		TABLE_END);
	cr_assert(begins(&t, "a|token|c", "token"));
	cr_expect_eq(take(&t, "b|some!word|d\n", false, secret),
		TABLE_VALUES);
	cr_assert(begins(&t, "| a | password |", "password"));
	cr_expect_eq(take(&t, "|:--|--:|\n", false, secret), TABLE_RULER);
	t.fresh = t.ruled = false;
	cr_expect_eq(take(&t, "| b | `some!word` |\n", false, secret),
		TABLE_VALUES);
	cr_expect_str_eq(secret, "some!word");
	cr_expect_eq(take(&t, "+---+---+\n", false, secret), TABLE_MISFIT);
}

Test(scan_table, what_has_not_ended_is_held_from_its_secret_on)
{
	struct table_cells cells;
	struct table t;

	cr_assert(begins(&t, "user,password,host", "password"));
	cr_expect_eq(table_take(&t, span_str("bo"), false, &cells),
		TABLE_MORE);
	cr_expect_eq(cells.held, 2);
	cr_expect_eq(table_take(&t, span_str("bob,Gx"), false, &cells),
		TABLE_MORE);
	cr_expect_eq(cells.held, 4);
	cr_expect_eq(table_take(&t, span_str("bob,some!word,d"), false,
		&cells), TABLE_MORE);
	cr_expect_eq(cells.held, 4);
	cr_assert(begins(&t, "password,user", "password"));
	cr_expect_eq(table_take(&t, span_str("bob@host $ "), false, &cells),
		TABLE_MORE);
	cr_expect_eq(cells.held, 11, "a prompt is held");
}

/* ---- in a scan ---- */

static const char rules_text[] = "[[rules]]\nid = \"cell\"\n"
	"block = \"table\"\n"
	"regex = '''(?:password|token)(?=[,|\\x20\\n][^\\n]{0,99}\\n"
	"(?<secret>))'''\n"
	"[[rules]]\nid = \"pem\"\nblock = \"pem\"\n"
	"regex = '''-----BEGIN PRIVATE KEY-----'''\n";

static void
begin(void)
{
	fixture_begin(rules_text);
}

TestSuite(scan_rows, .init = begin, .fini = fixture_end);

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	(void)payload;
	buf_printf(&fix.told, "%zu:%zu ", (size_t)stanch_finding_line(f),
		(size_t)stanch_finding_column(f));
	return true;
}

/* Where secrets are, "line:column " each, cut in any pieces. */
static void
expect(const char *text, const char *want)
{
	struct stanch_scan_options opt = { 0 };
	size_t len = strlen(text);

	for (size_t step = 1; step <= len; step += step < 40 ? 1 : len / 3) {
		fix.told.len = 0;
		fixture_scan(opt, span_of(text, len), step, on_finding);
		buf_byte(&fix.told, 0);
		cr_expect_str_eq((const char *)fix.told.ptr, want,
			"in pieces of %zu: %s", step, fix.told.ptr);
	}
}

Test(scan_rows, each_row_has_its_own_secret)
{
	expect("id,password,by\n1,first!one,x\n2,second!one,y\n3,short,z\n"
		"4,third!one,z\n\n5,fourth!one,x\n", "2:3 3:3 5:3 ");
}

Test(scan_rows, two_columns_and_a_second_table)
{
	expect("password,x,token\nfirst!one,1,second!one\n"
		"third!one,2,fourth!one\n"
		"password,y\nfifth!one,1\n",
		"2:1 2:13 3:1 3:13 5:1 ");
	expect("id,password\n1,first!one\ntoken,id\nsecond!one,2\n",
		"2:3 4:1 ");
}

Test(scan_rows, what_follows_a_table_is_none_of_it)
{
	expect("id,password\n1,first!one\nand\nso\non\n"
		"2,second!one\n", "2:3 ");
	expect("id,password\n1,first!one\na,b,c\n2,second!one\n",
		"2:3 4:3 ");
	expect("| a | token |\n|---|---|\n| b | third!one |\n",
		"3:7 ");
	expect("a | token\n b | third!one\n", "");
}

Test(scan_rows, a_row_that_is_no_names_is_still_a_row)
{
	expect("id,password\nmy token,first!one\n7,second!one\n",
		"2:10 3:3 ");
}

Test(scan_rows, a_private_key_in_a_table_does_not_end_it)
{
	expect("id,password\n1,first!one\n2,-----BEGIN PRIVATE KEY-----\n"
		"3,second!one\n", "2:3 4:3 ");
}

static size_t count;

static bool
on_counted(const struct stanch_finding *f, void *payload)
{
	(void)f;
	(void)payload;
	count++;
	return true;
}

Test(scan_rows, a_table_goes_on_for_megabytes)
{
	enum { ROWS = 100 * 1000 };
	struct stanch_scan_options opt = { 0 };
	struct buf text;

	buf_init(&text, SIZE_MAX);
	buf_str(&text, "id,password,by\n");
	for (int i = 1; i <= ROWS; i++)
		buf_printf(&text, "%d,w%03dq%03dzt,someone who is called so\n",
			i, i / 1000, i % 1000);
	for (size_t step = 4096; step <= text.len; step += text.len - 4096) {
		count = 0;
		fixture_scan(opt, buf_span(&text), step, on_counted);
		cr_expect_eq(count, ROWS, "%zu", count);
	}
	buf_free(&text);
}
