/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_keywords.c - rules that only their keywords make findable: gitleaks
 * asks for a keyword anywhere in a file and then tries the expression at
 * every byte, which no stream can afford; these are the nearest we can do.
 */
#include <ctype.h>
#include <strings.h>

#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"

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
		v[i] = (struct re_literal){ word, (uint32_t)k, true, 0 };
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

/*
 * The expression with a keyword put before it, so that the keyword becomes
 * the literal every match begins with; groups move up by one.
 */
static bool
put_keywords_before(struct rule_load *l, struct stanch_rule *rule)
{
	const char *p, *bar = "(?i:";
	struct buf b;
	size_t i;

	buf_init(&b, TOML_MAX);
	for (i = 0; i < rule->keywords.n; i++, bar = "|") {
		buf_str(&b, bar);
		for (p = rule->keywords.v[i]; *p; p++) {
			if (isascii((unsigned char)*p) &&
				!isalnum((unsigned char)*p))
				buf_byte(&b, '\\');
			buf_byte(&b, (uint8_t)*p);
		}
	}
	buf_printf(&b, ")[\\s\\S]{0,%d}?(", RULE_WITHIN_MAX);
	buf_str(&b, rule->regex);
	buf_str(&b, ")");
	rule->regex = b.failed ? NULL :
		arena_strndup(l->arena, (const char *)b.ptr, b.len);
	rule->secret_group++;
	buf_free(&b);
	return rule->regex;
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

static bool
any_stands_in(const struct strlist *words, const char *s)
{
	size_t i;

	for (i = 0; i < words->n; i++)
		if (stands_in(words->v[i], s))
			return true;
	return false;
}

enum stanch_result
rule_keywords_plan(struct rule_load *l, const struct toml_node *node,
	struct stanch_rule *rule, const char *why, bool known)
{
	enum stanch_result r;
	size_t i;

	for (i = 0; i < rule->keywords.n; i++)
		if (strlen(rule->keywords.v[i]) < RULE_ANCHOR_MIN)
			return rule_load_fail(l, node, "%s, and the keyword"
				" \"%s\" has fewer than %d bytes", why,
				rule_shown(span_str(rule->keywords.v[i])).text,
				RULE_ANCHOR_MIN);
	if (known && !any_stands_in(&rule->keywords, rule->regex)) {
		rule_load_warn(l, node, "%s: it is looked for only within %d"
			" bytes after one of its keywords", why,
			RULE_WITHIN_MAX);
		if (!put_keywords_before(l, rule))
			return error_nomem(l->err);
		r = re_facts(&rule->facts, l->arena, rule->regex,
			strlen(rule->regex), rule->secret_group, l->file,
			l->err);
		if (r != STANCH_OK ||
			rule_anchor_len(rule) >= RULE_ANCHOR_MIN)
			return r;
	} else {
		rule_load_warn(l, node, "%s: only matches that begin at most"
			" %d bytes before one of its keywords are found", why,
			RULE_WIDTH_MAX);
	}
	return hang_on_keywords(l, rule);
}

void
rule_keywords_warn(struct rule_load *l, const struct toml_node *table,
	const struct stanch_rule *rule)
{
	const struct toml_node *node = keys_find(table, "keywords");

	if (node && rule->keywords.n &&
		!any_stands_in(&rule->keywords, rule->regex))
		rule_load_warn(l, node, "\"keywords\" is not honoured: none"
			" of them stands in the regex, and they are not"
			" looked for elsewhere; use \"within\"");
}
