/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge_new.c - a rule set made ready to judge by: its checks looked up, its
 * allow-lists compiled, and what cannot be used refused by name.
 */
#include <stdlib.h>

#include "base/error.h"
#include "judge/judge_private.h"
#include "judge/service.h"
#include "rule/rule_keys.h"

static enum stanch_result
unknown_check(const char *name, struct stanch_error *err)
{
	struct keys_near near = { .word = name };
	const char *known;

	for (size_t i = 0; (known = check_name(i)); i++)
		keys_near(&near, known);
	return error_set(err, STANCH_ERULE, NULL,
		"validate: there is no check \"%.40s\"; %s%s%s", name,
		near.best ? "did you mean \"" : "docs/rules.md lists them",
		near.best ? near.best : "", near.best ? "\"?" : "");
}

static enum stanch_result
find_checks(struct judge_rule *of, const struct stanch_rule *r,
	struct stanch_error *err)
{
	of->checks = r->checks.n ? calloc(r->checks.n, sizeof *of->checks) :
		NULL;
	if (r->checks.n && !of->checks)
		return error_nomem(err);
	for (size_t i = 0; i < r->checks.n; i++) {
		of->checks[i] = check_find(r->checks.v[i]);
		if (!of->checks[i])
			return unknown_check(r->checks.v[i], err);
	}
	return STANCH_OK;
}

static enum stanch_result
path_new(struct re **out, const char *path, struct stanch_error *err)
{
	struct stanch_error e;
	enum stanch_result r;

	if (!path)
		return STANCH_OK;
	r = re_compile(out, path, strlen(path), 0, NULL, &e);
	if (r == STANCH_ENOMEM)
		return error_nomem(err);
	if (r != STANCH_OK)
		return error_set(err, r, NULL, "path: %s", e.text);
	return STANCH_OK;
}

static enum stanch_result
ready(struct judge_rule *of, const struct stanch_rule *r,
	struct stanch_error *err)
{
	struct stanch_error e = { 0 };
	enum stanch_result result = find_checks(of, r, &e);
	bool file = r->file && r->file[0], in_checks;

	in_checks = result != STANCH_OK && file && r->checks_line;
	if (result == STANCH_OK)
		result = path_new(&of->path, r->path, &e);
	if (result == STANCH_OK)
		result = allow_new(&of->allow, r->allows, r->nallows, &e);
	if (result == STANCH_OK || result == STANCH_ENOMEM)
		return result == STANCH_OK ? result : error_nomem(err);
	return error_at(err, result, file ? r->file : r->id,
		!file ? 0 : in_checks ? r->checks_line : r->line,
		in_checks ? r->checks_column : 0, "rule \"%s\": %s", r->id,
		e.text);
}

enum stanch_result
judge_new(struct judge **out, const struct stanch_rules *rules,
	struct stanch_error *err)
{
	struct judge *j = calloc(1, sizeof *j + rules->n * sizeof *j->of);
	struct stanch_error e = { 0 };
	enum stanch_result r;

	if (!j)
		return error_nomem(err);
	j->rules = rules;
	r = allow_new(&j->allow, rules->allows, rules->nallows, &e);
	if (r == STANCH_ERULE)
		error_set(err, r, NULL, "the global allow-lists: %s", e.text);
	else if (r != STANCH_OK)
		error_nomem(err);
	for (size_t i = 0; r == STANCH_OK && i < rules->n; i++)
		r = ready(&j->of[i], &rules->rules[i], err);
	if (r == STANCH_OK && !services_new(&j->services, rules))
		r = error_nomem(err);
	if (r != STANCH_OK) {
		judge_free(j);
		return r;
	}
	*out = j;
	return STANCH_OK;
}

void
judge_free(struct judge *j)
{
	if (!j)
		return;
	for (size_t i = 0; i < j->rules->n; i++) {
		free(j->of[i].checks);
		allow_free(j->of[i].allow);
		re_free(j->of[i].path);
	}
	allow_free(j->allow);
	services_free(j->services);
	free(j);
}
