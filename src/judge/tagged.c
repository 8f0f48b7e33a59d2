/* SPDX-License-Identifier: Apache-2.0 */
/* tagged.c - tags as redact/tag.c makes them when it is not told otherwise. */
#include "judge/tagged.h"

#include "judge/chars.h"

static const char tag[] = "[REDACTED:", lower_tag[] = "[redacted:";
enum { TAG = sizeof tag - 1, INNER_MAX = 120 };

static bool
is_id(uint8_t c)
{
	return char_is_alnum(c) || c == '-' || c == '.' || c == '_';
}

/* What stands between a tag's brackets: words, with colons between them. */
static bool
is_inner(uint8_t c)
{
	return is_id(c) || c == ':';
}

/* Whether text ends inside a tag: after its first colon, or behind that. */
static bool
ends_in_tag(struct span text)
{
	size_t n = 0;

	while (n < text.len && n < INNER_MAX &&
		is_inner(text.ptr[text.len - n - 1]))
		n++;
	return n >= TAG - 1 && n < text.len &&
		!memcmp(text.ptr + text.len - n - 1, tag, TAG);
}

/* Whether before and head, one behind the other, end inside a tag. */
static bool
join_in_tag(struct span before, struct span head)
{
	uint8_t text[2 * (TAG + INNER_MAX)];
	size_t n = TAG + INNER_MAX, len = 0;
	bool is;

	if (before.len > n)
		before = span_skip(before, before.len - n);
	if (head.len > n)
		head = span_skip(head, head.len - n);
	if (before.len)
		memcpy(text, before.ptr, before.len);
	len = before.len;
	if (head.len)
		memcpy(text + len, head.ptr, head.len);
	is = ends_in_tag(span_of(text, len + head.len));
	explicit_bzero(text, sizeof text);
	return is;
}

/* What closes a tag, and no more than signs behind it. */
static bool
is_end_of_tag(struct span s)
{
	size_t n = 0;

	while (n < s.len && is_inner(s.ptr[n]))
		n++;
	if (n == s.len || s.ptr[n] != ']')
		return false;
	while (n < s.len && !char_is_alnum(s.ptr[n]))
		n++;
	return n == s.len;
}

bool
tagged_is_of_tag(const struct judge_case *c)
{
	struct span head = span_of(c->match.ptr,
		(size_t)(c->secret.ptr - c->match.ptr));

	return ends_in_tag(c->before) ||
		(join_in_tag(c->before, head) && is_end_of_tag(c->secret));
}

void
tagged_blank(uint8_t *text, size_t n)
{
	size_t at = 0, end = 0;

	while (end < n && is_inner(text[end]))
		end++;
	if (end < n && text[end] == ']')
		memset(text, ' ', end);
	for (; at + TAG <= n; at++) {
		if (memcmp(text + at, lower_tag, TAG) != 0)
			continue;
		for (end = at + TAG; end < n && is_inner(text[end]); end++)
			;
		memset(text + at, ' ', end - at);
	}
}
