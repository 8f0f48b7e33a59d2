/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordlike.c - sums what each three neighbouring characters say for random
 * text and against words, and keeps the stretch that says most.  What score
 * is too low is the business of whoever asks.
 */
#include "judge/wordlike.h"

#include "judge/chars.h"

enum { BOUNDARY = 0, DIGIT = WORDLIKE_SYMBOLS - 1 };

struct walk {
	int a, b;		/* the last two symbols */
	int now, most;		/* of this stretch, of any */
};

static void
step(struct walk *w, int c)
{
	int score = WORDLIKE_ZERO -
		wordlike_table[w->a][w->b * WORDLIKE_SYMBOLS + c];

	w->a = w->b;
	w->b = c;
	w->now += score;
	if (w->now < 0)
		w->now = 0;
	if (w->now > w->most)
		w->most = w->now;
}

int
wordlike_surprise(struct span s)
{
	struct walk w = { BOUNDARY, BOUNDARY, 0, 0 };
	bool started = false, lower = false;

	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.ptr[i];
		int symbol = char_is_digit(c) ? DIGIT : char_is_alpha(c) ?
			(c | 0x20) - 'a' + 1 : BOUNDARY;
		bool humps = lower && char_is_upper(c);

		if ((symbol == BOUNDARY || humps) && w.b != BOUNDARY)
			step(&w, BOUNDARY);
		if (symbol != BOUNDARY) {
			if (started)
				step(&w, symbol);
			else
				w.b = symbol;	/* boundary before it */
			started = true;
		}
		lower = char_is_lower(c);
	}
	if (w.b != BOUNDARY)
		step(&w, BOUNDARY);
	return w.most;
}
