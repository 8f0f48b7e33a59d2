/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value.c - a set of known values: copies, names, and what is too weak to be
 * looked for anywhere.  In which forms they are looked for is form.c's.
 */
#include "known/value.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/error.h"
#include "known/index.h"
#include "known/known.h"

enum { DIGITS_MIN = 12, LETTERS_MIN = 10, DISTINCT_MIN = 4 };

/* What configurations hold for other reasons than to keep it secret. */
static const char *const common[] = {
	"administrator", "anonymous", "changeme", "database", "disabled",
	"development", "example", "localhost", "password", "postgres",
	"postgresql", "production", "required", "root", "staging", "undefined",
	"username", NULL
};

struct span
value_core(struct span s)
{
	while (s.len && isspace(s.ptr[s.len - 1]))
		s.len--;
	while (s.len && isspace(s.ptr[0]))
		s = span_skip(s, 1);
	if (s.len >= 2 && s.ptr[0] == s.ptr[s.len - 1] &&
		memchr("\"'`", s.ptr[0], 3))
		s = span_of(s.ptr + 1, s.len - 2);
	return s;
}

static bool
is_common(struct span s)
{
	for (size_t i = 0; common[i]; i++)
		if (strlen(common[i]) == s.len && !strncasecmp(common[i],
			(const char *)s.ptr, s.len))
			return true;
	return false;
}

/* In what a value is weak that is long enough; "" when it is not. */
static const char *
weakness(struct span s)
{
	size_t digits = 0, lower = 0, distinct = 0;
	bool seen[256] = { false };

	for (size_t i = 0; i < s.len; i++) {
		digits += isdigit(s.ptr[i]) != 0;
		lower += islower(s.ptr[i]) != 0;
		distinct += !seen[s.ptr[i]];
		seen[s.ptr[i]] = true;
	}
	if (is_common(s))
		return "is a common word";
	if (digits == s.len && s.len < DIGITS_MIN)
		return "is a short number";
	if (lower == s.len && s.len < LETTERS_MIN)
		return "is a short word";
	return distinct < DISTINCT_MIN ? "has few different characters" : "";
}

enum stanch_value_use
value_use(struct span core, bool weak, const char **why)
{
	if (core.len < VALUE_WORD_MIN) {
		*why = core.len ? "is shorter than 4 bytes" : "is empty";
		return weak && core.len == VALUE_WORD_MIN - 1 ?
			STANCH_VALUE_WORD : STANCH_VALUE_REFUSED;
	}
	*why = core.len < VALUE_FULL_MIN ? "is shorter than 8 bytes" :
		weakness(core);
	return **why ? STANCH_VALUE_WORD : STANCH_VALUE_FULL;
}

enum stanch_result
stanch_values_new(struct stanch_values **out,
	const struct stanch_values_options *opt, struct stanch_error *err)
{
	struct stanch_values *v;

	if (opt && opt->size < sizeof *opt)
		return error_set(err, STANCH_EUSAGE, NULL,
			"stanch_values_options.size is %zu, not %zu",
			opt->size, sizeof *opt);
	v = calloc(1, sizeof *v);
	if (!v)
		return error_nomem(err);
	v->weak = opt && opt->weak;
	v->without = opt ? opt->without : 0;
	*out = v;
	return STANCH_OK;
}

static void
set_name(struct value *v, const char *name)
{
	char *id = v->id + sizeof "known:" - 1;
	size_t i;

	memcpy(v->id, "known:", sizeof "known:");
	for (i = 0; name[i] && i < VALUE_NAME; i++)
		id[i] = isalnum((unsigned char)name[i]) ||
			strchr("_.-", name[i]) ? name[i] : '_';
	id[i] = '\0';
}

static const struct stanch_rule template = {
	.description = "A value that was given",
	.provider = "", .category = "known-value", .weak_anchor = "",
	.unbounded = "",
	.remediation = "Rotate the value, and find out what put it there.",
	.file = "", .impact = STANCH_HIGH, .confidence = STANCH_PROVEN
};

static struct value *
value_new(const char *name, struct span core, enum stanch_value_use use,
	uint32_t number)
{
	struct value *v = calloc(1, sizeof *v);

	if (!v)
		return NULL;
	v->bytes = malloc(core.len);
	if (!v->bytes) {
		free(v);
		return NULL;
	}
	memcpy(v->bytes, core.ptr, core.len);
	v->len = core.len;
	v->use = use;
	set_name(v, name);
	v->rule = template;
	v->rule.id = v->id;
	v->rule.given = number + 1;
	v->rule.facts.width_min = (uint32_t)core.len;
	return v;
}

static bool
grow(struct stanch_values *values)
{
	size_t cap = values->cap ? values->cap * 2 : 16;
	struct value **v;

	if (values->n < values->cap)
		return true;
	v = realloc(values->v, cap * sizeof *v);
	if (!v)
		return false;
	values->v = v;
	values->cap = cap;
	return true;
}

enum stanch_result
stanch_values_add(struct stanch_values *values, const char *name,
	const void *value, size_t len, enum stanch_value_use *use,
	const char **why, struct stanch_error *err)
{
	struct span core = value_core(span_of(value, len));
	enum stanch_value_use as;
	const char *weak;
	struct value *v;

	if (core.len > VALUE_MOST)
		return error_set(err, STANCH_ELIMIT, name,
			"a value of more than %d KiB", VALUE_MOST / 1024);
	if (values->n == KNOWN_MOST)
		return error_set(err, STANCH_ELIMIT, name,
			"more than %d values", KNOWN_MOST);
	as = value_use(core, values->weak, &weak);
	if (as != STANCH_VALUE_REFUSED) {
		v = grow(values) ? value_new(name, core, as,
			(uint32_t)values->n) : NULL;
		if (!v)
			return error_nomem(err);
		values->v[values->n++] = v;
	}
	if (use)
		*use = as;
	if (why)
		*why = weak;
	return STANCH_OK;
}

enum stanch_result
known_refresh(struct stanch_values *values, struct stanch_error *err)
{
	struct index *ix;
	enum stanch_result r;

	if (values->indexed == values->n)
		return STANCH_OK;
	r = index_new(&ix, values, err);
	if (r != STANCH_OK)
		return r;
	index_free(values->index);
	values->index = ix;
	values->indexed = values->n;
	return STANCH_OK;
}

size_t
stanch_values_count(const struct stanch_values *values)
{
	return values->n;
}

const struct stanch_rule *
stanch_values_rule(const struct stanch_values *values, size_t i)
{
	return &values->v[i]->rule;
}

size_t
known_count(const struct stanch_values *values)
{
	return values->indexed;
}

const struct stanch_rule *
known_rule(const struct stanch_values *values, uint32_t value)
{
	return &values->v[value]->rule;
}

struct span
known_bytes(const struct stanch_values *values, uint32_t value)
{
	return span_of(values->v[value]->bytes, values->v[value]->len);
}

void
stanch_values_free(struct stanch_values *values)
{
	if (!values)
		return;
	index_free(values->index);
	for (size_t i = 0; i < values->n; i++) {
		explicit_bzero(values->v[i]->bytes, values->v[i]->len);
		free(values->v[i]->bytes);
		free(values->v[i]);
	}
	free(values->v);
	free(values);
}
