/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normal.h - text as it is when escapes are undone and interruptions left
 * out.  It is a sieve, not a parser: what walk.c would take for a value has,
 * read this way, the value's own letters in a row, as the value has when it
 * is read this way itself.
 */
#ifndef KNOWN_NORMAL_H
#define KNOWN_NORMAL_H

#include "base/span.h"

enum {
	NORMAL_NOTHING = -1,
	INTERRUPTION_MOST = 160,	/* bytes of one */
	LINE_PREFIX_MOST = 16		/* before the next line of a value */
};

struct normal {
	bool site[256];	/* bytes that may not stand for themselves */
	bool drop[256];	/* bytes that stand for nothing */
	bool plus;	/* + is a blank */
};

/* For no value at all; then each value is added. */
void normal_init(struct normal *n);
void normal_add(struct normal *n, struct span value);
/*
 * Reads what s begins with: *c becomes a byte or NORMAL_NOTHING, *line (may
 * be NULL) whether that was a line end.  Returns bytes; 0: more must come.
 */
size_t normal_take(const struct normal *n, struct span s, bool final, int *c,
	bool *line);
/* What a log may put before a line, at most so many bytes of it. */
size_t normal_line_prefix(struct span s);

/*
 * A line end, a backspace, a control sequence of a terminal: its bytes; 0:
 * s begins with none.  *more: it would be one if the rest were there.
 */
size_t normal_interruption(struct span s, bool *more);

#endif
