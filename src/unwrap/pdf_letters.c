/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_letters.c - codes to letters, by maps; what a name may mean. */
#include "unwrap/pdf_letters.h"

static void
add(struct pdf_letters_name *name, const struct pdf_letters *one)
{
	if (name->n == PDF_VARIANTS) {
		name->more = true;
		return;
	}
	name->of[name->n++] = *one;
}

/* Each version of its objects has a turn. */
static void
add_versions(struct pdf_letters_name *name, const struct pdf_maps *maps,
	const struct pdf_font *font)
{
	struct pdf_letters one = { .font = font,
		.widths = pdf_maps_find(maps, font->widths, 0) };

	for (size_t k = 0; !k || !name->more; k++) {
		one.to = pdf_maps_find(maps, font->to_unicode, k);
		one.encoding = pdf_maps_find(maps, font->encoding, k);
		if (k && !one.to && !one.encoding)
			break;
		if (!one.to)
			one.to = pdf_maps_find(maps, font->to_unicode, 0);
		if (!one.encoding)
			one.encoding = pdf_maps_find(maps, font->encoding, 0);
		add(name, &one);
	}
}

void
pdf_letters_find(struct pdf_letters_name *name,
	const struct pdf_fonts *fonts, uint64_t hash,
	const struct pdf_where *where)
{
	const struct pdf_font *found[PDF_VARIANTS];
	size_t n;

	*name = (struct pdf_letters_name){ .hash = hash, .never = true };
	n = pdf_fonts_find(fonts, hash, where, found, &name->more);
	for (size_t i = 0; i < n; i++)
		add_versions(name, fonts->maps, found[i]);
}

const struct pdf_letters *
pdf_letters_of(const struct pdf_letters_name *name, size_t variant)
{
	return name && name->n ? &name->of[variant % name->n] : NULL;
}

bool
pdf_letters_are_codes(const struct pdf_letters *by)
{
	return !by->to && !by->font->plain &&
		(by->font->wide || !by->encoding);
}

static size_t
code_len(const struct pdf_maps *maps, const struct pdf_letters *by,
	struct span s)
{
	size_t n = 1;

	if (by && !pdf_letters_are_codes(by) && by->font->wide) {
		n = by->font->identity || !by->to ? 0 :
			pdf_maps_code(maps, by->to, s);
		n = n ? n : 2;
	}
	return n < s.len ? n : s.len;
}

static bool
is_known(const uint32_t *points, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (points[i] >= PDF_NO_LETTER)
			return false;
	return n > 0;
}

/* 0: there are none. */
static size_t
look_up(const struct pdf_maps *maps, const struct pdf_letters *by,
	uint32_t code, uint32_t *points)
{
	size_t n = 0;

	if (by->to)
		n = pdf_maps_get(maps, by->to, code, points);
	if (!is_known(points, n) && by->font->plain) {
		points[0] = code;
		n = 1;
	}
	if (!is_known(points, n) && by->encoding && !by->font->wide)
		n = pdf_maps_get(maps, by->encoding, code, points);
	return n;
}

/* ---- widths: those of letters in usual fonts, rather too wide ---- */

static uint32_t
rough_width(uint32_t point)
{
	if (point >= 0x80)
		return 1000;
	if (point && strchr("mwMW@%", (int)point))
		return 1020;
	if ((point >= 'A' && point <= 'Z') || (point && strchr("&+<=>~",
		(int)point)))
		return 780;
	return 620;
}

static void
set_width(const struct pdf_maps *maps, const struct pdf_letters *by,
	uint32_t code, struct pdf_letter *to)
{
	int64_t width = by && by->widths ?
		pdf_maps_value(maps, by->widths, code) : -1;

	if (width < 0 && by && by->font->other)
		width = by->font->other;
	to->rough = width < 0;
	to->width = to->rough ? 0 : (uint32_t)width;
	for (size_t i = 0; i < to->n && to->rough; i++)
		to->width += rough_width(to->points[i]);
}

/* ---- codes ---- */

void
pdf_letters_next(const struct pdf_maps *maps, const struct pdf_letters *by,
	struct span *s, struct pdf_letter *to)
{
	size_t len = code_len(maps, by, *s);
	uint32_t code = pdf_maps_number(span_first(*s, len));

	*s = span_skip(*s, len);
	to->n = 0;
	to->lacks = false;
	if (by && !pdf_letters_are_codes(by)) {
		to->n = look_up(maps, by, code, to->points);
		to->lacks = (to->n || by->font->wide) &&
			!is_known(to->points, to->n);
		if (to->lacks)
			to->n = by->font->wide;
		if (to->lacks && by->font->wide)
			to->points[0] = PDF_OTHER;
	}
	if (!to->n)
		to->points[to->n++] = code;
	to->same = len == 1 && to->n == 1 &&
		(to->points[0] == code || to->points[0] >= 0x80);
	set_width(maps, by, code, to);
}
