/* SPDX-License-Identifier: Apache-2.0 */
/* rule_field.c - the tables.  docs/rules.md says what each key means. */
#include "rule/rule_field.h"

#include <stddef.h>

const char *const rule_severity_words[] = {
	[STANCH_INFO] = "info", [STANCH_LOW] = "low",
	[STANCH_MEDIUM] = "medium", [STANCH_HIGH] = "high",
	[STANCH_CRITICAL] = "critical", NULL
};

const char *const rule_confidence_words[] = {
	[STANCH_HEURISTIC] = "heuristic", [STANCH_CONTEXTUAL] = "contextual",
	[STANCH_SHAPED] = "shaped", [STANCH_PROVEN] = "proven", NULL
};

/* A rule cannot claim what only a check can earn. */
static const char *const claims[] = {
	[STANCH_HEURISTIC] = "heuristic", [STANCH_CONTEXTUAL] = "contextual",
	[STANCH_SHAPED] = "shaped", NULL
};

static const char *const blocks[] = {
	[RULE_BLOCK_NONE] = "none", [RULE_BLOCK_PEM] = "pem",
	[RULE_BLOCK_TABLE] = "table", NULL
};

static const char *const targets[] = {
	[RULE_TARGET_SECRET] = "secret", [RULE_TARGET_MATCH] = "match",
	[RULE_TARGET_LINE] = "line", NULL
};

static const char *const conditions[] = { "OR", "AND", "||", "&&", NULL };

enum { SHORT = 200, LONG = 64 * 1024 };

#define AT(type, m) #m, .at = offsetof(type, m)
#define TEXT(m, k, f, min, max) { AT(struct stanch_rule, m), .key = k, \
	.kind = FIELD_TEXT, .finds = f, .least = min, .most = max }
#define LIST(m, k, f) { AT(struct stanch_rule, m), .key = k, \
	.kind = FIELD_LIST, .finds = f, .least = 1, .most = LONG }
#define COUNT(m, k, f, min, max) { AT(struct stanch_rule, m), .key = k, \
	.kind = FIELD_COUNT, .finds = f, .least = min, .most = max }
#define FLAG(m, k) { AT(struct stanch_rule, m), .key = k, \
	.kind = FIELD_FLAG, .finds = true }
#define WORD(m, k, w) { AT(struct stanch_rule, m), .key = k, \
	.kind = FIELD_WORD, .finds = true, .words = w }

const struct field rule_fields[] = {
	TEXT(id, "id", true, 1, 100),
	TEXT(description, "description", false, 0, LONG),
	TEXT(provider, "provider", false, 0, SHORT),
	TEXT(category, "category", false, 0, SHORT),
	TEXT(remediation, "remediation", false, 0, LONG),
	TEXT(weak_anchor, "weak_anchor", false, 0, LONG),
	TEXT(unbounded, "unbounded", false, 0, LONG),
	TEXT(regex, "regex", true, 1, LONG),
	TEXT(path, "path", true, 1, LONG),
	TEXT(file, NULL, false, 0, 0),
	COUNT(line, NULL, false, 0, 0),
	COUNT(regex_line, NULL, false, 0, 0),
	COUNT(regex_column, NULL, false, 0, 0),
	COUNT(positive_line, NULL, false, 0, 0),
	COUNT(positive_column, NULL, false, 0, 0),
	COUNT(negative_line, NULL, false, 0, 0),
	COUNT(negative_column, NULL, false, 0, 0),
	COUNT(checks_line, NULL, false, 0, 0),
	COUNT(checks_column, NULL, false, 0, 0),
	COUNT(secret_group, "secretGroup", true, 0, RULE_GROUPS_MAX),
	{ AT(struct stanch_rule, entropy), .key = "entropy",
	  .kind = FIELD_NUMBER, .finds = true, .least = 0, .most = 8 },
	WORD(impact, "impact", rule_severity_words),
	WORD(confidence, "confidence", claims),
	WORD(block, "block", blocks),
	COUNT(within_bytes, "within_bytes", true, 1, RULE_WITHIN_MAX),
	LIST(within, "within", true),
	LIST(words, "words", true),
	LIST(shapes, "shapes", true),
	FLAG(attached, "attached"),
	FLAG(carries, "carries"),
	/* What keywords change is in the facts: see rule_plan.c. */
	LIST(keywords, "keywords", false),
	LIST(checks, "validate", true),
	LIST(references, "references", false),
	LIST(tags, "tags", false),
	LIST(positive, "positive", false),
	LIST(negative, "negative", false),
	{ AT(struct stanch_rule, part), .key = "part", .kind = FIELD_FLAG,
	  .finds = true },
	{ NULL }
};

