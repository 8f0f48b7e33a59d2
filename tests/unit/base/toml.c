/* SPDX-License-Identifier: Apache-2.0 */
/* toml.c - the TOML adapter on good, bad and hostile documents. */
#include "base/toml.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct stanch_error err;

static struct toml_doc *
read_bytes(const char *text, size_t len)
{
	struct toml_doc *doc = NULL;

	memset(&err, 0, sizeof err);
	if (toml_read(&doc, text, len, "t.toml", &err) == STANCH_OK)
		return doc;
	cr_expect_null(doc);
	return NULL;
}

static struct toml_doc *
read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

/* Expects EFORMAT at a place. */
static void
expect_refused(const char *text, size_t len, uint32_t line, uint32_t column)
{
	struct toml_doc *doc = read_bytes(text, len);

	cr_expect_null(doc, "%s", text);
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_str_eq(err.where, "t.toml");
	cr_expect_eq(err.line, line, "%s: line %u", err.text, err.line);
	cr_expect_eq(err.column, column, "%s: column %u", err.text,
		err.column);
	cr_expect_neq(err.text[0], '\0');
	toml_free(doc);
}

#define REFUSED(text, line, column) \
	expect_refused(text, sizeof text - 1, line, column)

Test(base_toml, each_kind_of_value_is_read)
{
	struct toml_doc *doc = read_text(
		"s = 'a\\b'\ni = -7\nf = 2.5\nb = true\nd = 2027-01-31\n"
		"a = [1, 'x']\n[t]\nk = \"\\u0000\"\n");
	const struct toml_node *root, *n;
	struct span s;
	int64_t i;
	double f;
	bool b;

	cr_assert(doc);
	root = toml_root(doc);
	cr_expect_eq(toml_kind(root), TOML_TABLE);
	cr_expect(toml_string(toml_get(root, "s"), &s));
	cr_expect(span_equal(s, span_str("a\\b")));
	cr_expect(toml_integer(toml_get(root, "i"), &i) && i == -7);
	cr_expect(toml_float(toml_get(root, "i"), &f) && f == -7);
	cr_expect(toml_float(toml_get(root, "f"), &f) && f == 2.5);
	cr_expect(toml_boolean(toml_get(root, "b"), &b) && b);
	cr_expect_eq(toml_kind(toml_get(root, "d")), TOML_DATETIME);
	n = toml_get(root, "a");
	cr_expect_eq(toml_kind(n), TOML_ARRAY);
	cr_assert_eq(toml_count(n), 2);
	cr_expect_eq(toml_kind(toml_at(n, 1)), TOML_STRING);
	n = toml_get(toml_get(root, "t"), "k");
	cr_expect(toml_string(n, &s) && s.len == 1 && s.ptr[0] == 0);
	cr_expect_null(toml_get(root, "none"));
	toml_free(doc);
}

Test(base_toml, value_of_another_kind_is_not_converted)
{
	struct toml_doc *doc = read_text("s = '1'\nf = 1.0\ni = 1\n");
	const struct toml_node *root = toml_root(doc);
	struct span s;
	int64_t i;
	double f;
	bool b;

	cr_expect_not(toml_integer(toml_get(root, "s"), &i));
	cr_expect_not(toml_integer(toml_get(root, "f"), &i));
	cr_expect_not(toml_float(toml_get(root, "s"), &f));
	cr_expect_not(toml_boolean(toml_get(root, "i"), &b));
	cr_expect_not(toml_string(toml_get(root, "i"), &s));
	cr_expect_eq(toml_count(toml_get(root, "s")), 0);
	toml_free(doc);
}

