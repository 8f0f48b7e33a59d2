/* SPDX-License-Identifier: Apache-2.0 */
/* rule_public.c - the public functions on rule sets and rules. */
#include <stdlib.h>

#include "base/error.h"
#include "rule/rule_load.h"
#include "rule/rule_set.h"

const char *
stanch_severity_name(enum stanch_severity s)
{
	return rule_severity_words[s];
}

const char *
stanch_confidence_name(enum stanch_confidence c)
{
	return rule_confidence_words[c];
}

const struct stanch_rules *
stanch_rules_builtin(void)
{
	return &rule_builtin;
}

enum stanch_result
stanch_rules_load(struct stanch_rules **out, const struct stanch_rules *base,
	const char *path, stanch_warning_fn *on_warning, void *payload,
	struct stanch_error *err)
{
	struct arena *a = arena_new();
	char *dir = a ? rule_file_dir(path, a) : NULL;
	enum stanch_result r;
	struct buf text;

	r = rule_file_read(&text, path, err);
	if (r == STANCH_OK && !dir)
		r = error_nomem(err);
	if (r == STANCH_OK)
		r = rule_set_read(out, base, (const char *)text.ptr, text.len,
			path, dir, on_warning, payload, err);
	buf_free(&text);
	arena_free(a);
	return r;
}

void
stanch_rules_free(struct stanch_rules *rules)
{
	if (rules)
		arena_free(rules->arena);	/* the set lies in it itself */
}

size_t
stanch_rules_count(const struct stanch_rules *rules)
{
	return rules->n;
}

const struct stanch_rule *
stanch_rules_get(const struct stanch_rules *rules, size_t i)
{
	return i < rules->n ? &rules->rules[i] : NULL;
}

static int
compare_id(const void *id, const void *rule)
{
	return strcmp(id, ((const struct stanch_rule *)rule)->id);
}

const struct stanch_rule *
stanch_rules_find(const struct stanch_rules *rules, const char *id)
{
	return bsearch(id, rules->rules, rules->n, sizeof *rules->rules,
		compare_id);
}

const char *
stanch_rules_digest(const struct stanch_rules *rules)
{
	return rules->digest;
}

const char *
stanch_rule_id(const struct stanch_rule *rule)
{
	return rule->id;
}

const char *
stanch_rule_description(const struct stanch_rule *rule)
{
	return rule->description;
}

const char *
stanch_rule_provider(const struct stanch_rule *rule)
{
	return rule->provider;
}

const char *
stanch_rule_category(const struct stanch_rule *rule)
{
	return rule->category;
}

const char *
stanch_rule_regex(const struct stanch_rule *rule)
{
	return rule->regex ? rule->regex : "";
}

const char *
stanch_rule_remediation(const struct stanch_rule *rule)
{
	return rule->remediation;
}

const char *
stanch_rule_word(const struct stanch_rule *rule, size_t i)
{
	return i < rule->words.n ? rule->words.v[i] : NULL;
}

const char *
stanch_rule_shape(const struct stanch_rule *rule, size_t i)
{
	return i < rule->shapes.n ? rule->shapes.v[i] : NULL;
}

const char *
stanch_rule_reference(const struct stanch_rule *rule, size_t i)
{
	return i < rule->references.n ? rule->references.v[i] : NULL;
}

const char *
stanch_rule_with(const struct stanch_rule *rule, size_t i)
{
	return i < rule->nwith ? rule->with[i].rule : NULL;
}

bool
stanch_rule_is_part(const struct stanch_rule *rule)
{
	return rule->part;
}

enum stanch_severity
stanch_rule_severity(const struct stanch_rule *rule)
{
	return rule->impact;
}

enum stanch_confidence
stanch_rule_confidence(const struct stanch_rule *rule)
{
	return rule->confidence;
}

const char *
stanch_rule_file(const struct stanch_rule *rule, uint32_t *line)
{
	if (line)
		*line = rule->line;
	return rule->file ? rule->file : "";
}
