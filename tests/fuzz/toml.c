/* SPDX-License-Identifier: Apache-2.0 */
/*
 * toml.c - any bytes as a TOML document: what can be read can be walked, and
 * every node has a place, one kind and the values of that kind alone.
 */
#include <stdlib.h>

#include "base/toml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* Reads every byte of it, for the sanitizer to see. */
static void
read_all(struct span s)
{
	volatile uint8_t last = 0;

	for (size_t i = 0; i < s.len; i++)
		last = s.ptr[i];
	(void)last;
}

static void
check_scalars(const struct toml_node *node)
{
	enum toml_kind kind = toml_kind(node);
	struct span string = { 0 };
	int64_t integer;
	double number;
	bool yes;

	must(toml_string(node, &string) == (kind == TOML_STRING));
	must(toml_integer(node, &integer) == (kind == TOML_INTEGER));
	must(toml_boolean(node, &yes) == (kind == TOML_BOOLEAN));
	must(toml_float(node, &number) ==
		(kind == TOML_FLOAT || kind == TOML_INTEGER));
	read_all(string);
	must(toml_kind_name(kind)[0] != 0);
}

static void
walk(const struct toml_node *node)
{
	enum toml_kind kind = toml_kind(node);
	uint32_t line = 0, column = 0;
	const char *key;
	size_t n = 0;

	toml_where(node, &line, &column);
	check_scalars(node);
	if (kind == TOML_TABLE || kind == TOML_ARRAY)
		n = toml_count(node);
	for (size_t i = 0; i < n; i++) {
		must(toml_at(node, i) != NULL);
		if (kind == TOML_TABLE) {
			key = toml_key(node, i, &line, &column);
			must(toml_get(node, key) == toml_at(node, i));
		}
		walk(toml_at(node, i));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stanch_error err = { 0 };
	struct toml_doc *doc = NULL;
	enum stanch_result result;

	result = toml_read(&doc, (const char *)data, size, "fuzz.toml", &err);
	if (result != STANCH_OK) {
		must(!doc && err.result == result && err.text[0]);
		return 0;
	}
	must(toml_kind(toml_root(doc)) == TOML_TABLE);
	walk(toml_root(doc));
	toml_free(doc);
	return 0;
}
