/* SPDX-License-Identifier: Apache-2.0 */
/* span.h - pointer and length: the only way bytes are passed. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const uint8_t *ptr;	/* may be NULL when len is 0 */
	size_t len;
};

static inline struct span
span_of(const void *ptr, size_t len)
{
	return (struct span){ (const uint8_t *)ptr, len };
}

static inline struct span
span_str(const char *s)
{
	return span_of(s, strlen(s));
}

static inline bool
span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

static inline bool
span_starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.len >= n && !memcmp(s.ptr, prefix, n);
}

/* s without its first n bytes; empty when it has fewer. */
static inline struct span
span_skip(struct span s, size_t n)
{
	return n < s.len ? span_of(s.ptr + n, s.len - n) : span_of(NULL, 0);
}

static inline struct span
span_first(struct span s, size_t n)
{
	return span_of(s.ptr, n < s.len ? n : s.len);
}

/* A list of strings, immutable. */
struct strlist {
	const char *const *v;
	size_t n;
};

#endif
