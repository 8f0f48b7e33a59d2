/* SPDX-License-Identifier: Apache-2.0 */
/* bip39.c - words to numbers and back; the words are in bip39_words.c. */
#include "base/bip39.h"

/* The next word of the text, which moves on; empty at its end. */
static struct span
next(const char **text)
{
	size_t n = strcspn(*text, " ");
	struct span word = span_of(*text, n);

	*text += n + ((*text)[n] == ' ');
	return word;
}

int
bip39_index(struct span word)
{
	const struct bip39_letter *letter;
	const char *text;
	struct span w;
	int index;

	if (word.len == 0 || word.len > BIP39_WORD_MAX ||
	    word.ptr[0] < 'a' || word.ptr[0] > 'z')
		return -1;
	letter = &bip39_letters[word.ptr[0] - 'a'];
	text = letter->words;
	for (index = letter->first; (w = next(&text)).len; index++)
		if (span_equal(w, word))
			return index;
	return -1;
}

struct span
bip39_word(unsigned index)
{
	size_t i = 26;
	const char *text;
	struct span word;

	do
		i--;
	while (i > 0 && (bip39_letters[i].first > index ||
	    !*bip39_letters[i].words));
	text = bip39_letters[i].words;
	word = next(&text);
	for (unsigned n = bip39_letters[i].first; n < index; n++)
		word = next(&text);
	return word;
}
