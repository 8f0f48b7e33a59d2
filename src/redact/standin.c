/* SPDX-License-Identifier: Apache-2.0 */
/* standin.c - tags, made once where that is enough, and fills. */
#include "redact/standin.h"

#include "base/error.h"

/* A tag once made stays where it is: output pieces outlive the push. */
struct made {
	const struct made *next;
	const struct stanch_rule *rule;
	size_t len;
	uint8_t text[];
};

enum stanch_result
standin_init(struct standin *s, const struct stanch_filter_options *opt,
	struct stanch_error *err)
{
	const char *tag = opt->tag ? opt->tag : TAG_DEFAULT;
	enum stanch_result r = tag_check(tag, &s->asks, err);

	if (r != STANCH_OK)
		return r;
	if ((s->asks & TAG_HASH) && !opt->key_len)
		return error_set(err, STANCH_EUSAGE, NULL, "{hash} in a tag "
			"needs a key (--key-file): without one, whoever reads "
			"it could try out what the secret is");
	if (opt->fill && !strchr(STANDIN_FILLS, opt->fill))
		return error_set(err, STANCH_EUSAGE, NULL, "the fill must be "
			"one of the characters %s", STANDIN_FILLS);
	memcpy(s->tag, tag, strlen(tag) + 1);
	s->fill = opt->fill;
	s->kept = arena_new();
	s->passing = arena_new();
	return s->kept && s->passing ? STANCH_OK : error_nomem(err);
}

void
standin_free(struct standin *s)
{
	arena_free(s->kept);
	arena_free(s->passing);
}

bool
standin_forget(struct standin *s)
{
	if (!s->passed)
		return true;
	arena_free(s->passing);
	s->passing = arena_new();
	s->passed = false;
	return s->passing != NULL;
}

void *
standin_passing(struct standin *s, size_t n)
{
	s->passed = true;
	return arena_alloc(s->passing, n);
}

/* ---- tags ---- */

/* As it is to stand in a JSON string. */
static bool
escape(struct buf *out, struct span text)
{
	bool ok = true;

	for (size_t i = 0; ok && i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (c == '"' || c == '\\')
			ok = buf_byte(out, '\\');
		ok = ok && buf_byte(out, c);
	}
	return ok;
}

static bool
write_tag(struct standin *s, const struct tag_facts *facts, bool json,
	struct buf *out)
{
	struct buf plain;
	bool ok;

	if (!json)
		return tag_write(out, s->tag, facts);
	buf_init(&plain, TAG_MAX);
	ok = tag_write(&plain, s->tag, facts) &&
		escape(out, buf_span(&plain));
	buf_free(&plain);
	return ok;
}

/* Where the rule's tag is kept. */
static const struct made **
row_of(struct standin *s, const struct stanch_rule *rule)
{
	return &s->made[(uintptr_t)rule / sizeof *rule % STANDIN_ROWS];
}

/* One that can come again: it has nothing of the secret in it. */
static const struct made *
keep_tag(struct standin *s, const struct stanch_rule *rule, struct span text)
{
	const struct made **row = row_of(s, rule);
	struct made *m = arena_alloc(s->kept, sizeof *m + text.len);

	if (!m)
		return NULL;
	m->rule = rule;
	m->len = text.len;
	memcpy(m->text, text.ptr, text.len);
	m->next = *row;
	return *row = m;
}

/* The guard, if any, and the text, in characters of one byte or two. */
static bool
pass_tag(struct standin *s, struct span text, char guard, uint8_t wide,
	struct span *tag)
{
	size_t each = wide ? 2 : 1, n = text.len + (guard != 0);
	uint8_t *to = standin_passing(s, each * n), *at = to;

	if (!to)
		return false;
	if (guard) {
		*at = (uint8_t)guard;
		at += each;
	}
	for (size_t i = 0; i < text.len; i++)
		at[each * i] = text.ptr[i];
	*tag = span_of(to, each * n - (wide == 2));
	return true;
}

static bool
guard_json(struct buf *text, char guard)
{
	struct buf all;
	bool ok;

	buf_init(&all, 2 * TAG_MAX + 6);
	ok = buf_printf(&all, "\\u%04x", (unsigned)guard) &&
		buf_append(&all, text->ptr, text->len);
	buf_free(text);
	*text = all;
	return ok;
}

static bool
make_tag(struct standin *s, const struct tag_facts *facts, uint8_t wide,
	bool json, struct span *tag)
{
	bool again = !wide && !json && !(s->asks & (TAG_HASH | TAG_LENGTH));
	const struct made *m = NULL;
	struct buf text;
	char guard;
	bool ok;

	buf_init(&text, 2 * TAG_MAX);
	ok = write_tag(s, facts, json, &text);
	guard = ok ? joint_guard(&s->joint, buf_span(&text), json) : 0;
	if (ok && guard && json) {
		/* No control character may stand in a string. */
		ok = guard_json(&text, guard);
		guard = 0;
	}
	if (ok && again && !guard) {
		m = keep_tag(s, facts->rule, buf_span(&text));
		ok = m != NULL;
	} else if (ok) {
		ok = pass_tag(s, buf_span(&text), guard, wide, tag);
	}
	if (m)
		*tag = span_of(m->text, m->len);
	buf_free(&text);
	return ok;
}

bool
standin_tag(struct standin *s, const struct tag_facts *facts, uint8_t wide,
	bool json, struct span *tag)
{
	const struct made *m = *row_of(s, facts->rule);

	while (m && m->rule != facts->rule)
		m = m->next;
	if (!m || wide || json ||
		joint_guard(&s->joint, span_of(m->text, m->len), false))
		return make_tag(s, facts, wide, json, tag);
	*tag = span_of(m->text, m->len);
	return true;
}

/* ---- fills ---- */

bool
standin_fill(struct standin *s, struct span text, uint8_t wide, bool odd,
	bool json, struct span *fill)
{
	uint8_t *to = standin_passing(s, text.len);
	/* In JSON there is no room for one. */
	char guard = json ? 0 :
		joint_guard(&s->joint, span_of(&s->fill, 1), false);

	if (!to)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (wide && ((i + odd) & 1))
			to[i] = 0;
		else
			to[i] = c == '\n' || c == '\r' ? c :
				(uint8_t)s->fill;
	}
	if (guard && text.len && !(wide && odd))
		to[0] = (uint8_t)guard;
	*fill = span_of(to, text.len);
	return true;
}
