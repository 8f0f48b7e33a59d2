/* SPDX-License-Identifier: Apache-2.0 */
/*
 * toml.h - TOML 1.0 documents behind a C face.  toml.cc is the adapter to
 * toml++, the only C++ file; no exception crosses this header.  Every node
 * knows where it stands.
 */
#ifndef BASE_TOML_H
#define BASE_TOML_H

#include "base/span.h"
#include "stanch.h"

#ifdef __cplusplus
extern "C" {
#endif

struct toml_doc;	/* owns all nodes */
struct toml_node;	/* borrowed from its document */

enum toml_kind {
	TOML_TABLE, TOML_ARRAY, TOML_STRING, TOML_INTEGER, TOML_FLOAT,
	TOML_BOOLEAN, TOML_DATETIME	/* any of the four kinds */
};

/*
 * Reads a document of len bytes; `name` is used in errors.  EFORMAT: err has
 * name:line:column and what was expected.  Refuses more than TOML_MAX bytes
 * (ELIMIT) and values nested deeper than the library allows (EFORMAT).
 */
#define TOML_MAX (16u * 1024 * 1024)

enum stanch_result toml_read(struct toml_doc **out, const char *text,
	size_t len, const char *name, struct stanch_error *err);
void toml_free(struct toml_doc *doc);

const struct toml_node *toml_root(const struct toml_doc *doc);
enum toml_kind toml_kind(const struct toml_node *node);
const char *toml_kind_name(enum toml_kind kind);	/* "a string", ... */
void toml_where(const struct toml_node *node, uint32_t *line,
	uint32_t *column);

/* Table: the value of a key, NULL when there is none. */
const struct toml_node *toml_get(const struct toml_node *table,
	const char *key);
/* Table or array: number of values, the i-th, and (table) its key. */
size_t toml_count(const struct toml_node *node);
const struct toml_node *toml_at(const struct toml_node *node, size_t i);
const char *toml_key(const struct toml_node *table, size_t i,
	uint32_t *line, uint32_t *column);

/* Scalars; each returns false when the node is of another kind. */
bool toml_string(const struct toml_node *node, struct span *out);
bool toml_integer(const struct toml_node *node, int64_t *out);
bool toml_float(const struct toml_node *node, double *out);  /* or integer */
bool toml_boolean(const struct toml_node *node, bool *out);

#ifdef __cplusplus
}
#endif
#endif
