/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_service.c - rules of services: [[services]], tables of them, and what
 * such a rule needs instead of an expression.  What a row leaves out is
 * filled in by rule_service_fill.c; who looks for them is judge/service.c.
 */
#include <ctype.h>

#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"
#include "rule/rule_shape.h"

static const char *const services_own[] = { "columns", "rows", NULL };
static const struct keys services_keys = {
	"a table of services", rule_service_fields, services_own, NULL
};

/* ---- the rule ---- */

static enum stanch_result
check_word(struct rule_load *l, const struct toml_node *node,
	const struct stanch_rule *rule, const char *word)
{
	size_t n = strlen(word), i;

	for (i = 0; i < n; i++)
		if (!islower((unsigned char)word[i]) &&
			!isdigit((unsigned char)word[i]))
			break;
	if (i < n || n < RULE_WORD_MIN || n > RULE_WORD_MAX)
		return rule_load_fail(l, node, "the word \"%s\" must be of"
			" %d to %d small letters and digits; blanks and signs"
			" in a name do not matter",
			rule_shown(span_str(word)).text, RULE_WORD_MIN,
			RULE_WORD_MAX);
	if (n < RULE_WORD_ALONE && !rule->attached)
		return rule_load_fail(l, node, "the word \"%s\" is shorter"
			" than %d letters, so the rule needs \"attached\" ="
			" true", word, RULE_WORD_ALONE);
	return STANCH_OK;
}

static enum stanch_result
check_shape(struct rule_load *l, const struct toml_node *node,
	const char *shape, uint32_t *least)
{
	uint32_t most;
	const char *why = rule_shape_read(shape, least, &most);

	return !why ? STANCH_OK : rule_load_fail(l, node,
		"the shape \"%s\" %s", rule_shown(span_str(shape)).text, why);
}

/* The shortest match: word, "key", a sign, value.  It tells who wins. */
static enum stanch_result
set_width(struct rule_load *l, const struct toml_node *node,
	struct stanch_rule *rule)
{
	enum stanch_result r = STANCH_OK;
	uint32_t least, low = RULE_SHAPE_MAX, word = RULE_WORD_MAX;
	size_t i;

	for (i = 0; i < rule->words.n; i++)
		if (strlen(rule->words.v[i]) < word)
			word = (uint32_t)strlen(rule->words.v[i]);
	for (i = 0; i < rule->shapes.n && r == STANCH_OK; i++) {
		r = check_shape(l, node, rule->shapes.v[i], &least);
		if (r == STANCH_OK && least < low)
			low = least;
	}
	rule->facts.width_min = low + word + sizeof "key=" - 1;
	return r;
}

enum stanch_result
rule_service_plan(struct rule_load *l, const struct toml_node *node,
	struct stanch_rule *rule)
{
	enum stanch_result r = STANCH_OK;
	size_t i;

	if (rule->regex)
		return rule_load_fail(l, node, "has both \"regex\" and"
			" \"words\"; a rule is one or the other");
	if (!rule->shapes.n)
		return rule_load_fail(l, node, "has \"words\" but no"
			" \"shapes\"");
	for (i = 0; i < rule->words.n && r == STANCH_OK; i++)
		r = check_word(l, node, rule, rule->words.v[i]);
	return r == STANCH_OK ? set_width(l, node, rule) : r;
}

/* ---- the tables ---- */

struct row {
	const struct toml_node *columns, *cells;
	struct rule_slot *draft;
	const char *name;	/* of the service; NULL: not said yet */
};

/* An empty cell says nothing. */
static bool
is_blank(const struct toml_node *cell)
{
	struct span s;

	return toml_string(cell, &s) && s.len == 0;
}

static enum stanch_result
read_cell(struct rule_load *l, struct row *row, size_t i)
{
	const struct toml_node *cell = toml_at(row->cells, i);
	const struct toml_node *column = toml_at(row->columns, i);
	const struct field *f;
	enum stanch_result r;
	const char *key;

	if (is_blank(cell))
		return STANCH_OK;
	r = keys_text(l, column, "columns", &key);
	if (r != STANCH_OK)
		return r;
	if (!strcmp(key, "name"))
		return keys_text(l, cell, "name", &row->name);
	f = keys_field(rule_service_fields, key);
	if (!f)
		return rule_load_fail(l, column, "there is no column \"%s\"",
			rule_shown(span_str(key)).text);
	return keys_value(l, cell, f, &row->draft->rule);
}

static enum stanch_result
read_row(struct rule_load *l, const struct toml_node *columns,
	const struct toml_node *cells, const struct stanch_rule *defaults)
{
	struct rule_slot draft = { .rule = *defaults };
	struct row row = { columns, cells, &draft, NULL };
	enum stanch_result r = STANCH_OK;
	size_t i;

	if (toml_kind(cells) != TOML_ARRAY ||
		toml_count(cells) != toml_count(columns))
		return rule_load_fail(l, cells, "a row must be an array of"
			" %zu cells, one for each column",
			toml_count(columns));
	for (i = 0; i < toml_count(cells) && r == STANCH_OK; i++)
		r = read_cell(l, &row, i);
	if (r == STANCH_OK && !row.name)
		return rule_load_fail(l, cells, "a service without a"
			" \"name\"");
	if (r == STANCH_OK)
		r = rule_service_fill(l, cells, row.name, &draft.rule);
	l->id = draft.rule.id;
	if (r == STANCH_OK)
		r = rule_service_plan(l, cells, &draft.rule);
	return r == STANCH_OK ? rule_load_put(l, cells, &draft) : r;
}

static enum stanch_result
read_table(struct rule_load *l, const struct toml_node *table)
{
	const struct toml_node *columns, *rows;
	struct stanch_rule defaults = { 0 };
	enum stanch_result r = keys_table(l, table, "services");
	size_t i;

	if (r != STANCH_OK)
		return r;
	rule_load_defaults(&defaults);
	r = keys_read(l, table, &services_keys, &defaults);
	columns = keys_find(table, "columns");
	rows = keys_find(table, "rows");
	if (r == STANCH_OK && (!columns || toml_kind(columns) != TOML_ARRAY ||
		!rows || toml_kind(rows) != TOML_ARRAY))
		return rule_load_fail(l, table, "a table of services needs"
			" \"columns\" and \"rows\", two arrays");
	for (i = 0; r == STANCH_OK && i < toml_count(rows); i++) {
		r = read_row(l, columns, toml_at(rows, i), &defaults);
		l->id = NULL;
	}
	return r;
}

enum stanch_result
rule_service_read(struct rule_load *l, const struct toml_node *services)
{
	enum stanch_result r = STANCH_OK;
	size_t i;

	if (toml_kind(services) != TOML_ARRAY)
		return rule_load_fail(l, services, "\"services\" must be an"
			" array of tables, [[services]], not %s",
			toml_kind_name(toml_kind(services)));
	for (i = 0; i < toml_count(services) && r == STANCH_OK; i++)
		r = read_table(l, toml_at(services, i));
	return r;
}
