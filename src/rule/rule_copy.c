/* SPDX-License-Identifier: Apache-2.0 */
/* rule_copy.c - deep copies: a set refers to nothing outside its arena. */
#include "rule/rule_load.h"

static bool
copy_list(struct strlist *list, struct arena *a)
{
	const char **v = arena_array(a, list->n, sizeof *v);
	size_t i;

	if (!v)
		return false;
	for (i = 0; i < list->n; i++) {
		v[i] = arena_strdup(a, list->v[i]);
		if (!v[i])
			return false;
	}
	list->v = v;
	return true;
}

/* Replaces what object, a flat copy, points to by copies. */
static bool
copy_fields(void *object, const struct field *f, struct arena *a)
{
	const char **text;

	for (; f->member; f++) {
		text = (const char **)((char *)object + f->at);
		if (f->kind == FIELD_TEXT && *text) {
			*text = arena_strdup(a, *text);
			if (!*text)
				return false;
		} else if (f->kind == FIELD_LIST &&
			!copy_list((struct strlist *)text, a)) {
			return false;
		}
	}
	return true;
}

static bool
copy_literals(struct re_anchor *anchor, struct arena *a)
{
	struct re_literal *v = arena_array(a, anchor->nliterals, sizeof *v);
	size_t i;

	if (!v)
		return false;
	for (i = 0; i < anchor->nliterals; i++) {
		v[i] = anchor->literals[i];
		v[i].bytes = arena_strndup(a, v[i].bytes, v[i].len);
		if (!v[i].bytes)
			return false;
	}
	anchor->literals = v;
	return true;
}

bool
rule_copy_allows(const struct rule_allow **to, const struct rule_allow *from,
	size_t n, struct arena *a)
{
	struct rule_allow *v = arena_array(a, n, sizeof *v);
	size_t i;

	if (!v)
		return false;
	for (i = 0; i < n; i++) {
		v[i] = from[i];
		if (!copy_fields(&v[i], rule_allow_fields, a))
			return false;
	}
	*to = v;
	return true;
}

static bool
copy_withs(struct stanch_rule *rule, struct arena *a)
{
	struct rule_with *v = arena_array(a, rule->nwith, sizeof *v);
	size_t i;

	if (!v)
		return false;
	for (i = 0; i < rule->nwith; i++) {
		v[i] = rule->with[i];
		if (!copy_fields(&v[i], rule_with_fields, a))
			return false;
	}
	rule->with = v;
	return true;
}

bool
rule_copy(struct stanch_rule *to, const struct stanch_rule *from,
	struct arena *a)
{
	*to = *from;
	return copy_fields(to, rule_fields, a) &&
		copy_literals(&to->facts.anchor, a) && copy_withs(to, a) &&
		rule_copy_allows(&to->allows, from->allows, from->nallows, a);
}

bool
rule_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	const size_t want = *cap ? *cap * 2 : 16;
	void *old, *p;

	if (n < *cap)
		return true;
	p = arena_array(a, want, size);
	if (!p)
		return false;
	memcpy(&old, v, sizeof old);
	if (n)
		memcpy(p, old, n * size);
	memcpy(v, &p, sizeof p);
	*cap = want;
	return true;
}