Test(base_toml, keys_come_in_the_order_of_the_file)
{
	struct toml_doc *doc = read_text("z = 1\na = 2\n[m]\n[b]\n[m.y]\n");
	const char *const want[] = { "z", "a", "m", "b" };
	const struct toml_node *root = toml_root(doc);
	uint32_t line, column;

	cr_assert_eq(toml_count(root), 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect_str_eq(toml_key(root, i, &line, &column), want[i]);
	toml_key(root, 1, &line, &column);
	cr_expect_eq(line, 2);
	cr_expect_eq(column, 1);
	toml_where(toml_at(root, 1), &line, &column);
	cr_expect_eq(line, 2);
	cr_expect_eq(column, 5);
	toml_free(doc);
}

Test(base_toml, expressions_come_back_byte_for_byte)
{
	struct toml_doc *doc = read_text(
		"a = '''k=[a-z]+ #[0-9]{4}\\d\"'x'''\n");
	struct span s;

	cr_assert(toml_string(toml_get(toml_root(doc), "a"), &s));
	cr_expect(span_equal(s, span_str("k=[a-z]+ #[0-9]{4}\\d\"'x")));
	toml_free(doc);
}

Test(base_toml, empty_document_is_an_empty_table)
{
	struct toml_doc *doc = read_bytes(NULL, 0);

	cr_assert(doc);
	cr_expect_eq(toml_count(toml_root(doc)), 0);
	toml_free(doc);
	toml_free(NULL);
}

Test(base_toml, broken_documents_are_refused_where_they_break)
{
	REFUSED("a = 1\nb\n", 2, 2);
	REFUSED("a = 1\na = 2\n", 2, 5);
	REFUSED("[a]\n[a]\n", 2, 1);
	REFUSED("a = 'x\n", 1, 7);
	REFUSED("a = \"\xff\"\n", 1, 5);
	REFUSED("a = 'x\0y'\n", 1, 7);
	REFUSED("a\0b = 1\n", 1, 2);
	REFUSED("\xff\xfe" "a\0=\0", 1, 1);
}

Test(base_toml, byte_order_mark_is_refused)
{
	REFUSED("\xef\xbb\xbf" "a = 1\n", 1, 1);
	cr_expect_str_eq(err.text, "not accepted: a byte order mark: save the"
		" file as UTF-8 without one");
}

Test(base_toml, nul_in_a_key_is_refused)
{
	REFUSED("x = 1\n\"id\\u0000\" = 1\n", 2, 1);
	cr_expect_str_eq(err.text,
		"not accepted: a key that holds a NUL character");
}

Test(base_toml, header_without_a_name_is_refused_at_its_line)
{
	REFUSED("a = 1\nb = [\n[], [ ],\n]\n[=]\nc = 1\n", 5, 0);
	cr_expect_str_eq(err.text,
		"not accepted: a table header without a name");
	REFUSED("[", 1, 2);
	REFUSED("[[\n", 1, 0);
	REFUSED("[.a]\n", 1, 0);
}

Test(base_toml, bare_characters_outside_ascii_are_refused)
{
	REFUSED("a = 'k\xc3\xa9y'  # \xc3\xa9\nk\xc3\xa9y = 1\n", 2, 2);
	cr_expect_str_eq(err.text, "not accepted: a character outside ASCII"
		" that is not in quotes");
}

Test(base_toml, letters_after_a_continued_line_are_read)
{
	struct toml_doc *doc = read_text(
		"a = \"\"\"x\\\n  \xc3\xa9t\xc3\xa9 \\\n\xe4\xb8\xad\"\"\"\n");
	struct span s;

	cr_assert(doc, "%s", err.text);
	cr_expect(toml_string(toml_get(toml_root(doc), "a"), &s));
	cr_expect(span_equal(s,
		span_str("x\xc3\xa9t\xc3\xa9 \xe4\xb8\xad")));
	toml_free(doc);
}

Test(base_toml, numbers_that_do_not_fit_are_refused)
{
	struct toml_doc *doc = read_text("a = 9223372036854775807\n");
	char text[4096 + 8] = "a = ";
	int64_t i;

	cr_expect(toml_integer(toml_get(toml_root(doc), "a"), &i) &&
		i == INT64_MAX);
	toml_free(doc);
	cr_expect_null(read_text("a = 9223372036854775808\n"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	memset(text + 4, '9', 4096);
	cr_expect_null(read_text(text));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_text("a = 1e999999\n"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
}

Test(base_toml, every_one_byte_document_is_read_or_refused)
{
	for (unsigned c = 0; c < 256; c++) {
		const char byte = (char)c;
		struct toml_doc *doc = read_bytes(&byte, 1);

		cr_expect(doc || err.result == STANCH_EFORMAT, "%u", c);
		toml_free(doc);
	}
}

/* A document of n times `part` between head and tail. */
static struct toml_doc *
read_repeated(const char *head, const char *part, size_t n, const char *tail)
{
	const size_t h = strlen(head), p = strlen(part), t = strlen(tail);
	char *text = malloc(h + n * p + t + 1);
	struct toml_doc *doc;

	cr_assert(text);
	memcpy(text, head, h);
	for (size_t i = 0; i < n; i++)
		memcpy(text + h + i * p, part, p);
	memcpy(text + h + n * p, tail, t + 1);
	doc = read_bytes(text, h + n * p + t);
	free(text);
	return doc;
}

Test(base_toml, nesting_of_any_kind_has_an_end)
{
	const size_t n = 1000 * 1000;

	cr_expect_null(read_repeated("a = ", "[", n, ""));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("a = ", "{a=", n, ""));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("", "a.", n, "a = 1"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("[", "a.", n, "a]"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("[", "\"a\" . ", n, "a]"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("x = [{", "a.", n, "a=1}]"));
	cr_expect_eq(err.result, STANCH_EFORMAT);
	cr_expect_null(read_repeated("[", "a.", 16, "a]"));
	cr_expect_str_eq(err.text, "not accepted: a key of more than 16"
		" parts");
	cr_expect_eq(err.column, 33);
}

Test(base_toml, dots_elsewhere_are_not_parts_of_keys)
{
	struct toml_doc *doc = read_text(
		"a.b = '....................'\n"
		"c = '''....................\n.................'''\n"
		"d = \"\\\"....................\"  # ....................\n"
		"e = \"\"\"\"....................\"\"\"\"\n"
		"f = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 1.0,"
		" 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]\n"
		"\"................\".\"...............\" = ''\n");

	cr_assert(doc, "%s", err.text);
	toml_free(doc);
}

Test(base_toml, document_over_the_maximum_is_refused)
{
	struct toml_doc *doc = NULL;
	char *text = malloc((size_t)TOML_MAX + 1);

	cr_assert(text);
	memset(text, '\n', (size_t)TOML_MAX + 1);
	cr_expect_eq(toml_read(&doc, text, (size_t)TOML_MAX + 1, "t.toml",
		&err), STANCH_ELIMIT);
	cr_expect_str_eq(err.text, "larger than 16 MiB");
	free(text);
}

Test(base_toml, error_may_be_null)
{
	struct toml_doc *doc = NULL;

	cr_expect_eq(toml_read(&doc, "=", 1, "t.toml", NULL), STANCH_EFORMAT);
	cr_expect_eq(toml_read(&doc, "\"\\u0000\"=1", 10, "t.toml", NULL),
		STANCH_EFORMAT);
}
