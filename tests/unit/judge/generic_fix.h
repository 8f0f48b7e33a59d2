/* SPDX-License-Identifier: Apache-2.0 */
/* generic_fix.h - the generic rules on a text, from expression to verdict. */
#ifndef TESTS_JUDGE_GENERIC_FIX_H
#define TESTS_JUDGE_GENERIC_FIX_H

#include <criterion/criterion.h>
#include <stdlib.h>

#include "judge/judge.h"
#include "rule/recipe.h"
#include "rule/rule_set.h"

enum { GENERIC_RULES = 16 };

struct generic {
	const struct stanch_rule *rules[GENERIC_RULES];
	struct re *re[GENERIC_RULES];
	size_t n;
	struct judge *judge;
	struct re_scratch *scratch;
};

struct generic_result {
	bool keep;
	const char *why;	/* of what was kept, or dropped last */
	size_t start, end;
};

static inline struct generic
generic_new(void)
{
	struct generic g = { .scratch = re_scratch_new() };

	cr_assert_eq(judge_new(&g.judge, &rule_builtin, NULL), STANCH_OK);
	for (size_t i = 0; i < rule_builtin.n; i++) {
		const struct stanch_rule *r = &rule_builtin.rules[i];

		if (strncmp(r->id, "generic-", 8) || r->block)
			continue;
		cr_assert_lt(g.n, (size_t)GENERIC_RULES);
		cr_assert_eq(re_compile(&g.re[g.n], r->regex,
			strlen(r->regex), 0, r->id, NULL), STANCH_OK);
		g.rules[g.n++] = r;
	}
	cr_assert_gt(g.n, 0);
	return g;
}

static inline void
generic_free(struct generic *g)
{
	for (size_t i = 0; i < g->n; i++)
		re_free(g->re[i]);
	judge_free(g->judge);
	re_scratch_free(g->scratch);
}

static inline struct judge_case
generic_case(const struct stanch_rule *r, struct span text,
	const struct re_match *m)
{
	size_t before = m->start < JUDGE_BEFORE ? m->start : JUDGE_BEFORE;

	return (struct judge_case){ .rule = r, .place = "",
		.secret = span_of(text.ptr + m->group_start,
			m->group_end - m->group_start),
		.match = span_of(text.ptr + m->start, m->end - m->start),
		.before = span_of(text.ptr + m->start - before, before),
		.line = span_of(text.ptr + m->start, m->end - m->start) };
}

/* The first match that is kept, or the verdict on the last that is not. */
static inline struct generic_result
generic_find(const struct generic *g, struct span text)
{
	struct generic_result r = { .why = "no match" };

	for (size_t i = 0; i < g->n; i++) {
		struct re_match m = { .start = 0 };
		size_t from = 0;

		while (re_match(g->re[i], g->scratch, text, from, text.len, 0,
			g->rules[i]->secret_group, &m) == RE_MATCH) {
			struct judge_case c = generic_case(g->rules[i], text,
				&m);
			struct judgement j;

			judge(g->judge, &c, g->scratch, &j);
			r.keep = j.keep;
			r.why = j.reasons[j.nreasons - 1];
			r.start = m.group_start;
			r.end = m.group_end;
			if (j.keep)
				return r;
			from = m.start + 1;
		}
	}
	return r;
}

#endif
