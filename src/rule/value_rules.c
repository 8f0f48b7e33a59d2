/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value_rules.c - a rule set with a rule for each part of each known value.
 * A part is the value, or a line of it, or a piece of a long line.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/re_facts.h"
#include "rule/rule_load.h"
#include "rule/rule_set.h"
#include "rule/value.h"

enum { EXPRESSION_MOST = 256 * 1024 };

struct making {
	struct arena *arena;
	struct stanch_rule *v;
	size_t n, cap;
	struct stanch_error *err;
};

static bool
is_trivial(struct span s)
{
	const char *why;

	return s.len < VALUE_LINE_MIN ||
		value_use(s, false, &why) != STANCH_VALUE_FULL;
}

static const struct stanch_rule template = {
	.description = "A value that was given",
	.provider = "", .category = "known-value", .weak_anchor = "",
	.remediation = "Rotate the value, and find out what put it there.",
	.file = "", .impact = STANCH_HIGH, .confidence = STANCH_PROVEN,
	.given = true
};

static enum stanch_result
add_rule(struct making *m, const struct value *value, struct span regex)
{
	struct stanch_rule *r;
	struct stanch_error e;
	struct buf id;

	if (!rule_grow(m->arena, &m->v, m->n, &m->cap, sizeof *m->v))
		return error_nomem(m->err);
	r = &m->v[m->n];
	*r = template;
	buf_init(&id, VALUE_NAME + 16);
	if (buf_printf(&id, "known:%s", value->name))
		r->id = arena_strndup(m->arena, (char *)id.ptr, id.len);
	buf_free(&id);
	r->regex = arena_strndup(m->arena, (char *)regex.ptr, regex.len);
	if (!r->id || !r->regex)
		return error_nomem(m->err);
	r->secret_group = memmem(regex.ptr, regex.len, "(?<secret>", 10) !=
		NULL;
	/* The error is not passed on: it would name a place in the value. */
	if (re_facts(&r->facts, m->arena, r->regex, regex.len,
		r->secret_group, NULL, &e) !=
		STANCH_OK || rule_anchor_len(r) < RULE_ANCHOR_MIN)
		return error_set(m->err, STANCH_ERULE, r->id, "has no %d bytes"
			" in a row that it could be found by",
			RULE_ANCHOR_MIN);
	m->n++;
	return STANCH_OK;
}

static enum stanch_result
add_part(struct making *m, const struct value *value, struct span part)
{
	enum stanch_result r = STANCH_OK;
	struct buf regex;
	size_t i = 0;

	do {
		buf_init(&regex, EXPRESSION_MOST);
		if (!value_expression(&regex, part, value->use, i++))
			r = error_nomem(m->err);
		else if (regex.len)
			r = add_rule(m, value, buf_span(&regex));
		else
			i = 0;
		buf_free(&regex);
	} while (r == STANCH_OK && i);
	return r;
}

/* A line, in pieces when it is long; the last is as long as the others. */
static enum stanch_result
add_line(struct making *m, const struct value *value, struct span line)
{
	enum stanch_result r = STANCH_OK;

	while (r == STANCH_OK && line.len > VALUE_PART) {
		r = add_part(m, value, span_first(line, VALUE_PART));
		line = span_skip(line, line.len >= 2 * VALUE_PART ?
			VALUE_PART : line.len - VALUE_PART);
	}
	return r == STANCH_OK ? add_part(m, value, line) : r;
}

static enum stanch_result
add_value(struct making *m, const struct value *value)
{
	struct span rest = span_of(value->bytes, value->len), line;
	bool lines = memchr(rest.ptr, '\n', rest.len) != NULL;
	enum stanch_result r = STANCH_OK;
	const uint8_t *end;

	if (!lines)
		return add_line(m, value, rest);
	if (rest.len <= VALUE_PART)
		r = add_part(m, value, rest);
	while (r == STANCH_OK && rest.len) {
		end = memchr(rest.ptr, '\n', rest.len);
		line = end ? span_first(rest, (size_t)(end - rest.ptr)) : rest;
		rest = span_skip(rest, line.len + (end != NULL));
		line = value_core(line);
		if (!is_trivial(line))
			r = add_line(m, value, line);
	}
	return r;
}

static int
by_id(const void *a, const void *b)
{
	const struct stanch_rule *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static enum stanch_result
add_base(struct making *m, const struct stanch_rules *base,
	struct stanch_rules *set)
{
	for (size_t i = 0; i < base->n; i++) {
		if (!rule_grow(m->arena, &m->v, m->n, &m->cap,
			sizeof *m->v) || !rule_copy(&m->v[m->n],
			&base->rules[i], m->arena))
			return error_nomem(m->err);
		m->n++;
	}
	set->nallows = base->nallows;
	memcpy(set->digest, base->digest, sizeof set->digest);
	return rule_copy_allows(&set->allows, base->allows, base->nallows,
		m->arena) ? STANCH_OK : error_nomem(m->err);
}

enum stanch_result
stanch_rules_with_values(struct stanch_rules **out,
	const struct stanch_rules *base, const struct stanch_values *values,
	struct stanch_error *err)
{
	struct making m = { .arena = arena_new(), .err = err };
	struct stanch_rules *set;
	enum stanch_result r = STANCH_OK;

	set = m.arena ? arena_alloc(m.arena, sizeof *set) : NULL;
	if (!set) {
		arena_free(m.arena);
		return error_nomem(err);
	}
	if (base)
		r = add_base(&m, base, set);
	for (size_t i = 0; r == STANCH_OK && i < values->n; i++)
		r = add_value(&m, &values->v[i]);
	if (r == STANCH_OK && m.n == 0)
		r = error_set(err, STANCH_ERULE, NULL,
			"no rule is left: nothing would be found");
	if (r != STANCH_OK) {
		arena_wipe(m.arena);
		return r;
	}
	qsort(m.v, m.n, sizeof *m.v, by_id);
	set->rules = m.v;
	set->n = m.n;
	set->given = true;
	set->arena = m.arena;
	*out = set;
	return STANCH_OK;
}
