/* SPDX-License-Identifier: Apache-2.0 */
/* tag.c - tag templates. */
#include "redact/tag.h"

#include <inttypes.h>

#include "base/error.h"
#include "redact/joint.h"

enum field { RULE, PROVIDER, HASH, LENGTH, OPEN, CLOSE, NONE };

/* Which field begins at p; its length to *n. */
static enum field
field_at(const char *p, size_t *n)
{
	static const char *const names[] = { [RULE] = "{rule}",
		[PROVIDER] = "{provider}", [HASH] = "{hash}",
		[LENGTH] = "{length}", [OPEN] = "{{", [CLOSE] = "}}" };

	for (int i = 0; i < NONE; i++) {
		*n = strlen(names[i]);
		if (!strncmp(p, names[i], *n))
			return (enum field)i;
	}
	*n = 1;
	return NONE;
}

static enum stanch_result
check_char(const char *template, const char *p, enum field f,
	struct stanch_error *err)
{
	size_t at = (size_t)(p - template) + 1;

	if (*p < 0x20 || *p > 0x7e)
		return error_set(err, STANCH_EUSAGE, NULL,
			"the tag may hold printable ASCII only (byte %zu)",
			at);
	if ((*p == '{' || *p == '}') && f == NONE)
		return error_set(err, STANCH_EUSAGE, NULL,
			"the tag knows {rule}, {provider}, {hash} and "
			"{length}; write {{ or }} for a brace (byte %zu)", at);
	return STANCH_OK;
}

enum stanch_result
tag_check(const char *template, unsigned *asks, struct stanch_error *err)
{
	static const unsigned bits[] = { [RULE] = TAG_VARIES,
		[PROVIDER] = TAG_VARIES, [HASH] = TAG_HASH | TAG_VARIES,
		[LENGTH] = TAG_LENGTH | TAG_VARIES, [NONE] = 0 };
	enum stanch_result r = STANCH_OK;
	unsigned found = 0;
	size_t n;

	if (!*template || strlen(template) > TAG_TEMPLATE_MAX)
		return error_set(err, STANCH_EUSAGE, NULL,
			"the tag must have 1 to %d characters",
			TAG_TEMPLATE_MAX);
	for (const char *p = template; *p && r == STANCH_OK; p += n) {
		enum field f = field_at(p, &n);

		found |= bits[f];
		r = check_char(template, p, f, err);
	}
	if (r == STANCH_OK && !joint_is_disarmed(span_str(template)))
		r = error_set(err, STANCH_EUSAGE, NULL, "the tag has :: or ## "
			"in it, or : or # at its end: a build system could "
			"take that for a command");
	if (r == STANCH_OK && asks)
		*asks = found;
	return r;
}

static bool
write_field(struct buf *out, enum field f, char c,
	const struct tag_facts *facts)
{
	switch (f) {
	case RULE:
		return buf_str(out, facts->rule->id);
	case PROVIDER:
		return buf_str(out, facts->rule->provider);
	case HASH:
		return buf_str(out, facts->hash);
	case LENGTH:
		return buf_printf(out, "%" PRIu64, facts->length);
	default:
		return buf_byte(out, (uint8_t)c);
	}
}

bool
tag_write(struct buf *out, const char *template,
	const struct tag_facts *facts)
{
	size_t n;

	for (const char *p = template; *p; p += n)
		if (!write_field(out, field_at(p, &n), *p, facts))
			return false;
	if (!out->len && !buf_byte(out, '_'))
		return false;	/* a secret must not vanish without a trace */
	joint_disarm(out->ptr, out->len);
	return true;
}
