/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule.h - what a secret looks like, as plain data: a rule can be written
 * down as a C initialiser, which is how the built-in pack is embedded
 * (build/rule_builtin.c, made by src/rule/mkrules.c).  docs/rules.md says
 * what each key of a rule file means.
 */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "base/re_facts.h"
#include "base/span.h"
#include "stanch.h"

/* What an allow-list's regexes are matched against. */
enum rule_target { RULE_TARGET_SECRET, RULE_TARGET_MATCH, RULE_TARGET_LINE };

/* One [[rules.allowlists]], or a global [[allowlists]] / [allowlist]. */
struct rule_allow {
	const char *description;
	bool all;		/* condition = "AND": every part must hold */
	enum rule_target target;
	struct strlist paths, regexes, stopwords, commits;
};

/* One [[rules.with]]: what belongs to the secret, by another rule. */
struct rule_with {
	const char *rule;	/* its id */
	uint32_t within;	/* most bytes between the two */
	bool needed;		/* without it the match is none */
	enum stanch_confidence confidence;	/* with it, at least */
};

/* How far the secret goes beyond the expression's match. */
enum rule_block {
	RULE_BLOCK_NONE,
	RULE_BLOCK_PEM,	/* from -----BEGIN to -----END, scan/block.c */
	/* Its match is a column's name, secrets are in the rows below it:
	   scan/table.c. */
	RULE_BLOCK_TABLE
};

struct stanch_rule {
	const char *id, *description;
	const char *provider, *category;	/* "" when not stated */
	const char *remediation;		/* "" when not stated */
	const char *weak_anchor;	/* why a short literal must do; or "" */
	const char *unbounded;	/* why longer matches may be missed; or "" */
	const char *regex;	/* PCRE2; NULL: a rule on paths only */
	const char *path;	/* PCRE2 on the place; NULL: any place */
	const char *file;	/* where it was declared */
	uint32_t line;
	/* Where what only a test finds wrong is; 0: unknown. */
	uint32_t regex_line, regex_column;
	uint32_t positive_line, positive_column;
	uint32_t negative_line, negative_column, checks_line, checks_column;
	uint32_t secret_group;	/* 0: the whole match */
	double entropy;		/* bits a byte the secret must have; 0: any */
	enum stanch_severity impact;
	enum stanch_confidence confidence;
	enum rule_block block;
	uint32_t within_bytes;	/* how far before the match `within` looks */
	struct strlist within;	/* caseless words, one must stand there */
	/* A service's rule has words and shapes instead of a regex, and takes
	   over matches of rules that carry: see judge/service.h. */
	struct strlist words;	/* [a-z0-9]: the service's names */
	struct strlist shapes;	/* of its values, rule/rule_shape.h */
	bool attached;	/* a word counts only right before key, token ... */
	bool carries;	/* matches are for services, not for this rule */
	struct strlist keywords;	/* caseless; as gitleaks has them */
	struct strlist checks;	/* `validate`: names in judge/check.c */
	struct strlist references, tags;
	struct strlist positive, negative;	/* recipes, rule/recipe.h */
	const struct rule_allow *allows;
	size_t nallows;
	const struct rule_with *with;
	size_t nwith;
	bool part;		/* no secret by itself: only in a `with` */
	struct re_facts facts;	/* of regex, for secret_group */
	uint32_t given;		/* 1 and its number: a known value (known.h),
				   in no set; 0: it is none */
};

struct stanch_rules {
	const struct stanch_rule *rules;	/* sorted by id */
	size_t n;
	const struct rule_allow *allows;	/* hold for every rule */
	size_t nallows;
	char digest[65];	/* SHA-256 over all that can change a finding */
	struct arena *arena;	/* owns all of it; NULL: static data */
};

#endif
