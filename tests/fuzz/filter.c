/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter.c - any bytes through the filter: what comes out, and what is
 * found, must not depend on how they are split.  The first four bytes choose
 * the splits.
 */
#include "splits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct stanch_engine *e = engine_builtin();
	struct result whole, pieces;
	struct splits splits;
	struct span text;

	if (size < SPLIT_BYTES)
		return 0;
	splits = splits_of(data);
	text = span_of(data + SPLIT_BYTES, size - SPLIT_BYTES);
	run_filter(&whole, e, text, NULL, false);
	run_filter(&pieces, e, text, &splits, false);
	must_equal("outputs", &whole.out, &pieces.out);
	must_equal("findings", &whole.found, &pieces.found);
	result_free(&whole);
	result_free(&pieces);
	return 0;
}
