/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_with.c - what belongs to a secret: [[rules.with]], and the same as
 * gitleaks has it, [[rules.required]].  Finding it is scan/pairs.c's.
 */
#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"

enum { WITHIN = 300, LINE = 128 };	/* bytes; what a line is taken for */

static const char *const required_own[] = {
	"id", "withinLines", "withinColumns", NULL
};
static const struct keys with_keys = {
	"a companion of a rule", rule_with_fields, NULL, NULL
};
static const struct keys required_keys = {
	"a required rule", NULL, required_own, NULL
};

static enum stanch_result
read_with(struct rule_load *l, const struct toml_node *table,
	struct rule_with *out)
{
	enum stanch_result r = keys_read(l, table, &with_keys, out);

	if (r == STANCH_OK && !out->rule)
		return rule_load_fail(l, table, "\"with\" names no \"rule\"");
	return r;
}

/* A number of bytes for the lines or columns under key; 0: there are none. */
static enum stanch_result
read_distance(struct rule_load *l, const struct toml_node *table,
	const char *key, uint32_t each, uint32_t *out)
{
	const struct toml_node *node = keys_find(table, key);
	int64_t n;

	*out = 0;
	if (!node)
		return STANCH_OK;
	if (!toml_integer(node, &n) || n < 0)
		return rule_load_fail(l, node, "\"%s\" must be a number", key);
	n = n < RULE_WITH_MAX ? (n + 1) * each : RULE_WITH_MAX;
	*out = n < RULE_WITH_MAX ? (uint32_t)n : RULE_WITH_MAX;
	rule_load_warn(l, node, "\"%s\" is taken for %u bytes", key, *out);
	return STANCH_OK;
}

static enum stanch_result
read_required(struct rule_load *l, const struct toml_node *table,
	struct rule_with *out)
{
	const struct toml_node *id = keys_find(table, "id");
	enum stanch_result r = keys_read(l, table, &required_keys, NULL);
	uint32_t columns = 0, lines = 0;

	out->needed = true;
	if (r == STANCH_OK && !id)
		return rule_load_fail(l, table, "\"required\" without an "
			"\"id\"");
	if (r == STANCH_OK)
		r = keys_text(l, id, "id", &out->rule);
	if (r == STANCH_OK)
		r = read_distance(l, table, "withinLines", LINE, &lines);
	if (r == STANCH_OK && !lines)
		r = read_distance(l, table, "withinColumns", 1, &columns);
	if (r == STANCH_OK && !lines && !columns)
		rule_load_warn(l, table, "\"required\" anywhere in the text is"
			" taken for %d bytes", RULE_WITH_MAX);
	out->within = lines ? lines : columns ? columns : RULE_WITH_MAX;
	return r;
}

typedef enum stanch_result with_fn(struct rule_load *l,
	const struct toml_node *table, struct rule_with *out);

static enum stanch_result
read_list(struct rule_load *l, const struct toml_node *table,
	const char *key, with_fn *fn, struct stanch_rule *rule)
{
	const struct toml_node *node = keys_find(table, key);
	struct rule_with *v = (struct rule_with *)rule->with;
	enum stanch_result r = STANCH_OK;
	size_t i;

	if (!node)
		return STANCH_OK;
	if (toml_kind(node) != TOML_ARRAY)
		return rule_load_fail(l, node, "\"%s\" must be an array of"
			" tables, [[rules.%s]]", key, key);
	for (i = 0; i < toml_count(node) && r == STANCH_OK; i++) {
		if (rule->nwith == RULE_WITHS_MAX)
			return rule_load_fail(l, toml_at(node, i), "more than"
				" %d companions", RULE_WITHS_MAX);
		v[rule->nwith] = (struct rule_with){ .within = WITHIN,
			.confidence = STANCH_SHAPED };
		r = keys_table(l, toml_at(node, i), key);
		if (r == STANCH_OK)
			r = fn(l, toml_at(node, i), &v[rule->nwith]);
		if (r == STANCH_OK && !strcmp(v[rule->nwith].rule, rule->id))
			r = rule_load_fail(l, toml_at(node, i), "\"%s\" names"
				" the rule itself", key);
		rule->nwith++;
	}
	return r;
}

enum stanch_result
rule_with_read(struct rule_load *l, const struct toml_node *table,
	struct stanch_rule *rule)
{
	const struct toml_node *skip = keys_find(table, "skipReport");
	enum stanch_result r = STANCH_OK;

	if (skip)
		r = keys_flag(l, skip, "skipReport", &rule->part);
	if (r != STANCH_OK || (!keys_find(table, "with") &&
		!keys_find(table, "required")))
		return r;
	rule->nwith = 0;
	rule->with = arena_array(l->arena, RULE_WITHS_MAX,
		sizeof *rule->with);
	if (!rule->with)
		return error_nomem(l->err);
	r = read_list(l, table, "with", read_with, rule);
	return r != STANCH_OK ? r :
		read_list(l, table, "required", read_required, rule);
}

static bool
is_there(const struct stanch_rules *set, const char *id)
{
	return stanch_rules_find(set, id);
}

void
rule_with_warn(struct rule_load *l, const struct stanch_rules *set)
{
	struct stanch_error w;
	size_t i, k;

	for (i = 0; l->on_warning && i < set->n; i++) {
		const struct stanch_rule *r = &set->rules[i];

		for (k = 0; k < r->nwith; k++) {
			if (is_there(set, r->with[k].rule))
				continue;
			error_at(&w, STANCH_ERULE, r->file, r->line, 0, "rule"
				" \"%s\" is to stand with \"%s\", which is no"
				" rule%s", r->id,
				rule_shown(span_str(r->with[k].rule)).text,
				r->with[k].needed ? ": it finds nothing" : "");
			l->on_warning(&w, l->payload);
		}
	}
}
