/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recipes.c - what the rules' own recipes make, for the corpus of
 * `make bench-quality`.
 *
 *	recipes SEED
 *
 * A line each: rule, recipe (from 1), tier, where the secret begins and ends,
 * and the text in hexadecimal, with tabs between them.  The tier is the
 * confidence of the finding when the text stands alone: a rule states at most
 * `shaped`, its checks make it `proven`.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stanch.h"

enum { TEXT_MOST = 64 * 1024 };

struct example {
	char text[TEXT_MOST];
	size_t len, start, end;
	const struct stanch_rule *rule;
	enum stanch_confidence tier;
};

static void
need(enum stanch_result r, const struct stanch_error *err)
{
	char text[1024];

	if (r == STANCH_OK)
		return;
	fprintf(stderr, "recipes: %s\n", stanch_error_format(err, text,
		sizeof text));
	exit(2);
}

static bool
on_finding(const struct stanch_finding *f, void *payload)
{
	struct example *e = payload;

	if (stanch_finding_rule(f) == e->rule)
		e->tier = stanch_finding_confidence(f);
	return true;
}

static void
print(const struct example *e, size_t index)
{
	printf("%s\t%zu\t%s\t%zu\t%zu\t", stanch_rule_id(e->rule), index + 1,
		stanch_confidence_name(e->tier), e->start, e->end);
	for (size_t i = 0; i < e->len; i++)
		printf("%02x", (unsigned char)e->text[i]);
	putchar('\n');
}

/* Finds the example's tier by scanning it. */
static void
weigh(struct example *e, struct stanch_scanner *s)
{
	e->tier = stanch_rule_confidence(e->rule);
	if (stanch_scanner_begin(s, "") || stanch_scanner_feed(s, e->text,
		e->len) || stanch_scanner_finish(s)) {
		fprintf(stderr, "recipes: %s cannot be scanned\n",
			stanch_rule_id(e->rule));
		exit(2);
	}
}

int
main(int argc, char **argv)
{
	static struct example e;
	const struct stanch_rules *rules = stanch_rules_builtin();
	struct stanch_scan_options opt = { .size = sizeof opt,
		.least = STANCH_HEURISTIC };
	struct stanch_engine *engine;
	struct stanch_scanner *s;
	struct stanch_error err;
	uint64_t seed;

	if (argc != 2) {
		fputs("usage: recipes SEED\n", stderr);
		return 2;
	}
	seed = strtoumax(argv[1], NULL, 10);
	need(stanch_engine_new(&engine, rules, NULL, &err), &err);
	need(stanch_scanner_new(&s, engine, &opt, on_finding, &e, &err), &err);
	for (size_t i = 0; i < stanch_rules_count(rules); i++) {
		e.rule = stanch_rules_get(rules, i);
		if (stanch_rule_is_part(e.rule))
			continue;	/* no secret by itself */
		for (size_t k = 0; stanch_rule_example(e.rule, true, k, seed,
			e.text, sizeof e.text, &e.len, &e.start, &e.end, &err)
			== STANCH_OK; k++) {
			weigh(&e, s);
			print(&e, k);
		}
	}
	stanch_scanner_free(s);
	stanch_engine_free(engine);
	return ferror(stdout) || fflush(stdout) ? 2 : 0;
}
