/* SPDX-License-Identifier: Apache-2.0 */
/* block.c - how far a private key goes, however it is written and cut. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "scan/block.h"

/* Two lines of a made-up body. */
#define L1 "MIIaBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789+/AbCdEfGhIjKlMnOpQrStUv0"
#define L2 "zZyYxXwWvVuUtTsSrRqQpPoOnNmMlLkKjJ9876543210/+AaBbCcDdEeFf=="
#define END "-----END PRIVATE KEY-----"

static struct block
take(const char *text, size_t step)
{
	struct span s = span_str(text);
	struct block b;

	block_begin(&b, 100);
	for (size_t from = 0; from < s.len; from += step)
		block_take(&b, span_first(span_skip(s, from), step), false);
	block_take(&b, span_of(NULL, 0), true);
	return b;
}

/* A key of the first n bytes, in pieces of any size. */
static void
expect_key(const char *text, size_t n)
{
	for (size_t step = 1; step < 80; step += step < 9 ? 1 : 17) {
		struct block b = take(text, step);

		cr_expect_eq(b.state, BLOCK_ENDED, "%s", text);
		cr_expect_eq(b.sure, 100 + n, "%zu of %s", (size_t)b.sure -
			100, text);
	}
}

Test(scan_block, key_goes_to_its_end_line)
{
	static const char *const texts[] = {
		"\n" L1 "\n" L2 "\n" END, "\r\n" L1 "\r\n" L2 "\r\n" END,
		"\\n" L1 "\\n" L2 "\\n" END, "\n  | " L1 "\n  | " L2 "\n  | "
		END, "\\n\" +\n  \"" L1 "\\n\" +\n  \"" L2 "\\n\" +\n \"" END,
		"\n" L1 "\n" L2 "\n-" END,
	};
	char more[512];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		expect_key(texts[i], strlen(texts[i]));
		snprintf(more, sizeof more, "%s\nand more text", texts[i]);
		expect_key(more, strlen(texts[i]));
	}
}

Test(scan_block, key_without_its_end_goes_to_its_last_run)
{
	expect_key("\n" L1 "\n" L2, strlen("\n" L1 "\n" L2));
	expect_key("\n" L1 "\n" L2 "\n", strlen("\n" L1 "\n" L2));
	expect_key("\n" L1 "\n" L2 "\nand then some more words of a log",
		strlen("\n" L1 "\n" L2));
}

Test(scan_block, key_cut_in_its_last_line_takes_that)
{
	expect_key("\n" L1, strlen("\n" L1));
	expect_key("\n" L1 "\n" L2 "\n-----END PRIV",
		strlen("\n" L1 "\n" L2 "\n-----END PRIV"));
}

Test(scan_block, mention_of_the_begin_line_is_no_key)
{
	static const char *const texts[] = { "", "\n", " is how a key begins.",
		"\n...\n" END, "\n<your key here>\n" END "\n",
		"\nMIIE...\n" END, "\nlowercaseonlyandverylongwithoutdigits" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t step = 1; step < 50; step += 7)
			cr_expect_eq(take(texts[i], step).state, BLOCK_NONE,
				"%s", texts[i]);
}

Test(scan_block, unsure_until_a_line_of_the_body_came)
{
	struct block b;

	block_begin(&b, 0);
	block_take(&b, span_str("\nMIIaBc"), false);
	cr_expect_eq(b.state, BLOCK_UNSURE);
	block_take(&b, span_str(L1), false);
	cr_expect_eq(b.state, BLOCK_OPEN);
	cr_expect_eq(b.sure, strlen("\nMIIaBc" L1));
}

Test(scan_block, ten_megabytes_in_odd_pieces)
{
	enum { LINES = 160000 };
	size_t n = (sizeof L1) * LINES, piece = 1;
	char *text = malloc(n);
	struct block b;

	for (size_t i = 0; i < LINES; i++)
		memcpy(text + i * sizeof L1, "\n" L1, sizeof L1);
	block_begin(&b, 0);
	for (size_t from = 0; from < n; from += piece) {
		piece = (from * 7 + 13) % 65537 + 1;
		block_take(&b, span_first(span_of(text + from, n - from),
			piece), false);
		cr_assert_eq(b.pos, from + piece < n ? from + piece : n);
	}
	cr_expect_eq(b.state, BLOCK_OPEN);
	block_take(&b, span_str("\n" END " tail"), true);
	cr_expect_eq(b.state, BLOCK_ENDED);
	cr_expect_eq(b.sure, n + strlen("\n" END));
	free(text);
}
