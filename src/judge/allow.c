/* SPDX-License-Identifier: Apache-2.0 */
/*
 * allow.c - one list lets a match pass when one of its parts holds, or, with
 * condition "AND", when all parts it states hold.  A part holds when one of
 * its entries does.  Commits hold for no byte of a tree or a stream.
 */
#include "judge/allow.h"

#include <stdlib.h>

#include "base/error.h"
#include "judge/chars.h"

struct list {
	const struct rule_allow *src;
	struct re **paths, **regexes;	/* as many as src has */
};

struct allow {
	size_t n;
	struct list lists[];
};

static void
free_all(struct re **v, size_t n)
{
	for (size_t i = 0; v && i < n; i++)
		re_free(v[i]);
	free(v);
}

void
allow_free(struct allow *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n; i++) {
		free_all(a->lists[i].paths, a->lists[i].src->paths.n);
		free_all(a->lists[i].regexes, a->lists[i].src->regexes.n);
	}
	free(a);
}

static enum stanch_result
compile_all(struct re ***out, const struct strlist *texts, const char *what,
	size_t list, struct stanch_error *err)
{
	struct stanch_error e;
	enum stanch_result r;

	*out = texts->n ? calloc(texts->n, sizeof **out) : NULL;
	if (texts->n && !*out)
		return error_nomem(err);
	for (size_t i = 0; i < texts->n; i++) {
		r = re_compile(*out + i, texts->v[i], strlen(texts->v[i]), 0,
			NULL, &e);
		if (r == STANCH_ENOMEM)
			return error_nomem(err);
		if (r != STANCH_OK)
			return error_set(err, r, NULL,
				"allow-list %zu, %s %zu: %s", list + 1, what,
				i + 1, e.text);
	}
	return STANCH_OK;
}

enum stanch_result
allow_new(struct allow **out, const struct rule_allow *lists, size_t n,
	struct stanch_error *err)
{
	enum stanch_result r = STANCH_OK;
	struct allow *a;

	*out = NULL;
	if (n == 0)
		return STANCH_OK;
	a = calloc(1, sizeof *a + n * sizeof *a->lists);
	if (!a)
		return error_nomem(err);
	for (; r == STANCH_OK && a->n < n; a->n++) {
		struct list *l = &a->lists[a->n];

		l->src = &lists[a->n];
		r = compile_all(&l->paths, &l->src->paths, "path", a->n, err);
		if (r == STANCH_OK)
			r = compile_all(&l->regexes, &l->src->regexes, "regex",
				a->n, err);
	}
	if (r != STANCH_OK) {
		allow_free(a);
		return r;
	}
	*out = a;
	return STANCH_OK;
}

bool
allow_wants_line(const struct allow *a)
{
	for (size_t i = 0; a && i < a->n; i++)
		if (a->lists[i].src->target == RULE_TARGET_LINE &&
			a->lists[i].src->regexes.n)
			return true;
	return false;
}

static bool
any_matches(struct re *const *v, size_t n, struct span s,
	struct re_scratch *scratch)
{
	for (size_t i = 0; i < n; i++)
		if (re_test(v[i], scratch, s))
			return true;
	return false;
}

/* Whether an AND list is nothing but its paths. */
static bool
is_paths_only(const struct rule_allow *a)
{
	return a->paths.n && !a->regexes.n && !a->stopwords.n &&
		!a->commits.n;
}

bool
allow_place(const struct allow *a, const char *place, struct re_scratch *s)
{
	for (size_t i = 0; a && i < a->n; i++) {
		const struct list *l = &a->lists[i];

		if ((!l->src->all || is_paths_only(l->src)) &&
			any_matches(l->paths, l->src->paths.n,
			span_str(place), s))
			return true;
	}
	return false;
}

static bool
has_caseless(struct span s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; n && i + n <= s.len; i++)
		if (char_lower(s.ptr[i]) == char_lower((uint8_t)*word) &&
			!strncasecmp((const char *)s.ptr + i, word, n))
			return true;
	return false;
}

static bool
has_stopword(const struct strlist *words, struct span secret)
{
	for (size_t i = 0; i < words->n; i++)
		if (has_caseless(secret, words->v[i]))
			return true;
	return false;
}

static bool
regex_holds(const struct list *l, const struct judge_case *c,
	struct re_scratch *s)
{
	struct span target = l->src->target == RULE_TARGET_MATCH ? c->match :
		l->src->target == RULE_TARGET_LINE ? c->line : c->secret;

	return any_matches(l->regexes, l->src->regexes.n, target, s);
}

static bool
all_hold(const struct list *l, const struct judge_case *c,
	struct re_scratch *s)
{
	const struct rule_allow *a = l->src;

	if (a->commits.n || !(a->paths.n + a->regexes.n + a->stopwords.n))
		return false;
	return (!a->stopwords.n || has_stopword(&a->stopwords, c->secret)) &&
		(!a->regexes.n || regex_holds(l, c, s)) &&
		(!a->paths.n || any_matches(l->paths, a->paths.n,
		span_str(c->place), s));
}

const struct rule_allow *
allow_match(const struct allow *a, const struct judge_case *c,
	struct re_scratch *s)
{
	for (size_t i = 0; a && i < a->n; i++) {
		const struct list *l = &a->lists[i];

		if (l->src->all ? all_hold(l, c, s) :
			has_stopword(&l->src->stopwords, c->secret) ||
			regex_holds(l, c, s))
			return l->src;
	}
	return NULL;
}
