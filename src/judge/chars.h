/* SPDX-License-Identifier: Apache-2.0 */
/* chars.h - classes of ASCII bytes, whatever the locale. */
#ifndef JUDGE_CHARS_H
#define JUDGE_CHARS_H

#include <stdbool.h>
#include <stdint.h>

static inline bool
char_is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool
char_is_upper(uint8_t c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
char_is_lower(uint8_t c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
char_is_alpha(uint8_t c)
{
	return char_is_lower(c | 0x20);
}

static inline bool
char_is_alnum(uint8_t c)
{
	return char_is_digit(c) || char_is_alpha(c);
}

static inline bool
char_is_hex(uint8_t c)
{
	return char_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Upper-case letters become lower-case, others stay. */
static inline uint8_t
char_lower(uint8_t c)
{
	return char_is_upper(c) ? (uint8_t)(c | 0x20) : c;
}

#endif
