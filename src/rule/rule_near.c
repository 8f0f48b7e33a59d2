/* SPDX-License-Identifier: Apache-2.0 */
/* rule_near.c - "did you mean": edit distance between short words. */
#include <ctype.h>

#include "rule/rule_keys.h"

enum { LONGEST = 40, FAR = 3 };

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

/* Levenshtein distance, case ignored; FAR for words too long to compare. */
static unsigned
distance(const char *a, const char *b)
{
	unsigned row[LONGEST + 1], above, left, i, j;
	const size_t n = strlen(b);

	if (n > LONGEST || strlen(a) > LONGEST)
		return FAR;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		above = row[0]++;
		for (j = 0; j < n; j++) {
			left = tolower((unsigned char)a[i]) !=
				tolower((unsigned char)b[j]);
			left = least(above + left, row[j] + 1,
				row[j + 1] + 1);
			above = row[j + 1];
			row[j + 1] = left;
		}
	}
	return row[n];
}

void
keys_near(struct keys_near *near, const char *candidate)
{
	const unsigned d = distance(near->word, candidate);

	/* Two edits of a three-letter word make any other word of three. */
	if (d >= FAR || d >= strlen(candidate))
		return;
	if (near->best && d >= near->distance)
		return;
	near->best = candidate;
	near->distance = d;
}
