/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules.c - any bytes as a rule file, over nothing and over the built-in
 * pack: refused with a reason, or rules that compile and find the same in a
 * text whole and in pieces.
 */
#include <stdlib.h>

#include "rule/rule_set.h"
#include "splits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* To compile the pack's rules again costs a tenth of a second and more. */
enum { PACK_COMPILED_ONCE_IN = 64 };

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
on_warning(const struct stanch_error *warning, void *payload)
{
	must(warning->text[0] != 0);
}

/* The file itself is the text: a rule's literals stand in its expression. */
static void
scan(const struct stanch_rules *rules, struct span text)
{
	struct splits splits = { .state = 0x9e3779b9 };
	struct stanch_error err = { 0 };
	struct stanch_engine *e = NULL;
	struct result whole, pieces;

	if (stanch_engine_new(&e, rules, NULL, &err) != STANCH_OK) {
		must(!e && err.text[0]);
		return;
	}
	run_filter(&whole, e, text, NULL, &(struct mode){ 0 });
	run_filter(&pieces, e, text, &splits, &(struct mode){ 0 });
	must_equal("outputs", &whole.out, &pieces.out);
	must_equal("findings", &whole.found, &pieces.found);
	result_free(&whole);
	result_free(&pieces);
	stanch_engine_free(e);
}

static void
read_examples(const struct stanch_rules *rules)
{
	char buf[4096];
	size_t n = stanch_rules_count(rules), len, start, end;

	must(n > 0);
	for (size_t i = 0; i < n && i < 16; i++) {
		const struct stanch_rule *r = stanch_rules_get(rules, i);

		must(stanch_rules_find(rules, stanch_rule_id(r)) == r);
		for (size_t k = 0; k < 2; k++)
			if (stanch_rule_example(r, k, 0, 1, buf, sizeof buf,
				&len, &start, &end, NULL) == STANCH_OK)
				must(len <= sizeof buf && start <= end &&
					end <= len);
	}
}

static void
read_over(const struct stanch_rules *base, struct span text, bool compile)
{
	struct stanch_error err = { 0 };
	struct stanch_rules *rules = NULL;
	enum stanch_result result;

	result = rule_set_read(&rules, base, (const char *)text.ptr, text.len,
		"fuzz.toml", NULL, on_warning, NULL, &err);
	if (result != STANCH_OK) {
		must(!rules && err.result == result && err.text[0]);
		return;
	}
	read_examples(rules);
	if (compile)
		scan(rules, text);
	stanch_rules_free(rules);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = span_of(data, size);
	unsigned sum = 0;

	for (size_t i = 0; i < size; i++)
		sum += data[i];
	read_over(NULL, text, true);
	read_over(stanch_rules_builtin(), text,
		sum % PACK_COMPILED_ONCE_IN == 0);
	return 0;
}
