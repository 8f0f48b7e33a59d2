/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.c - any bytes to findings: in one feed, in pieces and through the
 * filter they must be the same.  The first four bytes choose the splits.
 */
#include "splits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct stanch_engine *e = engine_builtin();
	struct result whole, pieces, filtered;
	struct splits splits;
	struct span text;

	if (size < SPLIT_BYTES)
		return 0;
	splits = splits_of(data);
	text = span_of(data + SPLIT_BYTES, size - SPLIT_BYTES);
	run_scanner(&whole, e, text, NULL);
	run_scanner(&pieces, e, text, &splits);
	run_filter(&filtered, e, text, &splits,
		&(struct mode){ 0 });
	must_equal("findings of scanners", &whole.found, &pieces.found);
	must_equal("findings of scanner and filter", &whole.found,
		&filtered.found);
	result_free(&whole);
	result_free(&pieces);
	result_free(&filtered);
	return 0;
}
