/* SPDX-License-Identifier: Apache-2.0 */
/* rule_lint.c - the demands on rules of the built-in pack, as one table. */
#include "rule/rule_lint.h"

#include <stdio.h>

#include "base/error.h"
#include "rule/rule_load.h"

static const char *const categories[] = {
	"cloud", "vcs", "ci", "registry", "secrets", "payment", "comms", "ai",
	"database", "observability", "saas", "identity", "crypto", "web",
	"hash", "contextual", "generic"
};

const char *
rule_category(size_t i)
{
	return i < sizeof categories / sizeof *categories ? categories[i] :
		NULL;
}

static bool
id_is_strict(const struct stanch_rule *r)
{
	return r->id[strspn(r->id, "abcdefghijklmnopqrstuvwxyz0123456789-")]
		== '\0';
}

static bool
has_regex(const struct stanch_rule *r)
{
	return r->regex || r->words.n;
}

static bool
has_description(const struct stanch_rule *r)
{
	return r->description[0];
}

static bool
has_provider(const struct stanch_rule *r)
{
	return r->provider[0];
}

static bool
has_category(const struct stanch_rule *r)
{
	size_t i;

	for (i = 0; rule_category(i); i++)
		if (!strcmp(r->category, rule_category(i)))
			return true;
	return false;
}

static bool
has_remediation(const struct stanch_rule *r)
{
	return r->remediation[0];
}

static bool
has_reference(const struct stanch_rule *r)
{
	return r->references.n >= 1;
}

/* What a rule carries is found by others. */
static bool
has_positives(const struct stanch_rule *r)
{
	return r->positive.n >= 2 || r->carries;
}

static bool
has_negative(const struct stanch_rule *r)
{
	return r->negative.n >= 1;
}

static bool
is_anchored(const struct stanch_rule *r)
{
	return !r->regex || r->weak_anchor[0] ||
		rule_anchor_len(r) >= RULE_ANCHOR_GOOD;
}

static bool
is_narrow(const struct stanch_rule *r)
{
	return !r->regex || r->facts.width <= RULE_WIDTH_MAX;
}

/* A group taken for the secret by its number alone is one edit from wrong. */
static bool
names_its_group(const struct stanch_rule *r)
{
	return !r->regex || !r->facts.groups ||
		strstr(r->regex, "(?<secret>") ||
		strstr(r->regex, "(?P<secret>");
}

static const struct {
	bool (*holds)(const struct stanch_rule *r);
	const char *demand;
} demands[] = {
	{ id_is_strict, "\"id\" must hold only a-z, 0-9 and '-'" },
	{ has_regex, "needs a \"regex\", or \"words\"" },
	{ has_description, "needs a \"description\"" },
	{ has_provider, "needs a \"provider\"" },
	{ has_category, "needs a \"category\" out of docs/rules.md" },
	{ has_remediation, "needs a \"remediation\"" },
	{ has_reference, "needs at least one of \"references\"" },
	{ has_positives, "needs at least two \"positive\" recipes" },
	{ has_negative, "needs at least one \"negative\" recipe" },
	{ is_anchored, "needs a literal of at least 4 bytes in every match,"
	  " or \"weak_anchor\" to say why there is none" },
	{ is_narrow, "must bound its matches to 4096 bytes" },
	{ names_its_group, "must name the secret's group (?<secret>...) and"
	  " write others as (?:...)" },
};

size_t
rule_lint(const struct stanch_rule *rule, stanch_warning_fn *on_problem,
	void *payload)
{
	struct stanch_error problem;
	size_t i, n = 0;

	for (i = 0; i < sizeof demands / sizeof *demands; i++) {
		if (demands[i].holds(rule))
			continue;
		error_at(&problem, STANCH_ERULE, rule->file, rule->line, 0,
			"rule \"%s\": %s", rule->id, demands[i].demand);
		on_problem(&problem, payload);
		n++;
	}
	return n;
}
