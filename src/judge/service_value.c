/* SPDX-License-Identifier: Apache-2.0 */
/*
 * service_value.c - whether a value that stands by the name of a service is
 * a secret of it: what it is called, its shape, how random it is.
 */
#include "judge/chars.h"
#include "judge/generic.h"
#include "judge/service.h"
#include "judge/wordlike.h"
#include "rule/rule_shape.h"

/* Keys that open nothing, as words before "key". */
static const char *const of_data[] = {
	"cache", "column", "data", "dedup", "dict", "feature", "foreign",
	"group", "hash", "idempotency", "index", "item", "lookup", "map",
	"merge", "object", "partition", "primary", "row", "sort", "storage",
	"translation", "unique"
};

/* The name without the service's, which may tell otherwise: GetResponse. */
static struct keyname
without(const struct keyname *k, const struct service_hit *hit)
{
	struct keyname rest = *k;
	size_t n = hit->to - hit->from;

	if (!hit->named)
		return rest;
	memmove(rest.text + hit->from, rest.text + hit->to,
		rest.len - hit->to);
	rest.len -= n;
	if (hit->to <= rest.stem) {
		rest.stem -= n;
		rest.rest -= n;
	}
	return rest;
}

/* data-acme-key is an attribute of HTML: there the service parts the two. */
static bool
is_of_data(const struct keyname *k, bool attribute)
{
	size_t end = k->stem, start;

	while (end > 0 && !char_is_alnum(k->text[end - 1]))
		end--;
	for (start = end; start > 0 && char_is_alnum(k->text[start - 1]);
		start--)
		;
	if (attribute && start == 0 && end == 4 && !memcmp(k->text, "data", 4))
		return false;
	for (size_t i = 0; i < sizeof of_data / sizeof *of_data; i++)
		if (strlen(of_data[i]) == end - start &&
			!memcmp(of_data[i], k->text + start, end - start))
			return true;
	return false;
}

static const char *
name_reason(const struct service_hit *hit, const struct site *t)
{
	struct keyname k = without(&t->key, hit);
	const char *why = keyname_reason(&k);

	return why ? why : is_of_data(&k, hit->named && hit->from > 0) ?
		"its name says that it is a key to data" : NULL;
}

/* How surprising a value is that has the shape it should have. */
enum { SHAPED = 6 * WORDLIKE_BIT };

/* Hex digits, and signs between them; of those the model says little. */
static bool
is_hex(struct span v)
{
	for (size_t i = 0; i < v.len; i++)
		if (!char_is_hex(v.ptr[i]) && char_is_alnum(v.ptr[i]))
			return false;
	return true;
}

static bool
has_shape(const struct stanch_rule *rule, struct span v)
{
	for (size_t i = 0; i < rule->shapes.n; i++)
		if (rule_shape_fits(rule->shapes.v[i], v))
			return true;
	return false;
}

/* Of a shape that the service says, not of any. */
static bool
has_own_shape(const struct service_hit *hit, struct span v)
{
	return strcmp(hit->rule->shapes.v[0], rule_shape_any) &&
		has_shape(hit->rule, v);
}

/* Formats change and not all are published: beside the service's own name a
   value may have any shape. */
static bool
may_be(const struct service_hit *hit, struct span v)
{
	return has_shape(hit->rule, v) ||
		(hit->named && rule_shape_fits(rule_shape_any, v));
}

/* A shape says much already, if the service has one of its own. */
static bool
is_random(const struct judge_case *c, const struct service_hit *hit,
	const struct site *t, struct span v, const struct shape *f)
{
	int surprise = wordlike_surprise(v);

	if (has_own_shape(hit, v) && f->digits && f->upper + f->lower &&
		(is_hex(v) || surprise >= SHAPED))
		return true;
	return generic_random(c, t, v, f, surprise);
}

const char *
service_refusal(const struct service_hits *hits, size_t i,
	const struct judge_case *c)
{
	const struct service_hit *hit = &hits->v[i];
	const struct site *t = &hits->site;
	struct span v = c->secret;
	struct shape f = shape_of(v);
	const char *why;

	if (!may_be(hit, v))
		return "not of the shape that its service's have";
	if (t->spoken && !has_own_shape(hit, v))
		return "a word in a sentence, of no shape that says more";
	why = name_reason(hit, t);
	if (why)
		return why;
	/* Most UUIDs are no secrets, so it must be a service's or named. */
	if (shape_is_uuid(v))
		return has_own_shape(hit, v) || hit->named ? NULL : "a UUID";
	f.hex |= has_own_shape(hit, v);	/* as for hex digits and text */
	why = generic_form(c, t, v, &f);
	if (why)
		return why;
	if (!generic_varied(c, t, v, &f))
		return "too uniform for its length";
	return is_random(c, hit, t, v, &f) ? NULL :
		"reads like words, a name or an expression";
}
