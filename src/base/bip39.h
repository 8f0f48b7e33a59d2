/* SPDX-License-Identifier: Apache-2.0 */
/* bip39.h - the words that wallets write their keys in: BIP-39, English. */
#ifndef BASE_BIP39_H
#define BASE_BIP39_H

#include "base/span.h"

enum { BIP39_WORDS = 2048, BIP39_WORD_MAX = 8 };	/* letters of a word */

/* Words with one blank in between; `first` is the number of the first. */
struct bip39_letter {
	uint16_t first;
	const char *words;
};

extern const struct bip39_letter bip39_letters[26];

/* The word's number; -1: it is none of them.  Lower case only. */
int bip39_index(struct span word);
/* The word of a number below BIP39_WORDS, a static text. */
struct span bip39_word(unsigned index);

#endif
