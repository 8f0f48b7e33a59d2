/* SPDX-License-Identifier: Apache-2.0 */
/* rule_set.c - a finished set: sorted by id, digested, immutable. */
#include "rule/rule_set.h"

#include <stdlib.h>

#include "base/error.h"
#include "rule/rule_load.h"

static int
by_id(const void *a, const void *b)
{
	const struct stanch_rule *x = a, *y = b;

	return strcmp(x->id, y->id);
}

enum stanch_result
rule_load_finish(struct rule_load *l, struct stanch_rules **out)
{
	struct stanch_rules *set = arena_alloc(l->arena, sizeof *set);
	struct stanch_rule *v = arena_array(l->arena, l->n, sizeof *v);
	size_t i, n = 0, able = 0, services = 0, carriers = 0;

	if (!set || !v)
		return error_nomem(l->err);
	for (i = 0; i < l->n; i++) {
		if (l->slots[i].gone)
			continue;
		v[n++] = l->slots[i].rule;
		able += l->slots[i].rule.regex != NULL;
		carriers += l->slots[i].rule.carries;
		services += l->slots[i].rule.words.n > 0;
	}
	if (able == 0)
		return rule_load_fail(l, NULL,
			"no rule is left: nothing would be found");
	if (services && !carriers)
		rule_load_warn(l, NULL, "no rule \"carries\", so nothing is"
			" found for the %zu with \"words\"", services);
	qsort(v, n, sizeof *v, by_id);
	*set = (struct stanch_rules){ .rules = v, .n = n,
		.allows = l->allows, .nallows = l->nallows };
	if (!rule_set_digest(set, set->digest))
		return error_nomem(l->err);
	rule_with_warn(l, set);
	set->arena = l->arena;
	l->arena = NULL;
	*out = set;
	return STANCH_OK;
}

enum stanch_result
rule_set_read(struct stanch_rules **out, const struct stanch_rules *base,
	const char *text, size_t len, const char *name, const char *dir,
	stanch_warning_fn *on_warning, void *payload,
	struct stanch_error *err)
{
	struct rule_load l;
	enum stanch_result r;

	r = rule_load_begin(&l, on_warning, payload, err);
	if (r != STANCH_OK)
		return r;
	if (base)
		r = rule_load_base(&l, base);
	if (r == STANCH_OK)
		r = rule_load_text(&l, text, len, name, dir, 0);
	l.file = name;	/* what finish() finds wrong is of this file */
	if (r == STANCH_OK)
		r = rule_load_finish(&l, out);
	rule_load_end(&l);
	return r;
}
