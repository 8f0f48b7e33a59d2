/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_allow.c - allow-lists: of a rule, of the whole set, and those at the
 * top of a file that name the rules they are for.
 */
#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"

static const char *const target_rules[] = { "targetRules", NULL };
static const struct keys_foreign allow_foreign[] = {
	{ "files", "it is a key of old versions of gitleaks; use paths",
	  false },
	{ "repos", "it is a key of old versions of gitleaks", false },
	{ NULL, NULL, false }
};
static const struct keys rule_allow_keys = {
	"an allow-list of a rule", rule_allow_fields, NULL, allow_foreign
};
static const struct keys global_allow_keys = {
	"an allow-list", rule_allow_fields, target_rules, allow_foreign
};

/* Calls fn with each table: a list may be one table or an array of them. */
typedef enum stanch_result allow_fn(struct rule_load *l,
	const struct toml_node *table, struct rule_slot *slot);

static enum stanch_result
each_list(struct rule_load *l, const struct toml_node *parent, allow_fn *fn,
	struct rule_slot *slot)
{
	static const char *const names[] = { "allowlists", "allowlist" };
	const struct toml_node *node;
	enum stanch_result r = STANCH_OK;
	size_t i, k;

	for (k = 0; k < 2 && r == STANCH_OK; k++) {
		node = keys_find(parent, names[k]);
		if (node && toml_kind(node) == TOML_ARRAY) {
			for (i = 0; i < toml_count(node) && r == STANCH_OK;
				i++)
				r = fn(l, toml_at(node, i), slot);
		} else if (node) {
			r = fn(l, node, slot);
		}
	}
	return r;
}

static enum stanch_result
check_regexes(struct rule_load *l, const struct toml_node *table,
	const char *key, const struct strlist *list)
{
	const struct toml_node *node = keys_find(table, key);
	enum stanch_result r = STANCH_OK;
	size_t i;

	for (i = 0; i < list->n && r == STANCH_OK; i++)
		r = rule_regex_check(l, toml_at(node, i), key, list->v[i],
			NULL, NULL);
	return r;
}

/* *empty: there is nothing in it that could allow anything. */
static enum stanch_result
read_list(struct rule_load *l, const struct toml_node *table,
	const struct keys *keys, struct rule_allow *out, bool *empty)
{
	enum stanch_result r;

	*out = (struct rule_allow){ .description = "" };
	r = keys_table(l, table, "allowlists");
	if (r == STANCH_OK)
		r = keys_read(l, table, keys, out);
	if (r == STANCH_OK)
		r = check_regexes(l, table, "paths", &out->paths);
	if (r == STANCH_OK)
		r = check_regexes(l, table, "regexes", &out->regexes);
	if (r != STANCH_OK)
		return r;
	*empty = !out->paths.n && !out->regexes.n && !out->stopwords.n &&
		!out->commits.n;
	if (*empty)
		rule_load_warn(l, table, "an allow-list with nothing in it"
			" allows nothing");
	if (out->commits.n)
		rule_load_warn(l, keys_find(table, "commits"), "\"commits\""
			" is not honoured: only history has commits, and"
			" files are scanned");
	return STANCH_OK;
}

static enum stanch_result
append(struct rule_load *l, const struct rule_allow *allow,
	struct rule_slot *slot)
{
	struct rule_allow *v = (struct rule_allow *)slot->rule.allows;

	if (!rule_grow(l->arena, &v, slot->rule.nallows, &slot->allows_cap,
		sizeof *v))
		return error_nomem(l->err);
	v[slot->rule.nallows++] = *allow;
	slot->rule.allows = v;
	return STANCH_OK;
}

static enum stanch_result
read_of_rule(struct rule_load *l, const struct toml_node *table,
	struct rule_slot *slot)
{
	struct rule_allow allow;
	enum stanch_result r;
	bool empty;

	r = read_list(l, table, &rule_allow_keys, &allow, &empty);
	return r != STANCH_OK || empty ? r : append(l, &allow, slot);
}

enum stanch_result
rule_allow_read(struct rule_load *l, const struct toml_node *table,
	struct rule_slot *slot)
{
	const struct toml_node *node = keys_find(table, "allowlists");

	/* `allowlists = []` is how an overlay drops those below. */
	if (node && toml_kind(node) == TOML_ARRAY && !toml_count(node)) {
		slot->rule.allows = NULL;
		slot->rule.nallows = slot->allows_cap = 0;
	}
	return each_list(l, table, read_of_rule, slot);
}

static enum stanch_result
attach(struct rule_load *l, const struct toml_node *node,
	const struct rule_allow *allow)
{
	struct strlist ids = { NULL, 0 };
	enum stanch_result r = keys_list(l, node, "targetRules", &ids);
	struct rule_slot *slot;
	size_t i;

	for (i = 0; i < ids.n && r == STANCH_OK; i++) {
		slot = rule_load_find(l, ids.v[i]);
		if (slot && !slot->gone)
			r = append(l, allow, slot);
		else
			rule_load_warn_id(l, toml_at(node, i), "targetRules",
				ids.v[i]);
	}
	return r;
}

static enum stanch_result
read_of_set(struct rule_load *l, const struct toml_node *table,
	struct rule_slot *unused)
{
	const struct toml_node *ids;
	struct rule_allow allow;
	enum stanch_result r;
	bool empty;

	r = read_list(l, table, &global_allow_keys, &allow, &empty);
	if (r != STANCH_OK || empty)
		return r;
	ids = keys_find(table, "targetRules");
	if (ids)
		return attach(l, ids, &allow);
	if (l->nallows >= RULE_COUNT_MAX)
		return rule_load_fail(l, table, "more than %d allow-lists",
			RULE_COUNT_MAX);
	if (!rule_grow(l->arena, &l->allows, l->nallows, &l->allows_cap,
		sizeof allow))
		return error_nomem(l->err);
	l->allows[l->nallows++] = allow;
	return STANCH_OK;
}

enum stanch_result
rule_allow_read_global(struct rule_load *l, const struct toml_node *root)
{
	return each_list(l, root, read_of_set, NULL);
}
