/* SPDX-License-Identifier: Apache-2.0 */
/* wordlist.c - looking words up; the lists stand where they are used. */
#include "judge/wordlist.h"

#include "judge/chars.h"

static bool
begins_with(const uint8_t *text, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (char_lower(text[i]) != (uint8_t)word[i])
			return false;
	return true;
}

size_t
wordlist_longest(const char *list, const uint8_t *text, size_t n)
{
	size_t most = 0, len;

	for (const char *w = list; w && *w; w += len + (w[len] == ' ')) {
		len = (size_t)(strchrnul(w, ' ') - w);
		if (len > most && len <= n && begins_with(text, w, len))
			most = len;
	}
	return most;
}

bool
wordlist_has(const char *const lists[26], const char *word, size_t n)
{
	const char *w;
	size_t len;

	if (n == 0 || !char_is_lower((uint8_t)*word))
		return false;
	for (w = lists[*word - 'a']; w && *w; w += len + (w[len] == ' ')) {
		len = (size_t)(strchrnul(w, ' ') - w);
		if (len == n && !memcmp(w, word, n))
			return true;
	}
	return false;
}
