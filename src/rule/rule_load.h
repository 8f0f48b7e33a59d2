/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_load.h - a rule set in the making: files are laid over each other in
 * it until it is finished.  Belongs to one thread.
 */
#ifndef RULE_RULE_LOAD_H
#define RULE_RULE_LOAD_H

#include "base/buf.h"
#include "base/toml.h"
#include "rule/rule_field.h"

enum {
	RULE_COUNT_MAX = 10000,	/* rules in a set, and global allow-lists */
	RULE_EXTEND_MAX = 2,	/* files that extend files */
	RULE_WORD_MIN = 3,	/* letters of a service's word at least, ... */
	RULE_WORD_ALONE = 5,	/* that counts wherever it stands, ... */
	RULE_WORD_MAX = 32	/* and at most */
};

struct rule_slot {
	struct stanch_rule rule;
	size_t allows_cap;	/* how many its allow-lists have room for */
	unsigned file;		/* number of the file that declared it last,
				   0: it is of the base */
	bool gone;		/* taken out again */
};

struct rule_load {
	struct arena *arena;	/* owns what the finished set will refer to */
	struct rule_slot *slots;
	size_t n, cap;
	struct rule_allow *allows;	/* global ones */
	size_t nallows, allows_cap;
	bool based;		/* a base was laid */
	bool pack;		/* a second declaration of an id is an error,
				   whichever file it stands in */
	unsigned files;		/* read so far */
	stanch_warning_fn *on_warning;	/* may be NULL */
	void *payload;
	struct stanch_error *err;

	/* What is being read, for messages. */
	const char *file;
	unsigned file_no;
	const char *id;		/* of the rule; NULL outside one */
};

/* ---- rule_load.c ---- */

enum stanch_result rule_load_begin(struct rule_load *l,
	stanch_warning_fn *on_warning, void *payload,
	struct stanch_error *err);
/* Lays a text over what is there.  depth: how many files led to this one. */
enum stanch_result rule_load_text(struct rule_load *l, const char *text,
	size_t len, const char *name, const char *dir, unsigned depth);
/* Lays a whole set under what will come: before any text. */
enum stanch_result rule_load_base(struct rule_load *l,
	const struct stanch_rules *base);
/* Adds a rule, or lays it over the one of its id, as the file says. */
enum stanch_result rule_load_put(struct rule_load *l,
	const struct toml_node *node, struct rule_slot *draft);
/* What holds for a rule that does not say otherwise. */
void rule_load_defaults(struct stanch_rule *rule);
struct rule_slot *rule_load_find(struct rule_load *l, const char *id);
/* `key` names a rule that is not there. */
void rule_load_warn_id(struct rule_load *l, const struct toml_node *node,
	const char *key, const char *id);
/* Drops what was not finished. */
void rule_load_end(struct rule_load *l);

/* ---- rule_set.c ---- */

/* Sorts, digests, hands over; ERULE when no rule is left that can find. */
enum stanch_result rule_load_finish(struct rule_load *l,
	struct stanch_rules **out);

/* ---- rule_message.c ---- */

