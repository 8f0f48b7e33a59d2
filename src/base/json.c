/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - jansson behind limits of ours: the text is measured before the
 * parser, which recurses, sees it; strings are wiped before they are freed.
 */
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

struct json {
	json_t *top;
};

/* Whether arrays and objects nest no deeper than JSON_DEPTH. */
static bool
shallow(struct span text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{')) {
			if (++depth > JSON_DEPTH)
				return false;
		} else if (!quoted && (c == ']' || c == '}') && depth)
			depth--;
	}
	return true;
}

struct json *
json_parse(struct span text)
{
	struct json *j;

	if (text.len == 0 || text.len > JSON_BYTES || !shallow(text))
		return NULL;
	j = malloc(sizeof *j);
	if (!j)
		return NULL;
	j->top = json_loadb((const char *)text.ptr, text.len,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL,
		NULL);
	if (!j->top) {
		free(j);
		return NULL;
	}
	return j;
}

const json_value *
json_top(const struct json *j)
{
	return j->top;
}

/* Recurses JSON_DEPTH deep at most. */
static void
wipe(json_t *v)
{
	const char *name;
	json_t *child;
	size_t i;

	if (json_is_string(v))
		explicit_bzero((char *)(uintptr_t)json_string_value(v),
			json_string_length(v));
	json_array_foreach(v, i, child)
		wipe(child);
	json_object_foreach(v, name, child)
		wipe(child);
}

void
json_free(struct json *j)
{
	if (!j)
		return;
	wipe(j->top);
	json_decref(j->top);
	free(j);
}

bool
json_get_object(const json_value *v)
{
	return json_is_object(v);
}

size_t
json_get_size(const json_value *v)
{
	return json_is_array(v) ? json_array_size(v) : json_object_size(v);
}

const json_value *
json_get_member(const json_value *v, const char *name)
{
	return json_object_get(v, name);
}

const json_value *
json_get_element(const json_value *v, size_t i)
{
	return json_array_get(v, i);
}

const char *
json_get_name(const json_value *v, size_t i)
{
	json_t *object = (json_t *)(uintptr_t)v;
	void *at = json_is_object(v) ? json_object_iter(object) : NULL;

	while (at && i-- > 0)
		at = json_object_iter_next(object, at);
	return at ? json_object_iter_key(at) : NULL;
}

bool
json_get_string(const json_value *v, struct span *s)
{
	if (!json_is_string(v))
		return false;
	*s = span_of(json_string_value(v), json_string_length(v));
	return true;
}

bool
json_get_integer(const json_value *v, int64_t *n)
{
	double real;

	if (json_is_integer(v)) {
		*n = json_integer_value(v);
		return true;
	}
	if (!json_is_real(v))
		return false;
	real = json_real_value(v);
	*n = real >= 0x1p63 ? INT64_MAX : real < -0x1p63 ? INT64_MIN :
		(int64_t)real;
	return true;
}

bool
json_get_equal(const json_value *v, const char *s)
{
	struct span text;

	return json_get_string(v, &text) && span_equal(text, span_str(s));
}
