/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_keys.h - one table of a rule file against the keys it may hold: fills
 * the struct, warns of what is known elsewhere and not honoured here, refuses
 * what nobody knows.  Case does not matter, as in gitleaks.
 */
#ifndef RULE_RULE_KEYS_H
#define RULE_RULE_KEYS_H

#include "rule/rule_load.h"

/* A key of gitleaks or betterleaks that is not honoured. */
struct keys_foreign {
	const char *key;	/* NULL ends a table */
	const char *why;	/* NULL: it changes nothing, say nothing */
	bool text_only;		/* only when its value is a string */
};

struct keys {
	const char *what;	/* "a rule", for messages */
	const struct field *fields;	/* NULL: none */
	const char *const *own;	/* read by the caller; NULL ends them */
	const struct keys_foreign *foreign;
};

/* Reads all keys of the table into object, whose type is that of fields. */
enum stanch_result keys_read(struct rule_load *l,
	const struct toml_node *table, const struct keys *keys, void *object);
/* One value as keys_read() takes it; a string may stand for a list of one. */
enum stanch_result keys_value(struct rule_load *l,
	const struct toml_node *node, const struct field *f, void *object);
/* The field of a key, in any case; NULL when there is none. */
const struct field *keys_field(const struct field *fields, const char *key);
/* The value of a key, in any case; NULL when there is none. */
const struct toml_node *keys_find(const struct toml_node *table,
	const char *key);

/* One value of a given kind; the message names the key. */
enum stanch_result keys_flag(struct rule_load *l,
	const struct toml_node *node, const char *key, bool *out);
enum stanch_result keys_text(struct rule_load *l,
	const struct toml_node *node, const char *key, const char **out);
enum stanch_result keys_list(struct rule_load *l,
	const struct toml_node *node, const char *key, struct strlist *out);
/* ERULE unless it is a table. */
enum stanch_result keys_table(struct rule_load *l,
	const struct toml_node *node, const char *key);

/*
 * The candidate nearest to the word, if at most two edits away, else NULL.
 * Time is the product of their lengths, which are cut at 40.
 */
struct keys_near { const char *word, *best; unsigned distance; };
void keys_near(struct keys_near *near, const char *candidate);

#endif
