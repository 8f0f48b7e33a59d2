/* SPDX-License-Identifier: Apache-2.0 */
/* recipe_example.c - a rule's examples, for the library's users. */
#include <stdio.h>

#include "base/error.h"
#include "rule/recipe.h"
#include "rule/rule.h"

enum stanch_result
stanch_rule_example(const struct stanch_rule *rule, bool positive, size_t i,
	uint64_t seed, char *buf, size_t size, size_t *len, size_t *start,
	size_t *end, struct stanch_error *err)
{
	const struct strlist *list = positive ? &rule->positive :
		&rule->negative;
	struct recipe_out out;
	enum stanch_result result;

	if (i >= list->n)
		return error_set(err, STANCH_EUSAGE, rule->id, "the rule has "
			"%zu %s example%s", list->n,
			positive ? "positive" : "negative",
			list->n == 1 ? "" : "s");
	buf_init(&out.text, size);
	result = recipe_expand(&out, list->v[i], seed, err);
	if (result == STANCH_OK) {
		if (out.text.len)
			memcpy(buf, out.text.ptr, out.text.len);
		*len = out.text.len;
		*start = positive ? out.start : 0;
		*end = positive ? out.end : 0;
	} else if (err) {
		/* An offset in the recipe is none in the rule's file. */
		err->line = err->column = 0;
		snprintf(err->where, sizeof err->where, "%s", rule->id);
	}
	buf_free(&out.text);
	return result;
}
