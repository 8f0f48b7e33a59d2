/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_plan.c - what a rule hangs on: its secret group and the facts of its
 * expression.  Where those give no literal, rule_keywords.c takes over.
 */
#include <ctype.h>

#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"

static enum stanch_result
choose_group(struct rule_load *l, const struct toml_node *table,
	struct stanch_rule *rule, const struct rule_stated *stated,
	uint32_t groups, uint32_t named)
{
	/* gitleaks takes the first group that is set; so do we, nearly. */
	if (!stated->group && stated->regex)
		rule->secret_group = named ? named : groups > 0;
	if (!stated->group && stated->regex && !named && groups > 1)
		rule_load_warn(l, keys_find(table, "regex"), "has %u groups"
			" and none is named secret: the first is taken for"
			" the secret; set secretGroup", groups);
	if (rule->secret_group > groups)
		return rule_load_fail(l, keys_find(table, stated->group ?
			"secretGroup" : "regex"), "\"secretGroup\" is %u, but"
			" the regex has %u group%s", rule->secret_group,
			groups, groups == 1 ? "" : "s");
	return STANCH_OK;
}

uint32_t
rule_anchor_len(const struct stanch_rule *rule)
{
	const struct re_anchor *a = &rule->facts.anchor;
	uint32_t least = 0;
	size_t i;

	for (i = 0; i < a->nliterals; i++)
		if (i == 0 || a->literals[i].len < least)
			least = a->literals[i].len;
	return least;
}

/* Each match begins with the secret, and the secret with the literal. */
static bool
anchor_begins_secret(const struct stanch_rule *rule)
{
	const struct re_facts *f = &rule->facts;
	struct re_set first = { { 0 } };
	size_t i;
	uint8_t c;

	if (rule_anchor_len(rule) < RULE_ANCHOR_GOOD ||
		f->anchor.secret_back ||
		f->secret_min != f->anchor.before_min)
		return false;
	for (i = 0; i < f->anchor.nliterals; i++) {
		c = (uint8_t)f->anchor.literals[i].bytes[0];
		first.bits[c >> 3] |= (uint8_t)(1 << (c & 7));
		c = (uint8_t)toupper(c);
		if (f->anchor.literals[i].caseless)
			first.bits[c >> 3] |= (uint8_t)(1 << (c & 7));
	}
	for (i = 0; i < sizeof first.bits; i++)
		if (f->secret_first.bits[i] & ~first.bits[i])
			return false;
	return true;
}

/* What is further away than the longest match looked for is not seen. */
static void
cap(uint32_t *v)
{
	if (*v > RULE_WIDTH_MAX)
		*v = RULE_WIDTH_MAX;
}

/* Facts of an expression of which nothing is known. */
static void
set_unknown(struct re_facts *facts, uint32_t groups)
{
	*facts = (struct re_facts){ .width = RULE_WIDTH_MAX,
		.ahead = RULE_WIDTH_MAX, .groups = groups };
	memset(&facts->secret_first, 0xff, sizeof facts->secret_first);
}

static enum stanch_result
find_facts(struct rule_load *l, const struct toml_node *node,
	struct stanch_rule *rule, uint32_t groups)
{
	struct stanch_error e;
	enum stanch_result r;
	char why[sizeof e.text + 16];

	r = re_facts(&rule->facts, l->arena, rule->regex,
		strlen(rule->regex), rule->secret_group, l->file, &e);
	if (r == STANCH_ENOMEM)
		return error_nomem(l->err);
	if (r != STANCH_OK) {
		set_unknown(&rule->facts, groups);
		if (!rule->keywords.n)
			return rule_load_fail(l, node, "\"regex\": %s, and"
				" the rule has no keywords to look for"
				" instead", e.text);
		memcpy(why, "\"regex\": ", 9);
		memcpy(why + 9, e.text, strlen(e.text) + 1);
		return rule_keywords_plan(l, node, rule, why, false);
	}
	if (!rule->facts.width_min)
		return rule_load_fail(l, node, "\"regex\" matches the empty"
			" text, so everywhere: ask for at least one"
			" character");
	if (rule_anchor_len(rule) >= RULE_ANCHOR_MIN)
		return STANCH_OK;
	if (!rule->keywords.n)
		return rule_load_fail(l, node, "has no literal of at least %d"
			" bytes that every match must contain, and no"
			" keywords: it would have to be tried at every byte;"
			" put a word of its surroundings in, or \"keywords\"",
			RULE_ANCHOR_MIN);
	return rule_keywords_plan(l, node, rule, "has no literal of at least"
		" 3 bytes that every match must contain", true);
}

enum stanch_result
rule_plan(struct rule_load *l, const struct toml_node *table,
	struct stanch_rule *rule, const struct rule_stated *stated)
{
	const struct toml_node *path = keys_find(table, "path");
	const struct toml_node *node = keys_find(table, "regex");
	uint32_t groups = 0, named = 0;
	enum stanch_result r = STANCH_OK;

	if (path)
		r = rule_regex_check(l, path, "path", rule->path, NULL, NULL);
	if (r != STANCH_OK || !rule->regex)
		return r;
	r = rule_regex_check(l, node ? node : table, "regex", rule->regex,
		&groups, &named);
	if (r == STANCH_OK)
		r = choose_group(l, table, rule, stated, groups, named);
	if (r == STANCH_OK)
		r = find_facts(l, node ? node : table, rule, groups);
	if (r != STANCH_OK)
		return r;
	if (rule->facts.width > RULE_WIDTH_MAX && !rule->unbounded[0])
		rule_load_warn_limit(l, node ? node : table, "a match may be"
			" longer than %d bytes; longer ones are not found:"
			" bound it, or say why not in \"unbounded\"",
			RULE_WIDTH_MAX);
	if (rule->facts.anchor.before != RULE_WIDTH_MAX)
		rule_keywords_warn(l, table, rule);
	cap(&rule->facts.anchor.before_min);
	cap(&rule->facts.anchor.before);
	cap(&rule->facts.anchor.secret_back);
	if (!stated->confidence && anchor_begins_secret(rule))
		rule->confidence = STANCH_SHAPED;
	return STANCH_OK;
}
