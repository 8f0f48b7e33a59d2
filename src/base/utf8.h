/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - strict UTF-8 (RFC 3629), one character at a time. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

/*
 * The length, 1 to 4, of the character s begins with, and its code point;
 * 0 when s is empty or does not begin with one (overlong forms, surrogates
 * and code points beyond U+10FFFF are none).
 */
size_t utf8_next(struct span s, uint32_t *point);

bool utf8_valid(struct span s);

/* The bytes, 1 to 4, of a code point, which is not looked at. */
size_t utf8_put(uint32_t point, uint8_t out[4]);

#endif
