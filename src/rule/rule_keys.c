/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_keys.c - reads TOML tables by tables of fields.  What the values mean
 * together is for rule_load.c and its neighbours.
 */
#include "rule/rule_keys.h"

#include <strings.h>

#include "base/error.h"

static enum stanch_result
wrong_kind(struct rule_load *l, const struct toml_node *node,
	const char *key, const char *wanted)
{
	return rule_load_fail(l, node, "\"%s\" must be %s, not %s", key,
		wanted, toml_kind_name(toml_kind(node)));
}

static enum stanch_result
copy_text(struct rule_load *l, const struct toml_node *node, const char *key,
	struct span s, const char **out)
{
	if (s.len && memchr(s.ptr, 0, s.len))
		return rule_load_fail(l, node, "\"%s\" holds a NUL character",
			key);
	*out = arena_strndup(l->arena, (const char *)s.ptr, s.len);
	return *out ? STANCH_OK : error_nomem(l->err);
}

enum stanch_result
keys_text(struct rule_load *l, const struct toml_node *node, const char *key,
	const char **out)
{
	struct span s;

	if (!toml_string(node, &s))
		return wrong_kind(l, node, key, "a string");
	return copy_text(l, node, key, s, out);
}

enum stanch_result
keys_flag(struct rule_load *l, const struct toml_node *node, const char *key,
	bool *out)
{
	if (!toml_boolean(node, out))
		return wrong_kind(l, node, key, "true or false");
	return STANCH_OK;
}

enum stanch_result
keys_table(struct rule_load *l, const struct toml_node *node, const char *key)
{
	if (toml_kind(node) != TOML_TABLE)
		return wrong_kind(l, node, key, "a table");
	return STANCH_OK;
}

enum stanch_result
keys_list(struct rule_load *l, const struct toml_node *node, const char *key,
	struct strlist *out)
{
	const size_t n = toml_count(node);
	const struct toml_node *item;
	enum stanch_result r;
	const char **v;
	struct span s;
	size_t i;

	if (toml_kind(node) != TOML_ARRAY)
		return wrong_kind(l, node, key, "an array of strings");
	v = arena_array(l->arena, n, sizeof *v);
	if (!v)
		return error_nomem(l->err);
	for (i = 0; i < n; i++) {
		item = toml_at(node, i);
		if (!toml_string(item, &s))
			return wrong_kind(l, item, key, "an array of strings");
		if (s.len == 0)
			return rule_load_fail(l, item,
				"\"%s\" holds an empty string", key);
		r = copy_text(l, item, key, s, &v[i]);
		if (r != STANCH_OK)
			return r;
	}
	*out = (struct strlist){ v, n };
	return STANCH_OK;
}

static enum stanch_result
read_text(struct rule_load *l, const struct toml_node *node,
	const struct field *f, const char **out)
{
	enum stanch_result r = keys_text(l, node, f->key, out);
	size_t len;

	if (r != STANCH_OK)
		return r;
	len = strlen(*out);
	if (len == 0 && f->least > 0)
		return rule_load_fail(l, node, "\"%s\" is empty", f->key);
	if ((double)len > f->most)
		return rule_load_fail(l, node,
			"\"%s\" is longer than %.0f bytes", f->key, f->most);
	return STANCH_OK;
}

static enum stanch_result
read_count(struct rule_load *l, const struct toml_node *node,
	const struct field *f, uint32_t *out)
{
	int64_t v;

	if (!toml_integer(node, &v))
		return wrong_kind(l, node, f->key, "an integer");
	if ((double)v < f->least || (double)v > f->most)
		return rule_load_fail(l, node,
			"\"%s\" must be between %.0f and %.0f", f->key,
			f->least, f->most);
	*out = (uint32_t)v;
	return STANCH_OK;
}

static enum stanch_result
read_number(struct rule_load *l, const struct toml_node *node,
	const struct field *f, double *out)
{
	double v;

	if (!toml_float(node, &v))
		return wrong_kind(l, node, f->key, "a number");
	if (!(v >= f->least && v <= f->most))	/* NaN is neither */
		return rule_load_fail(l, node,
			"\"%s\" must be between %.0f and %.0f", f->key,
			f->least, f->most);
	*out = v;
	return STANCH_OK;
}

static enum stanch_result
unknown_word(struct rule_load *l, const struct toml_node *node,
	const struct field *f, struct span s)
{
	char list[128] = "";
	size_t i, n;

	for (i = 0; f->words[i]; i++) {
		n = strlen(list);
		if (n + strlen(f->words[i]) + 3 > sizeof list)
			break;
		if (i)
			memcpy(list + n, ", ", 3);
		memcpy(list + strlen(list), f->words[i],
			strlen(f->words[i]) + 1);
	}
	return rule_load_fail(l, node, "\"%s\" is \"%s\"; it must be one of"
		" %s", f->key, rule_shown(s).text, list);
}

