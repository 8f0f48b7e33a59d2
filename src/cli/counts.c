/* SPDX-License-Identifier: Apache-2.0 */
/* counts.c - what was found, counted: see counts.h. */
#include "cli/counts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
counts_open(struct counts *c, const struct stanch_rules *rules,
	const struct stanch_values *values)
{
	*c = (struct counts){ .rules = rules, .values = values };
	c->by_rule = calloc(stanch_rules_count(rules) + STANCH_VALUES_MOST,
		sizeof *c->by_rule);
	return c->by_rule;
}

void
counts_free(struct counts *c)
{
	free(c->by_rule);
	c->by_rule = NULL;
}

/* Of the rules, and of the values behind them, which may become more. */
static size_t
count_rules(const struct counts *c)
{
	return stanch_rules_count(c->rules) +
		(c->values ? stanch_values_count(c->values) : 0);
}

static const struct stanch_rule *
rule_at(const struct counts *c, size_t i)
{
	size_t n = stanch_rules_count(c->rules);

	return i < n ? stanch_rules_get(c->rules, i) :
		stanch_values_rule(c->values, i - n);
}

/* Findings come in runs of one kind: look at the last rule first. */
static void
add_rule(struct counts *c, const struct stanch_rule *rule)
{
	size_t n = count_rules(c), i = c->last;

	if (rule_at(c, i) != rule)
		for (i = 0; i + 1 < n; i++)
			if (rule_at(c, i) == rule)
				break;
	c->by_rule[i]++;
	c->last = i;
}

static void
add_way(struct counts *c, const char *name)
{
	size_t i = 0;

	while (i < c->nways && strcmp(c->ways[i].name, name))
		i++;
	if (i == COUNTS_WAYS) {
		i--;
		snprintf(c->ways[i].name, sizeof c->ways[i].name, "others");
	} else if (i == c->nways) {
		snprintf(c->ways[i].name, sizeof c->ways[i].name, "%s", name);
		c->nways++;
	}
	c->ways[i].n++;
}

static bool
is_by_limit(const struct stanch_finding *f)
{
	const char *why;

	for (size_t i = 0; (why = stanch_finding_reason(f, i)); i++)
		if (!strncmp(why, "the match limit", 15))
			return true;
	return false;
}

void
counts_add(struct counts *c, enum stanch_stream stream,
	const struct stanch_finding *f)
{
	uint64_t start = stanch_finding_start(f);

	add_rule(c, stanch_finding_rule(f));
	add_way(c, stanch_finding_decoded(f));
	c->limits += is_by_limit(f);
	if (!c->places[stream].any)
		c->places[stream].first = start;
	c->places[stream].any = true;
	if (start > c->places[stream].last)
		c->places[stream].last = start;
}

const char *
counts_next(const struct counts *c, size_t *i, uint64_t *n)
{
	size_t rules = count_rules(c);

	for (*n = 0; *i < rules; ++*i) {
		*n += c->by_rule[*i];
		/* Rules of one id follow each other. */
		if (*n && (*i + 1 == rules ||
			strcmp(stanch_rule_id(rule_at(c, *i)),
			stanch_rule_id(rule_at(c, *i + 1)))))
			return stanch_rule_id(rule_at(c, (*i)++));
		if (*i + 1 < rules && strcmp(stanch_rule_id(rule_at(c, *i)),
			stanch_rule_id(rule_at(c, *i + 1))))
			*n = 0;
	}
	return NULL;
}
