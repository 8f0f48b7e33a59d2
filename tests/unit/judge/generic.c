/* SPDX-License-Identifier: Apache-2.0 */
/* generic.c - the generic rules and their filters, by table and by chance. */
#include <stdio.h>

#include "generic_fix.h"

#define TABLE "tests/table/generic.txt"

enum { SEEDS = 4, ROWS_MIN = 300, LINE = 4096 };

static bool
span_is_marked(const struct recipe_out *text, const struct generic_result *r)
{
	bool marked = text->start != 0 || text->end != text->text.len;

	return !marked || (r->start == text->start && r->end == text->end);
}

/* Whether the row comes out as it says; prints it if not. */
static bool
row_holds(const struct generic *g, const char *recipe, bool keep,
	uint64_t seed)
{
	struct recipe_out text = { .start = 0 };
	struct generic_result r;
	bool ok;

	buf_init(&text.text, 64 * 1024);
	cr_assert_eq(recipe_expand(&text, recipe, seed, NULL), STANCH_OK,
		"%s", recipe);
	r = generic_find(g, buf_span(&text.text));
	ok = r.keep == keep && (!keep || span_is_marked(&text, &r));
	if (!ok)
		fprintf(stderr, "seed %d, %s, %s: %s [%.*s]\n", (int)seed,
			r.keep ? "kept" : "dropped", r.why, recipe,
			(int)text.text.len, (const char *)text.text.ptr);
	buf_free(&text.text);
	return ok;
}

Test(judge_generic, every_row_of_the_table_comes_out_as_it_says)
{
	struct generic g = generic_new();
	FILE *f = fopen(TABLE, "r");
	char line[LINE];
	size_t rows = 0, wrong = 0;

	cr_assert_not_null(f, "run from the top of the repository");
	while (fgets(line, sizeof line, f)) {
		bool keep = !strncmp(line, "keep\t", 5);

		if (line[0] == '#')
			continue;
		cr_assert(keep || !strncmp(line, "drop\t", 5), "%s", line);
		line[strcspn(line, "\n")] = '\0';
		rows++;
		for (uint64_t seed = 1; seed <= SEEDS; seed++)
			wrong += !row_holds(&g, line + 5, keep, seed);
	}
	fclose(f);
	generic_free(&g);
	cr_assert_geq(rows, ROWS_MIN);
	cr_assert_eq(wrong, 0, "%zu verdicts are wrong", wrong);
}
