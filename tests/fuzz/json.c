/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - any lines through the filter with JSON: what comes out must not
 * depend on how they are split, and a line that was JSON still is.  The first
 * four bytes choose the splits.
 */
#include <stdlib.h>

#include "base/json_walk.h"
#include "splits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes a line off s. */
static struct span
take(struct span *s)
{
	const uint8_t *nl = s->len ? memchr(s->ptr, '\n', s->len) : NULL;
	struct span line = *s;

	if (nl)
		line.len = (size_t)(nl - s->ptr);
	*s = span_skip(*s, line.len + 1);
	return line;
}

/* What a secret does to text makes no line of JSON less. */
static void
must_stay(struct span in, struct span out)
{
	size_t ins = 0, outs = 0;

	while (in.len)
		ins += json_walk_valid(take(&in));
	while (out.len)
		outs += json_walk_valid(take(&out));
	if (outs < ins)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct result whole;
	struct span text;

	if (!run_filter_both_ways(&whole, &text, data, size,
		&(struct mode){ .json = true }))
		return 0;
	must_stay(text, buf_span(&whole.out));
	result_free(&whole);
	return 0;
}
