/* SPDX-License-Identifier: Apache-2.0 */
/*
 * commands.c - any bytes for commands to build systems and to terminals, those
 * that name a value to mask and those that must not act on who reads the log.
 * The first four bytes choose the splits, the fifth how the filter works.
 *
 * - Splits have no say.
 * - What was made harmless is: a second time changes nothing, and with fill
 *   characters no byte comes or goes.
 * - After a value was announced it does not come out, whatever stands round
 *   it.  A byte 0xff in the input stands for the value.
 */
#include <stdlib.h>

#include "splits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BOTH = STANCH_IN_BAND_GITHUB | STANCH_IN_BAND_AZURE };

static const char value[] = "vK3-tR9_wQ2xL7zB5nM8";

static void
must(bool ok)
{
	if (!ok)
		abort();
}

static struct mode
mode_of(uint8_t byte)
{
	return (struct mode){ .json = byte & 8, .neutral = byte & 1,
		.fill = byte & 4 ? 'x' : 0, .in_band = byte & 2 ? BOTH : 0 };
}

static void
check_neutral(struct span text)
{
	const struct mode mode = { .neutral = true, .fill = 'x' };
	struct result once, twice;

	run_filter(&once, engine_builtin(), text, NULL, &mode);
	must(once.out.len == text.len);
	run_filter(&twice, engine_builtin(), buf_span(&once.out), NULL, &mode);
	must(twice.out.len == text.len);
	/* where control bytes became signs there can be a secret now */
	if (twice.found.len <= once.found.len)
		must_equal("once and twice", &once.out, &twice.out);
	result_free(&once);
	result_free(&twice);
}

/* The announcement, then text with the value for each 0xff. */
static void
announce(struct buf *in, struct span text, bool azure)
{
	buf_str(in, azure ? "##vso[task.setsecret]" : "::add-mask::");
	buf_str(in, value);
	buf_str(in, "\n");
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == 0xff)
			buf_str(in, value);
		else
			buf_byte(in, text.ptr[i]);
}

static void
check_in_band(struct span text, struct mode mode, struct splits splits)
{
	struct result r;
	struct buf in;

	mode.in_band = BOTH;
	mode.json = false;
	buf_init(&in, RESULT_MAX);
	announce(&in, text, mode.neutral);
	run_filter(&r, engine_builtin(), buf_span(&in), &splits, &mode);
	must(!memmem(r.out.ptr, r.out.len, value, sizeof value - 1));
	result_free(&r);
	buf_free(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct result whole, pieces;
	struct splits splits, again;
	struct mode mode;
	struct span text;

	if (size < SPLIT_BYTES + 1)
		return 0;
	splits = again = splits_of(data);
	mode = mode_of(data[SPLIT_BYTES]);
	text = span_of(data + SPLIT_BYTES + 1, size - SPLIT_BYTES - 1);
	run_filter(&whole, engine_builtin(), text, NULL, &mode);
	run_filter(&pieces, engine_builtin(), text, &splits, &mode);
	must_equal("outputs", &whole.out, &pieces.out);
	must_equal("findings", &whole.found, &pieces.found);
	result_free(&whole);
	result_free(&pieces);
	check_neutral(text);
	check_in_band(text, mode, again);
	return 0;
}
