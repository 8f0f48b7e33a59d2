/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordlist.h - lists of lower-case words as text: words with one blank in
 * between, one text for each first letter (NULL: none).
 */
#ifndef JUDGE_WORDLIST_H
#define JUDGE_WORDLIST_H

#include "base/span.h"

/*
 * The length of the longest word of list, which may be NULL, that text (n
 * bytes, caseless) begins with; 0: none.
 */
size_t wordlist_longest(const char *list, const uint8_t *text, size_t n);

/* Whether the lower-case word is in the lists by first letter. */
bool wordlist_has(const char *const lists[26], const char *word, size_t n);

#endif
