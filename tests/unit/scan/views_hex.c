/* SPDX-License-Identifier: Apache-2.0 */
/* views_hex.c - secrets in hex, and where runs of it may be. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "scan/longhex.h"
#include "views_fixture.h"

TestSuite(scan_hex, .init = views_begin, .fini = views_end);

static void
put_hex(const char *text, const char *between, size_t width, bool upper)
{
	for (size_t i = 0; text[i]; i++) {
		if (i)
			put(i % width ? between : "\n  ");
		buf_printf(&views_in, upper ? "%02X" : "%02x", text[i]);
	}
}

Test(scan_hex, secret_of_either_case_behind_anything)
{
	static const char *const befores[] = { "k=", "0x", "\\x", "6", "a6",
		"67", "\xff", "deadbeef" };
	char want[100], out[100];

	for (size_t i = 0; i < sizeof befores / sizeof *befores; i++) {
		size_t n = strlen(befores[i]);

		put(befores[i]);
		put_hex(ONE, "", 1000, i % 2);
		put(" x");
		snprintf(want, sizeof want, "acme %zu-%zu hex acme_"
			"************ (25 bytes)\n", n, n + 50);
		snprintf(out, sizeof out, "%s" TAG " x", befores[i]);
		expect(want, out);
	}
}

Test(scan_hex, secret_with_a_byte_between_two)
{
	put("k: ");
	put_hex(ONE, ":", 1000, false);
	expect(FOUND(3, 77, "hex"), "k: " TAG);
	put_hex(ONE, " ", 1000, true);
	put("  |acme|");
	expect(FOUND(0, 74, "hex"), TAG "  |acme|");
	put_hex(ONE, "-", 1000, true);
	expect(FOUND(0, 74, "hex"), TAG);
}

Test(scan_hex, secret_in_the_midst_of_lines)
{
	put_hex("0123456789abcdefgh " ONE " more of it", "", 20, false);
	expect(FOUND(38, 94, "hex"), "303132333435363738396162636465666768"
		"20" TAG "206d6f7265206f66206974");
}

Test(scan_hex, base64_in_hex_and_hex_in_base64)
{
	/* Of base64 of ONE. */
	put_hex("YWNtZV80a3E3dzF6dDl4Mm02Yzh2M2I1bg==", "", 1000, false);
	expect(FOUND(0, 72, "hex+base64"), TAG);
	put("NjE2MzZkNjU1ZjM0NmI3MTM3NzczMTdhNzQzOTc4MzI2ZDM2NjMzODc2MzM2Mj"
		"M1NmU=");
	expect(FOUND(0, 68, "base64+hex"), TAG);
}

Test(scan_hex, what_is_no_text_ends_a_run)
{
	put("61636d655f346b713777317a74ff");
	put_hex(ONE, "", 1000, false);
	put("00ff");
	expect(FOUND(28, 78, "hex"), "61636d655f346b713777317a74ff" TAG "00ff");
	put("da39a3ee5e6b4b0d3255bfef95601890afd80709");
	expect("", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	put_hex(ONE, "", 1000, false);
	scan(3, STANCH_DECODE_HEX);
	cr_expect_str_eq((const char *)views_told.ptr, "");
}

Test(scan_hex, nothing_is_held_where_none_begins)
{
	expect_out("commit 0123456789abcdef0123456789abcdef01234567\n");
	expect_out("Password: ");
	expect_out("aa:bb:cc:dd:ee:ff\n");
}

Test(scan_hex, vectors_miss_no_run)
{
	uint8_t text[400];
	uint32_t r = 3;

	for (int round = 0; round < 20000; round++) {
		size_t step = 2 + round % 2, at, found;

		for (size_t i = 0; i < sizeof text; i++) {
			r = r * 1103515245 + 12345;
			text[i] = (uint8_t)"gG89 :xz"[r >> 16 & 7];
		}
		at = (r >> 8) % (sizeof text - LONGHEX_MIN * step);
		for (size_t i = 0; i < LONGHEX_MIN; i++)
			text[at + i * step] = (uint8_t)('2' + i % 6);
		found = longhex_find(span_of(text, sizeof text));
		cr_assert(found >= at && found < at + LONGHEX_MIN * step);
		found = longhex_find_plain(span_of(text, sizeof text));
		cr_assert(found >= at && found < at + LONGHEX_MIN * step);
	}
}
