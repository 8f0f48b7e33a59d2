/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule_service_fill.c - what a row of [[services]] leaves out: id, texts, and
 * examples, which follow from the service's first word and its shapes.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "rule/rule_load.h"
#include "rule/rule_shape.h"

enum { TEXT_MOST = 1024, EXAMPLES = 24 };

/* Of a service's rule while it is filled in. */
struct filling {
	struct rule_load *l;
	struct stanch_rule *rule;
	const char *word, *upper, *shape;
	bool failed;		/* out of memory */
};

static const char *
text(struct filling *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static const char *
text(struct filling *f, const char *fmt, ...)
{
	char made[TEXT_MOST];
	const char *copy;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(made, sizeof made, fmt, ap);
	va_end(ap);
	copy = arena_strdup(f->l->arena, made);
	f->failed |= !copy;
	return copy;
}

/* The name as a word: "Abuse IP-DB" is abuseipdb. */
static void
word_of(const char *name, char word[RULE_WORD_MAX + 1])
{
	size_t n = 0;

	for (; *name && n < RULE_WORD_MAX; name++)
		if (isascii((unsigned char)*name) &&
			isalnum((unsigned char)*name))
			word[n++] = (char)tolower((unsigned char)*name);
	word[n] = '\0';
}

static bool
fill_words(struct filling *f, const char *name)
{
	char word[RULE_WORD_MAX + 1], upper[RULE_WORD_MAX + 1];
	const char **v = arena_array(f->l->arena, 1, sizeof *v);
	size_t i;

	word_of(name, word);
	if (v && !f->rule->words.n) {
		v[0] = text(f, "%s", word);
		f->rule->words = (struct strlist){ v, 1 };
	}
	f->failed |= !v;
	if (f->failed)
		return false;
	snprintf(word, sizeof word, "%.*s", RULE_WORD_MAX,
		f->rule->words.v[0]);
	for (i = 0; word[i]; i++)
		upper[i] = (char)toupper((unsigned char)word[i]);
	upper[i] = '\0';
	f->word = text(f, "%s", word);
	f->upper = text(f, "%s", upper);
	return !f->failed;
}

static bool
fill_shapes(struct filling *f)
{
	const char **v = arena_array(f->l->arena, 1, sizeof *v);

	if (v && !f->rule->shapes.n) {
		v[0] = rule_shape_any;
		f->rule->shapes = (struct strlist){ v, 1 };
	}
	f->shape = v && !strcmp(f->rule->shapes.v[0], rule_shape_any) ?
		"{{alnum:32}}" : v ? f->rule->shapes.v[0] : "";
	f->failed |= !v;
	return !f->failed;
}

static void
fill_texts(struct filling *f, const char *name)
{
	struct stanch_rule *rule = f->rule;

	if (!rule->id)
		rule->id = text(f, "%s-key", f->word);
	if (!rule->provider[0])
		rule->provider = f->word;
	if (!rule->description[0])
		rule->description = text(f, "%s key, token or secret", name);
	if (!rule->remediation[0])
		rule->remediation = text(f, "Revoke it in the settings of the"
			" %s account that it belongs to, and issue a new"
			" one.%s%s", name, rule->references.n ? " See " : "",
			rule->references.n ? rule->references.v[0] : "");
}

/* ---- examples ---- */

/* Where a key of a service is found: W_: its word in capitals. */
static size_t
positives(struct filling *f, const char *v[])
{
	const char *s = f->shape;
	size_t n = 0, i;

	v[n++] = text(f, "%s_API_KEY={{(}}%s{{)}}{{lf}}", f->upper, s);
	v[n++] = text(f, "\"%sApiToken\": \"{{(}}%s{{)}}\",", f->word, s);
	v[n++] = f->rule->attached ?
		text(f, "export %s_SECRET='{{(}}%s{{)}}'", f->upper, s) :
		text(f, "%s:{{lf}}  access_key: {{(}}%s{{)}}{{lf}}", f->word,
		s);
	for (i = 1; i < f->rule->shapes.n && n < EXAMPLES; i++)
		v[n++] = text(f, "%s_token = \"{{(}}%s{{)}}\"", f->word,
			f->rule->shapes.v[i]);
	return n;
}

/* What is not one: a dummy, another name, another thing. */
static size_t
negatives(struct filling *f, const char *v[])
{
	size_t n = 0;

	v[n++] = text(f, "%s_API_KEY=<your-%s-api-key>{{lf}}", f->upper,
		f->word);
	v[n++] = text(f, "my%sx_api_key = \"%s\"", f->word, f->shape);
	v[n++] = text(f, "%s_token_hash = \"%s\"", f->word, f->shape);
	return n;
}

static void
fill_list(struct filling *f, struct strlist *list,
	size_t (*make)(struct filling *f, const char *v[]))
{
	const char **v = arena_array(f->l->arena, EXAMPLES, sizeof *v);

	if (v)
		*list = (struct strlist){ v, make(f, v) };
	f->failed |= !v;
}

enum stanch_result
rule_service_fill(struct rule_load *l, const struct toml_node *row,
	const char *name, struct stanch_rule *rule)
{
	struct filling f = { .l = l, .rule = rule };

	if (strlen(name) > RULE_WORD_MAX * 2)
		return rule_load_fail(l, row, "\"name\" is longer than %d"
			" bytes", RULE_WORD_MAX * 2);
	if (!fill_words(&f, name) || !fill_shapes(&f))
		return error_nomem(l->err);
	fill_texts(&f, name);
	fill_list(&f, &rule->positive, positives);
	fill_list(&f, &rule->negative, negatives);
	return f.failed ? error_nomem(l->err) : STANCH_OK;
}