const struct field rule_with_fields[] = {
	{ AT(struct rule_with, rule), .key = "rule", .kind = FIELD_TEXT,
	  .finds = true, .least = 1, .most = 100 },
	{ AT(struct rule_with, within), .key = "within", .kind = FIELD_COUNT,
	  .finds = true, .least = 1, .most = RULE_WITH_MAX },
	{ AT(struct rule_with, needed), .key = "needed", .kind = FIELD_FLAG,
	  .finds = true },
	{ AT(struct rule_with, confidence), .key = "confidence",
	  .kind = FIELD_WORD, .finds = true, .words = claims },
	{ NULL }
};

/* What a table of services, or a row of one, may say. */
const struct field rule_service_fields[] = {
	TEXT(id, "id", true, 1, 100),
	TEXT(description, "description", false, 0, LONG),
	TEXT(provider, "provider", false, 0, SHORT),
	TEXT(category, "category", false, 0, SHORT),
	TEXT(remediation, "remediation", false, 0, LONG),
	WORD(impact, "impact", rule_severity_words),
	LIST(references, "references", false),
	LIST(words, "words", true),
	LIST(shapes, "shapes", true),
	FLAG(attached, "attached"),
	{ NULL }
};

#define ALLOW(m, k, how, f) { AT(struct rule_allow, m), .key = k, \
	.kind = how, .finds = f, .least = 1, .most = LONG }

const struct field rule_allow_fields[] = {
	{ AT(struct rule_allow, description), .key = "description",
	  .kind = FIELD_TEXT, .most = LONG },
	{ AT(struct rule_allow, all), .key = "condition",
	  .kind = FIELD_SWITCH, .finds = true, .words = conditions },
	{ AT(struct rule_allow, target), .key = "regexTarget",
	  .kind = FIELD_WORD, .finds = true, .words = targets },
	ALLOW(paths, "paths", FIELD_LIST, true),
	ALLOW(regexes, "regexes", FIELD_LIST, true),
	ALLOW(stopwords, "stopwords", FIELD_LIST, true),
	ALLOW(commits, "commits", FIELD_LIST, true),
	{ NULL }
};

#define FACT(m, how) { AT(struct re_facts, m), .kind = how, .finds = true }

const struct field rule_facts_fields[] = {
	FACT(width_min, FIELD_COUNT),
	FACT(width, FIELD_COUNT),
	FACT(ahead, FIELD_COUNT),
	FACT(groups, FIELD_COUNT),
	FACT(wide_repeats, FIELD_COUNT),
	FACT(secret_min, FIELD_COUNT),
	FACT(secret_first, FIELD_SET),
	FACT(anchor.before_min, FIELD_COUNT),
	FACT(anchor.before, FIELD_COUNT),
	FACT(anchor.prev, FIELD_SET),
	FACT(anchor.next, FIELD_SET),
	FACT(anchor.prev_none, FIELD_FLAG),
	FACT(anchor.next_none, FIELD_FLAG),
	FACT(anchor.secret_back, FIELD_COUNT),
	FACT(anchor.secret_class, FIELD_SET),
	FACT(anchor.secret_after, FIELD_FLAG),
	{ NULL }
};