static enum stanch_result
read_word(struct rule_load *l, const struct toml_node *node,
	const struct field *f, unsigned *out)
{
	struct span s;
	unsigned i;

	if (!toml_string(node, &s))
		return wrong_kind(l, node, f->key, "a string");
	for (i = 0; f->words[i]; i++)
		if (strlen(f->words[i]) == s.len && !strncasecmp(f->words[i],
			(const char *)s.ptr, s.len)) {
			*out = i;
			return STANCH_OK;
		}
	return unknown_word(l, node, f, s);
}

static enum stanch_result
read_field(struct rule_load *l, const struct toml_node *node,
	const struct field *f, void *object)
{
	void *at = (char *)object + f->at;
	enum stanch_result r;
	unsigned word = 0;

	switch (f->kind) {
	case FIELD_TEXT:
		return read_text(l, node, f, at);
	case FIELD_LIST:
		return keys_list(l, node, f->key, at);
	case FIELD_COUNT:
		return read_count(l, node, f, at);
	case FIELD_NUMBER:
		return read_number(l, node, f, at);
	case FIELD_FLAG:
		return keys_flag(l, node, f->key, at);
	case FIELD_WORD:
	case FIELD_SWITCH:
		r = read_word(l, node, f, &word);
		if (r == STANCH_OK && f->kind == FIELD_SWITCH)
			*(bool *)at = word & 1;
		else if (r == STANCH_OK)
			*(unsigned *)at = word;
		return r;
	case FIELD_SET:
		break;
	}
	return rule_load_fail(l, node, "\"%s\" cannot be set", f->key);
}

enum stanch_result
keys_value(struct rule_load *l, const struct toml_node *node,
	const struct field *f, void *object)
{
	struct strlist *list = (void *)((char *)object + f->at);
	enum stanch_result r;
	const char **v;

	if (f->kind != FIELD_LIST || toml_kind(node) != TOML_STRING)
		return read_field(l, node, f, object);
	v = arena_array(l->arena, 1, sizeof *v);
	if (!v)
		return error_nomem(l->err);
	r = keys_text(l, node, f->key, v);
	if (r == STANCH_OK)
		*list = (struct strlist){ v, 1 };
	return r;
}

const struct field *
keys_field(const struct field *fields, const char *key)
{
	const struct field *f;

	for (f = fields; f && f->member; f++)
		if (f->key && !strcasecmp(f->key, key))
			return f;
	return NULL;
}

static bool
is_own(const struct keys *keys, const char *key)
{
	const char *const *own;

	for (own = keys->own; own && *own; own++)
		if (!strcasecmp(*own, key))
			return true;
	return false;
}

static const struct keys_foreign *
find_foreign(const struct keys *keys, const char *key,
	const struct toml_node *value)
{
	const struct keys_foreign *f;

	for (f = keys->foreign; f && f->key; f++)
		if (!strcasecmp(f->key, key) && (!f->text_only ||
			toml_kind(value) == TOML_STRING))
			return f;
	return NULL;
}

static enum stanch_result
unknown_key(struct rule_load *l, const struct keys *keys, const char *key,
	uint32_t line, uint32_t column)
{
	const struct shown shown = rule_shown(span_str(key));
	struct keys_near near = { .word = key };
	const struct keys_foreign *w;
	const char *const *own;
	const struct field *f;

	for (f = keys->fields; f && f->member; f++)
		if (f->key)
			keys_near(&near, f->key);
	for (own = keys->own; own && *own; own++)
		keys_near(&near, *own);
	for (w = keys->foreign; w && w->key; w++)
		keys_near(&near, w->key);
	if (near.best)
		return rule_load_fail_at(l, line, column, "unknown key"
			" \"%s\" in %s; did you mean \"%s\"?", shown.text,
			keys->what, near.best);
	return rule_load_fail_at(l, line, column, "unknown key \"%s\" in %s",
		shown.text, keys->what);
}

enum stanch_result
keys_read(struct rule_load *l, const struct toml_node *table,
	const struct keys *keys, void *object)
{
	const struct keys_foreign *foreign;
	const struct toml_node *value;
	enum stanch_result r = STANCH_OK;
	const struct field *f;
	uint32_t line, column;
	const char *key;
	size_t i;

	for (i = 0; i < toml_count(table) && r == STANCH_OK; i++) {
		key = toml_key(table, i, &line, &column);
		value = toml_at(table, i);
		foreign = find_foreign(keys, key, value);
		f = keys_field(keys->fields, key);
		if (foreign && foreign->why)
			rule_load_warn(l, value, "\"%s\" is not honoured: %s",
				foreign->key, foreign->why);
		else if (foreign || is_own(keys, key))
			continue;
		else if (f)
			r = read_field(l, value, f, object);
		else
			r = unknown_key(l, keys, key, line, column);
	}
	return r;
}

const struct toml_node *
keys_find(const struct toml_node *table, const char *key)
{
	uint32_t line, column;
	size_t i;

	for (i = 0; i < toml_count(table); i++)
		if (!strcasecmp(toml_key(table, i, &line, &column), key))
			return toml_at(table, i);
	return NULL;
}
