/* SPDX-License-Identifier: Apache-2.0 */
/* escapes.c - one escape at a time, and the bytes they may begin with. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "scan/escape.h"
#include "scan/specials.h"

/* "takes:text", with a * behind it if it is strong; "no", "more". */
static const char *
read_one(const char *s, bool final)
{
	static char out[32];
	struct escape e;

	switch (escape_read(span_str(s), final, &e)) {
	case ESCAPE_NO:
		return "no";
	case ESCAPE_MORE:
		return "more";
	case ESCAPE_YES:
		break;
	}
	snprintf(out, sizeof out, "%d:%.*s%s", e.takes, e.len, e.text,
		e.strong ? "*" : "");
	return out;
}

static const struct one { const char *in, *out; } all[] = {
	{ "%41b", "3:A*" }, { "%4x", "no" }, { "%", "more" }, { "%4", "more" },
	{ "%c3x", "3:\xc3" }, { "%0a", "3:\n*" }, { "%2fx", "3:/*" },
	{ "\\n", "2:\n" }, { "\\\"x", "2:\"" }, { "\\/x", "2:/*" },
	{ "\\x41", "4:A*" }, { "\\x4g", "no" }, { "\\x1b", "4:\x1b" },
	{ "\\u0041", "6:A*" }, { "\\u00e9", "6:\xc3\xa9" },
	{ "\\u20ac", "6:\xe2\x82\xac" }, { "\\ud83d", "more" },
	{ "\\ud83d\\ude00", "12:\xf0\x9f\x98\x80" },
	{ "\\ud83d\\u0041", "no" }, { "\\ud83dx", "no" },
	{ "\\ude00\\ud83d", "no" }, { "\\ud83d\\ude0", "more" },
	{ "\\u004", "more" }, { "\\u{41}", "6:A*" }, { "\\u{}", "no" },
	{ "\\u{1f600}", "9:\xf0\x9f\x98\x80" }, { "\\u{1234567}", "no" },
	{ "\\U00000041", "10:A*" }, { "\\101", "4:A*" }, { "\\033[", "4:\x1b" },
	{ "\\400", "no" }, { "\\10", "more" }, { "\\0x", "2:" },
	{ "\\1", "more" }, { "\\60x", "3:0*" }, { "\\128", "3:\n*" },
	{ "\\8", "no" }, { "\\77", "more" }, { "\\777", "no" },
	{ "\\\\", "more" }, { "\\\\n", "2:\\" }, { "\\\\u0041", "2:\\*" },
	{ "\\\\\\u0041", "2:\\*" },
	{ "\\\\\\\\\\\\\\\\", "more" },
	{ "\\\\\\\\\\\\\\\\u0041", "2:\\*" },
	{ "\\\\d", "2:\\" }, { "\\d", "no" },
	{ "&#65;", "5:A*" }, { "&#x41;", "6:A*" }, { "&#X41;", "6:A*" },
	{ "&#65", "more" }, { "&#65x", "4:A*" }, { "&#65a", "4:A*" },
	{ "&#x41g", "5:A*" }, { "&#x4", "more" }, { "&#;", "no" },
	{ "&#x;", "no" },
	{ "&#12345678;", "no" }, { "&#1114112;", "no" }, { "&quot;", "6:\"*" },
	{ "&quo", "more" }, { "&quoz", "no" }, { "&&", "no" }, { "&", "more" },
	{ "&sol;", "5:/*" }, { "=3D", "3:=*" }, { "=3d", "no" },
	{ "=\n", "2:*" }, { "=\r\n", "3:*" }, { "=\rx", "no" },
	{ "=\r", "more" }, { "=E9", "3:\xe9" },
};

Test(scan_escapes, each_is_what_it_stands_for)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		cr_expect_str_eq(read_one(all[i].in, false), all[i].out,
			"%s: %s", all[i].in, read_one(all[i].in, false));
}

Test(scan_escapes, what_the_input_ends_in_is_not_waited_for)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		cr_expect_str_neq(read_one(all[i].in, true), "more", "%s",
			all[i].in);
}

/* All that has come may be cut anywhere: it waits, or is what it was. */
Test(scan_escapes, a_cut_one_is_no_other)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char whole[32], cut[32];

		if (!strcmp(all[i].out, "more"))
			continue;
		snprintf(whole, sizeof whole, "%s", all[i].out);
		for (size_t n = 1; n < strlen(all[i].in); n++) {
			const char *out;

			snprintf(cut, sizeof cut, "%.*s", (int)n, all[i].in);
			out = read_one(cut, false);
			cr_expect(!strcmp(out, "more") || !strcmp(out, whole),
				"%s: %s, %s: %s", cut, out, all[i].in, whole);
		}
	}
}

Test(scan_escapes, vectors_find_what_bytes_do)
{
	static const char some[] = "\\\\%%&==#xu/0149aAfFn\"\r\n \x80\x85 z";
	uint8_t text[300];
	uint32_t r = 7;

	for (int round = 0; round < 3000; round++) {
		size_t len = (r = r * 1103515245 + 12345) >> 8;
		unsigned kinds = r >> 20 & 15, sparse = 1 + (r >> 12 & 63);

		len %= sizeof text;
		for (size_t i = 0; i < len; i++) {
			r = r * 1103515245 + 12345;
			text[i] = (r >> 8) % sparse ? (uint8_t)(r >> 16) :
				(uint8_t)some[(r >> 16) % sizeof some];
		}
		for (size_t at = 0; at < len; at++)
			for (int strong = 0; strong < 2; strong++)
				cr_assert_eq(specials_find(span_of(text + at,
					len - at), kinds, strong),
					specials_find_plain(span_of(text + at,
					len - at), kinds, strong));
	}
}

/* Where an escape is, one may begin; a strong one where they are looked for. */
Test(scan_escapes, none_is_gone_by)
{
	struct escape e;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct span s = span_str(all[i].in);

		if (escape_read(s, true, &e) != ESCAPE_YES)
			continue;
		cr_expect_eq(specials_find(s, e.kind, false), 0, "%s",
			all[i].in);
		if (e.strong && !(e.kind == ESCAPE_QUOTED && e.len))
			cr_expect_eq(specials_find(s, e.kind, true), 0, "%s",
				all[i].in);
	}
}
