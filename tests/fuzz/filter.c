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
	struct result whole;
	struct span text;

	if (!run_filter_both_ways(&whole, &text, data, size,
		&(struct mode){ 0 }))
		return 0;
	result_free(&whole);
	return 0;
}
