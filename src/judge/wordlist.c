/* SPDX-License-Identifier: Apache-2.0 */
/* wordlist.c - looking words up; the lists stand where they are used. */
#include "judge/wordlist.h"

#include "judge/chars.h"

size_t
wordlist_longest(const char *list, const uint8_t *text, size_t n)
{
	size_t most = 0, i;

	for (const char *w = list; w && *w; ) {
		for (i = 0; w[i] && w[i] != ' ' && i < n &&
			char_lower(text[i]) == (uint8_t)w[i]; i++)
			;
		if ((!w[i] || w[i] == ' ') && i > most)
			most = i;
		while (w[i] && w[i] != ' ')
			i++;
		w += i + (w[i] == ' ');
	}
	return most;
}

bool
wordlist_has(const char *const lists[26], const char *word, size_t n)
{
	return n > 0 && char_is_lower((uint8_t)*word) &&
		wordlist_longest(lists[*word - 'a'], (const uint8_t *)word,
		n) == n;
}
