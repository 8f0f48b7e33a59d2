/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_moves.h - where on a page text is shown (ISO 32000-1, 8.3 and 9.4),
   as far as it tells what is one line and how far apart two strings are. */
#ifndef UNWRAP_PDF_MOVES_H
#define UNWRAP_PDF_MOVES_H

#include "base/span.h"

enum { PDF_STATES = 32 };	/* of graphics, inside each other */

struct pdf_matrix {
	double a, b, c, d, e, f;
};

struct pdf_state {
	struct pdf_matrix page;
	uint64_t font;
	double size, stretch;
	double spacing;		/* between letters, besides their widths */
};

struct pdf_moves {
	struct pdf_state now, saved[PDF_STATES];
	unsigned nsaved;	/* may be more */
	struct pdf_matrix line;	/* of the text */
	bool moved, next_line;	/* since text was shown */
	bool shown;
	double x, y;		/* where the last text began */
};

enum pdf_move { PDF_STAYS, PDF_MOVES, PDF_NEXT_LINE };

void pdf_moves_begin(struct pdf_moves *m);
/* An operator that is neither of text nor of pictures has no say; n numbers,
   the last ones, before it. */
void pdf_moves_operate(struct pdf_moves *m, struct span op,
	const double *numbers, size_t n);
/* Text is shown.  *by: thousandths of its size from where the last text that
   was moved to began. */
enum pdf_move pdf_moves_show(struct pdf_moves *m, int32_t *by);

#endif
