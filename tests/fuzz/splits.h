/* SPDX-License-Identifier: Apache-2.0 */
/*
 * splits.h - what the stream targets share: one engine for all inputs, pieces
 * whose sizes the input itself chooses, and findings written down as text to
 * be compared.
 */
#ifndef TESTS_FUZZ_SPLITS_H
#define TESTS_FUZZ_SPLITS_H

#include "base/buf.h"
#include "base/span.h"
#include "stanch.h"

enum {
	SPLIT_BYTES = 4,	/* of the input, before the text */
	RESULT_MAX = 16 << 20
};

/* Sizes of pieces, drawn from a seed; 0 is one of them. */
struct splits { uint32_t state; };

struct splits splits_of(const uint8_t bytes[SPLIT_BYTES]);
size_t splits_next(struct splits *s, size_t left);

/* The built-in rules, compiled once; never freed. */
const struct stanch_engine *engine_builtin(void);

/* All that came of one pass. */
struct result { struct buf out, found; };

void result_init(struct result *r);
void result_free(struct result *r);

/* How a filter is to work; all 0: as without options. */
struct mode {
	bool json, neutral;
	char fill;
	unsigned in_band;
};

/* splits: NULL for one piece.  Abort when the library fails. */
void run_filter(struct result *r, const struct stanch_engine *e,
	struct span in, struct splits *splits, const struct mode *mode);
/*
 * The input's text through a filter whole and in pieces, which must not
 * differ.  False: the input is too short; else *whole is the caller's.
 */
bool run_filter_both_ways(struct result *whole, struct span *text,
	const uint8_t *data, size_t size, const struct mode *mode);
void run_scanner(struct result *r, const struct stanch_engine *e,
	struct span in, struct splits *splits);

/* Aborts, and shows both, when they are not the same. */
void must_equal(const char *what, const struct buf *a, const struct buf *b);

#endif
