/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_load.c - one rule file, laid over the rules that are there.  What the
 * keys mean by themselves is in rule_field.c, how expressions are planned in
 * rule_plan.c.
 */
#include "rule/rule_load.h"

#include <ctype.h>

#include "base/error.h"
#include "rule/rule_keys.h"

#define EXPRESSIONS "it is an expression of betterleaks, which stanch" \
	" does not run"

static const char *const root_own[] = {
	"extend", "rules", "services", "allowlist", "allowlists", NULL
};
static const struct keys_foreign root_foreign[] = {
	{ "title", NULL, false },
	{ "description", NULL, false },
	{ "minVersion", "it is a version of another program", false },
	{ "betterleaksMinVersion", "it is a version of another program",
	  false },
	{ "prefilter", EXPRESSIONS, false },
	{ "filter", EXPRESSIONS, false },
	{ NULL, NULL, false }
};
static const struct keys root_keys = {
	"a rule file", NULL, root_own, root_foreign
};

static const char *const rule_own[] = {
	"disable", "allowlist", "allowlists", "with", "required", "skipReport",
	NULL
};
static const struct keys_foreign rule_foreign[] = {
	{ "components", "the rule reports without its companions", false },
	{ "tokenEfficiency", "no tokens are counted; use entropy or"
	  " validate = [\"generic-value\"]", false },
	{ "specificity", "stanch ranks rules by their expressions", false },
	{ "prefilter", EXPRESSIONS, false },
	{ "filter", EXPRESSIONS, false },
	{ "validate", EXPRESSIONS, true },
	{ NULL, NULL, false }
};
static const struct keys rule_keys = {
	"a rule", rule_fields, rule_own, rule_foreign
};

enum stanch_result
rule_load_begin(struct rule_load *l, stanch_warning_fn *on_warning,
	void *payload, struct stanch_error *err)
{
	*l = (struct rule_load){ .on_warning = on_warning,
		.payload = payload, .err = err };
	l->arena = arena_new();
	return l->arena ? STANCH_OK : error_nomem(err);
}

void
rule_load_end(struct rule_load *l)
{
	arena_free(l->arena);
	l->arena = NULL;
}

struct rule_slot *
rule_load_find(struct rule_load *l, const char *id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!strcmp(l->slots[i].rule.id, id))
			return &l->slots[i];
	return NULL;
}

void
rule_load_warn_id(struct rule_load *l, const struct toml_node *node,
	const char *key, const char *id)
{
	const struct shown shown = rule_shown(span_str(id));
	struct keys_near near = { .word = id };
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!l->slots[i].gone)
			keys_near(&near, l->slots[i].rule.id);
	if (near.best)
		rule_load_warn(l, node, "\"%s\" names \"%s\", which is no"
			" rule; did you mean \"%s\"?", key, shown.text,
			near.best);
	else
		rule_load_warn(l, node, "\"%s\" names \"%s\", which is no"
			" rule", key, shown.text);
}

static enum stanch_result
add_slot(struct rule_load *l, const struct rule_slot *slot)
{
	if (l->n >= RULE_COUNT_MAX)
		return rule_load_fail(l, NULL, "more than %d rules",
			RULE_COUNT_MAX);
	if (!rule_grow(l->arena, &l->slots, l->n, &l->cap, sizeof *slot))
		return error_nomem(l->err);
	l->slots[l->n++] = *slot;
	return STANCH_OK;
}

enum stanch_result
rule_load_base(struct rule_load *l, const struct stanch_rules *base)
{
	const struct rule_allow *allows;
	struct rule_slot slot;
	enum stanch_result r;
	size_t i;

	l->based = true;
	for (i = 0; i < base->n; i++) {
		slot = (struct rule_slot){ .allows_cap =
			base->rules[i].nallows };
		if (!rule_copy(&slot.rule, &base->rules[i], l->arena))
			return error_nomem(l->err);
		r = add_slot(l, &slot);
		if (r != STANCH_OK)
			return r;
	}
	if (!rule_copy_allows(&allows, base->allows, base->nallows, l->arena))
		return error_nomem(l->err);
	for (i = 0; i < base->nallows; i++) {
		if (!rule_grow(l->arena, &l->allows, l->nallows,
			&l->allows_cap, sizeof *allows))
			return error_nomem(l->err);
		l->allows[l->nallows++] = allows[i];
	}
	return STANCH_OK;
}

