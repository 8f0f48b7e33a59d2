/* SPDX-License-Identifier: Apache-2.0 */
/*
 * neutral.h - the output, in which nothing can act on who reads it: of each
 * command of a build system, and of each sequence of a terminal but colours,
 * one byte becomes another.  docs/redaction.md, "Commands in the log", has the
 * forms.  No byte is added or taken away, so every offset stays.
 *
 * What a byte is follows from those before it, so nothing is held but the
 * beginning of a sequence that may yet be a colour.
 */
#ifndef REDACT_NEUTRAL_H
#define REDACT_NEUTRAL_H

#include "redact/standin.h"

enum { NEUTRAL_SEQUENCE = 32 };	/* bytes of the longest colour */

struct neutral {
	bool on;
	uint8_t held[NEUTRAL_SEQUENCE];
	size_t n;
};

/*
 * Gives data out; s has noted what went out before it, and not yet data.
 * False: out did not take it, or no memory.
 */
bool neutral_give(struct neutral *n, struct standin *s, struct span data,
	stanch_output_fn *out, void *payload);
/* What is held, at the end of all. */
bool neutral_end(struct neutral *n, struct standin *s,
	stanch_output_fn *out, void *payload);

#endif
