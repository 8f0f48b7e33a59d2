/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h - memory that is freed together. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

struct arena;

struct arena *arena_new(void);		/* NULL: out of memory */
/* Zeroed, aligned for anything; NULL: out of memory. */
void *arena_alloc(struct arena *a, size_t size);
/* n items of size each, checked for overflow. */
void *arena_array(struct arena *a, size_t n, size_t size);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
void arena_free(struct arena *a);

#endif