static enum stanch_result
read_id(struct rule_load *l, const struct toml_node *table, const char **id)
{
	const struct toml_node *node = keys_find(table, "id");
	enum stanch_result r;
	const char *s;
	size_t i;

	if (!node)
		return rule_load_fail(l, table, "a rule without an \"id\"");
	r = keys_text(l, node, "id", &s);
	if (r != STANCH_OK)
		return r;
	for (i = 0; s[i]; i++)
		if (!isascii((unsigned char)s[i]) ||
			(!isalnum((unsigned char)s[i]) &&
			(i == 0 || !strchr("-_.", s[i]))))
			break;
	if (s[i] || i == 0)
		return rule_load_fail(l, node, "\"id\" is \"%s\"; it must"
			" hold only letters, digits, '-', '_' and '.', and"
			" begin with a letter or digit",
			rule_shown(span_str(s)).text);
	*id = s;
	return STANCH_OK;
}

void
rule_load_defaults(struct stanch_rule *rule)
{
	rule->description = rule->provider = rule->category = "";
	rule->remediation = rule->weak_anchor = rule->unbounded = "";
	rule->impact = STANCH_HIGH;
	rule->confidence = STANCH_CONTEXTUAL;
	rule->within_bytes = 200;
}

static enum stanch_result
refuse_twice(struct rule_load *l, const struct toml_node *node,
	const struct rule_slot *below)
{
	if (!below || (below->file != l->file_no && !(l->pack && below->file)))
		return STANCH_OK;
	return rule_load_fail(l, node, "declared twice; first at %s:%u",
		below->rule.file, below->rule.line);
}

/* The rule a declaration begins from: the one it lies over, or nothing. */
static enum stanch_result
begin_rule(struct rule_load *l, const struct toml_node *table,
	const struct rule_slot *below, struct rule_slot *draft)
{
	enum stanch_result r = refuse_twice(l, keys_find(table, "id"), below);

	if (r != STANCH_OK)
		return r;
	if (below && !below->gone)
		*draft = *below;
	else
		rule_load_defaults(&draft->rule);
	return STANCH_OK;
}

enum stanch_result
rule_load_put(struct rule_load *l, const struct toml_node *node,
	struct rule_slot *draft)
{
	struct rule_slot *below = rule_load_find(l, draft->rule.id);
	enum stanch_result r = refuse_twice(l, node, below);
	uint32_t column;

	if (r != STANCH_OK)
		return r;
	draft->rule.file = l->file;
	toml_where(node, &draft->rule.line, &column);
	draft->file = l->file_no;
	if (!below)
		return add_slot(l, draft);
	*below = *draft;
	return STANCH_OK;
}

/* What is searched for follows from what is written. */
static enum stanch_result
plan(struct rule_load *l, const struct toml_node *table,
	struct stanch_rule *rule, const struct rule_stated *stated)
{
	enum stanch_result r = rule->regex ?
		rule_fragment_expand(l, &rule->regex) : STANCH_OK;

	if (r == STANCH_OK)
		r = rule_plan(l, table, rule, stated);
	if (r == STANCH_OK && rule->words.n)
		r = rule_service_plan(l, table, rule);
	return r;
}

static void
note_place(const struct toml_node *table, const char *key, uint32_t *line,
	uint32_t *column)
{
	const struct toml_node *node = keys_find(table, key);

	if (node)
		toml_where(node, line, column);
}

/* Where that stands which only a test can find wrong. */
static void
note_places(const struct toml_node *table, struct stanch_rule *r)
{
	note_place(table, "regex", &r->regex_line, &r->regex_column);
	note_place(table, "positive", &r->positive_line, &r->positive_column);
	note_place(table, "negative", &r->negative_line, &r->negative_column);
	note_place(table, "validate", &r->checks_line, &r->checks_column);
}

