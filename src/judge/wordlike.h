/* SPDX-License-Identifier: Apache-2.0 */
/* wordlike.h - names and prose against random text, by their trigrams. */
#ifndef JUDGE_WORDLIKE_H
#define JUDGE_WORDLIKE_H

#include "base/span.h"

enum {
	WORDLIKE_SYMBOLS = 28,	/* boundary, a to z, digit */
	WORDLIKE_ZERO = 'P',	/* a table entry that says nothing */
	WORDLIKE_BIT = 4	/* scores are in quarters of a bit */
};

/* contrib/make-wordlike-table.py makes it. */
extern const char wordlike_table[WORDLIKE_SYMBOLS]
	[WORDLIKE_SYMBOLS * WORDLIKE_SYMBOLS + 1];

/*
 * How surprising the most random-looking stretch of s would be in a name or
 * in prose, in quarters of a bit; 0 when every part of it reads like words.
 * Of 20 random letters and digits 99.9 % are above 15 bits, of the words of
 * names and manuals 99 % below 10.  It says little of hexadecimal digits.
 * Linear; no table is written to.
 */
int wordlike_surprise(struct span s);

#endif
