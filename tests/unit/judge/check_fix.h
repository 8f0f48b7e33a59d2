/* SPDX-License-Identifier: Apache-2.0 */
/* check_fix.h - running one check on one secret, made or written. */
#ifndef TESTS_CHECK_FIX_H
#define TESTS_CHECK_FIX_H

#include <criterion/criterion.h>

#include "judge/judge.h"
#include "rule/recipe.h"

enum { FIX_MOST = 65536 };

static inline struct judgement
fix_judgement(void)
{
	return (struct judgement){ .keep = true,
		.confidence = STANCH_SHAPED, .severity = STANCH_MEDIUM };
}

static inline enum check_result
fix_judge(const char *check, struct span before, struct span secret,
	struct judgement *out)
{
	struct judge_case c = { .secret = secret, .match = secret,
		.before = before, .line = secret, .place = "" };
	const struct check *found = check_find(check);

	cr_assert(found, "no check %s", check);
	return found->fn(&c, out);
}

static inline enum check_result
fix_check(const char *check, const char *secret)
{
	struct judgement j = fix_judgement();

	return fix_judge(check, span_of(NULL, 0), span_str(secret), &j);
}

/* Expands the recipe and gives the secret's span in *out, which the caller
   frees with buf_free(&out->text). */
static inline struct span
fix_make(struct recipe_out *out, const char *recipe, uint64_t seed)
{
	struct stanch_error err = { .text = "" };

	buf_init(&out->text, FIX_MOST);
	cr_assert_eq(recipe_expand(out, recipe, seed, &err), STANCH_OK,
		"%s: %s", recipe, err.text);
	return span_of(out->text.ptr + out->start, out->end - out->start);
}

/* The check's result on a recipe's secret, and its judgement. */
static inline enum check_result
fix_recipe(const char *check, const char *recipe, struct judgement *j)
{
	struct recipe_out made;
	struct span secret = fix_make(&made, recipe, 1);
	enum check_result result;

	*j = fix_judgement();
	result = fix_judge(check, span_of(NULL, 0), secret, j);
	buf_free(&made.text);
	return result;
}

static inline bool
fix_says(const struct judgement *j, const char *words)
{
	for (size_t i = 0; i < j->nreasons; i++)
		if (strstr(j->reasons[i], words))
			return true;
	return false;
}

#endif