/* ERULE at the node (NULL: at the file), naming the rule being read. */
enum stanch_result rule_load_fail(struct rule_load *l,
	const struct toml_node *node, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The same at a key, whose place differs from its value's. */
enum stanch_result rule_load_fail_at(struct rule_load *l, uint32_t line,
	uint32_t column, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void rule_load_warn(struct rule_load *l, const struct toml_node *node,
	const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same with ELIMIT: what a stated limit cuts off. */
void rule_load_warn_limit(struct rule_load *l, const struct toml_node *node,
	const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* s as a message may show it: cut, and without control characters. */
struct shown { char text[72]; };
struct shown rule_shown(struct span s);

/* ---- rule_extend.c ---- */

/* [extend]: what is to lie under the file's own rules. */
enum stanch_result rule_extend_read(struct rule_load *l,
	const struct toml_node *extend, const char *dir, unsigned depth);

/* ---- rule_service.c ---- */

/* [[services]]: tables with a service in each row. */
enum stanch_result rule_service_read(struct rule_load *l,
	const struct toml_node *services);
/* Whether a rule with `words` has all it needs. */
enum stanch_result rule_service_plan(struct rule_load *l,
	const struct toml_node *node, struct stanch_rule *rule);

/* ---- rule_service_fill.c ---- */

/* What the row of a service of that name leaves out, examples included. */
enum stanch_result rule_service_fill(struct rule_load *l,
	const struct toml_node *row, const char *name,
	struct stanch_rule *rule);

/* ---- rule_allow.c ---- */

/* The allow-lists of a rule's table, added to those it has. */
enum stanch_result rule_allow_read(struct rule_load *l,
	const struct toml_node *table, struct rule_slot *slot);
/* The allow-lists at the top of a file: global, or with targetRules. */
enum stanch_result rule_allow_read_global(struct rule_load *l,
	const struct toml_node *root);

/* ---- rule_with.c ---- */

/* [[rules.with]] and gitleaks' [[rules.required]], in place of those below. */
enum stanch_result rule_with_read(struct rule_load *l,
	const struct toml_node *table, struct stanch_rule *rule);
/* Warns of those that name no rule of the finished set. */
void rule_with_warn(struct rule_load *l, const struct stanch_rules *set);

/* ---- rule_plan.c ---- */

/* What a declaration states itself; the rest comes from the rule below. */
struct rule_stated {
	bool regex, group, confidence;
};

/*
 * Compiles the rule's expressions, finds its secret group and its facts, and
 * falls back on keywords when the expression has no literal to hang on.
 */
enum stanch_result rule_plan(struct rule_load *l,
	const struct toml_node *table, struct stanch_rule *rule,
	const struct rule_stated *stated);

/* Bytes of the shortest literal the rule hangs on; 0: it has none. */
uint32_t rule_anchor_len(const struct stanch_rule *rule);

/* ---- rule_keywords.c ---- */

/*
 * Hangs a rule on its keywords, of which it has some; warns of what that
 * misses.  why: what stands against its expression.  known: the facts of the
 * expression are.
 */
enum stanch_result rule_keywords_plan(struct rule_load *l,
	const struct toml_node *node, struct stanch_rule *rule,
	const char *why, bool known);
/* Warns of keywords that have nothing to do with the expression. */
void rule_keywords_warn(struct rule_load *l, const struct toml_node *table,
	const struct stanch_rule *rule);

/* ---- rule_regex.c ---- */

/*
 * Whether the expression under `key` compiles.  *groups (may be NULL): how
 * many groups it has; *secret: the number of the one named `secret`, or 0.
 * Warns of what reads otherwise than in RE2 syntax.
 */
enum stanch_result rule_regex_check(struct rule_load *l,
	const struct toml_node *node, const char *key, const char *regex,
	uint32_t *groups, uint32_t *secret);

/* ---- rule_fragment.c ---- */

/* The expression (NULL: there is none) with what it calls written out. */
enum stanch_result rule_fragment_expand(struct rule_load *l,
	const char **regex);

/* ---- rule_copy.c: deep copies into an arena; false: out of memory ---- */

bool rule_copy(struct stanch_rule *to, const struct stanch_rule *from,
	struct arena *a);
bool rule_copy_allows(const struct rule_allow **to,
	const struct rule_allow *from, size_t n, struct arena *a);
/* *v with room for n + 1 items of size each; *cap is how many fit now. */
bool rule_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size);

/* ---- rule_file.c ---- */

/* All of a file, up to TOML_MAX bytes; out is initialised by this. */
enum stanch_result rule_file_read(struct buf *out, const char *path,
	struct stanch_error *err);
/* The directory part of path, "." when it has none; NULL: out of memory. */
char *rule_file_dir(const char *path, struct arena *a);

#endif
