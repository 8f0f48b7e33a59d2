/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hostile.c - rules that mean harm: expressions that backtrack without end
 * are refused, or cut off and taken for a match, in any pieces alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "prop.h"

enum { TEXT = 2500, SECONDS_MOST = 20 };

static const char *const hostile[] = {
	"(?<secret>(?:a{1,100}){1,100}b{4}ccc)",
	"(?<secret>(?:a|aa){1,200}=aaab)",
	"(?<secret>(?:[a-z]{1,50}[a-z]{1,50}){1,30}!aaaa)",
	"aaaa(?<secret>(?:(?:a{1,20}){1,20}){1,20}[^a])",
	"aaaa(?<secret>.{0,4000}.{0,4000}.{0,4000}b)",
	"(?<secret>aaaa.*.*.*.*b)",
	"(?<secret>(?:aaaa|aaaaa){1,500}$b)",
	"aaaa(?<secret>(?:a?){40}a{40})",
	"(?<secret>aaaa(?:(?:[ab!]{1,9}){1,9}){1,9}(?!.)c)",
	"(?<=aaaa)(?<secret>a{1,4000})(?=b)",
};

static struct stanch_engine *
engine_with(struct world *w, const char *regex, struct stanch_rules **rules)
{
	char text[512];

	snprintf(text, sizeof text, "[[rules]]\nid = \"hostile\"\n"
		"description = \"x\"\nkeywords = [\"aaaa\"]\n"
		"regex = '''%s'''\n", regex);
	return engine_of(w, NULL, text, rules);
}

/* Mostly the letter that all of them are about. */
static void
make_text(struct buf *out, uint64_t seed, size_t others)
{
	struct rng rng;

	rng_seed(&rng, seed);
	for (size_t i = 0; i < TEXT; i++)
		buf_byte(out, (uint8_t)(rng_once_in(&rng, others) ?
			"ab!=c\n "[rng_below(&rng, 7)] : 'a'));
}

/* Its properties, with a clock that also counts under load. */
static bool
is_harmless(struct world *w, const char *regex)
{
	static input_property *const properties[] = {
		filter_does_not_see_pieces, scanner_does_not_see_pieces,
		all_but_covers_comes_out,
	};
	struct stanch_engine *usual = w->engine;
	struct stanch_rules *rules;
	clock_t start = clock();
	struct buf text;
	double spent;
	bool ok = true;

	w->engine = engine_with(w, regex, &rules);
	buf_init(&text, TEXT);
	for (size_t i = 0; w->engine && ok && i < 3; i++) {
		text.len = 0;
		make_text(&text, w->seed + i, i == 1 ? 40 : 2000);
		ok = properties[i](w, buf_span(&text), w->seed);
	}
	spent = (double)(clock() - start) / CLOCKS_PER_SEC;
	if (getenv("PROP_VERBOSE"))
		printf("     %5.2f s: %s\n", spent, w->engine ? regex :
			w->why);
	if (w->engine) {	/* refused is bounded, too */
		stanch_engine_free(w->engine);
		stanch_rules_free(rules);
	}
	w->engine = usual;
	buf_free(&text);
	return ok && (spent < SECONDS_MOST ||
		fails(w, "%s: %.1f s", regex, spent));
}

bool
hostile_rules_are_bounded(struct world *w)
{
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof hostile / sizeof *hostile; i++)
		ok = is_harmless(w, hostile[i]);
	return ok;
}
