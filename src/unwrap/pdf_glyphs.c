/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf_glyphs.c - names of glyphs, as Adobe's list has them.  Secrets are of
 * ASCII: what else has a name is known to be none of it, and no more.
 */
#include "unwrap/pdf_glyphs.h"

#include "base/codec.h"
#include "unwrap/pdf_maps.h"

static const struct { const char *name, *text; } names[] = {
	{ "space", " " }, { "nbspace", " " }, { "nonbreakingspace", " " },
	{ "exclam", "!" }, { "quotedbl", "\"" }, { "numbersign", "#" },
	{ "dollar", "$" }, { "percent", "%" }, { "ampersand", "&" },
	{ "quotesingle", "'" }, { "parenleft", "(" }, { "parenright", ")" },
	{ "asterisk", "*" }, { "plus", "+" }, { "comma", "," },
	{ "hyphen", "-" }, { "minus", "-" }, { "sfthyphen", "-" },
	{ "softhyphen", "-" }, { "period", "." }, { "slash", "/" },
	{ "zero", "0" }, { "one", "1" }, { "two", "2" }, { "three", "3" },
	{ "four", "4" }, { "five", "5" }, { "six", "6" }, { "seven", "7" },
	{ "eight", "8" }, { "nine", "9" }, { "colon", ":" },
	{ "semicolon", ";" }, { "less", "<" }, { "equal", "=" },
	{ "greater", ">" }, { "question", "?" }, { "at", "@" },
	{ "bracketleft", "[" }, { "backslash", "\\" },
	{ "bracketright", "]" }, { "asciicircum", "^" },
	{ "underscore", "_" }, { "grave", "`" }, { "braceleft", "{" },
	{ "bar", "|" }, { "braceright", "}" }, { "asciitilde", "~" },
	{ "ff", "ff" }, { "fi", "fi" }, { "fl", "fl" }, { "ffi", "ffi" },
	{ "ffl", "ffl" },
};

static bool
is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "uni0041", "u0041", with four digits to six; -1: it is not that. */
static int32_t
numbered(struct span s)
{
	int32_t v = 0;

	s = span_skip(s, span_starts(s, "uni") ? 3 : 1);
	if (s.len < 4 || s.len > 6)
		return -1;
	for (size_t i = 0; i < s.len; i++) {
		int digit = codec_hex_value(s.ptr[i]);

		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	return v ? v : -1;
}

/* A word, and no number of a glyph. */
static bool
is_word(struct span s)
{
	if (span_starts(s, "afii"))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (!is_letter(s.ptr[i]))
			return false;
	return s.len > 1;
}

/* One part of a name, without what stands behind a point. */
static size_t
points_of(struct span s, uint32_t *points)
{
	int32_t v;

	points[0] = PDF_NO_LETTER;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = names[i].text;

		if (!span_equal(s, span_str(names[i].name)))
			continue;
		for (size_t k = 0; text[k]; k++)
			points[k] = (uint8_t)text[k];
		return strlen(text);
	}
	if (s.len == 1 && is_letter(s.ptr[0])) {
		points[0] = s.ptr[0];
	} else if (s.len && s.ptr[0] == 'u' && (v = numbered(s)) > 0) {
		points[0] = (uint32_t)v;
	} else if (is_word(s)) {
		points[0] = PDF_OTHER;
	}
	return 1;
}

size_t
pdf_glyphs_points(struct span name, uint32_t *points, size_t n)
{
	const uint8_t *end = name.len > 1 ?
		memchr(name.ptr + 1, '.', name.len - 1) : NULL;
	size_t got = 0;

	if (end)
		name.len = (size_t)(end - name.ptr);
	if (span_starts(name, ".")) {		/* .notdef */
		points[0] = PDF_OTHER;
		return 1;
	}
	while (got + 3 <= n) {
		const uint8_t *part = name.len ?
			memchr(name.ptr, '_', name.len) : NULL;
		size_t len = part ? (size_t)(part - name.ptr) : name.len;

		got += points_of(span_first(name, len), points + got);
		if (!part)
			break;
		name = span_skip(name, len + 1);
	}
	return got;
}
