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
#include "judge/service.h"
#include "judge/tagged.h"

static const struct judge_rule *
of(const struct judge *j, const struct stanch_rule *r)
{
	return &j->of[r - j->rules->rules];
}

void
judge_want_lines(struct judge *j)
{
	j->want_lines = true;
}

bool
judge_wants_line(const struct judge *j, const struct stanch_rule *r)
{
	return j->want_lines || allow_wants_line(j->allow) ||
		allow_wants_line(of(j, r)->allow);
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

/* The word that stands there; NULL: none does. */
static const char *
find_within(const struct judge_case *c)
{
	const struct stanch_rule *r = c->rule;
	uint8_t lower[JUDGE_BEFORE];
	size_t n = c->before.len;
	const char *found = NULL;

	n = n < JUDGE_BEFORE ? n : JUDGE_BEFORE;
	n = n < r->within_bytes ? n : r->within_bytes;
	for (size_t i = 0; i < n; i++)
		lower[i] = char_lower(c->before.ptr[c->before.len - n + i]);
	tagged_blank(lower, n);
	for (size_t i = 0; !found && i < r->within.n; i++)
		if (has_word(span_of(lower, n), r->within.v[i]))
			found = r->within.v[i];
	return found;
}

/* What the tests of a match say, to who asks why. */
static void
tell(const struct judge_case *c, enum stanch_step_kind kind,
	enum stanch_outcome outcome, const char *name, const char *text)
{
	if (watched(c->watch))
		watch_tell(c->watch, (struct stanch_step){ .kind = kind,
			.outcome = outcome, .name = name, .text = text });
}

static bool
has_within(const struct judge_case *c)
{
	const char *word = find_within(c);

	tell(c, STANCH_STEP_WITHIN, word ? STANCH_PASSED : STANCH_FAILED,
		word, NULL);
	return word;
}

static enum check_result
run_check(const struct check *k, const struct judge_case *c,
	struct judgement *out)
{
	static const enum stanch_outcome outcomes[] = {
		[CHECK_NA] = STANCH_CANNOT_TELL, [CHECK_PASS] = STANCH_PASSED,
		[CHECK_FAIL] = STANCH_FAILED
	};
	size_t before = out->nreasons;
	enum check_result r = k->fn(c, out);
	const char *own = out->nreasons > before ?
		out->reasons[out->nreasons - 1] : NULL;

	tell(c, STANCH_STEP_CHECK, outcomes[r], k->name, own ? own :
		r == CHECK_PASS ? k->pass : r == CHECK_FAIL ? k->fail : NULL);
	return r;
}

/* Whether one of the lists lets the match pass. */
static bool
is_allowed(const struct allow *lists, const struct judge_case *c,
	struct re_scratch *s)
{
	const struct rule_allow *by = allow_match(lists, c, s);

	if (lists)
		tell(c, STANCH_STEP_ALLOW, by ? STANCH_FAILED : STANCH_PASSED,
			by ? by->description : NULL, by ?
			"an allow-list lets it pass" :
			"no allow-list lets it pass");
	return by;
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

		switch (run_check(k, c, out)) {
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

/* It is asked of every match, whatever its rule names. */
static const struct check placeholder = {
	"placeholder", check_placeholder, false, true, NULL,
	"it is a placeholder"
};

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
		if (run_check(&placeholder, c, out) == CHECK_FAIL)
			return out->nreasons ? out->reasons[out->nreasons - 1] :
				"a placeholder";
		if (c->rule->entropy > 0 &&
			!judge_measure(c, "entropy, bits a byte",
			judge_entropy(c->secret), c->rule->entropy))
			return "less random than its kind";
	}
	if (is_allowed(own->allow, c, s))
		return "let pass by an allow-list of the rule";
	if (is_allowed(j->allow, c, s))
		return "let pass by a global allow-list";
	return NULL;
}

static void
drop(struct judgement *out, const char *why)
{
	out->keep = false;
	out->reasons[0] = why;
	out->nreasons = 1;
}

static void
judge_own(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out)
{
	const char *why;

	*out = (struct judgement){ .rule = c->rule, .keep = true,
		.confidence = c->rule->confidence,
		.severity = c->rule->impact };
	judgement_reason(out, base_reason(c->rule));
	if (c->rule->given)
		return;
	why = refusal(j, c, s, out);
	if (why)
		drop(out, why);
}

/* A match of a rule that carries: of the first service that takes it. */
static void
judge_carried(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out)
{
	struct service_hits hits;
	struct judge_case own = *c;
	const char *why = NULL;

	*out = (struct judgement){ .rule = c->rule };
	services_find(&hits, j->services, c);
	for (size_t i = 0; i < hits.n && !out->keep; i++) {
		own.rule = hits.v[i].rule;
		why = service_refusal(&hits, i, c);
		tell(c, STANCH_STEP_CHECK, why ? STANCH_FAILED : STANCH_PASSED,
			own.rule->id, why);
		if (!why && judge_place(j, own.rule, c->place, s))
			judge_own(j, &own, s, out);
		else
			out->rule = own.rule;
		if (out->keep)
			judgement_reason(out, hits.v[i].named ?
				"it is given to a name of its service" :
				"its service is named shortly before it");
	}
	if (!out->keep)
		drop(out, !hits.n ? "no word of a service stands by it" :
			why ? why : out->nreasons ? out->reasons[0] :
			"its service's rule does not hold here");
}

void
judge(const struct judge *j, const struct judge_case *c,
	struct re_scratch *s, struct judgement *out)
{
	if (c->rule->carries)
		judge_carried(j, c, s, out);
	else
		judge_own(j, c, s, out);
}
