/* SPDX-License-Identifier: Apache-2.0 */
/*
 * comment.c - tags in comments.  They are read only when the caller asks for
 * it: what is scanned has no say of its own.
 */
#include "judge/comment.h"

enum { REASON_LEAST = 3 };	/* letters or digits */

static const char own[] = "stanch:allow";

static const char *const others[] = {
	"gitleaks:allow", "betterleaks:allow", "trufflehog:ignore",
	"kingfisher:ignore", "pragma: allowlist secret", "ggignore",
};

/* What stands behind the tag; no bytes when it is not there. */
static struct span
behind(struct span line, const char *tag)
{
	size_t n = strlen(tag);
	const uint8_t *at = line.len ? memmem(line.ptr, line.len, tag, n) :
		NULL;

	return at ? span_skip(line, (size_t)(at - line.ptr) + n) :
		span_of(NULL, 0);
}

static bool
is_reason(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && s.ptr[i] != '\n'; i++) {
		uint8_t c = s.ptr[i];

		n += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c >= 0x80;
	}
	return n >= REASON_LEAST;
}

bool
comment_allows(enum stanch_comments which, struct span line)
{
	if (which == STANCH_COMMENTS_NONE)
		return false;
	if (is_reason(behind(line, own)))
		return true;
	for (size_t i = 0; which == STANCH_COMMENTS_ALL &&
		i < sizeof others / sizeof *others; i++)
		if (line.len && memmem(line.ptr, line.len, others[i],
			strlen(others[i])))
			return true;
	return false;
}
