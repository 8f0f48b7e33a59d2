/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_letters.h - the letters that codes of a PDF's font stand for. */
#ifndef UNWRAP_PDF_LETTERS_H
#define UNWRAP_PDF_LETTERS_H

#include "unwrap/pdf_fonts.h"

/* One reading of a font. */
struct pdf_letters {
	const struct pdf_font *font;
	const struct pdf_map *to, *encoding, *widths;
};

/* A name, and all that it may mean. */
struct pdf_letters_name {
	uint64_t hash;
	struct pdf_letters of[PDF_VARIANTS];
	size_t n;
	bool more;			/* there are others */
	bool differs, lacking;		/* in the variant that is tried */
	bool never;			/* each lacks letters */
};

void pdf_letters_find(struct pdf_letters_name *name,
	const struct pdf_fonts *fonts, uint64_t hash,
	const struct pdf_where *where);
/* NULL: there is none. */
const struct pdf_letters *pdf_letters_of(const struct pdf_letters_name *name,
	size_t variant);
/* Whether codes are taken for what they are. */
bool pdf_letters_are_codes(const struct pdf_letters *by);

struct pdf_letter {
	uint32_t points[PDF_POINTS];
	size_t n;		/* of them */
	uint32_t width;		/* in thousandths of the size */
	bool rough;		/* it is rather too wide */
	bool same;		/* it is its code, or none of ASCII's */
	bool lacks;		/* nobody knows it */
};

/* The next code, which is taken of s; by may be NULL. */
void pdf_letters_next(const struct pdf_maps *maps,
	const struct pdf_letters *by, struct span *s, struct pdf_letter *to);

#endif
