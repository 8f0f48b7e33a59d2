/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_glyphs.h - what the names of glyphs in Differences stand for. */
#ifndef UNWRAP_PDF_GLYPHS_H
#define UNWRAP_PDF_GLYPHS_H

#include "base/span.h"

/*
 * The points of a name without its slash, at most n (n >= 3): PDF_OTHER for a
 * word that names none of ASCII, PDF_NO_LETTER for a number of a glyph.
 */
size_t pdf_glyphs_points(struct span name, uint32_t *points, size_t n);

#endif
