/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_fonts_table.h - what is between the two halves of pdf_fonts.h. */
#ifndef UNWRAP_PDF_FONTS_TABLE_H
#define UNWRAP_PDF_FONTS_TABLE_H

#include "unwrap/pdf_fonts.h"

struct pdf_font_name {
	uint64_t hash, scope, font;	/* scope: the object that says so */
};

/* False: it is no number, or a long one. */
bool pdf_fonts_number(struct span word, uint64_t *n);
/* Names that came twice are let go, at times. */
void pdf_fonts_compact(struct pdf_fonts *f);

uint64_t pdf_fonts_make_up(struct pdf_fonts *f);	/* an id */

/* The next number of an object stream's head. */
void pdf_fonts_add_streamed(struct pdf_fonts *f, uint64_t n);
/* The number of the object that has a byte of the stream. */
uint64_t pdf_fonts_streamed(struct pdf_fonts *f, uint64_t at);

#endif
