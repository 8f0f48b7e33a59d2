/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.c - the order of the tests: words before the match, the rule's own
 * checks, dummies and entropy for what is not proven, allow-lists.  What each
 * test means is in its own file.
 */
#include "judge/judge.h"

#include "judge/chars.h"
#include "judge/checks.h"
#include "judge/judge_private.h"
#include "judge/tagged.h"

static const struct judge_rule *
of(const struct judge *j, const struct stanch_rule *r)
{
	return &j->of[r - j->rules->rules];
}

bool
judge_wants_line(const struct judge *j, const struct stanch_rule *r)
{
	return allow_wants_line(j->allow) || allow_wants_line(of(j, r)->allow);
}

/*
 * A rule with a path does not apply to a stream, whose place is "", unless
 * its expression matches that.
 */
bool
judge_place(const struct judge *j, const struct stanch_rule *r,
	const char *place, struct re_scratch *s)
{
	const struct judge_rule *own = of(j, r);

	if (r->given)
		return true;
	if (own->path && !re_test(own->path, s, span_str(place)))
		return false;
	return !allow_place(j->allow, place, s) &&
		!allow_place(own->allow, place, s);
}

/* hay is in lower case already. */
static bool
has_word(struct span hay, const char *word)
{
	size_t n = strlen(word), k;

	for (size_t i = 0; n && i + n <= hay.len; i++) {
		for (k = 0; k < n && hay.ptr[i + k] ==
			char_lower((uint8_t)word[k]); k++)
			;
		if (k == n)
			return true;
	}
	return false;
}

static bool
has_within(const struct judge_case *c)
{
	const struct stanch_rule *r = c->rule;
	uint8_t lower[JUDGE_BEFORE];
	size_t n = c->before.len;
	bool found = false;

	n = n < JUDGE_BEFORE ? n : JUDGE_BEFORE;
	n = n < r->within_bytes ? n : r->within_bytes;
	for (size_t i = 0; i < n; i++)
		lower[i] = char_lower(c->before.ptr[c->before.len - n + i]);
	tagged_blank(lower, n);
	for (size_t i = 0; !found && i < r->within.n; i++)
		found = has_word(span_of(lower, n), r->within.v[i]);
	return found;
}

static const char *
base_reason(const struct stanch_rule *r)
{
	if (r->given)
		return "is a value that was given";
	switch (r->confidence) {
	case STANCH_PROVEN:
	case STANCH_SHAPED:
		return "has the prefix and the shape of its kind";
	case STANCH_CONTEXTUAL:
		return "stands where a secret of its kind does";
	default:
		return "looks like a secret";
	}
}

/*
 * Runs the rule's checks; why the match must be dropped, or NULL.  What a
 * check says itself is more telling than what its table says for it.
 */
static const char *
run_checks(const struct judge_rule *own, const struct judge_case *c,
	struct judgement *out)
{
	bool proven = false, doubted = false;

	for (size_t i = 0; i < c->rule->checks.n; i++) {
		const struct check *k = own->checks[i];
		size_t before = out->nreasons;

		switch (k->fn(c, out)) {
		case CHECK_PASS:
			proven |= k->proves;
			if (k->pass)
				judgement_reason(out, k->pass);
			break;
		case CHECK_FAIL:
			if (k->drops)
				return out->nreasons > before ?
					out->reasons[out->nreasons - 1] :
					k->fail ? k->fail :
					"a check of its kind fails";
			doubted = true;
			if (k->fail)
				judgement_reason(out, k->fail);
			break;
		case CHECK_NA:
			break;
		}
	}
	if (doubted && out->confidence > STANCH_SHAPED)
		out->confidence = STANCH_SHAPED;
	else if (proven && !doubted)
		out->confidence = STANCH_PROVEN;
	return NULL;
}

/* Why the match is not kept, a static text; NULL when it is. */
static const char *
refusal(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out)
{
	const struct judge_rule *own = of(j, c->rule);
	const char *why;

	if (c->rule->within.n) {
		if (!has_within(c))
			return "no word that it needs stands before it";
		judgement_reason(out, "a word of its provider stands "
			"before it");
	}
	why = run_checks(own, c, out);
	if (why)
		return why;
	if (out->confidence != STANCH_PROVEN) {
		if (check_placeholder(c, out) == CHECK_FAIL)
			return out->nreasons ? out->reasons[out->nreasons - 1] :
				"a placeholder";
		if (c->rule->entropy > 0 &&
			judge_entropy(c->secret) < c->rule->entropy)
			return "less random than its kind";
	}
	if (allow_match(own->allow, c, s))
		return "let pass by an allow-list of the rule";
	if (allow_match(j->allow, c, s))
		return "let pass by a global allow-list";
	return NULL;
}

void
judge(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out)
{
	const char *why;

	*out = (struct judgement){ .keep = true,
		.confidence = c->rule->confidence,
		.severity = c->rule->impact };
	judgement_reason(out, base_reason(c->rule));
	if (c->rule->given)
		return;
	why = refusal(j, c, s, out);
	if (why) {
		out->keep = false;
		out->reasons[0] = why;
		out->nreasons = 1;
	}
}
