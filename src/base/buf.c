/* SPDX-License-Identifier: Apache-2.0 */
/* buf.c - the growing buffer: every byte it gives back is wiped first. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

bool
buf_reserve(struct buf *b, size_t cap)
{
	size_t want = b->cap ? b->cap : 256;
	uint8_t *p;

	if (cap <= b->cap)
		return true;
	if (cap > b->max)
		return b->failed = true, false;
	while (want < cap)
		want = want > b->max / 2 ? b->max : want * 2;
	if (want > b->max)
		want = b->max;
	p = malloc(want);
	if (!p)
		return b->failed = true, false;
	if (b->len)
		memcpy(p, b->ptr, b->len);
	if (b->ptr) {
		explicit_bzero(b->ptr, b->cap);
		free(b->ptr);
	}
	b->ptr = p;
	b->cap = want;
	return true;
}

bool
buf_append(struct buf *b, const void *data, size_t len)
{
	if (len > b->max - b->len)
		return b->failed = true, false;
	if (!buf_reserve(b, b->len + len))
		return false;
	if (len)
		memcpy(b->ptr + b->len, data, len);
	b->len += len;
	return true;
}

bool
buf_str(struct buf *b, const char *s)
{
	return buf_append(b, s, strlen(s));
}

bool
buf_byte(struct buf *b, uint8_t c)
{
	return buf_append(b, &c, 1);
}

bool
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= b->max - b->len)
		return b->failed = true, false;
	if (!buf_reserve(b, b->len + (size_t)n + 1))
		return false;
	va_start(ap, fmt);
	vsnprintf((char *)b->ptr + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
	return true;
}

void
buf_drop(struct buf *b, size_t n)
{
	if (n > b->len)
		n = b->len;
	if (n && n < b->len)
		memmove(b->ptr, b->ptr + n, b->len - n);
	b->len -= n;
}

void
buf_free(struct buf *b)
{
	if (b->ptr) {
		explicit_bzero(b->ptr, b->cap);
		free(b->ptr);
	}
	buf_init(b, b->max);
}
