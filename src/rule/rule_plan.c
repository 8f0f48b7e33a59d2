/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_plan.c - what a rule hangs on: its secret group, the facts of its
 * expression, and keywords where those give no literal.
 */
#include <ctype.h>
#include <strings.h>

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

/* The rule's keywords in place of literals that every match holds. */
static enum stanch_result
hang_on_keywords(struct rule_load *l, struct stanch_rule *rule)
{
	struct re_literal *v;
	char *word;
	size_t i, k;

	v = arena_array(l->arena, rule->keywords.n, sizeof *v);
	if (!v)
		return error_nomem(l->err);
	for (i = 0; i < rule->keywords.n; i++) {
		word = arena_strdup(l->arena, rule->keywords.v[i]);
		if (!word)
			return error_nomem(l->err);
		for (k = 0; word[k]; k++)
			word[k] = (char)tolower((unsigned char)word[k]);
		v[i] = (struct re_literal){ word, (uint32_t)k, true };
	}
	rule->facts.anchor = (struct re_anchor){
		.literals = v, .nliterals = rule->keywords.n,
		.before = RULE_WIDTH_MAX, .secret_back = RULE_WIDTH_MAX,
		.prev_none = true, .next_none = true
	};
	memset(&rule->facts.anchor.prev, 0xff, sizeof(struct re_set));
	memset(&rule->facts.anchor.next, 0xff, sizeof(struct re_set));
	memset(&rule->facts.anchor.secret_class, 0xff, sizeof(struct re_set));
	return STANCH_OK;
}

static enum stanch_result
fall_back(struct rule_load *l, const struct toml_node *node,
	struct stanch_rule *rule, const char *why)
{
	size_t i;

	for (i = 0; i < rule->keywords.n; i++)
		if (strlen(rule->keywords.v[i]) < RULE_ANCHOR_MIN)
			return rule_load_fail(l, node, "%s, and the keyword"
				" \"%s\" has fewer than %d bytes", why,
				rule_shown(span_str(rule->keywords.v[i])).text,
				RULE_ANCHOR_MIN);
	rule_load_warn(l, node, "%s: only matches that begin at most %d bytes"
		" before one of its keywords are found", why, RULE_WIDTH_MAX);
	return hang_on_keywords(l, rule);
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
		return fall_back(l, node, rule, why);
	}
	if (rule_anchor_len(rule) >= RULE_ANCHOR_MIN)
		return STANCH_OK;
	if (!rule->keywords.n)
		return rule_load_fail(l, node, "has no literal of at least %d"
			" bytes that every match must contain, and no"
			" keywords: it would have to be tried at every byte",
			RULE_ANCHOR_MIN);
	return fall_back(l, node, rule, "has no literal of at least 3 bytes"
		" that every match must contain");
}

/* Whether three bytes of the word stand in s, case and backslashes ignored. */
static bool
stands_in(const char *word, const char *s)
{
	char piece[3];
	const char *p;
	size_t k, n;

	for (; strlen(word) >= sizeof piece; word++)
		for (p = s; *p; p++) {
			for (k = n = 0; p[k] && n < sizeof piece; k++)
				if (p[k] != '\\')
					piece[n++] = p[k];
			if (n == sizeof piece &&
				!strncasecmp(word, piece, n))
				return true;
		}
	return false;
}

static void
warn_of_keywords(struct rule_load *l, const struct toml_node *table,
	const struct stanch_rule *rule)
{
	const struct toml_node *node = keys_find(table, "keywords");
	size_t i;

	for (i = 0; i < rule->keywords.n; i++)
		if (stands_in(rule->keywords.v[i], rule->regex))
			return;
	if (node && rule->keywords.n)
		rule_load_warn(l, node, "\"keywords\" is not honoured: none"
			" of them stands in the regex, and they are not"
			" looked for elsewhere; use \"within\"");
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
	if (rule->facts.width > RULE_WIDTH_MAX)
		rule_load_warn(l, node ? node : table, "a match may be longer"
			" than %d bytes; longer ones are not found",
			RULE_WIDTH_MAX);
	if (rule->facts.anchor.before < RULE_WIDTH_MAX)
		warn_of_keywords(l, table, rule);
	if (!stated->confidence && anchor_begins_secret(rule))
		rule->confidence = STANCH_SHAPED;
	return STANCH_OK;
}
