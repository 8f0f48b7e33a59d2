/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options.h - reading the caller's option struct, whose first member is the
 * size the caller was compiled with: members it does not know are zero, and
 * members that we do not know are left alone.
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stddef.h>
#include <string.h>

/* *own, of `known` bytes, becomes what *given (may be NULL) says. */
static inline void
options_take(void *own, size_t known, const void *given)
{
	size_t n = 0;

	memset(own, 0, known);
	if (given)
		memcpy(&n, given, sizeof n);
	if (n)
		memcpy(own, given, n < known ? n : known);
	memcpy(own, &known, sizeof known);
}

#endif
