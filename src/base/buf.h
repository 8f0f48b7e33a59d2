/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf.h - a growing byte buffer that states its maximum and is wiped when it
 * is freed or grown away from, because it may have held a secret.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/span.h"

struct buf {
	uint8_t *ptr;
	size_t len, cap, max;
	bool failed;	/* an append was refused: out of memory or over max */
};

/* max: the most bytes it may ever hold. */
void buf_init(struct buf *b, size_t max);
/* Each returns false, and leaves the contents, when it cannot. */
bool buf_reserve(struct buf *b, size_t cap);
bool buf_append(struct buf *b, const void *data, size_t len);
bool buf_str(struct buf *b, const char *s);
bool buf_byte(struct buf *b, uint8_t c);
bool buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Drops the first n bytes. */
void buf_drop(struct buf *b, size_t n);
void buf_free(struct buf *b);	/* wipes; the buffer may be used again */

static inline struct span
buf_span(const struct buf *b)
{
	return span_of(b->ptr, b->len);
}

#endif
