/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mkrules.c - a build tool: reads the rule files of the built-in pack, lints
 * them, and writes the finished set as C initialisers to standard output, so
 * that the program parses no rule when it starts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "rule/rule_lint.h"
#include "rule/rule_load.h"
#include "rule/rule_set.h"

/* The pack cannot extend itself: it is what is being made. */
const struct stanch_rules rule_builtin;

/* A C string: octal escapes end after three digits, `\?` makes no trigraph. */
static void
put_string(const char *s, size_t n)
{
	size_t i;

	putchar('"');
	for (i = 0; i < n; i++) {
		const unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\' || c == '?')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\%03o", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void
put_list(const struct strlist *list)
{
	size_t i;

	if (!list->n) {
		printf("{ NULL, 0 }");
		return;
	}
	printf("{ (const char *const[]){\n");
	for (i = 0; i < list->n; i++) {
		printf("\t\t");
		put_string(list->v[i], strlen(list->v[i]));
		printf(",\n");
	}
	printf("\t}, %zu }", list->n);
}

static void
put_set(const struct re_set *set)
{
	size_t i;

	printf("{ {");
	for (i = 0; i < sizeof set->bits; i++)
		printf(" 0x%02x,", set->bits[i]);
	printf(" } }");
}

static void
put_field(const void *at, enum field_kind kind)
{
	const char *text;

	switch (kind) {
	case FIELD_TEXT:
		text = *(const char *const *)at;
		if (text)
			put_string(text, strlen(text));
		else
			printf("NULL");
		break;
	case FIELD_LIST:
		put_list(at);
		break;
	case FIELD_COUNT:
		printf("%" PRIu32 "u", *(const uint32_t *)at);
		break;
	case FIELD_NUMBER:
		printf("%.17g", *(const double *)at);
		break;
	case FIELD_WORD:
		printf("%u", *(const unsigned *)at);
		break;
	case FIELD_FLAG:
	case FIELD_SWITCH:
		printf("%d", *(const bool *)at);
		break;
	case FIELD_SET:
		put_set(at);
		break;
	}
}

static void
put_fields(const void *object, const struct field *f)
{
	for (; f->member; f++) {
		printf("\t.%s = ", f->member);
		put_field(field_of(object, f), f->kind);
		printf(",\n");
	}
}

static void
put_allows(const struct rule_allow *v, size_t n)
{
	size_t i;

	printf("\t.nallows = %zu,\n", n);
	if (!n)
		return;
	printf("\t.allows = (const struct rule_allow[]){\n");
	for (i = 0; i < n; i++) {
		printf("\t{\n");
		put_fields(&v[i], rule_allow_fields);
		printf("\t},\n");
	}
	printf("\t},\n");
}

static void
put_withs(const struct rule_with *v, size_t n)
{
	size_t i;

	printf("\t.nwith = %zu,\n", n);
	if (!n)
		return;
	printf("\t.with = (const struct rule_with[]){\n");
	for (i = 0; i < n; i++) {
		printf("\t{\n");
		put_fields(&v[i], rule_with_fields);
		printf("\t},\n");
	}
	printf("\t},\n");
}

static void
put_facts(const struct re_facts *facts)
{
	const struct re_anchor *a = &facts->anchor;
	size_t i;

	printf("\t.facts = {\n");
	put_fields(facts, rule_facts_fields);
	printf("\t.anchor.nliterals = %zu,\n", a->nliterals);
	if (a->nliterals)
		printf("\t.anchor.literals = (const struct re_literal[]){\n");
	for (i = 0; i < a->nliterals; i++) {
		printf("\t\t{ ");
		put_string(a->literals[i].bytes, a->literals[i].len);
		printf(", %" PRIu32 "u, %d, %" PRIu32 "u },\n",
			a->literals[i].len, a->literals[i].caseless,
			a->literals[i].gap);
	}
	printf("%s\t},\n", a->nliterals ? "\t},\n" : "");
}

static void
put_rules(const struct stanch_rules *set)
{
	size_t i;

	printf("/* Made by mkrules from patterns/; do not edit. */\n"
		"#include \"rule/rule_set.h\"\n\n"
		"static const struct stanch_rule rules[] = {\n");
	for (i = 0; i < set->n; i++) {
		printf("{\n");
		put_fields(&set->rules[i], rule_fields);
		put_allows(set->rules[i].allows, set->rules[i].nallows);
		put_withs(set->rules[i].with, set->rules[i].nwith);
		put_facts(&set->rules[i].facts);
		printf("},\n");
	}
	printf("};\n\nconst struct stanch_rules rule_builtin = {\n"
		"\t.rules = rules,\n\t.n = %zu,\n", set->n);
	put_allows(set->allows, set->nallows);
	printf("\t.digest = \"%s\",\n};\n", set->digest);
}

static void
complain(const struct stanch_error *problem, void *count)
{
	char text[1024];

	fprintf(stderr, "%s\n", stanch_error_format(problem, text,
		sizeof text));
	++*(size_t *)count;
}

static enum stanch_result
read_files(struct rule_load *l, char **paths, int n)
{
	enum stanch_result r = STANCH_OK;
	struct buf text;
	int i;

	for (i = 0; i < n && r == STANCH_OK; i++) {
		r = rule_file_read(&text, paths[i], l->err);
		if (r == STANCH_OK)
			r = rule_load_text(l, (const char *)text.ptr,
				text.len, paths[i], NULL, 0);
		buf_free(&text);
	}
	return r;
}

int
main(int argc, char **argv)
{
	struct stanch_error err = { .text = "" };
	struct stanch_rules *set = NULL;
	enum stanch_result r;
	size_t problems = 0, i;
	struct rule_load l;

	if (argc < 2) {
		fprintf(stderr, "mkrules: no rule files: a program without"
			" rules would find nothing\n");
		return 1;
	}
	r = rule_load_begin(&l, complain, &problems, &err);
	if (r == STANCH_OK) {
		l.pack = true;
		r = read_files(&l, argv + 1, argc - 1);
	}
	if (r == STANCH_OK)
		r = rule_load_finish(&l, &set);
	rule_load_end(&l);
	if (r != STANCH_OK)
		complain(&err, &problems);
	for (i = 0; set && i < set->n; i++)
		problems += rule_lint(&set->rules[i], complain, &(size_t){ 0 });
	if (!problems)
		put_rules(set);
	stanch_rules_free(set);
	return problems || fflush(stdout) || ferror(stdout);
}
