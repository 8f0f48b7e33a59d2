/* SPDX-License-Identifier: Apache-2.0 */
/* tag.c - tag templates. */
#include "redact/tag.h"

#include "base/error.h"

/* The text of the {name} that begins at p; its length to *n. */
static const char *
field(const char *p, const struct stanch_rule *rule, size_t *n)
{
	static const struct { const char *name; int which; } names[] = {
		{ "{rule}", 0 }, { "{provider}", 1 }, { "{{", 2 },
		{ "}}", 3 },
	};
	const char *values[] = { rule ? rule->id : "",
		rule ? rule->provider : "", "{", "}" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		*n = strlen(names[i].name);
		if (!strncmp(p, names[i].name, *n))
			return values[names[i].which];
	}
	return NULL;
}

enum stanch_result
tag_check(const char *template, struct stanch_error *err)
{
	size_t n;

	if (!*template || strlen(template) > TAG_TEMPLATE_MAX)
		return error_set(err, STANCH_EUSAGE, NULL,
			"the tag must have 1 to %d characters",
			TAG_TEMPLATE_MAX);
	for (const char *p = template; *p; p += n) {
		n = 1;
		if (*p < 0x20 || *p > 0x7e)
			return error_set(err, STANCH_EUSAGE, NULL,
				"the tag may hold printable ASCII only "
				"(byte %zu)", (size_t)(p - template) + 1);
		if ((*p == '{' || *p == '}') && !field(p, NULL, &n))
			return error_set(err, STANCH_EUSAGE, NULL,
				"the tag knows {rule} and {provider}; write "
				"{{ or }} for a brace (byte %zu)",
				(size_t)(p - template) + 1);
	}
	return STANCH_OK;
}

bool
tag_write(struct buf *out, const char *template,
	const struct stanch_rule *rule)
{
	const char *value;
	size_t n;

	for (const char *p = template; *p; p += n) {
		value = NULL;
		if (*p == '{' || *p == '}')
			value = field(p, rule, &n);
		if (!value)
			n = 1;
		if (!(value ? buf_str(out, value) :
			buf_byte(out, (uint8_t)*p)))
			return false;
	}
	return true;
}