static enum stanch_result
fill_rule(struct rule_load *l, const struct toml_node *table,
	struct rule_slot *draft)
{
	struct stanch_rule *rule = &draft->rule;
	const bool is_new = !rule->regex && !rule->path && !rule->words.n;
	const struct rule_stated stated = {
		.regex = keys_find(table, "regex"),
		.group = keys_find(table, "secretGroup"),
		.confidence = keys_find(table, "confidence") || !is_new
	};
	enum stanch_result r = keys_read(l, table, &rule_keys, rule);

	if (r != STANCH_OK)
		return r;
	if (draft->gone)
		return STANCH_OK;
	note_places(table, rule);
	if (!rule->regex && !rule->path && !rule->words.n)
		return rule_load_fail(l, table,
			"has no \"regex\", \"words\" or \"path\"");
	if (!rule->regex && !rule->words.n)
		rule_load_warn(l, table, "\"path\" without \"regex\" is not"
			" honoured: no file is reported for its name alone");
	r = rule_with_read(l, table, rule);
	if (r == STANCH_OK)
		r = plan(l, table, rule, &stated);
	return r != STANCH_OK ? r : rule_allow_read(l, table, draft);
}

static enum stanch_result
read_rule(struct rule_load *l, const struct toml_node *table)
{
	struct rule_slot draft = { .gone = false }, *below;
	const struct toml_node *disable;
	enum stanch_result r;
	const char *id = NULL;

	r = keys_table(l, table, "rules");
	if (r == STANCH_OK)
		r = read_id(l, table, &id);
	if (r != STANCH_OK)
		return r;
	l->id = id;
	below = rule_load_find(l, id);
	r = begin_rule(l, table, below, &draft);
	disable = keys_find(table, "disable");
	draft.gone = false;
	if (r == STANCH_OK && disable)
		r = keys_flag(l, disable, "disable", &draft.gone);
	if (r == STANCH_OK)
		r = fill_rule(l, table, &draft);
	if (r == STANCH_OK && draft.gone && (!below || below->gone))
		rule_load_warn(l, disable, "there is no such rule to disable");
	draft.rule.id = id;
	return r == STANCH_OK ? rule_load_put(l, table, &draft) : r;
}

static enum stanch_result
read_rules(struct rule_load *l, const struct toml_node *rules)
{
	enum stanch_result r = STANCH_OK;
	size_t i;

	if (toml_kind(rules) != TOML_ARRAY)
		return rule_load_fail(l, rules, "\"rules\" must be an array"
			" of tables, [[rules]], not %s",
			toml_kind_name(toml_kind(rules)));
	for (i = 0; i < toml_count(rules) && r == STANCH_OK; i++) {
		r = read_rule(l, toml_at(rules, i));
		l->id = NULL;
	}
	return r;
}

static enum stanch_result
read_root(struct rule_load *l, const struct toml_node *root, const char *dir,
	unsigned depth)
{
	const struct toml_node *extend = keys_find(root, "extend");
	const struct toml_node *rules = keys_find(root, "rules");
	const struct toml_node *services = keys_find(root, "services");
	enum stanch_result r = keys_read(l, root, &root_keys, NULL);

	if (r == STANCH_OK && extend)
		r = rule_extend_read(l, extend, dir, depth);
	if (r == STANCH_OK && rules)
		r = read_rules(l, rules);
	if (r == STANCH_OK && services)
		r = rule_service_read(l, services);
	return r != STANCH_OK ? r : rule_allow_read_global(l, root);
}

enum stanch_result
rule_load_text(struct rule_load *l, const char *text, size_t len,
	const char *name, const char *dir, unsigned depth)
{
	const char *outer = l->file;
	const unsigned outer_no = l->file_no;
	enum stanch_result r;
	struct toml_doc *doc;

	r = toml_read(&doc, text, len, name, l->err);
	if (r != STANCH_OK)
		return r;
	l->file = arena_strdup(l->arena, name);
	l->file_no = ++l->files;
	r = l->file ? read_root(l, toml_root(doc), dir, depth) :
		error_nomem(l->err);
	l->file = outer;
	l->file_no = outer_no;
	toml_free(doc);
	return r;
}
