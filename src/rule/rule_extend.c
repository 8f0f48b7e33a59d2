/* SPDX-License-Identifier: Apache-2.0 */
/* rule_extend.c - [extend]: the rules that lie under a file's own. */
#include "base/error.h"
#include "rule/rule_keys.h"
#include "rule/rule_load.h"
#include "rule/rule_set.h"

static const char *const extend_own[] = {
	"useDefault", "path", "disabledRules", NULL
};
static const struct keys_foreign extend_foreign[] = {
	{ "url", "rules are never fetched; save the file and use path",
	  false },
	{ NULL, NULL, false }
};
static const struct keys extend_keys = {
	"[extend]", NULL, extend_own, extend_foreign
};

static enum stanch_result
extend_default(struct rule_load *l, const struct toml_node *node)
{
	enum stanch_result r;
	bool wanted;

	r = keys_flag(l, node, "useDefault", &wanted);
	if (r != STANCH_OK || !wanted || l->based)
		return r;
	return rule_load_base(l, &rule_builtin);
}

static enum stanch_result
extend_file(struct rule_load *l, const struct toml_node *node,
	const char *path, unsigned depth)
{
	enum stanch_result r;
	struct buf text;
	char *dir;

	r = rule_file_read(&text, path, l->err);
	dir = rule_file_dir(path, l->arena);
	if (r == STANCH_OK && !dir)
		r = error_nomem(l->err);
	if (r == STANCH_OK)
		r = rule_load_text(l, (const char *)text.ptr, text.len, path,
			dir, depth + 1);
	buf_free(&text);
	return r;
}

static enum stanch_result
extend_path(struct rule_load *l, const struct toml_node *node,
	const char *dir, unsigned depth)
{
	enum stanch_result r;
	const char *path;
	char *full;
	size_t n;

	r = keys_text(l, node, "path", &path);
	if (r != STANCH_OK)
		return r;
	if (!dir)
		return rule_load_fail(l, node, "[extend] path is refused:"
			" these rules were not read from a file");
	if (depth >= RULE_EXTEND_MAX)
		return rule_load_fail(l, node, "[extend] path goes more than"
			" %d files deep", RULE_EXTEND_MAX);
	if (path[0] == '/')
		return extend_file(l, node, path, depth);
	n = strlen(dir) + strlen(path) + 2;
	full = arena_alloc(l->arena, n);
	if (!full)
		return error_nomem(l->err);
	memcpy(full, dir, strlen(dir));
	if (dir[0] && dir[strlen(dir) - 1] != '/')
		full[strlen(full)] = '/';
	memcpy(full + strlen(full), path, strlen(path));
	return extend_file(l, node, full, depth);
}

static enum stanch_result
disable_rules(struct rule_load *l, const struct toml_node *node)
{
	struct strlist ids = { NULL, 0 };
	enum stanch_result r = keys_list(l, node, "disabledRules", &ids);
	struct rule_slot *slot;
	size_t i;

	for (i = 0; i < ids.n && r == STANCH_OK; i++) {
		slot = rule_load_find(l, ids.v[i]);
		if (slot && !slot->gone)
			slot->gone = true;
		else
			rule_load_warn_id(l, toml_at(node, i),
				"disabledRules", ids.v[i]);
	}
	return r;
}

enum stanch_result
rule_extend_read(struct rule_load *l, const struct toml_node *extend,
	const char *dir, unsigned depth)
{
	const struct toml_node *node;
	enum stanch_result r = keys_table(l, extend, "extend");

	if (r == STANCH_OK)
		r = keys_read(l, extend, &extend_keys, NULL);
	if (r == STANCH_OK && (node = keys_find(extend, "useDefault")))
		r = extend_default(l, node);
	if (r == STANCH_OK && (node = keys_find(extend, "path")))
		r = extend_path(l, node, dir, depth);
	if (r == STANCH_OK && (node = keys_find(extend, "disabledRules")))
		r = disable_rules(l, node);
	return r;
}
